"""Rules on rows as Ibis expressions: values of one table and a rule in, conditions that are never null out."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from validator.data.elsewhere.values import EXACT, compared
from validator.data.literals import bounds_of
from validator.data.meanings import DECIMALS, LIMITS, SPELT, Doubt, doubt, needed
from validator.model.data import Sort
from validator.model.row_rules import InRange, InSet, LengthWithin, Matches, NotInSet, NotNull, OfSort, RowSum

if TYPE_CHECKING:
    from decimal import Decimal

    from validator.data.elsewhere.values import Values
    from validator.model.row_rules import RowRule

_SLACK = f"decimal(28, {DECIMALS + 3})"  # half a unit of the last decimal, times a weight


def asked(values: Values, rule: RowRule) -> Any:
    """Whether a row has what the rule is about."""
    return reduce(and_, (values.present(column) for column in needed(rule)), values.true())


def unsure(values: Values, rule: RowRule) -> Any:
    """Whether a row cannot be decided."""
    return _gap(values, rule).isnull() if isinstance(rule, RowSum) else values.false()


def fails(values: Values, rule: RowRule, slack: Decimal) -> Any:
    """Whether a row breaks the rule; ``slack`` is how far a row sum may be off."""
    return _fails(values, rule, slack).fill_null(False)


def _fails(values: Values, rule: RowRule, slack: Decimal) -> Any:
    match rule:
        case NotNull(column=column):
            return ~values.present(column)
        case InSet(column=column, values=allowed):
            literals = [values.literal(one, column) for one in allowed]
            return values.present(column) & values.table[column].notin(literals)
        case NotInSet(column=column, values=refused):
            literals = [values.literal(one, column) for one in refused]
            return values.present(column) & values.table[column].isin(literals)
        case InRange():
            return _outside(values, rule)
        case Matches(column=column, pattern=pattern):
            return ~values.spells(values.table[column].cast("string"), pattern)
        case LengthWithin(column=column, least=least, most=most):
            size = values.table[column].cast("string").length()
            ends = ([] if least is None else [size < least]) + ([] if most is None else [size > most])
            return reduce(or_, ends, values.false())
        case OfSort():
            return _of_other_sort(values, rule)
        case RowSum():
            return _off(values, rule, slack)
    raise TypeError("keys and duplicates are found by joins and groupings")


def _outside(values: Values, rule: InRange) -> Any:
    column = rule.column
    text = values.sort(column) is Sort.TEXT
    value = values.number(column) if text else values.table[column]
    ends = [compared(value, sign, values.literal(end, column, measured=True)) for sign, end in bounds_of(rule)]
    outside = reduce(or_, ends).fill_null(False)
    if text:  # what is no number lies in no range
        return values.present(column) & (outside | value.isnull())
    return values.present(column) & outside


def _of_other_sort(values: Values, rule: OfSort) -> Any:
    column, there = rule.column, values.present(rule.column)
    match question := doubt(rule.sort, values.sort(column)):
        case Doubt.NEVER:
            return values.false()
        case Doubt.ALWAYS:
            return there
        case Doubt.FRACTION:
            return values.fraction(column)
        case Doubt.NUMERAL:
            return there & values.number(column).isnull()
        case Doubt.WHOLE_NUMERAL:
            number = values.number(column)
            return there & (number.isnull() | (number != number.round(0)).fill_null(True))
        case _:
            return ~values.spells(values.table[column], SPELT[question])


def _gap(values: Values, rule: RowSum) -> Any:
    """What the terms and the constant of a row sum come to; null where one is missing or is no number."""
    terms = [_weighted(values, column, weight) for column, weight in rule.terms]
    total = reduce(lambda one, other: one + other, terms)
    return total + values.exactly(rule.constant).cast(EXACT) if rule.constant else total


def _weighted(values: Values, column: str, weight: Decimal) -> Any:
    value = values.number(column)
    if weight in (1, -1):
        return value if weight == 1 else -value
    return value * values.exactly(weight)


def _off(values: Values, rule: RowSum, slack: Decimal) -> Any:
    gap, limit = _gap(values, rule), LIMITS.get(rule.comparison)
    if limit is None:
        return gap.abs() > values.exactly(slack).cast(_SLACK)
    return compared(gap, limit.sign, values.exactly(limit.side * slack).cast(_SLACK))
