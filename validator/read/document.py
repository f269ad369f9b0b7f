"""A file → a document: pages of words, strokes, fills and pictures, read with PDFium.

In: a path. Out: a ``Document``, or a ``ReadError`` with one clear line. It must not understand what a page says.
"""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from validator.copies import MOST_CARDS
from validator.model.errors import ReadError
from validator.model.pages import Page
from validator.read import pdfium
from validator.read.bounds import bounded
from validator.read.files import load, may_hide_forms, page_frame
from validator.read.glyphs import GlyphReader, characters
from validator.read.objects import ObjectReader
from validator.read.parts import Part, assembled
from validator.read.probe import unseen
from validator.read.shapes import fills, pictures, strokes
from validator.read.visible import Sifted, parted, sift, spots
from validator.read.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from validator.model.pages import Document
    from validator.model.settings import Settings
    from validator.read.axes import Frame
    from validator.read.glyphs import Run
    from validator.read.visible import Spot


def read_document(path: str | Path, settings: Settings, progress: Callable[[int, int], None] | None = None) -> Document:
    """Read a PDF.

    ``progress`` is called with (pages read, pages in all). Raises ``ReadError`` where the file cannot be used; what
    is wrong with single pages becomes a warning of the document.
    """
    return assembled(str(path), parts_of(str(path), settings, iter(range(MOST_CARDS))), progress)


def parts_of(name: str, settings: Settings, cards: Iterable[int]) -> Iterator[Part]:
    """The parts of a PDF that ``cards`` stand for: of 0 to ``MOST_CARDS`` - 1, in any order. Raises ``ReadError``."""
    data = load(name, settings)
    sha256 = hashlib.sha256(data).hexdigest()
    with _without_collection(), bounded(settings) as begin_page, pdfium.opened(data, name) as document:
        count = pdfium.page_count(document)
        if count == 0:
            raise ReadError(f"{name}: the PDF has no pages")
        if count > settings.max_pages:
            raise ReadError(f"{name}: {count:,} pages are more than the {settings.max_pages:,} that are read")
        title = pdfium.title_of(document)
        warnings: list[str] = []
        reader = _PageReader(settings, warnings, lambda: may_hide_forms(data))
        size = -(-count // MOST_CARDS)
        for card in cards:
            if card * size >= count:
                return
            pages = []
            for index in range(card * size, min(count, (card + 1) * size)):
                begin_page()
                with pdfium.page_of(document, index) as handle:
                    pages.append(reader.page(handle, index + 1))
            yield Part(tuple(pages), tuple(warnings), count, sha256, title)
            warnings.clear()


@contextmanager
def _without_collection() -> Iterator[None]:
    """No search for unused values meanwhile: pages keep what they make, and the search takes a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _PageReader:
    """Reads one page after another; ``warnings`` grows by what could not be read."""

    def __init__(self, settings: Settings, warnings: list[str], layered: Callable[[], bool]) -> None:
        self._settings = settings
        self._warnings = warnings
        self._glyphs = GlyphReader()
        self._objects = ObjectReader(settings, layered)

    def page(self, handle: int | None, number: int) -> Page:
        """The page of that handle; an empty one, and a warning, where it cannot be read."""
        if not handle:
            self._warnings.append(f"page {number} is damaged and was not read")
            return Page(number, 0, 0)
        frame = page_frame(handle)
        width, height = frame.size
        with pdfium.text_of(handle) as text:
            count = max(0, pdfium.glyph_count(text)) if text else 0
            if text is None or count > self._settings.max_glyphs_per_page:
                self._warnings.append(
                    f"page {number} was not read: it holds {count:,} characters, more than a page of print can"
                    if text
                    else f"page {number} is damaged and its text was not read"
                )
                return Page(number, width, height, glyphs=count)
            codes = characters(text, count)
            painted = self._objects.painted(handle, frame)
            if not painted.complete:
                self._warnings.append(f"page {number} holds more objects than are looked at; rules may be missing")
            sifted = sift(self._glyphs.runs(text, count, codes, frame), painted)
            seen = _without_unseen(sifted, handle, frame)
        rules = strokes(painted.paths)
        return Page(
            number,
            width,
            height,
            words=words(seen.kept, rules),
            strokes=rules,
            fills=fills(painted.paths),
            pictures=pictures(painted.pictures),
            glyphs=count,
            hidden=sum(len(run.texts) - run.texts.count(" ") for run in seen.hidden),
            text=_without(codes, seen.hidden),
        )


def _without_unseen(sifted: Sifted, page: int, frame: Frame) -> Sifted:
    """The same, the runs in doubt settled by a look at the painted page."""
    if not sifted.doubt:
        return sifted
    asked = [(run, spot) for run in sifted.doubt for spot in spots(run)]
    gone: dict[int, list[Spot]] = {}  # by the identity of the run
    for index in unseen(page, frame.size, [(run.handle, spot.box) for run, spot in asked]):
        run, spot = asked[index]
        gone.setdefault(id(run), []).append(spot)
    parts = [parted(run, gone.get(id(run), ())) for run in sifted.kept]
    kept = [seen for seen, _ in parts if seen is not None]
    hidden = sifted.hidden + [lost for _, lost in parts if lost is not None]
    return Sifted(kept, [], hidden)


def _without(codes: str, hidden: Sequence[Run]) -> str:
    """The text of a page, hidden glyphs replaced by spaces."""
    if not hidden:
        return codes
    characters_of_page = list(codes)
    for run in hidden:
        for index in run.indices:
            characters_of_page[index] = " "
    return "".join(characters_of_page)
