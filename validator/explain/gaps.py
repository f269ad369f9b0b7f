"""A linear relation prepared for being asked again and again: what stands between its two sides, kept as one total.

A relation in; for changed values of some of its figures, whether it can still be satisfied and which value of one of
them closes the gap. The total over all figures is formed once and only corrected for those that change, so that a
question about a table of a thousand rows costs as much as one about three. As exact as `model.arithmetic`, of which
it is a shortcut: a gap with an open or unbounded end is not `closed`, and whether it can hold is asked there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.arithmetic import EXACT, combined, may, value_of
from validator.model.intervals import ZERO, Interval
from validator.model.relations import ONE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from validator.model.figures import Figure
    from validator.model.relations import Linear


class Gap:
    """Stated less other side: the difference as printed, and the least and most that the prints allow."""

    __slots__ = ("_comparison", "_ends", "_high", "_low", "_value", "_weights", "closed")

    def __init__(self, relation: Linear) -> None:
        gap = combined((relation.stated, ONE), (relation.other, -ONE))
        self._weights = {term.figure: term.weight for term in gap.terms}
        self._comparison = relation.comparison
        self._value = value_of(gap)
        self.closed = all(_closed(figure.interval) for figure in self._weights)
        self._ends: dict[Figure, tuple[Decimal, Decimal]] = {}  # the least and most that each print adds to the gap
        low = high = gap.constant
        for figure, weight in self._weights.items() if self.closed else ():
            least, most = self._ends[figure] = _scaled(figure.interval, weight)
            low, high = EXACT.add(low, least), EXACT.add(high, most)
        self._low, self._high = EXACT.subtract(low, relation.slack), EXACT.add(high, relation.slack)

    def satisfiable(self, changed: Iterable[tuple[Figure, Interval]]) -> bool:
        """Whether a closed gap can be satisfied with these closed intervals in place of what is printed."""
        low, high = self._low, self._high
        for figure, interval in changed:
            weight = self._weights.get(figure)
            if weight is not None:
                least, most = _scaled(interval, weight)
                printed_least, printed_most = self._ends[figure]
                low = EXACT.add(low, EXACT.subtract(least, printed_least))
                high = EXACT.add(high, EXACT.subtract(most, printed_most))
        return may(Interval(low, high), self._comparison)

    def solution(self, figure: Figure, changes: Iterable[tuple[Figure, Decimal]]) -> Decimal | None:
        """The value of ``figure`` at which both sides are equal, all others as printed or changed."""
        weight = self._weights.get(figure)
        if weight is None:
            return None
        rest = EXACT.subtract(self._value, EXACT.multiply(weight, figure.value or ZERO))
        for other, value in changes:
            if other is not figure and other in self._weights:
                moved = EXACT.subtract(value, other.value or ZERO)
                rest = EXACT.add(rest, EXACT.multiply(self._weights[other], moved))
        return EXACT.divide(-rest, weight)


def _closed(interval: Interval) -> bool:
    return interval.low is not None and interval.high is not None and not (interval.low_open or interval.high_open)


def _scaled(interval: Interval, weight: Decimal) -> tuple[Decimal, Decimal]:
    """Both ends of a closed interval times ``weight``, the lesser first."""
    low, high = interval.low or ZERO, interval.high or ZERO
    if weight == 1:  # as in most sums
        return low, high
    low, high = EXACT.multiply(low, weight), EXACT.multiply(high, weight)
    return (low, high) if weight > 0 else (high, low)
