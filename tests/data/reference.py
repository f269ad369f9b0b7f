"""The same rules in plain pandas, written for nothing but to be read: what every engine must come to.

A frame holds Python's own values (None, NaN, int, float, Decimal, str, bool, date) in columns of objects. Numbers are
compared as decimals, a float as the shortest that is read as it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Context, Decimal, InvalidOperation
from typing import Any, NamedTuple

import pandas as pd

from validator.model import row_rules as rules
from validator.model.aggregates import Aggregate, Agreement, Function
from validator.model.data import MISSING, Condition, Filter, Operator, Sort
from validator.model.relations import Comparison

Frames = Mapping[str, pd.DataFrame]
TOO_LARGE = Decimal(10) ** 18
WIDE = Context(prec=60)
BILLIONTH = Decimal("1e-9")


class Ruled(NamedTuple):
    """What becomes of a rule; ``failing`` are the labels of rows."""

    rows: int
    asked: int
    failing: list[int]
    unsure: int = 0


class Came(NamedTuple):
    """What a group came to, and how far that may be off by rounding."""

    value: Decimal | None
    half: Decimal = Decimal(0)


def ends(came: Came) -> tuple[Decimal, Decimal]:
    """The lowest and the highest that a group may come to."""
    value = came.value or Decimal(0)
    return WIDE.subtract(value, came.half), WIDE.add(value, came.half)


# --- values -------------------------------------------------------------------------------------------------------


def number(value: Any) -> Decimal | None:
    """A value that is there as a number; None where it is none."""
    if isinstance(value, bool | date):
        return None
    if isinstance(value, float):
        return Decimal(repr(value))
    if not isinstance(value, str):
        return Decimal(value)
    try:
        found = Decimal(value.strip(" ")) if re.fullmatch(r"[ 0-9.eE+-]+", value) else None
    except InvalidOperation:
        return None
    return found if found is not None and abs(found) < TOO_LARGE else None


def addend(value: Any) -> Decimal | None:
    """A value as it is added up: with nine decimals."""
    found = number(value)
    if found is None or not found.is_finite() or abs(found) >= TOO_LARGE:
        return None
    return found if isinstance(value, Decimal) else found.quantize(BILLIONTH)


def text(value: Any) -> str:
    """A value as a rule book writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | date):
        return str(value)
    found = number(value)
    return f"{found.normalize():f}" if found is not None and found.is_finite() else repr(value)


def key(value: Any) -> object:
    """What makes two values the same."""
    return value if isinstance(value, str | bool | date) else number(value)


def places(value: Any) -> int:
    """How many decimals a value is printed with."""
    if isinstance(value, str) and "e" not in value.lower():
        return min(9, len(value.strip(" ").partition(".")[2])) if number(value) is not None else 0
    if isinstance(value, float | str):
        found = number(value)
        if found is None or not found.is_finite():
            return 0
        return min(9, max(0, -int(found.normalize().as_tuple().exponent)))
    return max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0


def mapped(values: pd.Series, function: Any) -> pd.Series:
    """A function of every value that is there; None elsewhere."""
    return pd.Series([None if pd.isna(one) else function(one) for one in values], index=values.index, dtype=object)


def truth(values: pd.Series, function: Any) -> pd.Series:
    """Whether every value is there and has a property."""
    return mapped(values, function).map(lambda one: one is True).astype(bool)


# --- rules --------------------------------------------------------------------------------------------------------


def chosen(frame: pd.DataFrame, where: Filter) -> pd.DataFrame:
    """The rows that a filter lets through."""
    for one in where:
        frame = frame[_satisfies(frame[one.column], one)]
    return frame


