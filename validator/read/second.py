"""The second, independent reader: whether pdfplumber sees the same characters where a figure stands.

In: a path and what the figures of violations claim to be. Out: the claims on which it does not agree. Only the pages
of these figures are opened, and only their characters, without layout analysis. It shares nothing with the first reader
but the coordinates of the page as seen, so that a slip of one is not repeated by the other.
"""

from __future__ import annotations

import gc
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from contextlib import ExitStack, contextmanager, suppress
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.model.verdicts import Doubt
from validator.read.characters import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from validator.model.figures import Figure
    from validator.model.locations import Box
    from validator.read.second_glyphs import Glyph


Place = tuple[str, int]  # a document and a page of it

BEHIND = "--behind"  # says to the process of this reader that others, which have work for all cores, go before it
_GROWN = 0.6  # points: the readers place glyphs up to half a point apart where a font's metrics are wrong
_TWIN = 0.12  # ems, as in `words`
_NEXT_LINE = 0.5  # ems: less than any leading
_TOUCHING = 0.15  # ems between a figure and what belongs to it; a space is a fifth of an em or more
_SAME_LINE = 0.2  # ems: what is raised or lowered by more is a note mark
_NOTE_MARK = 0.8  # of the figure's size: note marks are set at two thirds
_MINUS = frozenset("-\u2212\u2013")
_POINTS = frozenset(".,\u00b7")
_SEPARATORS = _POINTS | frozenset("'\u2019")
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"
_QUOTES = {"\u2019": "'", "\u02bc": "'"}


class Seen:
    """The glyphs of a page by their height, so that a claim looks at its own lines and not at the whole page."""

    def __init__(self, glyphs: Iterable[Glyph]) -> None:
        self._glyphs = sorted(enumerate(glyphs), key=lambda numbered: numbered[1].y)
        self._heights = [glyph.y for _, glyph in self._glyphs]

    def __len__(self) -> int:
        return len(self._glyphs)

    def between(self, top: float, bottom: float) -> list[Glyph]:
        """The glyphs with their middle between two heights, in the order of the file."""
        first, last = bisect_left(self._heights, top), bisect_right(self._heights, bottom)
        return [glyph for _, glyph in sorted(self._glyphs[first:last], key=lambda numbered: numbered[0])]


class Claim(NamedTuple):
    """What the first reader says: this text stands in this box of that 1-based page. Plain, to be sent elsewhere."""

    path: str
    page: int
    text: str
    box: Box


def claim_of(figure: Figure) -> Claim:
    """What a figure claims to be printed."""
    return Claim(figure.location.document, figure.location.page, figure.text, figure.location.box)


def by_place(claims: Iterable[Claim]) -> dict[Place, list[int]]:
    """Claims by index under the pages that they are about: documents, and pages of one, with most of them first."""
    asked: dict[Place, list[int]] = defaultdict(list)
    weights: Counter[str] = Counter()
    for index, claim in enumerate(claims):
        asked[claim.path, claim.page].append(index)
        weights[claim.path] += 1
    order = sorted(asked, key=lambda place: (-weights[place[0]], place[0], -len(asked[place])))
    return {place: asked[place] for place in order}


def reread(wanted: Iterable[Place], order: Iterable[Place]) -> Iterator[tuple[Place, Seen | None]]:
    """Each of these places with what pdfplumber sees there; None where it cannot read the page.

    ``wanted`` are all places that ``order`` may name; one is drawn from that when it is to be read, and a document is
    opened when it is the first of it in a row. Never raises for what a file holds.
    """
    pages: dict[str, list[int]] = defaultdict(list)
    for path, page in sorted(wanted):
        pages[path].append(page)
    for path, group in groupby(order, key=lambda place: place[0]):
        with _opened(path, pages[path]) as seen:
            for place in group:
                yield place, seen(place[1])


def doubts(claims: Sequence[Claim]) -> dict[int, Doubt]:
    """Which of the claims, by index, pdfplumber does not bear out, and why."""
    asked = by_place(claims)
    found = {index: doubt(claims[index], seen) for place, seen in reread(asked, asked) for index in asked[place]}
    return {index: why for index, why in sorted(found.items()) if why is not None}


def doubt(claim: Claim, seen: Seen | None) -> Doubt | None:
    """What is to be said of a claim about a page; None where that bears it out.

    Text that is printed nowhere (an empty cell) is borne out when nothing stands in its box.
    """
    if seen is None:
        return Doubt.UNREADABLE
    return None if agrees(claim.text, claim.box, seen) else Doubt.DIFFERS


@contextmanager
def _opened(path: str, numbers: Sequence[int]) -> Iterator[Callable[[int], Seen | None]]:
    """A document; the function gives the glyphs of a page once, None where pdfplumber cannot read it.

    pdfplumber raises whatever comes of reading a broken file as if it were sound, hence the many kinds. Only its own
    work is done under them: a fault of ours must not pass for a page that cannot be read.
    """
    import struct
    import zlib

    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    from validator.read.second_glyphs import glyphs_of

    refusals = (PDFException, PSException, PdfminerException, MalformedPDFException, OSError, ValueError, TypeError,
                LookupError, EOFError, ArithmeticError, AssertionError, AttributeError, MemoryError, RuntimeError,
                struct.error, zlib.error)  # fmt: skip
    pages: dict[int, Any] = {}

    def seen_on(number: int) -> Seen | None:
        glyphs = None
        if number in pages:
            with suppress(*refusals):
                glyphs = list(glyphs_of(pages[number]))
            with suppress(*refusals):
                pages.pop(number).close()
        if glyphs is None:
            gc.collect()  # what was refused more memory half way through may hold a lot; a copy never looks for it
            return None
        return Seen(glyphs)

    with ExitStack() as stack:
        with suppress(*refusals):
            document = stack.enter_context(pdfplumber.open(path, pages=list(numbers)))
            pages = {page.page_number: page for page in document.pages}
        yield seen_on


