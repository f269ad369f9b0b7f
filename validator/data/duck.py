"""DuckDB, embedded, as the engine: sources in, what a scan counts out.

Parquet is scanned where it lies; CSV and XLSX are loaded once, only with the columns that the plan needs. Memory is
bounded and spills into the folder of the run. No extension is loaded and nothing is fetched from a network. What is
asked, and what the answers mean, is `compile`'s business.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb

from validator.data.amounts import parts_of
from validator.data.compile import Counts, Tally, everything_reckoned, sources_of
from validator.data.malformed import parquet_error, reason
from validator.data.sql import Dialect, name
from validator.data.tables import open_table
from validator.data.values import as_number, cut, shown
from validator.model.answers import Example, Held
from validator.model.errors import ReadError
from validator.model.row_rules import KeyIn, LengthWithin, Matches, Unique, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from validator.data.amounts import Parts
    from validator.data.tables import Table
    from validator.model.aggregates import Aggregate
    from validator.model.data import Column, DataPlan, Filter, Source
    from validator.model.row_rules import RowCheck
    from validator.model.settings import Settings


class Duck:
    """One connection for one run; use it as a context manager."""

    def __init__(self, sources: Mapping[str, Source], folder: Path, settings: Settings) -> None:
        self._settings = settings
        self._connection = duckdb.connect(
            config={
                "memory_limit": settings.data_memory,
                "temp_directory": str(folder / "spill"),
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        self._tables: dict[str, Table] = {
            key: open_table(self._connection, number, source, folder, settings)
            for number, (key, source) in enumerate(sources.items())
        }
        self._repeats: dict[RowCheck, str] = {}

    def close(self) -> None:
        """Give the memory and the files up."""
        self._connection.close()

    def columns(self, source: str) -> Mapping[str, Column]:
        """The columns of a source in order, by name."""
        return self._tables[source].columns

    def repeated(self, source: str) -> Mapping[str, str]:
        """The columns that the files call otherwise."""
        return self._tables[source].repeated

    @property
    def engine(self) -> str:
        """What it is called."""
        return "duckdb"

    def format_of(self, source: str) -> str:
        """What the files of a source are."""
        return self._tables[source].format.value

    def file_of(self, source: str) -> str:
        """The first file of a source."""
        return self._tables[source].source.files[0]

    def prepare(self, plan: DataPlan) -> tuple[str, ...]:
        """Load CSV and XLSX files: the columns that the plan names, those that are looked at as texts as texts."""
        needed = _needed(plan)
        warnings: list[str] = []
        for key, (columns, texts) in needed.items():
            self._tables[key].load(columns, texts)
            warnings.extend((*self._tables[key].doubled, *self._tables[key].warnings))
        return tuple(warnings)

    # --- scans ---

    def decimals(self, source: str, columns: Sequence[str]) -> dict[str, int]:
        """The most decimals that a value of each column is printed with."""
        dialect = self._dialect(source)
        row = self._row(source, [f"max({dialect.decimals(column)})" for column in columns])
        return {column: int(found or 0) for column, found in zip(columns, row, strict=True)}

    def tally(
        self,
        source: str,
        checks: Sequence[RowCheck],
        aggregates: Sequence[Aggregate],
        slack: Mapping[RowCheck, Decimal],
    ) -> Tally:
        """Everything that one scan can count."""
        dialect = self._dialect(source)
        asked = {check: self._counted(dialect, check, slack[check]) for check in checks}
        parts = {one: dialect.reckoned(one) for one in aggregates}
        wanted = [sql for group in (*asked.values(), *(part.values() for part in parts.values())) for sql in group]
        order = list(dict.fromkeys(wanted))  # what two rules ask alike is counted once
        found = dict(zip(order, self._row(source, order), strict=True))
        counts = {check: Counts(*(int(found[sql] or 0) for sql in group)) for check, group in asked.items()}
        return Tally(
            counts, {one: parts_of(one, {key: found[sql] for key, sql in p.items()}) for one, p in parts.items()}
        )

    def _counted(self, dialect: Dialect, check: RowCheck, slack: Decimal) -> tuple[str, str, str, str]:
        """The counts of a rule: rows, rows with what it is about, failures, rows that cannot be decided."""
        chosen = dialect.where(check.where)
        asked, unsure = dialect.asked(check.rule), dialect.unsure(check.rule)
        fails = self._fails(dialect, check, slack)
        return (
            _count(chosen),
            _count(chosen, asked),
            _count(chosen, fails),
            _count(chosen, unsure) if unsure else "0",
        )

    def _fails(self, dialect: Dialect, check: RowCheck, slack: Decimal) -> str:
        others = ""
        if isinstance(check.rule, KeyIn):
            other = self._tables[check.rule.other]
            others = dialect.found_in(check.rule, other.dialect, other.relation)
        return dialect.fails(check.rule, slack, others)

    def duplicates(self, check: RowCheck) -> Counts:
        """Rows of each value that occurs more than once; the values are kept, for examples."""
        dialect, table = self._dialect(check.source), self._tables[check.source]
        rule = check.rule
        chosen, asked = dialect.where(check.where), dialect.asked(rule)
        keys = ", ".join(map(name, columns_of(rule)))
        kept = name(f"repeats {len(self._repeats)}")
        self._repeats[check] = kept
        where = _all(chosen, asked)
        self._run(
            f"CREATE TEMP TABLE {kept} AS SELECT {keys}, count(*) AS {name(_MANY)} FROM {table.relation} "
            f"WHERE {where} GROUP BY {keys} HAVING count(*) > 1"
        )
        failed = self._run(f"SELECT coalesce(sum({name(_MANY)}), 0) FROM {kept}").fetchone()[0]
        rows, there = self._row(check.source, [_count(chosen), _count(chosen, asked)])
        return Counts(int(rows or 0), int(there or 0), int(failed))

    def grouped(
        self, source: str, by: tuple[str, ...], aggregates: Sequence[Aggregate], limit: int
    ) -> tuple[int, list[tuple[tuple[str, ...], Mapping[Aggregate, Parts]]]]:
        """The number of groups, and for each its key with the parts of each aggregate."""
        dialect, relation = self._dialect(source), self._tables[source].relation
        parts = {one: dialect.reckoned(one) for one in aggregates}
        order = list(dict.fromkeys(sql for group in parts.values() for sql in group.values()))
        keys = [dialect.key_shown(column) for column in by]
        rows = self._run(
            f"SELECT {', '.join((*keys, *order))} FROM {relation} GROUP BY {', '.join(keys)} LIMIT {limit + 1}"
        ).fetchall()
        if len(rows) > limit:
            return len(rows), []
        groups: list[tuple[tuple[str, ...], Mapping[Aggregate, Parts]]] = []
        for row in rows:
            found = dict(zip(order, row[len(by) :], strict=True))
            own = {one: parts_of(one, {key: found[sql] for key, sql in p.items()}) for one, p in parts.items()}
            groups.append((tuple(shown(value) for value in row[: len(by)]), own))
        return len(groups), groups

    # --- examples ---

    def examples(
        self, source: str, failing: Mapping[RowCheck, Counts], slack: Mapping[RowCheck, Decimal], limit: int
    ) -> dict[RowCheck, tuple[Example, ...]]:
        """The first rows that fail each rule, in the order of the file; of duplicates the rows of the first values.

        Rules that many rows fail find them in the first rows of a file, all with one scan of these.
        """
        needed = {one: _needed_rows(counts, limit) for one, counts in failing.items()}
        early = {one: rows for one, rows in needed.items() if rows <= self._settings.first_rows}
        found = self._early(source, list(early), slack, limit, max(early.values(), default=0))
        for check in failing:
            if check not in found:
                found[check] = self._searched(check, slack[check], limit)
        return found

    def _early(
        self, source: str, checks: Sequence[RowCheck], slack: Mapping[RowCheck, Decimal], limit: int, first_rows: int
    ) -> dict[RowCheck, tuple[Example, ...]]:
        """The examples of the rules that find enough of them among so many first rows."""
        table, dialect = self._tables[source], self._dialect(source)
        checks = [check for check in checks if not isinstance(check.rule, Unique)]
        number = table.row_number
        if len(checks) < 2 or number is None:
            return {}
        relation = table.placed()[1]
        first = f"(SELECT *, {number} AS {name(_AT)} FROM {relation} LIMIT {first_rows})"
        lists = [
            f"min(CASE WHEN {_all(dialect.where(one.where), self._fails(dialect, one, slack[one]))} "
            f"THEN {name(_AT)} END, {limit})"
            for one in checks
        ]
        rows = self._run(f"SELECT {', '.join(lists)} FROM {first}").fetchone()
        chosen = {one: list(at) for one, at in zip(checks, rows, strict=True) if at is not None and len(at) == limit}
        return self._fetched(table, chosen) if chosen else {}

    def _fetched(self, table: Table, chosen: Mapping[RowCheck, Sequence[int]]) -> dict[RowCheck, tuple[Example, ...]]:
        """The values of the rows with these numbers."""
        columns = list(dict.fromkeys(column for one in chosen for column in columns_of(one.rule)))
        place, relation = table.placed()
        wanted = ", ".join(map(str, sorted({at for ats in chosen.values() for at in ats})))
        listed = ", ".join((str(table.row_number), *place, *map(name, columns)))
        rows = self._run(f"SELECT {listed} FROM {relation} WHERE {table.row_number} IN ({wanted})").fetchall()
        by_number = {row[0]: row[1:] for row in rows}
        found = {}
        for one, ats in chosen.items():
            own = columns_of(one.rule)
            picks = [len(place) + columns.index(column) for column in own]
            found[one] = self._placed(
                table,
                own,
                [(*by_number[at][: len(place)], *(by_number[at][pick] for pick in picks)) for at in ats],
                len(place),
            )
        return found

    def _searched(self, check: RowCheck, slack: Decimal, limit: int) -> tuple[Example, ...]:
        """The first rows that fail one rule, wherever they are."""
        table, dialect = self._tables[check.source], self._dialect(check.source)
        columns = columns_of(check.rule)
        values = ", ".join(map(name, columns))
        place, relation = table.placed()
        if isinstance(check.rule, Unique):
            first = f"SELECT {values} FROM {self._repeats[check]} ORDER BY ALL LIMIT {limit}"
            key = values if len(columns) == 1 else f"({values})"
            keys = first if len(columns) == 1 else f"SELECT ({values}) FROM ({first})"
            condition, order = f"{key} IN ({keys})", f"ORDER BY {values}, {', '.join(place)}"
        else:
            condition = self._fails(dialect, check, slack)
            # A scan keeps the order of the file by itself, and ends with the last example; a join does not.
            order = f"ORDER BY {', '.join(place)}" if isinstance(check.rule, KeyIn) else ""
        where = _all(dialect.where(check.where), condition)
        rows = self._run(f"SELECT {', '.join(place)}, {values} FROM {relation} WHERE {where} {order} LIMIT {limit}")
        return self._placed(table, columns, rows.fetchall(), len(place))

    def _placed(
        self, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], width: int
    ) -> tuple[Example, ...]:
        places = table.places([row[:width] for row in rows])
        texts = [self._texts(table, column, rows, width, at) for at, column in enumerate(columns, start=width)]
        found = []
        for (file, reference), row, printed in zip(places, rows, zip(*texts, strict=True), strict=True):
            held = [
                Held(column, text, as_number(value), table.cell(reference, column))
                for column, value, text in zip(columns, row[width:], printed, strict=True)
            ]
            found.append(Example(file, tuple(held)))
        return tuple(found)

    def _texts(self, table: Table, column: str, rows: Sequence[tuple[Any, ...]], width: int, at: int) -> list[str]:
        """The values of a column as they are shown; one that the engine does not keep to the digit as it is written."""
        beyond = [place for place, row in enumerate(rows) if isinstance(row[at], float) and abs(row[at]) >= _EXACT]
        written = table.written([rows[place][:width] for place in beyond], column) if beyond else []
        texts = [shown(row[at], missing="") for row in rows]
        for place, text in zip(beyond, written, strict=True):
            texts[place] = text or texts[place]
        return [cut(text, self._settings.value_length) for text in texts]

    # --- running ---

    def _dialect(self, source: str) -> Dialect:
        return self._tables[source].dialect

    def _row(self, source: str, expressions: Sequence[str]) -> tuple[Any, ...]:
        found: tuple[Any, ...] = self._run(
            f"SELECT {', '.join(expressions)} FROM {self._tables[source].relation}"
        ).fetchone()
        return found

    def _run(self, statement: str) -> Any:
        try:
            return self._connection.execute(statement)
        except duckdb.OutOfMemoryException as error:
            raise ReadError(
                f"the rules on data need more memory than the {self._settings.data_memory} that they may use "
                "and more room than the temporary folder has"
            ) from error
        except duckdb.Error as error:
            if "Failed to read file" in str(error):  # it names the file
                raise parquet_error("", error) from error
            raise ReadError(f"the data cannot be read: {reason(error)}") from error


_EXACT = 2.0**53  # from here on a floating-point number is not every whole number; infinity is beyond it, too
# Columns that are added for a while; no file has columns that begin with this sign.
_MANY, _AT = "\x1frows of this value", "\x1frow number"


def _needed_rows(counts: Counts, limit: int) -> int:
    """In how many rows twice the examples that are wanted would be, if failures were spread evenly."""
    return -(-2 * limit * counts.rows // counts.failed)


def _all(*conditions: str) -> str:
    return " AND ".join(f"({one})" for one in conditions if one)


def _count(*conditions: str) -> str:
    there = _all(*conditions)
    return f"count_if({there})" if there else "count(*)"


def _needed(plan: DataPlan) -> dict[str, tuple[set[str], set[str]]]:
    """For each source that is used its columns that are, and those of them that are looked at letter by letter."""
    found: dict[str, tuple[set[str], set[str]]] = {}

    def use(source: str, columns: Iterable[str], where: Filter = ()) -> None:
        names = found.setdefault(source, (set(), set()))[0]
        names.update(columns, (condition.column for condition in where))

    for check in plan.checks:
        use(check.source, columns_of(check.rule), check.where)
        if isinstance(check.rule, Matches | LengthWithin):
            found[check.source][1].add(check.rule.column)
        if isinstance(check.rule, KeyIn):
            use(check.rule.other, check.rule.other_columns)
    for source in sources_of(plan):
        use(source, ())
    for one in everything_reckoned(plan):
        use(one.source, (*one.by, *filter(None, (one.column,))), one.where)
    return found