def _satisfies(values: pd.Series, one: Condition) -> pd.Series:
    match one.operator:
        case Operator.MISSING:
            return values.isna()
        case Operator.PRESENT:
            return values.notna()
        case Operator.EQUAL | Operator.IN:
            return mapped(values, text).isin(one.values)
        case Operator.UNEQUAL | Operator.NOT_IN:
            return ~mapped(values, text).isin(one.values)
    return truth(values, lambda value: _stands(value, one.operator.value, one.values[0]))


def _stands(value: Any, sign: str, other: str) -> bool:
    held, bound = (str(value), other) if isinstance(value, date) else (number(value), Decimal(other))
    return {"<": held < bound, "<=": held <= bound, ">": held > bound, ">=": held >= bound}[sign]


def ruled(check: rules.RowCheck, frames: Frames) -> Ruled:
    """What becomes of a rule."""
    rule, whole = check.rule, frames[check.source]
    rows = chosen(whole, check.where)
    asked = rows if isinstance(rule, rules.NotNull | rules.Occurs) else rows.dropna(subset=list(rules.columns_of(rule)))
    if isinstance(rule, rules.Occurs):
        holds = mapped(rows[rule.column], text).isin([rule.value]).any()
        return Ruled(len(rows), len(rows), [] if holds else [-1])
    if isinstance(rule, rules.RowSum):
        gap = _gap(rule, asked)
        off = truth(gap, lambda one: _off(rule.comparison, one, _tolerance(rule, whole)))
        return Ruled(len(rows), len(asked), list(asked.index[off]), len(rows) - int(gap.notna().sum()))
    return Ruled(len(rows), len(asked), list(asked.index[_failing(rule, asked, frames)]))


def _failing(rule: Any, rows: pd.DataFrame, frames: Frames) -> pd.Series:
    if isinstance(rule, rules.Unique):
        return rows[list(rule.columns)].map(key).duplicated(keep=False)
    if isinstance(rule, rules.KeyIn):
        names = [f"key {place}" for place in range(len(rule.columns))]
        there = frames[rule.other][list(rule.other_columns)].dropna().map(key).set_axis(names, axis=1)
        ours = rows[list(rule.columns)].map(key).set_axis(names, axis=1)
        joined = ours.merge(there.drop_duplicates(), on=names, how="left", indicator=True)
        return pd.Series(list(joined["_merge"] == "left_only"), index=rows.index, dtype=bool)
    values = rows[rule.column]
    match rule:
        case rules.NotNull():
            return values.isna()
        case rules.InSet(values=allowed):
            return ~mapped(values, text).isin(allowed)
        case rules.NotInSet(values=refused):
            return mapped(values, text).isin(refused)
        case rules.InRange():
            return truth(values, lambda value: _outside(value, rule))
        case rules.Matches(pattern=pattern):
            return truth(values, lambda value: re.fullmatch(pattern, text(value), re.ASCII) is None)
        case rules.LengthWithin(least=least, most=most):
            return truth(values, lambda value: not (least or 0) <= len(text(value)) <= (most or 10**9))
        case rules.OfSort(sort=sort):
            return truth(values, lambda value: not _is_of(value, sort))
    raise AssertionError(rule)


def _outside(value: Any, rule: rules.InRange) -> bool:
    if not isinstance(value, date) and number(value) is None:
        return True
    signs = (("<=" if rule.low_open else "<", rule.low), (">=" if rule.high_open else ">", rule.high))
    return any(end is not None and _stands(value, sign, end) for sign, end in signs)


