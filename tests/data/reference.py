"""The same rules in plain pandas and Decimal, row by row: what every engine must come to."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from validator.model.data import (
    Aggregate,
    Condition,
    Filter,
    Function,
    InRange,
    InSet,
    KeyIn,
    Matches,
    NotNull,
    Operator,
    RowCheck,
    RowSum,
    Unique,
    columns_of,
)
from validator.model.relations import Comparison

if TYPE_CHECKING:
    pass

Frames = "Mapping[str, pd.DataFrame]"


def missing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def number(value: Any) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(str(value))


def rows_of(frame: pd.DataFrame, where: Filter) -> list[dict[str, Any]]:
    rows = frame.astype(object).to_dict("records")
    return [row for row in rows if all(_satisfies(row[one.column], one) for one in where)]


def _satisfies(value: Any, one: Condition) -> bool:
    lacking = missing(value)
    match one.operator:
        case Operator.MISSING:
            return lacking
        case Operator.PRESENT:
            return not lacking
        case Operator.EQUAL | Operator.IN:
            return not lacking and _text(value) in one.values
        case Operator.UNEQUAL | Operator.NOT_IN:
            return lacking or _text(value) not in one.values
    if lacking:
        return False
    held, other = number(value), Decimal(one.values[0])
    return {
        Operator.LESS: held < other,
        Operator.LESS_EQUAL: held <= other,
        Operator.GREATER: held > other,
        Operator.GREATER_EQUAL: held >= other,
    }[one.operator]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else f"{number(value).normalize():f}"


def counts(check: RowCheck, frames: Frames) -> tuple[int, int, int, int]:
    """Rows, rows that are asked, failures, rows that cannot be decided."""
    frame = frames[check.source]
    rows = rows_of(frame, check.where)
    rule = check.rule
    asked = [row for row in rows if isinstance(rule, NotNull) or not any(missing(row[c]) for c in columns_of(rule))]
    match rule:
        case NotNull(column=column):
            failed = sum(missing(row[column]) for row in rows)
        case Unique(columns=columns):
            keys = [tuple(_key(row[c]) for c in columns) for row in asked]
            failed = sum(keys.count(key) > 1 for key in keys)
        case InSet(column=column, values=values):
            failed = sum(_text(row[column]) not in values for row in asked)
        case InRange(column=column):
            failed = sum(_outside(number(row[column]), rule) for row in asked)
        case Matches(column=column, pattern=pattern):
            failed = sum(re.fullmatch(pattern, str(row[column]), re.ASCII) is None for row in asked)
        case RowSum():
            tolerance = _tolerance(rule, frame)
            failed = sum(_off(rule, row, tolerance) for row in asked)
            return len(rows), len(asked), failed, len(rows) - len(asked)
        case KeyIn(columns=columns, other=other, other_columns=others):
            there = {tuple(_key(row[c]) for c in others) for row in rows_of(frames[other], ())}
            failed = sum(tuple(_key(row[c]) for c in columns) not in there for row in asked)
        case _:
            raise AssertionError(rule)
    return len(rows), len(asked), failed, 0


def _key(value: Any) -> object:
    return value if isinstance(value, str) or missing(value) else number(value)


def _outside(value: Decimal, rule: InRange) -> bool:
    if rule.low is not None and (value < Decimal(rule.low) or (rule.low_open and value == Decimal(rule.low))):
        return True
    return rule.high is not None and (value > Decimal(rule.high) or (rule.high_open and value == Decimal(rule.high)))


def decimals(frame: pd.DataFrame, column: str) -> int:
    """Of a decimal column those of its type, of doubles the most that one is printed with."""
    values = [value for value in frame[column].astype(object) if not missing(value)]
    exponents = (value if isinstance(value, Decimal) else number(value).normalize() for value in values)
    return max((max(0, -int(one.as_tuple().exponent)) for one in exponents), default=0)


def _tolerance(rule: RowSum, frame: pd.DataFrame) -> Decimal:
    if rule.tolerance is not None:
        return rule.tolerance
    total = Decimal(0)
    for column, weight in rule.terms:
        if places := decimals(frame, column):
            total += abs(weight) * Decimal(5).scaleb(-places - 1)
    return total


def _off(rule: RowSum, row: dict[str, Any], tolerance: Decimal) -> bool:
    gap = rule.constant + sum((weight * number(row[column]) for column, weight in rule.terms), Decimal(0))
    return {
        Comparison.EQUAL: abs(gap) > tolerance,
        Comparison.LESS: gap >= tolerance,
        Comparison.LESS_EQUAL: gap > tolerance,
        Comparison.GREATER: gap <= -tolerance,
        Comparison.GREATER_EQUAL: gap < -tolerance,
    }[rule.comparison]


def groups(one: Aggregate, frames: Frames) -> dict[tuple[str, ...], Decimal | None]:
    """The value of each group; None where no value is there."""
    found: dict[tuple[str, ...], list[dict[str, Any]]] = {} if one.by else {(): []}
    for row in rows_of(frames[one.source], one.where):
        key = tuple("(missing)" if missing(row[c]) else _text(row[c]) for c in one.by)
        found.setdefault(key, []).append(row)
    return {key: _reckoned(one, rows) for key, rows in found.items()}


def _reckoned(one: Aggregate, rows: list[dict[str, Any]]) -> Decimal | None:
    if not one.column:
        return Decimal(len(rows))
    values = [row[one.column] for row in rows if not missing(row[one.column])]
    match one.function:
        case Function.COUNT:
            return Decimal(len(values))
        case Function.DISTINCT:
            return Decimal(len({_key(value) for value in values}))
    if not values:
        return None
    numbers = [number(value) for value in values]
    match one.function:
        case Function.SUM:
            return sum(numbers, Decimal(0))
        case Function.MEAN:
            return sum(numbers, Decimal(0)) / len(numbers)
        case Function.MIN:
            return min(numbers)
    return max(numbers)
