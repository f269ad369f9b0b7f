"""Whether the whole numbers of a table are counts, which add up to the last digit, or were rounded one by one.

In: how many figures each sum of a table adds, for those that are exact and those that are off by no more than rounding.
Out: bits for counts and against rounded figures, and how sure a small gap then is a misprint. Must not decide a
verdict, and knows no words: where a table says what its figures are, nothing has to be reckoned.

Figures that were rounded one by one make their total exactly in one of two sums or so, the rarer the more of them there
are; counts do always but for a misprint. So each exact sum tells the two apart by a fraction of a bit, and each small
gap speaks for rounding as strongly as misprints of that size are rare.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import comb, factorial, log2, pi, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Habit:
    """How the sums of a document behave: ``announced`` ones that hold exactly, and the ``bits`` of all its tables."""

    announced: int
    bits: float


def counting(exact: Iterable[int], near: Iterable[int], misprints: int, settings: Settings) -> float:
    """Bits for counts and against rounded figures: positive where exact sums prevail.

    ``exact`` and ``near`` have the number of figures added in each sum that is exact, or off by no more than rounding.
    As misprints the latter come to ``misprints``: a figure that a row and a column miss is one.
    """
    bits = -sum(log2(agreeing(terms)) for terms in exact)
    bits -= sum(log2(1 - agreeing(terms)) for terms in near)
    return bits - misprints * log2(settings.misprint_odds * settings.small_misprint)


def confidence(bits: float, habit: Habit, settings: Settings) -> float:
    """How sure it is that a small gap in a table with so many ``bits`` is a misprint.

    The rest of its document tells what to expect of it, and is wrong about one table in ``settings.odd_table``.
    """
    rest = _probability(habit.bits - bits + log2(settings.counted_per_rounded))
    odd = 1 / settings.odd_table
    expected = rest * (1 - odd) + (1 - rest) * odd
    return _probability(bits + log2(expected / (1 - expected)))


def beside(holds: int, misses: int, settings: Settings) -> float:
    """How sure it is that quotients off by one last digit are misprints, and not of figures with more digits.

    Those that were so reckoned miss at a rate that nobody knows: any is as likely as another.
    """
    tried = holds + misses
    habitual = -log2((tried + 1) * comb(tried, misses))
    return _probability(-misses * log2(settings.misprint_odds * settings.small_misprint) - habitual)


def _probability(bits: float) -> float:
    """What odds of so many bits come to."""
    return float(1 / (1 + 2.0 ** -max(min(bits, _MOST), -_MOST)))


@cache
def agreeing(terms: int) -> float:
    """How often so many rounded figures make their rounded total exactly: three in four of two, half of six.

    Their errors are uniform, and the sum of them must be less than half a digit: the middle of a spline, for many
    figures nearly of a normal curve.
    """
    count = max(terms, 2) + 1
    if count > _EXACTLY:
        return sqrt(6 / (pi * count))
    powers = ((-1) ** j * comb(count, j) * (count / 2 - j) ** (count - 1) for j in range((count + 1) // 2))
    return float(sum(powers) / factorial(count - 1))


_EXACTLY = 16  # figures up to which the spline is reckoned; beyond, the normal curve is right to a hundredth
_MOST = 60.0  # bits beyond which a float says 1 anyway
