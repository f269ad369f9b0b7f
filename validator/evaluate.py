"""Relations in, outcomes out: the one place where a verdict is decided.

Every number is a `Decimal` and every decision exact: a relation *holds* when some choice of values inside the printed
intervals satisfies it, is *violated* when none does, and is *undecidable* when a figure cannot be read, a divisor may
be zero or there is nothing to compare. A figure that occurs more than once has its terms merged first, because
interval arithmetic is exact only where each figure occurs once. This module must not know kinds of check, tables or
documents.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.model import labels as names
from validator.model.intervals import ZERO, Interval
from validator.model.relations import Attainable, Comparison, Labels, Linear, Quotient, SetMode, Sum, Term, terms_of
from validator.model.settings import DEFAULT
from validator.model.verdicts import Outcome, Verdict

if TYPE_CHECKING:
    from validator.model.figures import Figure
    from validator.model.relations import Label, Relation

# Wide enough for exact sums and products of printed figures; only a quotient ever rounds, and no verdict rests on one.
_EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN)


def evaluate(relation: Relation) -> Outcome:
    """The outcome of a relation; never raises for what a report prints."""
    if isinstance(relation, Labels):
        return _labels(relation)
    unread = next((term.figure for term in terms_of(relation) if not term.figure.readable), None)
    if unread is not None:
        return _undecidable(relation, _unread(unread))
    match relation:
        case Linear():
            return _linear(relation)
        case Quotient():
            return _quotient(relation)
        case Attainable():
            return _attainable(relation)


def _undecidable(relation: Relation, reason: str) -> Outcome:
    return Outcome(relation, Verdict.UNDECIDABLE, reason=reason)


def _unread(figure: Figure) -> str:
    """Why a relation with this figure cannot be decided."""
    where = f" ({figure.label})" if figure.label else ""
    return f"“{figure.text}”{where} cannot be read" if figure.text else f"a figure is missing{where}"


# Sums


def merged(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The same sum with each figure once; terms that cancel are gone."""
    weights: dict[Figure, Decimal] = {}
    for term in terms:
        weights[term.figure] = _EXACT.add(weights.get(term.figure, ZERO), term.weight)
    return tuple(Term(figure, weight) for figure, weight in weights.items() if weight)


def combined(*parts: tuple[Sum, Decimal]) -> Sum:
    """A weighted sum of sums, each figure once."""
    terms = tuple(
        Term(term.figure, _EXACT.multiply(term.weight, weight)) for one, weight in parts for term in one.terms
    )
    constant = ZERO
    for one, weight in parts:
        constant = _EXACT.add(constant, _EXACT.multiply(one.constant, weight))
    return Sum(merged(terms), constant)


def span(one: Sum) -> Interval:
    """Every value that a sum of figures, each occurring once, may have."""
    total = Interval.exactly(one.constant)
    for term in one.terms:
        total += term.figure.interval.scaled(term.weight)
    return total


def value_of(one: Sum) -> Decimal:
    """The sum of the printed values; every figure must be readable."""
    total = one.constant
    for term in one.terms:
        total = _EXACT.add(total, _EXACT.multiply(term.figure.value or ZERO, term.weight))
    return total


def _may(values: Interval, comparison: Comparison) -> bool:
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


def _verdict(holds: bool) -> Verdict:
    return Verdict.HOLDS if holds else Verdict.VIOLATED


def _linear(relation: Linear) -> Outcome:
    """Stated minus other, each figure once, compared with zero."""
    gap = combined((relation.stated, Decimal(1)), (relation.other, Decimal(-1)))
    own = {term.figure for term in relation.stated.terms}
    rest = Sum(tuple(term for term in combined((relation.other, Decimal(1))).terms if term.figure not in own))
    stated, implied = value_of(relation.stated), value_of(relation.other)
    shared = len(rest.terms) < len(merged(relation.other.terms))
    return Outcome(
        relation,
        _verdict(_may(span(gap), relation.comparison)),
        stated,
        implied,
        None if shared else span(Sum(rest.terms, relation.other.constant)),
        _EXACT.subtract(stated, implied),
    )


# Quotients


def _quotient(relation: Quotient) -> Outcome:
    """Decided without dividing: stated against n/d is a linear question at each end of the stated interval."""
    divisor = span(combined((relation.denominator, Decimal(1))))
    sign = Decimal(1)
    if divisor.high is not None and (divisor.high < 0 or (divisor.high == 0 and divisor.high_open)):
        sign = Decimal(-1)
    elif divisor.low is None or divisor.low < 0 or (divisor.low == 0 and not divisor.low_open):
        return _undecidable(relation, "the divisor may be zero")
    bottom = value_of(relation.denominator)
    if not bottom:
        return _undecidable(relation, "the divisor may be zero")
    stated = value_of(relation.stated)
    ratio = _EXACT.divide(value_of(relation.numerator), bottom)
    implied = _EXACT.add(_EXACT.multiply(ratio, relation.scale), relation.offset)
    return Outcome(
        relation,
        _verdict(_quotient_holds(relation, sign)),
        stated,
        implied,
        _quotient_span(relation),
        _EXACT.subtract(stated, implied),
    )


