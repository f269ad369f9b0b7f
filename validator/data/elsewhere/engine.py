"""Any other engine, through Ibis: sources are its tables, or Parquet files that it can read; what a scan counts out.

The same rules as on DuckDB, written as Ibis expressions: `connection` reaches the engine, `values`, `rules` and
`aggregates` spell what is asked of it, and this module asks. There are no row numbers on an engine elsewhere: an
example shows the first columns of its row. Imported only when a run names an engine.
"""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from validator.data.amounts import parts_of
from validator.data.compile import Counts, Tally
from validator.data.elsewhere import rules
from validator.data.elsewhere.aggregates import reckoned
from validator.data.elsewhere.connection import Connection
from validator.data.elsewhere.values import Values, column_of, counted
from validator.data.meanings import keys_alike
from validator.data.values import as_number, cut, shown
from validator.model.answers import Example, Held
from validator.model.data import Format
from validator.model.locations import Reference
from validator.model.row_rules import KeyIn, Unique, columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from validator.data.amounts import Parts
    from validator.model.aggregates import Aggregate
    from validator.model.data import Column, DataPlan, Source
    from validator.model.row_rules import RowCheck
    from validator.model.settings import Settings

_SHOWN_COLUMNS = 4  # of a row beside those of the rule, to know it by
_MANY = "rows_of_this_value"