def agrees(text: str, box: Box, page: Seen) -> bool:
    """Whether the characters with their middle in ``box`` spell ``text``, in whatever order a file holds them."""
    x0, top, x1, bottom = box.grown(_GROWN)
    inside = [glyph for glyph in page.between(top, bottom) if x0 <= glyph.x <= x1]
    wanted = folded(text)
    found = _once(inside)
    if not wanted:
        return not folded("".join(glyph.text for glyph in found))
    if any(folded("".join(glyph.text for glyph in order)) == wanted for order in _orders(found)):
        return not _truncated(inside, page)
    return _holds_lines(wanted, found)


def _truncated(inside: Sequence[Glyph], page: Seen) -> bool:
    """Whether the number of which ``inside`` are the characters goes on at either end.

    Of what runs over several lines, or up the page, nothing is said.
    """
    first, last = min(inside, key=lambda glyph: glyph.x), max(inside, key=lambda glyph: glyph.x)
    if not any(glyph.text.isdigit() for glyph in (first, last)) or not all(_beside(first, glyph) for glyph in inside):
        return False
    near = _SAME_LINE * first.size
    around = page.between(first.y - near, first.y + near)
    line = [glyph for glyph in around if _beside(first, glyph) and not glyph.text.isspace()]
    before = _joined(first, sorted((glyph for glyph in line if glyph.x < first.x), key=lambda glyph: -glyph.x))
    after = _joined(last, sorted((glyph for glyph in line if glyph.x > last.x), key=lambda glyph: glyph.x))
    return (first.text.isdigit() and _begins_earlier(before)) or (last.text.isdigit() and _ends_later(after))


def _beside(one: Glyph, other: Glyph) -> bool:
    """Whether they stand on one line and in about one size, as a figure and its note mark do not."""
    near, small, large = _SAME_LINE * one.size, _NOTE_MARK * one.size, one.size / _NOTE_MARK
    return abs(one.y - other.y) <= near and small <= other.size <= large


def _joined(end: Glyph, others: Iterable[Glyph]) -> str:
    """The first two characters that touch ``end``, and one another, going outwards."""
    text = ""
    for other in others:
        if len(text) == 2 or abs(other.x - end.x) - (other.width + end.width) / 2 > _TOUCHING * end.size:
            break
        text, end = text + other.text, other
    return text


def _begins_earlier(before: str) -> bool:
    """Whether a digit, a minus, or a separator stands before a digit; a range or a compound has a dash, too."""
    near, far = before[:1], before[1:2]
    if near in _SEPARATORS and far.isdigit():
        return True
    return near.isdigit() or (near in _MINUS | _POINTS and not far)


def _ends_later(after: str) -> bool:
    """Whether a digit follows a digit, at once or after a separator; a full stop or comma alone ends a sentence."""
    near, far = after[:1], after[1:2]
    return near.isdigit() or (near in _SEPARATORS and far.isdigit())


def folded(text: str) -> str:
    """Text without what readers may differ on: spaces, invisible characters, hyphens at line ends, forms of letters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        "-" if char in _HYPHENS else _QUOTES.get(char, char)
        for char in plain
        if not char.isspace() and char not in NOTHING and char != "_"
    )


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs, one of each that is printed twice on the same spot (a bold made by hand)."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        near = _TWIN * glyph.size
        if not any(
            glyph.text == old.text and abs(glyph.x - old.x) < near and abs(glyph.y - old.y) < near for old in kept
        ):
            kept.append(glyph)
    return kept


def _orders(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """The orders in which glyphs may read: as in the file, then along each of the four directions of the page."""
    return [
        glyphs,
        sorted(glyphs, key=lambda glyph: glyph.x),
        sorted(glyphs, key=lambda glyph: glyph.y),
        sorted(glyphs, key=lambda glyph: -glyph.x),
        sorted(glyphs, key=lambda glyph: -glyph.y),
    ]


def _holds_lines(wanted: str, glyphs: list[Glyph]) -> bool:
    """Whether ``wanted`` ends one line of the glyphs and begins the next, as a number word broken by a hyphen does."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if not lines or glyph.y - lines[-1][-1].y > _NEXT_LINE * glyph.size:
            lines.append([])
        lines[-1].append(glyph)
    texts = [folded("".join(glyph.text for glyph in sorted(line, key=lambda glyph: glyph.x))) for line in lines]
    return any(
        (upper.endswith(wanted[:cut]) or upper.removesuffix("-").endswith(wanted[:cut]))
        and lower.startswith(wanted[cut:])
        for upper, lower in pairwise(texts)
        for cut in range(1, len(wanted))
    )
