"""Rows that follow another from one line to the next: its change since the year before, and its index.

In: a `Side`, and the language of its labels. Out: `Chain`s: each line of row ``stated`` compares row ``level`` there
with what it was an earlier line: in percent of it, or by how many percent it grew. Quotients of two rows in one line
are found elsewhere (`ratios`), shares of a printed total too (`portions`). Must not decide a verdict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

import numpy as np

from validator.model.language import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from validator.discover.side import Side
    from validator.model.language import Language
    from validator.model.settings import Settings

    Floats = NDArray[np.float64]
    Lines = NDArray[np.intp]
    Mask = NDArray[np.bool_]

ALL = 100.0
_LAGS = (1, 4, 12)  # lines back to what is compared with: the line before, or the same quarter or month a year ago
_LEAST = 3  # figures in a row that others follow
_BASE = re.compile(r"(?<!\d)100(?!\d)")  # a label that tells where an index has 100
_TIGHT = 1e-6  # float error of a quotient, as a share of the width that rounding leaves


@dataclass(frozen=True, slots=True)
class Chain:
    """In the lines ``holds``, each with the earlier line it looks back to, ``stated`` is what ``level`` gives.

    ``misses`` are those of ``fails`` that are off by one last digit. ``slips`` single figures explain all ``fails``:
    one wrong level is in two changes. ``announced``: the labels call for it.
    """

    stated: int
    level: int
    change: bool
    bits: float
    announced: bool
    holds: tuple[tuple[int, int], ...]
    fails: tuple[tuple[int, int], ...]
    misses: frozenset[int]
    slips: int


def chains(side: Side, language: Language | None, settings: Settings) -> Iterator[Chain]:
    """For each row that may be one the level that it follows best, with more evidence than chance would bring."""
    value = side.numbers.value
    if len(value) > settings.most_rows_for_pairs or value.shape[1] < _LEAST:
        return
    levels = [item for item in range(len(value)) if np.count_nonzero(value[item] > 0) >= _LEAST]
    stated = _finer(side)
    made: set[int] = set()  # indices, which follow a level themselves
    for layouts in (_indices, _changes):
        for item in stated:
            others = np.array([level for level in levels if level != item and level not in made], dtype=np.intp)
            ways = list(layouts(side, item, language)) if len(others) else []
            found = [one for way in ways for one in _best(side, item, others, way, settings)]
            best = max(found, key=lambda one: one.bits, default=None)
            if best is not None and best.bits - _needed(best, len(ways) * len(others), len(stated), settings) > 0:
                made |= set() if best.change else {item}
                yield best


def _needed(chain: Chain, ways: int, rows: int, settings: Settings) -> float:
    """The bits that the best of so many ways must bring: few where the labels call for it, else for any of the rows."""
    return log2(ways) + (settings.announced_bits if chain.announced else settings.proof_bits + log2(rows))


def _finer(side: Side) -> list[int]:
    """The rows that are printed like changes or indices: in percent, with decimals, or named after a 100."""
    numbers = side.numbers
    there = ~np.isnan(numbers.value)
    many = there.sum(axis=1) >= _LEAST - 1
    finer = ((numbers.percent | (numbers.decimals > 0)) & there).sum(axis=1) * 2 > there.sum(axis=1)
    return [int(item) for item in np.flatnonzero(many) if finer[item] or _BASE.search(side.name(int(item)))]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lines, each with the earlier one that it looks back to."""

    after: Lines
    before: Lines
    change: bool
    announced: bool


def _indices(side: Side, item: int, language: Language | None) -> Iterator[_Layout]:
    """A row with one 100 may be an index: all lines look back to that one. Without a larger figure it is of shares."""
    del language  # a number says it
    value = side.numbers.value[item]
    bases = np.flatnonzero(value == ALL)
    announced = bool(_BASE.search(side.name(item)))
    if len(bases) == 1 and (announced or np.nanmax(value) > ALL):
        after = np.flatnonzero(~np.isnan(value) & (value != ALL))
        yield _Layout(after, np.full_like(after, bases[0]), change=False, announced=announced)


def _changes(side: Side, item: int, language: Language | None) -> Iterator[_Layout]:
    """Lines that look back to one of the lines before, or after it where the latest year comes first."""
    after: Lines = np.flatnonzero(~np.isnan(side.numbers.value[item]))
    said = language is not None and any(spot.sense.topic is Topic.CHANGE for spot in language.spots(side.name(item)))
    lines = side.numbers.value.shape[1]
    for lag in _LAGS:
        for step in (lag, -lag):
            before = after - step
            inside = (before >= 0) & (before < lines)
            if np.count_nonzero(inside) >= _LEAST - 1:
                yield _Layout(after[inside], before[inside], change=True, announced=said)


def _best(side: Side, item: int, levels: Lines, layout: _Layout, settings: Settings) -> Iterator[Chain]:
    """The level that a row follows best in one layout, if any line agrees."""
    numbers, after, before = side.numbers, layout.after, layout.before
    value, unit = numbers.value[levels], numbers.unit[levels]
    new, old = value[:, after], value[:, before]
    live = (new > 0) & (old > 0)
    new, old = np.where(live, new, 1.0), np.where(live, old, 1.0)
    stated, step = numbers.value[item, after], numbers.unit[item, after]
    ratio = ALL * new / old
    right = ratio - ALL if layout.change else ratio
    loose = ratio / 2 * (unit[:, after] / new + unit[:, before] / old)
    counts = (numbers.decimals[levels][:, after] == 0) & (unit[:, after] <= 1) & (unit[:, before] <= 1)
    wobble = np.where(counts, 0.0, loose)
    off = np.abs(stated - right)
    fits = live & (off <= step / 2 * (1 + _TIGHT) + wobble)
    open_ = live & ~fits & (off <= step / 2 * (1 + _TIGHT) + loose)  # were the counts rounded, it would be right
    broken = live & ~fits & ~open_
    gain = np.log2(1 + np.abs(stated) / (2 * (step + 2 * wobble)))
    score = np.where(fits, gain, 0.0).sum(axis=1) - settings.misprint_bits * broken.sum(axis=1)
    k = int(np.argmax(score))
    if not fits[k].any():
        return
    wrong = np.flatnonzero(broken[k])
    slips = _slips(stated, new[k], old[k], step, wrong) if layout.change else len(wrong)
    bits = float(score[k]) + settings.misprint_bits * (len(wrong) - slips)
    holds, fails = (
        tuple((int(after[place]), int(before[place])) for place in places)
        for places in (np.flatnonzero(fits[k]), wrong)
    )
    beside = frozenset(int(after[place]) for place in wrong if off[k, place] <= 3 * step[place] / 2 * (1 + _TIGHT))
    level = int(levels[k])
    yield Chain(item, level, layout.change, bits, layout.announced, holds, fails, beside, slips)


def _slips(stated: Floats, new: Floats, old: Floats, step: Floats, wrong: Lines) -> int:
    """How many wrong figures explain these lines: two that follow one another are one level that both changes want."""
    slips, left = 0, list(map(int, wrong))
    while left:
        place = left.pop(0)
        slips += 1
        if left and left[0] == place + 1 and stated[place + 1] > -ALL:
            meant = old[place] * (1 + stated[place] / ALL)
            wanted = new[place + 1] / (1 + stated[place + 1] / ALL)
            reach = (old[place] * step[place] + wanted * step[place + 1]) / ALL
            if abs(meant - wanted) <= reach:
                left.pop(0)
    return slips
