"""How sure it is that a sum which one line breaks is meant of that line: additive or not, exact or rounded.

In: the supported `Pattern`s of both sides of a table. Out: for each line that breaks one a confidence, and whether
the table's counts were rounded one by one. Must not decide a verdict.

A relation is supported by the lines that keep it. A line that breaks it may be a misprint, or no case of it at all:
an average, a rate or a percentage in a total row. It counts as a case when its figures are printed like those of the
lines that keep the pattern, when its total lies outside the range of its parts, and when it keeps other patterns of
the table at least as often as it breaks them. Two patterns that ask for the same change of the same figure settle it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from validator.discover.evidence import noise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.discover.side import Side
    from validator.discover.sums import Pattern
    from validator.model.settings import Settings

    Cell = tuple[int, int]
    Break = tuple[int, int]  # a pattern and a line


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pattern on a side with the confidence of each line that breaks it; lines that are no case of it are absent."""

    side: Side
    pattern: Pattern
    breaks: dict[int, float]
    rounded: frozenset[int]  # lines that hold only because their counts were rounded one by one


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a pattern by what they say: kept with evidence, kept within rounding only, broken."""

    kept: frozenset[int]
    near: frozenset[int]
    broken: frozenset[int]


def weigh(found: Sequence[tuple[Side, Pattern]], settings: Settings) -> list[Weighed]:
    """Every pattern with the lines that break it, as far as they are cases of it."""
    lines = [_lines(side, pattern) for side, pattern in found]
    loose = _rounded(found, lines, settings)
    sure = _confirmed(found, lines)
    kept, broken = _tally(found, lines)
    weighed = []
    for index, ((side, pattern), own) in enumerate(zip(found, lines, strict=True)):
        suspects = own.broken if loose else own.broken | own.near
        breaks: dict[int, float] = {}
        cases = _cases(side, pattern, own)
        for line in suspects & cases if own.kept else ():
            support = len(own.kept) + kept[side.turned, line]
            against = len(suspects & cases) - 1 + broken[side.turned, line] - 1
            confidence = (support + 1) / (support + max(against, 0) + 2)
            if (index, line) in sure:
                confidence = max(confidence, settings.confirmed_confidence)
            elif kept[side.turned, line] < broken[side.turned, line] - 1:
                confidence = min(confidence, settings.stray_confidence)
            breaks[line] = confidence
        weighed.append(Weighed(side, pattern, breaks, own.near if loose else frozenset()))
    return weighed


def _lines(side: Side, pattern: Pattern) -> _Lines:
    """Lines in which one part is the total and the rest nothing prove nothing and are left out of all three."""
    parts = np.abs(np.nan_to_num(side.numbers.value[list(pattern.parts)]))
    telling = set(map(int, np.flatnonzero(parts.sum(axis=0) - parts.max(axis=0) > 0)))
    counts = {line for line in pattern.near if side.kind(pattern.total, line)[1] == 0}
    return _Lines(
        frozenset(telling & ({*pattern.exact, *pattern.near} - counts)),
        frozenset(counts),
        frozenset(pattern.fails),
    )


def _rounded(found: Sequence[tuple[Side, Pattern]], lines: Sequence[_Lines], settings: Settings) -> bool:
    """Whether the counts of this table do not add up exactly even where nobody erred."""
    exact = sum(
        1
        for (side, pattern), own in zip(found, lines, strict=True)
        for line in own.kept
        if side.kind(pattern.total, line)[1] == 0
    )
    near = sum(len(own.near) for own in lines)
    return near * settings.exact_per_near > exact


def _tally(
    found: Sequence[tuple[Side, Pattern]], lines: Sequence[_Lines]
) -> tuple[defaultdict[tuple[bool, int], int], defaultdict[tuple[bool, int], int]]:
    """For each line of each side, how many patterns it keeps and how many it breaks."""
    kept: defaultdict[tuple[bool, int], int] = defaultdict(int)
    broken: defaultdict[tuple[bool, int], int] = defaultdict(int)
    for (side, _), own in zip(found, lines, strict=True):
        for line in own.kept:
            kept[side.turned, line] += 1
        for line in own.broken:
            broken[side.turned, line] += 1
    return kept, broken


def _cases(side: Side, pattern: Pattern, own: _Lines) -> frozenset[int]:
    """The broken lines that are printed like the kept ones and whose total is not one of an average."""
    kinds = {side.kind(pattern.total, line) for line in own.kept}
    value = side.numbers.value
    cases = set()
    for line in own.broken | own.near:
        parts = value[list(pattern.parts), line]
        parts = parts[~np.isnan(parts)]
        inside = len(parts) > 1 and parts.min() <= value[pattern.total, line] <= parts.max()
        if side.kind(pattern.total, line) in kinds and not inside:
            cases.add(line)
    return frozenset(cases)


def _confirmed(found: Sequence[tuple[Side, Pattern]], lines: Sequence[_Lines]) -> set[Break]:
    """Broken lines of which another pattern, on other figures, asks for the same change of the same figure."""
    asked: defaultdict[tuple[Cell, int], set[Break]] = defaultdict(set)
    for index, ((side, pattern), own) in enumerate(zip(found, lines, strict=True)):
        value, unit = side.numbers.value, side.numbers.unit
        for line in own.broken | own.near:
            parts = [part for part in pattern.parts if not np.isnan(value[part, line])]
            gap = value[parts, line].sum() - value[pattern.total, line]
            step = unit[pattern.total, line]
            if abs(gap) <= noise(np.array(value[pattern.total, line]), np.array(step)):
                continue
            for item, change in ((pattern.total, gap), *((part, -gap) for part in parts)):
                cell = (line, item) if side.turned else (item, line)
                asked[cell, round(change / step)].add((index, line))
    return {one for breaks in asked.values() for one in breaks if any(_apart(found, one, other) for other in breaks)}


def _apart(found: Sequence[tuple[Side, Pattern]], one: Break, other: Break) -> bool:
    """Whether two patterns rest on different figures: a row and a column, or rows that share only one."""
    (side, pattern), (other_side, other_pattern) = found[one[0]], found[other[0]]
    return side.turned != other_side.turned or len(pattern.rows & other_pattern.rows) == 1
