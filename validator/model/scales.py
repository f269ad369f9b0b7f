"""Figures that are told in different units, brought into one: “59.9 million euros” and 59,855 “in thousand euros”.

In: a relation. Out: the same relation, its figures weighed by what one of each stands for, where that is the reading
that its figures bear out; or with the doubt that keeps it from being called violated. Two readings are looked at: the
figures as they are written, and each figure of a table as its table is told in. So a rule that weighs a figure itself
(`1000 * spent`), a column that the words above the table do not mean, and a sentence that speaks in the unit of its
table are all read rightly. Where neither agrees, a row, a column or a figure that the words do not mean is left out of
them (`model.unscaled`). Must not make a violation of what any reading satisfies.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.model.arithmetic import EXACT, satisfiable, span, value_of
from validator.model.figures import ONE, NumeralKind
from validator.model.intervals import UP, ZERO
from validator.model.relations import Comparison, Linear, Quotient, Sum, terms_of
from validator.model.unscaled import agrees_without_some, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.model.figures import Figure
    from validator.model.relations import Relation, Term

DOUBT = "the figures would agree in units of one another that nothing beside them names"
NOT_ALL = "the figures would agree if what their table is told in did not go for each of them"
ROUNDED_AWAY = "what is divided by is no more than its rounding"
# Figures that are an amount in some unit; a percentage or a multiple has none.
_AMOUNTS = frozenset({NumeralKind.COUNT, NumeralKind.DECIMAL, NumeralKind.RANGE})
_UNITS = tuple(Decimal(10) ** power for power in (3, 6, 9, -3, -6, -9))  # thousands to billions, of one or the other


def in_one_unit(relation: Relation, *, told: bool = True) -> Relation:
    """``relation`` as its figures are told; itself where all are told alike, or it compares no amounts.

    ``told``: whether it would be told that it does not hold; else nobody asks what else may explain that.
    """
    if not isinstance(relation, (Linear, Quotient)):
        return relation
    figures = [term.figure for term in terms_of(relation)]
    if all(figure.scale == ONE and figure.decimals >= 0 for figure in figures):
        return relation  # as nearly all are
    if any(figure.value is None for figure in figures):
        return relation
    plain = _loosened(relation) if isinstance(relation, Quotient) else relation
    if len({_unit(figure) for figure in figures} - {None}) < 2:
        return plain
    scaled = _scaled(relation)
    readings = [scaled, plain]
    holding = [one for one in readings if satisfiable(one)]
    if relation.comparison is not Comparison.EQUAL:
        return scaled if len(holding) in (0, len(readings)) else _doubted(scaled, relation)
    if holding:
        return holding[0]
    if not told:
        return plain
    nearest = min(readings, key=_distance)
    doubt = NOT_ALL if agrees_without_some(scaled, relation) else DOUBT if _may_agree(scaled) else nearest.doubt
    return replace(nearest, doubt=doubt)


def _unit(figure: Figure) -> Decimal | None:
    """What one of a figure stands for: as its table says, zero where its own words do; None where it is no amount."""
    if figure.kind not in _AMOUNTS:
        return None
    return ZERO if _worded(figure) else figure.scale


def _worded(figure: Figure) -> bool:
    """Whether a figure is written with a word of scale: “14.7 million”."""
    return figure.decimals < 0


def _doubted(scaled: Linear | Quotient, relation: Linear | Quotient) -> Linear | Quotient:
    """An inequality that holds in one reading only; a rule that weighs its figures itself has but one."""
    return scaled if _same_weights(scaled, relation) else replace(scaled, doubt=DOUBT)


def _same_weights(one: Linear | Quotient, other: Linear | Quotient) -> bool:
    pairs = zip(terms_of(one), terms_of(other), strict=True)
    return all(mine.weight == theirs.weight for mine, theirs in pairs)


def _scaled(relation: Linear | Quotient) -> Linear | Quotient:
    """Every figure weighed by its table's scale, unless the rule did; whole numbers are rounded to that scale."""
    found = _weighed(relation, lambda term: ONE if abs(term.weight) == term.figure.scale else term.figure.scale)
    if _same_weights(found, relation) and not any(whole(term.figure) for term in terms_of(found)):
        return relation
    return _loosened(found)


def _weighed(relation: Linear | Quotient, factor: Callable[[Term], Decimal]) -> Linear | Quotient:
    def each(one: Sum) -> Sum:
        terms = tuple(term._replace(weight=EXACT.multiply(term.weight, factor(term))) for term in one.terms)
        return replace(one, terms=terms)

    if isinstance(relation, Linear):
        return replace(relation, stated=each(relation.stated), other=each(relation.other))
    return replace(
        relation,
        stated=each(relation.stated),
        numerator=each(relation.numerator),
        denominator=each(relation.denominator),
    )


