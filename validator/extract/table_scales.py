"""What the figures of a table are told in: “in thousand euros” above it, “DKKm” over a column, “(1.000 kr.)” in a stub.

In: a `Draft` with what is printed around it, and its language. Out: for a row and a column the `Scale` of its cells.
The words nearest to a cell decide: its row and its column, the labels above those, then the table's own lines. Where a
row and a column say different things nothing is known. Must not change a figure's value: what is printed stays printed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.model.language import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.extract.table_understand import Draft
    from validator.model.language import Language, Parsed, Piece, Spot
    from validator.model.settings import Settings


class Scale(NamedTuple):
    """What one of a figure stands for, and the words that say so, as printed."""

    factor: Decimal
    words: str


class Scales(NamedTuple):
    """The scales of a table's rows and columns, and of what names none itself; None where nothing is said."""

    rows: dict[tuple[str, ...], Scale]
    columns: Sequence[Scale | None]
    table: Scale | None

    def at(self, path: tuple[str, ...], column: int) -> Scale | None:
        """The scale of the cells of a row, by its path, in a column."""
        row, own = self.rows.get(path), self.columns[column]
        if row is not None and own is not None:
            return row if row.factor == own.factor else None
        return row or own or self.table


def scales_of(draft: Draft, language: Language) -> Scales | None:
    """The scales of a draft; None where its words tell none."""
    table = _first((draft.stub_head, *draft.above, draft.caption, draft.heading, *draft.notes), language)
    columns = [_first(reversed(header.path), language) for header in draft.headers]
    rows: dict[tuple[str, ...], Scale] = {}
    for row in draft.rows:
        path = row.path or (row.label,)
        if path not in rows and (found := _first(reversed(path), language)) is not None:
            rows[path] = found
    return Scales(rows, columns, table) if table or rows or any(columns) else None


def _first(texts: Iterable[str], language: Language) -> Scale | None:
    """What the first of some texts says that says anything."""
    return next((found for text in texts if text and (found := scale_in(text, language)) is not None), None)


@lru_cache(maxsize=4_000)  # as `Language.parsed`: labels come back in row after row
def scale_in(text: str, language: Language) -> Scale | None:
    """The scale that a text tells; None where it tells none, or several."""
    if language.told_in is None:
        return None
    spots = language.told_in().spots(text)
    told = [spot for spot in spots if spot.sense.topic is Topic.TOLD_IN]
    if not told and not _SCALE_WORD.search(text):
        return None
    beside = language.parsed(text)
    barred = {spot.last for spot in spots if spot.sense.topic is Topic.PER}
    barred |= {spot.last for spot in beside.spots if spot.sense.topic in _BEFORE}
    followed = {spot.first for spot in beside.spots if spot.sense.topic in _AFTER}
    amounts = barred | {spot.last for spot in beside.spots if spot.sense.topic is Topic.PARTITIVE}
    rates = {spot.first for spot in spots if spot.sense.topic is Topic.PER}
    free = [
        spot
        for spot in told
        if spot.first not in (amounts if _with_digits(beside, spot) else barred)  # “loans of 1,000 euros”
        and _alone(beside, spot, followed)
        and (spot.last in rates or not _described(text, beside, spot, language))
    ]
    longest = [one for one in free if not any(_within(one, other) for other in free)]
    found = [Scale(_decimal(spot), _quote(text, spot, free)) for spot in longest] or list(_apart(text, beside))
    return found[0] if len({one.factor for one in found}) == 1 else None


def only_tells(text: str, language: Language, settings: Settings) -> bool:
    """Whether a line says hardly more than what a table is told in: "1.000 kr.", "(amounts in EUR million)"."""
    if len(text) > settings.unit_length:
        return False
    told = scale_in(text, language)
    return told is not None and 2 * len(told.words) >= len(text)


_SCALE_WORD = re.compile(r"[^\W\d_]{2}")  # any word may be a bare “Mio.”; a label without one tells nothing
_PARTS = re.compile(r"[,;:()\[\]|/–—]|\s-\s")
# A number, a bound or “of” before such words makes an amount of them: “more than 10 million euros”, “under 1,000 kr.”.
_BEFORE = (Topic.NUMBER, Topic.HUNDRED, Topic.ARTICLE, Topic.FRACTION, Topic.HEDGE, Topic.TO, Topic.EVERY)
_AFTER = (Topic.HEDGE_AFTER, Topic.TO)


