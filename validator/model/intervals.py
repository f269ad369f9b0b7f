"""Decimal intervals: what a printed figure may stand for (design, section 2, first idea).

A bound of ``None`` is unbounded. Arithmetic is the natural interval extension, which is exact as long as every
operand occurs once in an expression; relations are written so that it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from validator.model.sent import sent

ZERO = Decimal(0)
DIGITS = 100  # more than a sum or product of printed figures has; Python's own context stops at 28
# Outward rounding keeps an interval a true enclosure where a quotient has no finite decimal expansion.
DOWN = Context(prec=DIGITS, rounding=ROUND_FLOOR)
UP = Context(prec=DIGITS, rounding=ROUND_CEILING)


@sent
@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``; an open end excludes its bound."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    def __str__(self) -> str:
        left = "(-∞" if self.low is None else f"{'(' if self.low_open else '['}{self.low}"
        right = "∞)" if self.high is None else f"{self.high}{')' if self.high_open else ']'}"
        return f"{left}, {right}"

    @classmethod
    def exactly(cls, value: Decimal | int) -> Interval:
        """The interval of one number."""
        value = Decimal(value)
        return cls(value, value)

    @classmethod
    def rounded(cls, value: Decimal, decimals: int) -> Interval:
        """What rounds to ``value`` at ``decimals`` places: v ± ½·10⁻ᵈ, closed (XBRL Calculations 1.1)."""
        half = Decimal(5).scaleb(-decimals - 1)
        return cls(DOWN.subtract(value, half), UP.add(value, half))

    @property
    def empty(self) -> bool:
        """Whether no number lies inside."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    @property
    def exact(self) -> bool:
        """Whether exactly one number lies inside."""
        return self.low is not None and self.low == self.high and not (self.low_open or self.high_open)

    def __contains__(self, value: Decimal) -> bool:
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            None if self.low is None or other.low is None else DOWN.add(self.low, other.low),
            None if self.high is None or other.high is None else UP.add(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        return Interval(
            None if self.high is None else _negated(self.high),
            None if self.low is None else _negated(self.low),
            self.high_open,
            self.low_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def scaled(self, weight: Decimal) -> Interval:
        """Every number times ``weight``."""
        if weight == 1:
            return self
        if weight == -1:
            return -self
        if weight == 0:
            return Interval.exactly(0)
        if weight < 0:  # the ends change places, and rounding goes outwards all the same; there is no minus zero
            return Interval(
                None if self.high is None else DOWN.multiply(self.high, weight) if self.high else self.high,
                None if self.low is None else UP.multiply(self.low, weight) if self.low else self.low,
                self.high_open,
                self.low_open,
            )
        return Interval(
            None if self.low is None else DOWN.multiply(self.low, weight),
            None if self.high is None else UP.multiply(self.high, weight),
            self.low_open,
            self.high_open,
        )

    def intersection(self, other: Interval) -> Interval:
        """The numbers in both; ``empty`` where there are none."""
        low, low_open = self.low, self.low_open
        if other.low is not None and (low is None or (other.low, other.low_open) > (low, low_open)):
            low, low_open = other.low, other.low_open
        high, high_open = self.high, self.high_open
        if other.high is not None and (high is None or (other.high, not other.high_open) < (high, not high_open)):
            high, high_open = other.high, other.high_open
        return Interval(low, high, low_open, high_open)

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return not self.intersection(other).empty

    def divided(self, other: Interval) -> Interval | None:
        """Every quotient of a number of ``self`` by one of ``other``; None where the divisor may be zero.

        Both are expected to be printed quantities: the divisor must be wholly positive or wholly negative.
        """
        if other.high is not None and (other.high < 0 or (other.high == 0 and other.high_open)):
            return (-self).divided(-other)
        if other.low is None or other.low < 0 or (other.low == 0 and not other.low_open):
            return None
        low, low_open = _bound(self.low, self.low_open, other, lower=True)
        high, high_open = _bound(self.high, self.high_open, other, lower=False)
        return Interval(low, high, low_open, high_open)


def _negated(value: Decimal) -> Decimal:
    """The opposite number, to the last digit: the minus sign would round it; there is no minus zero."""
    return value.copy_negate() if value else value


def _bound(value: Decimal | None, is_open: bool, divisor: Interval, *, lower: bool) -> tuple[Decimal | None, bool]:
    """One end of a quotient by a positive ``divisor``, and whether that end is excluded."""
    if value is None:
        return None, is_open
    if value == 0:
        return ZERO, is_open
    # The smallest quotient comes from the largest divisor where the numerator is positive, and from the smallest
    # divisor where it is negative; the largest quotient the other way round.
    by_high = (value > 0) == lower
    end, end_open = (divisor.high, divisor.high_open) if by_high else (divisor.low, divisor.low_open)
    if end is None:
        return ZERO, True
    if end == 0:
        return None, True
    return (DOWN if lower else UP).divide(value, end), is_open or end_open