def _loosened(relation: Linear | Quotient) -> Linear | Quotient:
    """A relation with the slack that the rounding of its whole numbers needs, each in what its figures are told in."""
    slack = _slack_of_quotient(relation) if isinstance(relation, Quotient) else _slack(relation)
    if slack is None:
        return replace(relation, doubt=relation.doubt or ROUNDED_AWAY)
    return replace(relation, slack=EXACT.add(relation.slack, slack)) if slack else relation


def _slack(relation: Linear) -> Decimal:
    """By how much the rounding of whole numbers may set the two sides apart: 59,855 thousand may be 59,855,321.

    A single figure against one that is rounded as coarsely itself needs none: both are rounded from one amount.
    """
    terms = terms_of(relation)
    grains = [abs(term.weight) / 2 for term in terms if whole(term.figure)]
    if len(grains) == 1 and len(terms) == 2 and grains[0] in _halves(relation):
        return ZERO
    return sum(grains, ZERO)


def _slack_of_quotient(relation: Quotient) -> Decimal | None:
    """The same of a quotient n / d: (g + |n / d| · h) / (|d| - h) where n is rounded by g and d by h at the most.

    Told alike or not: the quotient of two rounded amounts is not that of the amounts. None where d may be nothing.
    """
    own, above, below = (_grain(end) for end in (relation.stated, relation.numerator, relation.denominator))
    if not above and not below:
        return own
    most, least = _largest(relation.numerator), _smallest(relation.denominator)
    if least <= below:
        return None
    spread = UP.add(above, UP.divide(UP.multiply(most, below), least))
    return UP.add(own, UP.divide(UP.multiply(abs(relation.scale), spread), EXACT.subtract(least, below)))


def _grain(end: Sum) -> Decimal:
    """Half of what the last digits of its whole numbers stand for."""
    return sum((abs(term.weight) / 2 for term in end.terms if whole(term.figure)), ZERO)


def _largest(one: Sum) -> Decimal:
    """The largest size that the print of a sum allows; that of its printed value where there is no bound."""
    return max(abs(value_of(one) if bound is None else bound) for bound in _bounds(one))


def _smallest(one: Sum) -> Decimal:
    """The smallest size that the print of a sum allows; zero where it may have either sign."""
    low, high = _bounds(one)
    if low is not None and low > 0:
        return low
    return -high if high is not None and high < 0 else ZERO


def _bounds(one: Sum) -> tuple[Decimal | None, Decimal | None]:
    values = span(one)
    return values.low, values.high


def _halves(relation: Linear) -> Iterator[Decimal]:
    """Half of what the rounding of each figure leaves open, in the unit of the relation."""
    for term in terms_of(relation):
        low, high = term.figure.interval.low, term.figure.interval.high
        if low is not None and high is not None:
            yield abs(term.weight) * (high - low) / 2


def _distance(relation: Linear | Quotient) -> float:
    """How many powers of ten lie between what is stated and what it is held against; a reading far off is wrong."""
    one, other = _sides(relation)
    if not one or not other:
        return float("inf")
    return abs(float((abs(one) / abs(other)).log10()))


def _sides(relation: Linear | Quotient) -> tuple[Decimal, Decimal]:
    stated = value_of(relation.stated)
    if isinstance(relation, Linear):
        return stated, value_of(relation.other)
    bottom = value_of(relation.denominator)
    ratio = EXACT.divide(value_of(relation.numerator), bottom) if bottom else ZERO
    return stated, EXACT.add(EXACT.multiply(ratio, relation.scale), relation.offset)


def _may_agree(scaled: Linear | Quotient) -> bool:
    """Whether figures of which nothing tells the unit would agree with the others in thousands, or others in them."""
    silent = {t.figure for t in terms_of(scaled) if t.figure.kind in _AMOUNTS and _silent(t.figure)}
    if not silent:
        return False
    return any(
        satisfiable(_weighed(scaled, lambda term, unit=unit: unit if term.figure in silent else ONE))  # type: ignore[misc]
        for unit in _UNITS
    )


def _silent(figure: Figure) -> bool:
    return figure.scale == ONE and not _worded(figure) and not _of_data(figure)


def _of_data(figure: Figure) -> bool:
    """Whether a figure is reckoned from rows of a data source, which are told in themselves."""
    cell = figure.location.cell
    return cell is not None and not cell.row