def _quotient_holds(relation: Quotient, sign: Decimal) -> bool:
    """Whether a stated value and a quotient that satisfy the comparison exist, ``sign`` being the divisor's."""
    stated = span(combined((relation.stated, Decimal(1))))
    below = _quotient_may(relation, sign, stated.high, relation.slack, at_most=True, strict=stated.high_open)
    above = _quotient_may(relation, sign, stated.low, relation.slack, at_most=False, strict=stated.low_open)
    match relation.comparison:
        case Comparison.EQUAL:  # two intervals meet when neither lies wholly beyond the other
            return below and above
        case Comparison.LESS_EQUAL:
            return above
        case Comparison.GREATER_EQUAL:
            return below
        case Comparison.LESS:
            return _quotient_may(relation, sign, stated.low, relation.slack, at_most=False, strict=True)
        case Comparison.GREATER:
            return _quotient_may(relation, sign, stated.high, relation.slack, at_most=True, strict=True)


def _quotient_may(
    relation: Quotient, sign: Decimal, limit: Decimal | None, slack: Decimal, *, at_most: bool, strict: bool
) -> bool:
    """Whether the computed side can be at most (or at least) ``limit``, multiplied out by the divisor."""
    if limit is None:
        return True
    moved = _EXACT.subtract(_EXACT.add(relation.offset, -slack if at_most else slack), limit)
    gap = combined(
        (relation.numerator, _EXACT.multiply(sign, relation.scale)),
        (relation.denominator, _EXACT.multiply(sign, moved)),
    )
    if at_most:
        return _may(span(gap), Comparison.LESS if strict else Comparison.LESS_EQUAL)
    return _may(span(gap), Comparison.GREATER if strict else Comparison.GREATER_EQUAL)


def _quotient_span(relation: Quotient) -> Interval | None:
    """The computed side's interval: exact where no figure stands above and below the line, else an enclosure."""
    one = Decimal(1)
    ratio = span(combined((relation.numerator, one))).divided(span(combined((relation.denominator, one))))
    if ratio is None:
        return None
    moved = ratio.scaled(relation.scale) + Interval.exactly(relation.offset)
    return moved + Interval(-relation.slack, relation.slack)


# Means of whole numbers


def _attainable(relation: Attainable) -> Outcome:
    """Whether some whole number of grains, shared among the count, rounds to the printed mean."""
    counts = span(combined((relation.count, Decimal(1))))
    if counts.low is None or counts.low <= 0:
        return _undecidable(relation, "the divisor may be zero")
    first = int(counts.low.to_integral_value(ROUND_CEILING))
    last = None if counts.high is None else int(counts.high.to_integral_value(ROUND_FLOOR))
    if last is None or last - first >= DEFAULT.max_counts_tried:
        return _undecidable(relation, "the count is too vague")
    if last < first:
        return _undecidable(relation, "the count is not a whole number")
    holds = any(_whole_between(relation.mean.interval, relation.grain, count) for count in range(first, last + 1))
    stated = relation.mean.value or ZERO
    middle = _EXACT.divide(value_of(relation.count), relation.grain)
    nearest = _EXACT.multiply(stated, middle).to_integral_value(ROUND_HALF_EVEN)
    implied = _EXACT.divide(nearest, middle)
    return Outcome(relation, _verdict(holds), stated, implied, None, _EXACT.subtract(stated, implied))


def _whole_between(mean: Interval, grain: Decimal, count: int) -> bool:
    """Whether ``mean`` times ``count`` holds a whole number of grains."""
    sums = mean.scaled(Decimal(count))
    if sums.low is None or sums.high is None:
        return True
    lowest = _EXACT.divide(sums.low, grain).to_integral_value(ROUND_CEILING)
    while _EXACT.multiply(lowest, grain) < sums.low or (sums.low_open and _EXACT.multiply(lowest, grain) == sums.low):
        lowest += 1
    return _EXACT.multiply(lowest, grain) in sums


# Labels


def _labels(relation: Labels) -> Outcome:
    """Labels at fault are those that the other side lacks, that repeat, or that stand out of order."""
    two_sided = relation.mode in (SetMode.SAME, SetMode.SUBSET)
    if not relation.left or (two_sided and not relation.right):
        return _undecidable(relation, "there are no labels to compare")
    fault: tuple[Label, ...]
    match relation.mode:
        case SetMode.UNIQUE:
            twice = names.repeated([names.key(label.text) for label in relation.left])
            fault = tuple(label for label in relation.left if names.key(label.text) in twice)
        case SetMode.SORTED:
            pairs = pairwise(zip(relation.order, relation.left, strict=True))
            fault = tuple(late for (before, _), (after, late) in pairs if before > after)
        case SetMode.SAME:
            fault = (*_lacking(relation.left, relation.right), *_lacking(relation.right, relation.left))
        case SetMode.SUBSET:
            fault = _lacking(relation.left, relation.right)
    missing = tuple(dict.fromkeys(label.text for label in fault)) if two_sided else ()
    return Outcome(relation, _verdict(not fault), labels=fault, missing=missing)


def _lacking(left: tuple[Label, ...], right: tuple[Label, ...]) -> tuple[Label, ...]:
    """The labels of ``left`` that ``right`` has not."""
    found = names.match((names.key(label.text) for label in left), (names.key(label.text) for label in right))
    return tuple(label for label in left if names.key(label.text) not in found)
