"""Which rows of a table are quotients, changes or means of other rows: candidates with the evidence for each.

In: `Numbers`. Out: `Ratio`s. Columns are treated by turning the table. Must not decide a verdict, and knows no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from validator.discover.evidence import MISPRINT_BITS, needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from validator.discover.arrays import Numbers
    from validator.model.settings import Settings

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Row ``stated`` is scale · ``top`` / ``bottom`` + offset, in the columns ``holds`` and not in ``fails``."""

    stated: int
    top: tuple[int, ...]
    bottom: tuple[int, ...]
    scale: float
    offset: float
    bits: float
    holds: tuple[int, ...]
    fails: tuple[int, ...]


# How a quotient is printed: as it is, in percent, per thousand or per 100,000; a change in percent or as a fraction.
SHAPES = ((1.0, 0.0), (100.0, 0.0), (1_000.0, 0.0), (100_000.0, 0.0), (100.0, -100.0), (1.0, -1.0))


def quotients(numbers: Numbers, settings: Settings) -> Iterator[Ratio]:
    """Rows that are the quotient or relative change of two others; the best supported for each row."""
    rows = np.flatnonzero(~np.isnan(numbers.value).all(axis=1))
    if not 3 <= len(rows) <= settings.most_rows_for_pairs:
        return
    value, unit = numbers.value[rows], numbers.unit[rows]
    need = needed(len(rows) ** 3 * len(SHAPES), settings)
    top, bottom = np.nonzero(~np.eye(len(rows), dtype=bool))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        quotient = value[top] / value[bottom]
        wobble = np.abs(quotient) * (unit[top] / np.abs(value[top]) + unit[bottom] / np.abs(value[bottom])) / 2
    usable = np.isfinite(quotient) & np.isfinite(wobble) & (value[top] != value[bottom])
    quotient, wobble = np.where(usable, quotient, 0.0), np.where(usable, wobble, 0.0)
    for stated in range(len(rows)):
        best = _best(stated, (top, bottom), (quotient, wobble, usable), value, unit)
        if best is not None and best[0] > need:
            bits, k, shape, holds, fails = best
            yield Ratio(int(rows[stated]), (int(rows[top[k]]),), (int(rows[bottom[k]]),), *shape, bits, holds, fails)


def _best(stated, pair, lines, value, unit):  # type: ignore[no-untyped-def]
    top, bottom = pair
    quotient, wobble, usable = lines
    there = usable & ~np.isnan(value[stated])
    others = (top != stated) & (bottom != stated) & (there.sum(axis=1) > 0)
    target = np.nan_to_num(value[stated])
    best = None
    for scale, offset in SHAPES:
        width = unit[stated] + 2 * scale * wobble
        near = np.abs(scale * quotient + offset - target) <= width / 2 * (1 + 1e-9)
        gain = np.log2(1 + np.abs(target) / (2 * width))
        score = np.where(there, np.where(near, gain, -MISPRINT_BITS), 0.0).sum(axis=1)
        score[~others] = 0.0
        k = int(np.argmax(score))
        if best is None or score[k] > best[0]:
            holds, fails = np.flatnonzero(there[k] & near[k]), np.flatnonzero(there[k] & ~near[k])
            best = (float(score[k]), k, (scale, offset), tuple(map(int, holds)), tuple(map(int, fails)))
    return best


def means(numbers: Numbers, settings: Settings) -> Iterator[Ratio]:
    """Rows that are the mean of the run right before or after them."""
    rows = np.flatnonzero(~np.isnan(numbers.value).all(axis=1))
    need = needed(len(rows) ** 2, settings)
    for ordered in (rows, rows[::-1]):
        value, unit = numbers.value[ordered], numbers.unit[ordered]
        for first in range(len(ordered) - 2):
            run = slice(first + 1, first + 1 + settings.longest_run)
            there = ~np.isnan(value[run])
            terms = np.cumsum(there, axis=0)
            filled = np.nan_to_num(value[run])
            with np.errstate(divide="ignore", invalid="ignore"):
                mean = np.cumsum(filled, axis=0) / terms
            varies = np.maximum.accumulate(np.where(there, value[run], -np.inf)) - np.minimum.accumulate(
                np.where(there, value[run], np.inf)
            )
            width = unit[first] + unit[run]
            usable = (terms >= 2) & ~np.isnan(value[first])
            near = np.abs(np.where(usable, mean - value[first], 0)) <= width / 2 * (1 + 1e-9)
            gain = np.log2(1 + np.where(usable, varies, 0) / (2 * width))
            score = np.where(usable, np.where(near, gain, -MISPRINT_BITS), 0.0).sum(axis=1)
            k = int(np.argmax(score))
            if score[k] > need:
                parts = tuple(map(int, ordered[first + 1 : first + 2 + k]))
                holds, fails = np.flatnonzero(usable[k] & near[k]), np.flatnonzero(usable[k] & ~near[k])
                yield Ratio(
                    int(ordered[first]), parts, (), 1.0, 0.0, float(score[k]), tuple(map(int, holds)), tuple(map(int, fails))
                )
