"""Printed text without what layout does to it, so that what a person typed is found however it was set.

White space, every sort of hyphen and dash, and invisible characters are removed; case is folded; curly quotes are
made straight. A word split by a stray space, or by a hyphen at a line end, reads the same as the whole word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.model.extracts import Extract, Mention, Passage
    from validator.model.figures import Figure, Numeral, Unused

# Hyphen-minus, the dashes and the minus sign; soft hyphen, zero-width spaces and joiners, the byte order mark.
_LAYOUT = re.compile(r"[\s\-\u2010-\u2015\u2212\u00ad\u200b-\u200f\u2060\ufeff]+")
_BETWEEN_WORDS = re.compile(r"([^\w\u00ad\u200b-\u200f\u2060\ufeff]+)")
_QUOTES = str.maketrans("‘’‚‛“”„‟´`", "''''\"\"\"\"''")


@lru_cache(maxsize=16_384)  # labels and figures come back again and again, and a label is held against every path
def squash(text: str) -> str:
    """``text`` as it is compared."""
    if not text.isascii() or "`" in text:  # the one quote of ASCII that is made straight
        text = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    return _LAYOUT.sub("", text).casefold()


@dataclass(frozen=True, slots=True)
class Spot:
    """A figure inside the squashed text of its document, with its hedge ``before`` it and its unit ``after``."""

    start: int
    stop: int
    figure: Figure
    before: str
    after: str


@dataclass(frozen=True, slots=True, eq=False)
class SquashedText:
    """All passages of a document as one squashed string, in which a phrase may run on from one to the next.

    ``spots`` are in order of ``start``; ``starts[i]`` is where passage i begins.
    """

    text: str
    spots: tuple[Spot, ...]
    spot_starts: tuple[int, ...]
    passages: tuple[Passage, ...]
    starts: tuple[int, ...]
    numerals: tuple[Numeral, ...] = ()  # of the document, that are no figures

    def reason_at(self, position: int, numeral: str) -> Unused | None:
        """Why a numeral, squashed, on the page of a position is no figure; None where it is none of those."""
        page = self.passage_at(position).location.page
        found = (one for one in self.numerals if one.location.page == page and squash(one.text) == numeral)
        return next((one.reason for one in found), None)

    def passage_at(self, position: int) -> Passage:
        """The passage that a position of the squashed text lies in."""
        return self.passages[max(bisect_right(self.starts, position) - 1, 0)]

    def passage_of(self, wanted: str) -> Passage | None:
        """The first passage in which ``wanted``, squashed, is printed in whole words; None where there is none."""
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            first, last = self.passage_at(at), self.passage_at(at + len(wanted) - 1)
            start, stop = at - self._start_of(at), at + len(wanted) - self._start_of(at + len(wanted) - 1)
            begins = not wanted[0].isalnum() or start in _word_ends(first.text)
            if begins and (not wanted[-1].isalnum() or stop in _word_ends(last.text)):
                return first
            at = self.text.find(wanted, at + 1)
        return None

    def _start_of(self, position: int) -> int:
        return self.starts[max(bisect_right(self.starts, position) - 1, 0)]

    def spots_between(self, start: int, stop: int) -> list[Spot]:
        """The mentions that lie wholly in a stretch of the squashed text."""
        first = bisect_right(self.spot_starts, start - 1)
        return [spot for spot in self.spots[first : bisect_right(self.spot_starts, stop)] if spot.stop <= stop]


def squashed(extract: Extract) -> SquashedText:
    """The squashed text of a document, with its mentions in it."""
    pieces: list[str] = []
    spots: list[Spot] = []
    starts: list[int] = []
    length = 0
    for passage in extract.passages:
        starts.append(length)
        text, edges = _passage(passage)
        spots.extend(_spot(mention, length, edges) for mention in passage.mentions)
        pieces.append(text)
        length += len(text)
    spots.sort(key=lambda spot: (spot.start, spot.stop))
    return SquashedText(
        "".join(pieces),
        tuple(spots),
        tuple(spot.start for spot in spots),
        extract.passages,
        tuple(starts),
        extract.numerals,
    )


def _word_ends(text: str) -> frozenset[int]:
    """Where words begin and end in ``text``, once it is squashed."""
    lengths = accumulate(len(squash(piece)) for piece in _BETWEEN_WORDS.split(text))
    return frozenset((0, *lengths))


def _spot(mention: Mention, offset: int, edges: dict[int, int]) -> Spot:
    figure = mention.figure
    number, quote = squash(figure.text), squash(figure.quote)
    before, found, after = quote.partition(number) if number else ("", "", "")
    if not found:
        before, after = squash(figure.hedge), squash(figure.unit)
    return Spot(offset + edges[mention.start], offset + edges[mention.stop], figure, before, after)


def _passage(passage: Passage) -> tuple[str, dict[int, int]]:
    """The squashed text of a passage, and where the ends of its mentions come to lie in it."""
    marks = sorted({0, len(passage.text), *(end for m in passage.mentions for end in (m.start, m.stop))})
    edges, pieces, length = {0: 0}, [], 0
    for start, stop in pairwise(marks):
        piece = squash(passage.text[start:stop])
        pieces.append(piece)
        length += len(piece)
        edges[stop] = length
    return "".join(pieces), edges
