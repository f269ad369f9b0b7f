"""One way to put frames before every engine: tables of Arrow and a plan in, what it found out, row by row.

Every table has a column ``n`` first, which numbers its rows from 1: an engine elsewhere shows it with each example,
and DuckDB must name the same row of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from validator import data
from validator.model.aggregates import Aggregate, Agreement
from validator.model.answers import Answers
from validator.model.data import DataPlan, Source
from validator.model.row_rules import RowCheck
from validator.model.rules import Position
from validator.model.settings import Settings

from . import reference

if TYPE_CHECKING:
    from validator.model.intervals import Interval

HERE = Position("book.yml", 1, 1)
EVERYTHING = Settings(examples_kept=10_000, pairs_kept=10_000)
SORTS = ("differing", "only_left", "only_right")
Tables = Mapping[str, pa.Table]


class Found(NamedTuple):
    """Of each rule rows, rows asked, rows that cannot be decided and the failing ones; of each aggregate its groups."""

    rules: Mapping[RowCheck, tuple[int, int, int, list[int]]]
    groups: Mapping[Aggregate, Mapping[tuple[str, ...], tuple[Decimal | None, Interval]]]
    pairs: Mapping[Agreement, Mapping[str, list[tuple[str, ...]]]]
    counts: Mapping[Agreement, tuple[int, int]]  # agreed, and not to be decided


@dataclass(frozen=True)
class Asked:
    """What is asked of every engine; sources are added by it."""

    checks: tuple[RowCheck, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    def of(self, sources: Mapping[str, Source]) -> DataPlan:
        return DataPlan(sources, self.checks, self.aggregates, self.agreements)


Engine = Callable[[Tables, Asked, Path], Found]


def _found(plan: DataPlan, answers: Answers) -> Found:
    rules = {}
    for check in plan.checks:
        one = answers.rows[check]
        rows = [_row(example.held) for example in one.examples]
        if one.failed and not rows:  # of the whole source: a value that does not occur
            rows = [-1]
        assert len(rows) == one.failed, check
        rules[check] = (one.rows, one.asked, one.unsure, sorted(rows))
    groups = {
        one: {key: (amount.value, amount.interval) for key, amount in answers.reckoned[one].groups.items()}
        for one in plan.aggregates
    }
    pairs: dict[Agreement, dict[str, list[tuple[str, ...]]]] = {}
    for both in plan.agreements:
        outcome = answers.pairs[both]
        own = pairs.setdefault(both, {})
        for pair in outcome.examples:
            sort = "only_left" if pair.right is None else "only_right" if pair.left is None else "differing"
            own.setdefault(sort, []).append(pair.group)
        assert [len(own.get(sort, ())) for sort in SORTS] == [getattr(outcome, sort) for sort in SORTS]
    counts = {both: (answers.pairs[both].agreed, answers.pairs[both].unsure) for both in plan.agreements}
    return Found(rules, groups, pairs, counts)


def _row(held: Iterable) -> int:
    """The number of an example's row: as its place tells, else as its column n says."""
    values = list(held)
    if values[0].place.row:
        return values[0].place.row
    return next(int(one.value) for one in values if one.column == "n")


def written(tables: Tables, folder: Path) -> dict[str, Source]:
    """Parquet files as other programs write them."""
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    return {name: Source(name, (str(folder / f"{name}.parquet"),), HERE) for name in tables}


def on_files(url: str | None) -> Engine:
    """DuckDB, or an engine that reads Parquet files through Ibis."""

    def ask(tables: Tables, asked: Asked, folder: Path) -> Found:
        plan = asked.of(written(tables, folder))
        with data.opened(plan.sources, EVERYTHING, url) as opened:
            return _found(plan, opened.answers(plan))

    return ask


def on_spark(answered: Callable[[DataPlan, Settings], Answers]) -> Engine:
    """PySpark, asked in its own process."""

    def ask(tables: Tables, asked: Asked, folder: Path) -> Found:
        plan = asked.of(written(tables, folder))
        return _found(plan, answered(plan, EVERYTHING))

    return ask