def _is_of(value: Any, sort: Sort) -> bool:
    match sort:
        case Sort.TEXT:
            return True
        case Sort.WHOLE:
            found = None if isinstance(value, bool) else number(value)
            return found is not None and (not found.is_finite() or found == found.to_integral_value())
        case Sort.DECIMAL | Sort.DOUBLE:
            return number(value) is not None
        case Sort.FLAG:
            return isinstance(value, bool) or value in ("true", "True", "TRUE", "false", "False", "FALSE", "0", "1")
    if isinstance(value, date):
        return True
    try:
        return isinstance(value, str) and len(value) == len("2024-02-29") and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _gap(rule: rules.RowSum, rows: pd.DataFrame) -> pd.Series:
    """What the terms and the constant of each row come to; None where one of them is no number."""
    columns = {column: mapped(rows[column], addend) for column, _ in rule.terms}

    def of_row(index: Any) -> Decimal | None:
        numbers = [columns[column][index] for column, _ in rule.terms]
        if any(pd.isna(one) for one in numbers):
            return None
        weighed = (weight * one for (_, weight), one in zip(rule.terms, numbers, strict=True))
        return sum(weighed, rule.constant)

    return pd.Series([of_row(index) for index in rows.index], index=rows.index, dtype=object)


def _tolerance(rule: rules.RowSum, frame: pd.DataFrame) -> Decimal:
    if rule.tolerance is not None:
        return rule.tolerance
    return sum((abs(weight) * half(frame[column]) for column, weight in rule.terms), Decimal(0))


def half(values: pd.Series) -> Decimal:
    """Half a unit of the last decimal that the values of a column are printed with; whole numbers are exact."""
    decimals = max((places(value) for value in values.dropna()), default=0)
    return Decimal(5).scaleb(-decimals - 1) if decimals else Decimal(0)


def _off(comparison: Comparison, gap: Decimal, tolerance: Decimal) -> bool:
    return {
        Comparison.EQUAL: abs(gap) > tolerance,
        Comparison.LESS: gap >= tolerance,
        Comparison.LESS_EQUAL: gap > tolerance,
        Comparison.GREATER: gap <= -tolerance,
        Comparison.GREATER_EQUAL: gap < -tolerance,
    }[comparison]


# --- aggregates ---------------------------------------------------------------------------------------------------


def groups(one: Aggregate, frames: Frames) -> dict[tuple[str, ...], Came]:
    """What each group came to."""
    rows = chosen(frames[one.source], one.where)
    rounding = half(rows[one.column]) if one.column else Decimal(0)
    if not one.by:
        return {(): _came(one, rows, rounding)}
    labels = [mapped(rows[column], text).fillna(MISSING) for column in one.by]
    return {
        (label if isinstance(label, tuple) else (label,)): _came(one, group, rounding)
        for label, group in rows.groupby(labels, sort=False)
    }


def _came(one: Aggregate, rows: pd.DataFrame, rounding: Decimal) -> Came:
    if not one.column:
        return Came(Decimal(len(rows)))
    values = rows[one.column].dropna()
    match one.function:
        case Function.COUNT:
            return Came(Decimal(len(values)))
        case Function.DISTINCT:
            return Came(Decimal(mapped(values, key).nunique()))
    numbers = mapped(values, addend)
    if numbers.isna().any() or numbers.empty:
        return Came(None)
    match one.function:
        case Function.SUM:
            return Came(sum(numbers, Decimal(0)), rounding * len(numbers))
        case Function.MEAN:
            return Came(WIDE.divide(sum(numbers, Decimal(0)), Decimal(len(numbers))), rounding)
        case Function.MIN:
            return Came(min(numbers), rounding)
    return Came(max(numbers), rounding)


def paired(one: Agreement, frames: Frames) -> dict[str, list[tuple[str, ...]]]:
    """The groups of two sides by what became of them."""
    left, right = groups(one.left, frames), groups(one.right, frames)
    found: dict[str, list[tuple[str, ...]]] = {}
    for group in sorted({*left, *right}):
        found.setdefault(_pair(one, left.get(group), right.get(group)), []).append(group)
    return found


def _pair(one: Agreement, left: Came | None, right: Came | None) -> str:
    if left is None or right is None:
        return "only_right" if left is None else "only_left"
    if left.value is None or right.value is None:
        return "unsure"
    allowed = left.half + right.half if one.tolerance is None else one.tolerance
    return "agreed" if abs(left.value - right.value) <= allowed else "differing"
