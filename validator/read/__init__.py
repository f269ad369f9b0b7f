"""A file → pages of words, strokes, fills and pictures, or sheets of cells: the only place that opens files of reports.

The libraries are opened by the first call, not by the import: commands that read no report start without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from contextlib import AbstractContextManager
    from pathlib import Path

    from validator.model.pages import Document, Manner
    from validator.model.settings import Settings
    from validator.read.standby import SecondReader


def read_document(
    path: str | Path,
    settings: Settings,
    progress: Callable[[int, int], None] | None = None,
    manner: Manner | None = None,
) -> Document:
    """Read a PDF with PDFium, or a CSV, XLSX or Parquet file; what it is decides its content, not its name.

    ``manner`` is how a text file is written, where somebody has said it; ``progress`` gets (pages read, pages in all).
    Raises ``ReadError``.
    """
    from validator.read.kind import is_data

    if is_data(path):
        from validator.read.data import read_data

        return read_data(path, settings, manner)
    from validator.read.document import read_document as read

    return read(path, settings, progress)


def second_reader(settings: Settings, paths: Collection[str] | None = None) -> SecondReader:
    """A context in which the second reader, pdfplumber, stands by; to be entered before the first reader is at work.

    It is not started where all ``paths`` of the run are data files. Its ``ask(figures)`` gives a function that waits
    for the figures on which the two do not agree. Neither raises.
    """
    from validator.read.standby import SecondReader

    return SecondReader(settings, paths)


def page_png(path: str | Path, page: int, scale: float, settings: Settings | None = None) -> bytes:
    """The 1-based ``page`` as a PNG of ``scale`` pixels per point. Raises ``ReadError``."""
    from validator.model.settings import DEFAULT
    from validator.read.render import page_png as draw

    return draw(path, page, scale, settings or DEFAULT)


def page_pictures(
    path: str | Path, settings: Settings | None = None
) -> AbstractContextManager[Callable[[int, float], bytes]]:
    """A context whose function (1-based page, scale) → PNG keeps the document open. Raises ``ReadError``."""
    from validator.model.settings import DEFAULT
    from validator.read.render import page_pictures as draw

    return draw(path, settings or DEFAULT)


__all__ = ["page_pictures", "page_png", "read_document", "second_reader"]
