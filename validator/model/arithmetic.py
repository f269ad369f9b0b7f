"""Exact arithmetic of relations: sums of intervals, and whether values inside them can satisfy a relation.

In go relations and what each figure may stand for (as printed, or as somebody supposes); out come intervals and
yes or no. No verdicts, no words: those are `evaluate` and `explain`, which both reckon with this.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

from validator.model.intervals import DIGITS, DOWN, UP, ZERO, Interval
from validator.model.relations import ONE, Attainable, Comparison, Labels, Linear, Quotient, Sum, Term
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model.figures import Figure
    from validator.model.relations import Relation

    Reading = Callable[[Figure], Interval]

# Wide enough for exact sums and products of printed figures; only a quotient ever rounds, and no verdict rests on one.
EXACT = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)


def as_printed(figure: Figure) -> Interval:
    """What the print of a figure allows."""
    return figure.interval


def combined(*parts: tuple[Sum, Decimal]) -> Sum:
    """A weighted sum of sums, each figure once; terms that cancel are gone."""
    weights: dict[Figure, Decimal] = {}
    constant = ZERO
    for one, weight in parts:
        constant = EXACT.add(constant, EXACT.multiply(one.constant, weight))
        for figure, own, _ in one.terms:
            share = weight if own is ONE else EXACT.multiply(own, weight)
            known = weights.get(figure)
            weights[figure] = share if known is None else EXACT.add(known, share)
    return Sum(tuple([Term(figure, weight) for figure, weight in weights.items() if weight]), constant)


def span(one: Sum, reading: Reading = as_printed) -> Interval:
    """Every value that a sum may have; exact where each figure occurs once (see `combined`)."""
    low: Decimal | None = one.constant
    high: Decimal | None = one.constant
    low_open = high_open = False
    for figure, weight, _ in one.terms:  # end by end, as `Interval` adds: this is reckoned more often than all else
        values = reading(figure)
        if weight == -1:  # as in every difference; `minus` makes no minus zero
            low = None if low is None or values.high is None else DOWN.add(low, EXACT.minus(values.high))
            high = None if high is None or values.low is None else UP.add(high, EXACT.minus(values.low))
            low_open, high_open = low_open or values.high_open, high_open or values.low_open
            continue
        if weight != 1:
            values = values.scaled(weight)
        low = None if low is None or values.low is None else DOWN.add(low, values.low)
        high = None if high is None or values.high is None else UP.add(high, values.high)
        low_open, high_open = low_open or values.low_open, high_open or values.high_open
    return Interval(low, high, low_open, high_open)


def value_of(one: Sum) -> Decimal:
    """The sum of the printed values; every figure must be readable."""
    total = one.constant
    for term in one.terms:
        total = EXACT.add(total, EXACT.multiply(term.figure.value or ZERO, term.weight))
    return total


def may(values: Interval, comparison: Comparison) -> bool:
    """Whether some number in ``values`` stands to zero as ``comparison`` says."""
    low_side = values.low is None or values.low < 0
    high_side = values.high is None or values.high > 0
    match comparison:
        case Comparison.EQUAL:
            return ZERO in values
        case Comparison.LESS:
            return low_side
        case Comparison.LESS_EQUAL:
            return low_side or ZERO in values
        case Comparison.GREATER:
            return high_side
        case Comparison.GREATER_EQUAL:
            return high_side or ZERO in values


def satisfiable(relation: Relation, reading: Reading = as_printed) -> bool | None:
    """Whether some choice of values satisfies a relation; None where it is about labels, or a divisor may be zero."""
    match relation:
        case Linear(stated=stated, comparison=comparison, other=other, slack=slack):
            gap = span(combined((stated, ONE), (other, -ONE)), reading)
            return may(gap + Interval(-slack, slack) if slack else gap, comparison)
        case Quotient():
            sign = divisor_sign(relation, reading)
            return None if sign is None else _quotient_holds(relation, sign, reading)
        case Attainable():
            counts = whole_counts(relation, reading)
            if counts is None:
                return None
            return any(_whole_within(reading(relation.mean), relation.grain, count) for count in counts)
        case Labels():
            return None


def divisor_sign(relation: Quotient, reading: Reading = as_printed) -> Decimal | None:
    """One or minus one; None where the divisor may be zero."""
    divisor = span(combined((relation.denominator, ONE)), reading)
    if divisor.high is not None and (divisor.high < 0 or (divisor.high == 0 and divisor.high_open)):
        return -ONE
    if divisor.low is not None and (divisor.low > 0 or (divisor.low == 0 and divisor.low_open)):
        return ONE
    return None


def _quotient_holds(relation: Quotient, sign: Decimal, reading: Reading) -> bool:
    """Decided without dividing: stated against n/d is a linear question at each end of the stated interval."""
    stated = span(combined((relation.stated, ONE)), reading)

    def below(*, strict: bool) -> bool:
        return _computed_may(relation, sign, reading, stated.high, at_most=True, strict=strict)

    def above(*, strict: bool) -> bool:
        return _computed_may(relation, sign, reading, stated.low, at_most=False, strict=strict)

    match relation.comparison:
        case Comparison.EQUAL:  # two intervals meet when neither lies wholly beyond the other
            return below(strict=stated.high_open) and above(strict=stated.low_open)
        case Comparison.LESS_EQUAL:
            return above(strict=stated.low_open)
        case Comparison.GREATER_EQUAL:
            return below(strict=stated.high_open)
        case Comparison.LESS:
            return above(strict=True)
        case Comparison.GREATER:
            return below(strict=True)


def _computed_may(
    relation: Quotient, sign: Decimal, reading: Reading, limit: Decimal | None, *, at_most: bool, strict: bool
) -> bool:
    """Whether the computed side can be at most (or at least) ``limit``, multiplied out by the divisor."""
    if limit is None:
        return True
    moved = EXACT.subtract(EXACT.add(relation.offset, -relation.slack if at_most else relation.slack), limit)
    gap = combined(
        (relation.numerator, EXACT.multiply(sign, relation.scale)),
        (relation.denominator, EXACT.multiply(sign, moved)),
    )
    if at_most:
        return may(span(gap, reading), Comparison.LESS if strict else Comparison.LESS_EQUAL)
    return may(span(gap, reading), Comparison.GREATER if strict else Comparison.GREATER_EQUAL)


def computed_span(relation: Quotient) -> Interval | None:
    """The computed side's interval: exact where no figure stands above and below the line, else an enclosure."""
    ratio = span(combined((relation.numerator, ONE))).divided(span(combined((relation.denominator, ONE))))
    if ratio is None:
        return None
    moved = ratio.scaled(relation.scale) + Interval.exactly(relation.offset)
    return moved + Interval(-relation.slack, relation.slack)


