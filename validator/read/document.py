"""A file → a document: pages of words, strokes, fills and pictures, read with PDFium.

In: a path. Out: a ``Document``, or a ``ReadError`` with one clear line. It must not understand what a page says.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.errors import ReadError
from validator.model.pages import Document, Page
from validator.read import pdfium
from validator.read.axes import Frame
from validator.read.glyphs import GlyphReader, characters
from validator.read.objects import ObjectReader
from validator.read.shapes import fills, pictures, strokes
from validator.read.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model.settings import Settings

_HEADER_WITHIN = 1024  # bytes; the PDF reference lets "%PDF-" stand anywhere in the first 1024


def read_document(
    path: str | Path, settings: Settings, progress: Callable[[int, int], None] | None = None
) -> Document:
    """Read a PDF. ``progress`` is called with (pages read, pages in all). Raises ``ReadError``."""
    name = str(path)
    data = load(name, settings)
    with pdfium.opened(data, name) as document:
        count = pdfium.page_count(document)
        if count == 0:
            raise ReadError(f"{name}: the PDF has no pages")
        if count > settings.max_pages:
            raise ReadError(f"{name}: {count} pages are more than the {settings.max_pages} that are read; split the file")
        pages = []
        reader = GlyphReader()
        objects = ObjectReader(settings)
        for index in range(count):
            with pdfium.page_of(document, index) as handle:
                pages.append(_page(handle, index + 1, reader, objects))
            if progress is not None:
                progress(index + 1, count)
        return Document(name, hashlib.sha256(data).hexdigest(), tuple(pages), pdfium.title_of(document))


def load(name: str, settings: Settings) -> bytes:
    """The bytes of a file that looks like a PDF; raises ``ReadError`` for anything else."""
    file = Path(name)
    try:
        size = file.stat().st_size
        if file.is_dir():
            raise ReadError(f"{name}: this is a directory; name the PDF in it")
        if size > settings.max_bytes:
            raise ReadError(f"{name}: {size} bytes are more than the {settings.max_bytes} that are read")
        data = file.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{name}: no such file") from None
    except OSError as error:
        raise ReadError(f"{name}: cannot be read: {error.strerror}") from error
    if not data:
        raise ReadError(f"{name}: the file is empty")
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise ReadError(f"{name}: this is not a PDF; export the report as PDF and check that")
    return data


def _page(handle: int | None, number: int, reader: GlyphReader, objects: ObjectReader) -> Page:
    if not handle:
        return Page(number, 0, 0)
    import ctypes
    rect = (ctypes.c_float * 4)()
    pdfium.page_box(handle, rect)
    frame = Frame(rect[0], rect[3], rect[2], rect[1], pdfium.page_rotation(handle))
    width, height = frame.size
    painted = objects.painted(handle, frame)
    with pdfium.text_of(handle) as text:
        if not text:
            return Page(number, width, height)
        count = pdfium.glyph_count(text)
        codes = characters(text, count)
        runs = reader.runs(text, count, codes, frame)
    rules = strokes(painted.paths)
    return Page(number, width, height, words(runs, rules), rules, fills(painted.paths), pictures(painted.pictures), glyphs=count, text=codes)
