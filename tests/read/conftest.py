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


def stream(data: str, entries: str = "") -> str:
    """A PDF stream object of plain bytes."""
    return f"<<{entries}/Length {len(data)}>>stream\n{data}\nendstream"


def built(content: str, *more: str, resources: str = "", page: str = "", catalogue: str = "") -> bytes:
    """The bytes of a PDF of one page, for what reportlab cannot draw.

    Its own objects are 1 to 5, font /F1 among them; ``more`` are numbered from 6. The file has no table of its
    objects: readers find them by looking.
    """
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = (
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {SIZE[0]} {SIZE[1]}]/Contents 4 0 R"
        f"/Resources<</Font<</F1 5 0 R/F2 6 0 R>>{resources}>>{page}>>",
        stream(content),
        font,
        *more,
    )
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode("latin-1")