class Elsewhere:
    """One connection for one run."""

    def __init__(self, url: str, sources: Mapping[str, Source], settings: Settings) -> None:
        self._settings = settings
        self._connection = Connection(url)
        self._sources = sources
        self._values = {}
        try:
            for key, source in sources.items():
                self._values[key] = self._opened(source)
        except BaseException:
            self._connection.close()
            raise

    def _opened(self, source: Source) -> Values:
        """The table of a source; a short floating-point number stands for the shortest number that is read as it."""
        table = self._connection.table(source)
        short = [name for name, kind in table.schema().items() if kind.is_float32() or kind.is_float16()]
        if short:
            table = table.mutate(**{name: table[name].cast("string").cast("float64") for name in short})
        columns = {name: column_of(name, kind) for name, kind in table.schema().items()}
        return Values(table, columns, self._connection.engine)

    def close(self) -> None:
        """Give the connection up."""
        self._connection.close()

    def columns(self, source: str) -> Mapping[str, Column]:
        """The columns of a source in order, by name."""
        return self._values[source].columns

    def repeated(self, source: str) -> Mapping[str, str]:
        """No engine has two columns of a name."""
        return {}

    @property
    def engine(self) -> str:
        """What Ibis calls it."""
        return self._connection.engine

    def format_of(self, source: str) -> str:
        """Files that an engine elsewhere reads are of one format."""
        return Format.PARQUET.value if self._sources[source].files else ""

    def file_of(self, source: str) -> str:
        """The table, or the first file."""
        one = self._sources[source]
        return one.table or one.files[0]

    def prepare(self, plan: DataPlan) -> tuple[str, ...]:
        """Nothing to load."""
        return ()

    # --- scans ---

    def decimals(self, source: str, columns: Sequence[str]) -> dict[str, int]:
        """The most decimals that a value of each column is printed with."""
        values = self._values[source]
        row = self._row(values.table, [values.decimals(column).max() for column in columns])
        return {column: int(found or 0) for column, found in zip(columns, row, strict=True)}

    def tally(
        self,
        source: str,
        checks: Sequence[RowCheck],
        aggregates: Sequence[Aggregate],
        slack: Mapping[RowCheck, Decimal],
    ) -> Tally:
        """Everything that one scan can count; rows without their key in another source by a join of their own."""
        values = self._values[source]
        wanted = [counted(one) for check in checks for one in self._conditions(check, slack[check])]
        parts = {one: reckoned(values, one) for one in aggregates}
        wanted += [expression for group in parts.values() for expression in group.values()]
        found = iter(self._row(values.table, wanted))
        counts = {}
        for check in checks:
            rows, asked, failed, unsure = (int(next(found) or 0) for _ in Counts._fields)
            if isinstance(check.rule, KeyIn):
                failed = int(self._row(self._orphans(check), [self._orphans(check).count()])[0])
            counts[check] = Counts(rows, asked, failed, unsure)
        return Tally(counts, {one: parts_of(one, {key: next(found) for key in group}) for one, group in parts.items()})

    def _conditions(self, check: RowCheck, slack: Decimal) -> tuple[Any, ...]:
        """What a scan counts for a rule, in the order of `Counts`."""
        values, rule = self._values[check.source], check.rule
        where = values.where(check.where)
        fails = values.false() if isinstance(rule, KeyIn) else rules.fails(values, rule, slack)
        return where, where & rules.asked(values, rule), where & fails, where & rules.unsure(values, rule)

    def _asked(self, check: RowCheck) -> Any:
        """The rows that a rule is about."""
        values = self._values[check.source]
        return values.table.filter(values.where(check.where) & rules.asked(values, check.rule))

    def duplicates(self, check: RowCheck) -> Counts:
        """The rows of each value that occurs more than once."""
        values = self._values[check.source]
        where = values.where(check.where)
        rows, there = self._row(values.table, [counted(where), counted(where & rules.asked(values, check.rule))])
        repeats = self._repeats(check)
        (failed,) = self._row(repeats, [repeats[_MANY].sum()])
        return Counts(int(rows or 0), int(there or 0), int(failed or 0))

    def _repeats(self, check: RowCheck) -> Any:
        chosen = self._asked(check)
        grouped = chosen.group_by(list(columns_of(check.rule))).aggregate(**{_MANY: chosen.count()})
        return grouped.filter(grouped[_MANY] > 1)

    def _orphans(self, check: RowCheck) -> Any:
        """The rows whose key the other source lacks."""
        rule = check.rule
        if not isinstance(rule, KeyIn):
            raise TypeError("only a foreign key has rows without it")
        ours, theirs = self._values[check.source], self._values[rule.other]
        there = reduce(and_, (theirs.present(column) for column in rule.other_columns))
        chosen, known = ours.on(self._asked(check)), theirs.on(theirs.table.filter(there))
        alike = keys_alike(
            [ours.columns[one] for one in rule.columns], [theirs.columns[one] for one in rule.other_columns]
        )
        names = [f"key_{place}" for place in range(len(rule.columns))]
        keyed = chosen.table.mutate(**chosen.key(rule.columns, alike, names))
        return keyed.anti_join(known.table.select(**known.key(rule.other_columns, alike, names)), names)

    def grouped(
        self, source: str, by: tuple[str, ...], aggregates: Sequence[Aggregate], limit: int
    ) -> tuple[int, list[tuple[tuple[str, ...], Mapping[Aggregate, Parts]]]]:
        """The number of groups, and for each its key with the parts of each aggregate."""
        values = self._values[source]
        parts = {one: reckoned(values, one) for one in aggregates}
        keys = {f"key_{place}": values.key_shown(column) for place, column in enumerate(by)}
        flat = {f"part_{n}": e for n, e in enumerate(e for group in parts.values() for e in group.values())}
        grouped = values.table.group_by(**keys).aggregate(**flat).limit(limit + 1)
        rows = self._connection.rows(grouped)
        if len(rows) > limit:
            return len(rows), []
        groups: list[tuple[tuple[str, ...], Mapping[Aggregate, Parts]]] = []
        for row in rows:
            rest = iter(row[len(by) :])
            own = {one: parts_of(one, {key: next(rest) for key in group}) for one, group in parts.items()}
            groups.append((tuple(shown(value) for value in row[: len(by)]), own))
        return len(groups), groups

    # --- examples ---

    def examples(
        self, source: str, failing: Mapping[RowCheck, Counts], slack: Mapping[RowCheck, Decimal], limit: int
    ) -> dict[RowCheck, tuple[Example, ...]]:
        """Rows that fail each rule, the first by their values."""
        return {check: self._some(check, slack[check], limit) for check in failing}

    def _some(self, check: RowCheck, slack: Decimal, limit: int) -> tuple[Example, ...]:
        columns, own = list(self._values[check.source].columns), columns_of(check.rule)
        others = [column for column in columns if column not in own][:_SHOWN_COLUMNS]
        wanted = [*own, *others]
        chosen = self._failing(check, slack).select(*wanted)
        rows = self._connection.rows(chosen.order_by([chosen[column] for column in wanted]).limit(limit))
        file, most = self.file_of(check.source), self._settings.value_length
        places = [Reference(0, columns.index(column) + 1, name=column, unit="row") for column in wanted]
        return tuple(
            Example(
                file,
                tuple(
                    Held(column, cut(shown(value, missing=""), most), as_number(value), place)
                    for column, value, place in zip(wanted, row, places, strict=True)
                ),
            )
            for row in rows
        )

    def _failing(self, check: RowCheck, slack: Decimal) -> Any:
        """The rows that break a rule."""
        if isinstance(check.rule, KeyIn):
            return self._orphans(check)
        values = self._values[check.source]
        where = values.where(check.where)
        if isinstance(check.rule, Unique):
            return values.table.filter(where).semi_join(self._repeats(check), list(columns_of(check.rule)))
        return values.table.filter(where & rules.fails(values, check.rule, slack))

    def _row(self, table: Any, expressions: Sequence[Any]) -> tuple[Any, ...]:
        """The values of aggregates over a table, all in one scan."""
        if not expressions:
            return ()
        asked = table.aggregate(**{f"value_{n}": one for n, one in enumerate(expressions)})
        return self._connection.rows(asked)[0]