_TYPES = {
    pa.int64(): "bigint", pa.int32(): "integer", pa.string(): "text", pa.float64(): "double precision",
    pa.float32(): "real", pa.bool_(): "boolean", pa.date32(): "date",
}  # fmt: skip


def loaded(tables: Tables, url: str) -> dict[str, Source]:
    """Tables of PostgreSQL."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        for name, table in tables.items():
            kinds = [
                f"numeric({one.type.precision}, {one.type.scale})"
                if pa.types.is_decimal(one.type)
                else _TYPES[one.type]
                for one in table.schema
            ]
            listed = sql.SQL(", ").join(
                sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind))
                for column, kind in zip(table.column_names, kinds, strict=True)
            )
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(name)))
            connection.execute(sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(name), listed))
            with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
                for row in zip(*table.to_pydict().values(), strict=True):
                    copy.write_row(row)
    return {name: Source(name, (), HERE, table=name) for name in tables}


def on_postgres(url: str) -> Engine:
    """PostgreSQL, with the tables loaded."""

    def ask(tables: Tables, asked: Asked, folder: Path) -> Found:
        plan = asked.of(loaded(tables, url))
        with data.opened(plan.sources, EVERYTHING, url) as opened:
            return _found(plan, opened.answers(plan))

    return ask


def plainly(tables: Tables, asked: Asked, folder: Path) -> Found:
    """The reference in pandas."""
    import pandas as pd

    from validator.model.intervals import Interval

    frames = {}
    for name, table in tables.items():
        columns = {one.name: pd.Series(_values(table[one.name], one.type), dtype=object) for one in table.schema}
        frames[name] = pd.DataFrame(columns).set_index("n", drop=False)
    ruled = {check: reference.ruled(check, frames) for check in asked.checks}
    groups = {one: reference.groups(one, frames) for one in asked.aggregates}
    pairs = {one: reference.paired(one, frames) for one in asked.agreements}
    return Found(
        {check: (one.rows, one.asked, one.unsure, sorted(one.failing)) for check, one in ruled.items()},
        {
            one: {
                key: (
                    came.value,
                    Interval(None, None) if came.value is None else Interval(*reference.ends(came)),
                )
                for key, came in of.items()
            }
            for one, of in groups.items()
        },
        {one: {sort: of[sort] for sort in SORTS if sort in of} for one, of in pairs.items()},
        {one: (len(of.get("agreed", ())), len(of.get("unsure", ()))) for one, of in pairs.items()},
    )


def _values(column: pa.ChunkedArray, kind: pa.DataType) -> list[object]:
    """Python's own values; a number of four bytes is the shortest one that is read as it."""
    if kind != pa.float32():
        return column.to_pylist()
    return [float(str(value)) for value in column.to_numpy()]


def table(rows: Iterable[Mapping[str, object]], kinds: Mapping[str, pa.DataType]) -> pa.Table:
    """Rows as a table, with their numbers first."""
    listed = list(rows)
    columns = {name: pa.array([row[name] for row in listed], kind) for name, kind in kinds.items()}
    return pa.table({"n": pa.array(range(1, len(listed) + 1), pa.int64()), **columns})


def agree(found: Found, wanted: Found, engine: str) -> None:
    """An engine found what the reference did."""
    for check, one in wanted.rules.items():
        assert found.rules[check] == one, (engine, check)
    for aggregate, of in wanted.groups.items():
        own = found.groups[aggregate]
        assert own.keys() == of.keys(), (engine, aggregate)
        for key, (value, interval) in of.items():
            assert _near(own[key][0], value), (engine, aggregate, key, own[key], value)
            assert _near(own[key][1].low, interval.low), (engine, aggregate, key, own[key], interval)
            assert _near(own[key][1].high, interval.high), (engine, aggregate, key, own[key], interval)
    assert found.pairs == wanted.pairs, engine
    assert found.counts == wanted.counts, engine


def _near(one: Decimal | None, other: Decimal | None) -> bool:
    """Equal but for the quotient of a mean, which is rounded."""
    return one is other if one is None or other is None else abs(one - other) < Decimal("1e-12")
