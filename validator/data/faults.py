"""What a plan asks that its sources cannot answer: a plan and the columns there are in, problems with places out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.data.literals import MisfitError, typed
from validator.model.aggregates import Function
from validator.model.data import Operator, Sort
from validator.model.errors import Problem
from validator.model.names import suggestion
from validator.model.row_rules import InRange, InSet, KeyIn, LengthWithin, Matches, NotInSet, Occurs, RowSum, columns_of
from validator.model.rules import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.data.compile import Engine
    from validator.model.aggregates import Aggregate
    from validator.model.data import Column, DataPlan, Filter
    from validator.model.row_rules import RowCheck

    Columns = Mapping[str, Column]
    Told = tuple[str, str]  # the name that the fault is about, or "", and what is wrong

_REORDERED = (Operator.LESS, Operator.LESS_EQUAL, Operator.GREATER, Operator.GREATER_EQUAL)
_ADDED_UP = (Function.SUM, Function.MEAN, Function.MIN, Function.MAX)


def problems(plan: DataPlan, engine: Engine) -> tuple[Problem, ...]:
    """Every fault of a plan, each at its place."""
    found: list[Problem] = []
    for check in plan.checks:
        columns = engine.columns(check.source)
        told = [
            *_unknown(check.source, _named(check), columns),
            *_rule(check, columns, engine),
            *_filter(check.where, columns),
        ]
        found += _placed(told, check.position, check.places)
    for one in plan.aggregates:
        found += _placed(_aggregate(one, engine), one.position, one.places)
    for both in plan.agreements:
        for one in (both.left, both.right):
            found += _placed(_aggregate(one, engine), one.position, one.places)
        if len(both.left.by) != len(both.right.by):
            found += _placed([("", "the two sides are not grouped by as many columns")], both.position, {})
    return tuple(dict.fromkeys(found))


def _placed(told: Iterable[Told], position: Position | None, places: Mapping[str, Position]) -> Iterator[Problem]:
    for name, message in told:
        yield Problem(*(places.get(name) or position or Position("", 1, 1)), message)


def _named(check: RowCheck) -> Sequence[str]:
    return (*columns_of(check.rule), *(one.column for one in check.where))


def _unknown(source: str, names: Iterable[str], columns: Columns) -> Iterator[Told]:
    for name in dict.fromkeys(names):
        if name not in columns:
            yield name, f"source {source!r} has no column {name!r}{suggestion(name, columns, 'it has')}"


def _rule(check: RowCheck, columns: Columns, engine: Engine) -> Iterator[Told]:
    """What a rule asks of columns that are there but cannot answer."""
    rule = check.rule
    if any(name not in columns for name in columns_of(rule)):
        return
    match rule:
        case InSet(column=column, values=values) | NotInSet(column=column, values=values):
            yield from _values(columns[column], values)
        case Occurs(column=column, value=value):
            yield from _values(columns[column], (value,))
        case InRange(column=column, low=low, high=high):
            yield from _range(columns[column], [bound for bound in (low, high) if bound is not None])
        case Matches(column=column) | LengthWithin(column=column):
            if columns[column].sort not in (Sort.TEXT, Sort.WHOLE):
                yield column, f"column {column!r} holds {columns[column].sort.value}, not text"
        case RowSum():
            for column in columns_of(rule):
                if not columns[column].sort.numeric and columns[column].sort is not Sort.TEXT:
                    yield column, f"column {column!r} holds {columns[column].sort.value} and cannot be added up"
        case KeyIn():
            yield from _keys(rule, columns, engine)


def _keys(rule: KeyIn, columns: Columns, engine: Engine) -> Iterator[Told]:
    others = engine.columns(rule.other)
    yield from _unknown(rule.other, rule.other_columns, others)
    if len(rule.columns) != len(rule.other_columns):
        yield "", f"{len(rule.columns)} columns cannot be held against {len(rule.other_columns)}"
        return
    for name, other in zip(rule.columns, rule.other_columns, strict=True):
        if other in others and not _alike(columns[name].sort, others[other].sort):
            yield (
                name,
                f"column {name!r} holds {columns[name].sort.value} and column {other!r} of {rule.other!r} "
                f"{others[other].sort.value}: no value of one can be found in the other",
            )


def _alike(one: Sort, other: Sort) -> bool:
    return one is other or (one.numeric and other.numeric)


def _values(column: Column, values: Iterable[str]) -> Iterator[Told]:
    for value in values:
        try:
            typed(value, column.sort)
        except MisfitError as misfit:
            yield column.name, f"column {column.name!r}: {misfit}"


def _range(column: Column, bounds: Iterable[str]) -> Iterator[Told]:
    sort = Sort.DOUBLE if column.sort is Sort.TEXT else column.sort
    if sort is Sort.FLAG:
        yield column.name, f"column {column.name!r} holds {sort.value}, which has no range"
        return
    yield from _values(column._replace(sort=sort), bounds)


def _filter(where: Filter, columns: Columns) -> Iterator[Told]:
    for one in where:
        if one.column not in columns:
            continue
        column = columns[one.column]
        if one.operator in _REORDERED and column.sort in (Sort.TEXT, Sort.FLAG):
            yield (
                one.column,
                f"column {one.column!r} holds {column.sort.value}, which {one.operator.value} cannot compare",
            )
        else:
            yield from _values(column, one.values)


def _aggregate(one: Aggregate, engine: Engine) -> Iterator[Told]:
    columns = engine.columns(one.source)
    named = (*filter(None, (one.column,)), *one.by, *(condition.column for condition in one.where))
    yield from _unknown(one.source, named, columns)
    yield from _filter(one.where, columns)
    if one.column in columns and one.function in _ADDED_UP:
        sort = columns[one.column].sort
        if not sort.numeric and sort is not Sort.TEXT:
            yield one.column, f"column {one.column!r} holds {sort.value}; {one.function.value} needs numbers"
