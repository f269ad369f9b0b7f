"""Shares of a total that the same table prints: 16.9 % beside 455, where the total row has 2,700 and 100 %.

In: a `Side`. Out: `Portion`s: items of shares beside items of counts, with the line that holds the whole. Where one
table has several, as an election has for each office, each whole is one of the lines beside it. Must not decide a
verdict, and knows no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

import numpy as np

from validator.discover.evidence import needed
from validator.discover.slips import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from validator.discover.side import Side
    from validator.model.settings import Settings

ALL = 100.0


@dataclass(frozen=True, slots=True)
class Portion:
    """``shares`` is ``counts`` in percent of its figure in line ``whole``, in the lines ``holds`` and not ``fails``."""

    shares: int
    counts: int
    whole: int
    bits: float
    holds: tuple[int, ...]
    fails: tuple[int, ...]
    misses: tuple[int, ...] = ()  # of ``fails``: off by one last digit, as shares of figures are that were rounded

    def wrong(self, side: Side, line: int) -> Wrong:
        """What a line states and what its count gives."""
        value = side.numbers.value
        implied = ALL * float(value[self.counts, line] / value[self.counts, self.whole])
        return Wrong(float(value[self.shares, line]), implied, float(side.numbers.unit[self.shares, line]) / 2)


def portions(side: Side, settings: Settings) -> Iterator[Portion]:
    """For each item with a printed 100 the item of counts that best shows it to be shares of that line."""
    value, percent = side.numbers.value, np.atleast_1d(side.numbers.percent.any(axis=1))
    items = range(len(value))
    if len(value) > settings.most_rows_for_pairs:
        return
    wholes = [
        (item, int(line))
        for item in items
        for line in np.flatnonzero(value[item] == ALL)
        if _exact(side, item, int(line))
    ]
    counts = [item for item in items if not percent[item] and not np.isnan(value[item]).all()]
    need = needed(len(wholes) * len(counts), settings)
    found = [
        one
        for shares, whole in wholes
        for item in counts
        if item != shares and (one := _portion(side, shares, item, whole, settings)) and one.bits > need
    ]
    taken: set[tuple[int, int]] = set()  # the shares that are told
    for one in sorted(found, key=lambda one: -one.bits):
        own = {(one.shares, line) for line in (one.whole, *one.holds, *one.fails)}
        if taken.isdisjoint(own):
            taken |= own
            yield one


def _exact(side: Side, item: int, line: int) -> bool:
    """Whether a 100 is one of percent: so marked, or with decimals like shares."""
    return bool(side.numbers.percent[item].any()) or bool((side.numbers.unit[item, line]) < 1)


def _portion(side: Side, shares: int, counts: int, whole: int, settings: Settings) -> Portion | None:
    value, unit = side.numbers.value, side.numbers.unit
    base = value[counts, whole]
    if np.isnan(base) or base <= 0:
        return None
    stated, part, step = value[shares], value[counts], unit[shares]
    live = ~np.isnan(stated) & ~np.isnan(part) & (part > 0) & (part < base)
    live[whole] = False
    if np.count_nonzero(live) < 2:
        return None
    right = np.where(live, ALL * part / base, 0.0)
    wobble = right / 2 * (unit[counts] / np.where(live, part, 1.0) + unit[counts, whole] / base)
    wobble = np.where((unit[counts] <= 1) & (unit[counts, whole] <= 1), 0.0, wobble)  # counts are not rounded
    off = np.abs(stated - right)
    fits = live & (off <= step / 2 * (1 + _TIGHT) + wobble)
    gain = np.log2(1 + np.abs(np.nan_to_num(stated)) / (2 * (step + 2 * wobble)))
    score = np.where(fits, gain, np.where(live, -settings.misprint_bits, 0.0))
    spent = 0.0
    if np.count_nonzero(fits) < settings.quotient_support * np.count_nonzero(live & ~fits):
        own = _beside(score, whole)
        live, fits, spent = live & own, fits & own, log2(len(score))
    bits = float(score[live].sum()) - spent
    beside = live & ~fits & (off <= 3 * step / 2 * (1 + _TIGHT) + wobble)
    holds, fails, misses = (tuple(map(int, np.flatnonzero(mask))) for mask in (fits, live & ~fits, beside))
    return Portion(shares, counts, whole, bits, holds, fails, misses)


def _beside(score: NDArray[np.float64], whole: int) -> NDArray[np.bool_]:
    """The lines before and after a whole up to where they show best that they are its shares."""
    own = np.zeros(len(score), dtype=bool)
    for lines in (np.arange(whole + 1, len(score)), np.arange(whole - 1, -1, -1)):
        sums = np.cumsum(score[lines])
        if len(sums) and sums.max() > 0:
            own[lines[: int(np.argmax(sums)) + 1]] = True
    return own


_TIGHT = 1e-6  # float error of a quotient, as a share of the width that rounding leaves
