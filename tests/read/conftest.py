"""Small PDFs, made for one trap each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from validator.model.pages import Document
from validator.model.settings import DEFAULT
from validator.read import read_document

Draw = Callable[[Canvas], None]
SIZE = (400, 300)


def write(path: Path, *draws: Draw, size: tuple[float, float] = SIZE, **options: object) -> Path:
    """A PDF with one page for each of ``draws``; y grows upwards, as in PDF."""
    canvas = Canvas(str(path), pagesize=size, invariant=1, **options)
    for draw in draws:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Document]:
    """Draw pages and read them."""

    def reading(*draws: Draw, size: tuple[float, float] = SIZE) -> Document:
        return read_document(write(tmp_path / "page.pdf", *draws, size=size), DEFAULT)

    return reading


def texts(document: Document) -> list[str]:
    """The words of the first page."""
    return [word.text for word in document.pages[0].words]


def string_edges(text: str, x: float, font: str = "Helvetica", size: float = 10) -> tuple[float, float]:
    """Where a string drawn at ``x`` starts and stops."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return x, x + stringWidth(text, font, size)
