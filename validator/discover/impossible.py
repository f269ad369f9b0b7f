"""A percentage that cannot be one of its kind: "3700.00 %" in a column of shares.

In: a `Side` of a table, its language. Out: cells. Shares of what they are a part of end at 100; percentages of other
things do not (growth, debt by GDP, use of a capacity), but hardly reach ten times as much where all others stay below
100. Where nothing says that they are shares it takes many of them, and that the value is one of theirs with its
separator two places off. Must not decide a verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from validator.model.language import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from validator.discover.side import Side
    from validator.model.language import Language, Spot
    from validator.model.settings import Settings

_ALL = 100.0
_SHIFT = 100.0  # what a program makes of a percentage that it takes for a fraction
_MOVES = frozenset({Topic.RISE, Topic.FALL, Topic.COMPARED, Topic.PREVIOUS, Topic.YEARLY, Topic.STEADY})


class Beyond(NamedTuple):
    """A cell of an item and a line with a percentage that no share can be."""

    item: int
    line: int
    confidence: float


def impossible(side: Side, language: Language | None, settings: Settings) -> Iterator[Beyond]:
    """Every such cell; one in a line at most, for of several nobody knows what they are percentages of."""
    value = side.numbers.value
    if language is None:
        return
    large = np.nan_to_num(value) >= settings.impossible_share
    usual = (value >= 0) & (value <= _ALL)
    alone = (large.sum(axis=0) == 1) & ((large | usual | np.isnan(value)).all(axis=0))
    for line in map(int, np.flatnonzero(alone & (usual.sum(axis=0) >= settings.quotient_support))):
        item = int(np.argmax(large[:, line]))
        if _base(side, large, item, line):
            continue
        titles = " . ".join((side.table.caption, side.table.heading, side.table.stub_head))
        about = [*language.spots(titles), *(own := language.spots(side.line_name(line)))]
        topics = {spot.sense.topic for spot in about}
        percent = Topic.PERCENT in topics or bool(side.numbers.percent[item, line])
        if not percent or topics & _MOVES:
            continue
        if Topic.SHARE in topics or _percent_of(own):
            yield Beyond(item, line, settings.sure_confidence)
        elif usual[:, line].sum() >= settings.kept_per_break and _shifted(side, item, line):
            yield Beyond(item, line, settings.likely_confidence)


def _base(side: Side, large: NDArray[np.bool_], item: int, line: int) -> bool:
    """Whether a number is what the shares above it are shares of: as large in other lines, or printed without decimals.

    A table of percentages often ends with the number of those who were asked.
    """
    decimals, there = side.numbers.decimals[:, line], ~np.isnan(side.numbers.value[:, line])
    there[item] = False
    beside = np.delete(large[item], line)
    return bool(beside.any()) or bool((decimals[item] < decimals[there]).all())


def _percent_of(spots: Sequence[Spot]) -> bool:
    """Whether a label says what its percentages are of: "% of voters"."""
    ends = {spot.last for spot in spots if spot.sense.topic is Topic.PERCENT}
    return any(spot.sense.topic is Topic.PARTITIVE and spot.first in ends for spot in spots)


def _shifted(side: Side, item: int, line: int) -> bool:
    """Whether a value is one like the others of its line, printed like them, with its separator two places off.

    A whole number may be a year or a count that got into the line: only decimals show that it is a percentage.
    """
    value, decimals = side.numbers.value[:, line], side.numbers.decimals[:, line]
    others = np.flatnonzero(~np.isnan(value) & (np.arange(len(value)) != item))
    meant = value[item] / _SHIFT
    alike = bool(decimals[item] > 0 and (decimals[others] == decimals[item]).all())
    return alike and bool(value[others].min() <= meant <= value[others].max())