def _alone(beside: Parsed, spot: Spot, followed: set[int]) -> bool:
    """Whether no number stands right before or behind a phrase, nor a bound: it then is an amount, or a class."""
    pieces = beside.pieces
    before = spot.first - 1
    if before >= 0 and pieces[before].text in _MARKS and before > 0:
        before -= 1
    behind = spot.last if spot.last < len(pieces) else None
    digits_first, digits_last = (pieces[at].text.isdecimal() for at in (spot.first, spot.last - 1))
    if before >= 0 and pieces[before].text.isdecimal() and (before == spot.first - 1 or digits_first):
        return False
    if spot.last in followed:
        return False
    if behind is None or not (digits_first or digits_last):
        return True
    if digits_last and pieces[behind].text in _POINTS and _touching(pieces[behind - 1 : behind + 2]):
        return False  # the number goes on: “EUR 1,000,000”
    return not (pieces[behind].text in _DASHES and any(piece.text.isdecimal() for piece in pieces[behind:][:3]))


def _touching(pieces: Sequence[Piece]) -> bool:
    """Whether digits, a point and digits are written in one."""
    ends = all(one.stop == other.start for one, other in pairwise(pieces))
    return ends and len(pieces) == 3 and pieces[2].text.isdecimal()


def _with_digits(beside: Parsed, spot: Spot) -> bool:
    return any(piece.text.isdecimal() for piece in beside.pieces[spot.first : spot.last])


def _described(text: str, beside: Parsed, spot: Spot, language: Language) -> bool:
    """Whether a number is followed by what is of it: “1000 EUR notes”, “(1000) see”, but not “(1,000) by region”.

    A capital may begin the next label, a single letter is a mark, and a point ends what went before.
    """
    if spot.last >= len(beside.pieces) or not _with_digits(beside, spot):
        return False
    word = beside.pieces[spot.last]
    small = text[word.start : word.stop].islower() and len(word.text) > 1
    return small and text[spot.stop - 1] != "." and word.text not in language.stop_words


_MARKS = frozenset(".,-–")
_POINTS = frozenset(".,")
_DASHES = frozenset("-–—")


def _quote(text: str, spot: Spot, free: Sequence[Spot]) -> str:
    """A phrase with those that it shares words with: “in thousand” and “thousand euros” are said in one."""
    same = [one for one in free if one.first < spot.last and spot.first < one.last]
    return text[min(one.start for one in same) : max(one.stop for one in same)]


def _within(one: Spot, other: Spot) -> bool:
    """Whether a phrase is only a part of another."""
    return other is not one and other.first <= one.first and one.last <= other.last and other[:4] != one[:4]


def _apart(text: str, beside: Parsed) -> Iterable[Scale]:
    """Parts of a label between brackets or commas that are a bare word of scale, or one and what is counted.

    “Turnover, mio.”, “(thousand tonnes)”, “Tausend Personen”.
    """
    start = 0
    for stop in [*(match.start() for match in _PARTS.finditer(text)), len(text)]:
        part = text[start:stop]
        at, end = start + len(part) - len(part.lstrip(" ,;:()[]|/–—-")), start + len(part.rstrip(" ."))
        start = stop
        scale = next((s for s in beside.spots if s.start == at and s.sense.topic is Topic.SCALE), None)
        if scale is None:
            continue
        rest = text[scale.stop : end].strip(" .")
        things = (s for s in beside.spots if s.first == scale.last and s.sense.topic in _COUNTED)
        if not rest or any(s.stop >= end for s in things):
            yield Scale(_decimal(scale), text[at : max(end, scale.stop)])


_COUNTED = (Topic.UNIT, Topic.COUNTED)


def _decimal(spot: Spot) -> Decimal:
    value = spot.sense.value
    return Decimal(1) if value is None else Decimal(value.numerator) / value.denominator
