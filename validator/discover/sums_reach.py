"""Which rows can be totals of the runs after them at all: a cheap look at every row before the few are reckoned out.

In: `Numbers` and strands of their rows. Out: places in each strand. Of figures that are not negative a running sum only
grows, so the one place where it can meet a total is found by bisection, for all rows and columns at once; the work
grows with the number of figures and hardly with the length of the runs. Must not miss a total with enough evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from validator.discover.evidence import noise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from validator.discover.arrays import Numbers
    from validator.model.settings import Settings

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Rows = NDArray[np.intp]

_RUNNING = 1e-12  # float error of a difference of running sums, as a share of the last of them


def hopeful(numbers: Numbers, strands: Sequence[Rows], need: float, settings: Settings) -> list[Rows]:
    """For each strand the places whose row may be the sum of the run after it, with more bits than ``need``."""
    none: Rows = np.zeros(0, dtype=np.intp)
    longest = max(map(len, strands), default=0)
    if longest < 3:
        return [none for _ in strands]
    rows = np.full((longest, len(strands)), -1, dtype=np.intp)
    for strand, own in enumerate(strands):
        rows[: len(own), strand] = own
    there = ~np.isnan(numbers.value[rows]) & (rows >= 0)[:, :, None]  # (places, strands, lines), as all that follow
    value, unit = np.where(there, numbers.value[rows], 0.0), numbers.unit[rows]
    most = np.where(there, _most_bits(value, unit, settings.longest_run), 0.0)
    if not (most.sum(axis=2) > need).any():
        return [none for _ in strands]
    gap = numbers.gap[rows] & (rows >= 0)[:, :, None]
    meets = _meets(value, there, unit, settings.longest_run) | (value < 0).any(axis=0)
    fails = ~(meets | _untold(there, gap, settings.longest_run))
    bits = np.where(there, np.where(meets, most, np.where(fails, -settings.misprint_bits, 0.0)), 0.0).sum(axis=2)
    enough = bits > need
    some = enough.any(axis=0)  # of few strands
    return [
        np.flatnonzero(enough[: max(len(own) - 2, 0), strand]) if some[strand] else none
        for strand, own in enumerate(strands)
    ]


def _most_bits(value: Floats, unit: Floats, longest: int) -> Floats:
    """What a line can bring at most (see `line_bits`), exactly or within the rounding of many parts.

    The spread of parts is no more than their total or, where some are negative, than all figures together.
    """
    size = np.abs(value)
    size = np.where((value < 0).any(axis=0), size.sum(axis=0), size) / unit
    terms = min(len(value), longest)
    spread = np.maximum(size / 2 + 1, (size + (terms + 1) / 2) / (2 + np.sqrt(terms + 1)))
    bits: Floats = np.log2(1 + spread)
    return bits


def _untold(there: Mask, gap: Mask, longest: int) -> Mask:
    """Lines that may not count against a total: what follows it is blank, or holds something that is no number."""
    gaps = _running(gap)
    ends = _ends(len(gap), longest)
    untold: Mask = gaps[ends] - gaps[1:] > 0
    untold[:-1] |= ~there[1:]
    untold[-1] = True
    return untold


def _meets(value: Floats, there: Mask, unit: Floats, longest: int) -> Mask:
    """Whether the running sum after each figure meets it within rounding; figures must not be negative.

    Bisection for the first place where the sum is no longer short of the figure, by more than so many parts can be.
    """
    sums, counts = _running(value), _running(there)
    error = noise(value, unit) + _RUNNING * sums[-1]
    goal, start, half = sums[1:] + value, counts[1:] - 1, unit / 2

    strands, lines = np.ogrid[: value.shape[1], : value.shape[2]]

    def slack(place: Rows) -> Floats:
        allowed: Floats = (counts[place, strands, lines] - start) * half + error
        return allowed

    last = np.broadcast_to(_ends(len(value), longest)[:, None, None], value.shape)
    low = np.minimum(np.arange(2, len(value) + 2)[:, None, None], last)
    high = last
    for _ in range(min(len(value), longest).bit_length()):
        middle = (low + high) // 2
        short = sums[middle, strands, lines] + slack(middle) < goal
        low, high = np.where(short, np.minimum(middle + 1, last), low), np.where(short, high, middle)
    met: Mask = np.abs(sums[low, strands, lines] - goal) <= slack(low)
    return met


def _running(values: Floats | Mask) -> Floats:
    """Running sums along the places, with zero before the first."""
    sums = np.zeros((len(values) + 1, *values.shape[1:]))
    np.cumsum(values, axis=0, out=sums[1:])
    return sums


def _ends(places: int, longest: int) -> Rows:
    """The end of the longest run after each place."""
    ends: Rows = np.minimum(np.arange(places) + 1 + longest, places)
    return ends