def whole_counts(relation: Attainable, reading: Reading = as_printed) -> range | None:
    """The whole numbers that the count may be; None where it may be zero, or is too vague to try them all."""
    counts = span(combined((relation.count, ONE)), reading)
    if counts.low is None or counts.low <= 0 or counts.high is None:
        return None
    first, last = (int(counts.low.to_integral_value(ROUND_CEILING)), int(counts.high.to_integral_value(ROUND_FLOOR)))
    first += counts.low_open and first == counts.low
    last -= counts.high_open and last == counts.high
    return None if last - first >= DEFAULT.max_counts_tried else range(first, last + 1)


def _whole_within(mean: Interval, grain: Decimal, count: int) -> bool:
    """Whether ``mean`` times ``count`` holds a whole number of grains."""
    sums = mean.scaled(Decimal(count))
    if sums.low is None or sums.high is None:
        return True
    steps = EXACT.divide(sums.low, grain).to_integral_value(ROUND_FLOOR)
    # The quotient may have been rounded and the low end may be excluded: the next two steps decide.
    return any(EXACT.multiply(steps + more, grain) in sums for more in range(3))


def nearest_mean(relation: Attainable, counts: range) -> Decimal:
    """The mean nearest to the stated one that whole numbers give with one of ``counts``."""
    stated = relation.mean.value or ZERO
    means = []
    for count in counts:
        items = EXACT.divide(Decimal(count), relation.grain)
        whole = EXACT.multiply(stated, items).to_integral_value(ROUND_HALF_EVEN)
        means.append(EXACT.divide(whole, items))
    return min(means, key=lambda mean: abs(mean - stated))
