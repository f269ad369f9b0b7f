"""Any other engine, through Ibis: sources are its tables, or files that it can read; what a scan counts out.

The same rules as on DuckDB, written as Ibis expressions. Missing values and NaN are made explicit here as well, and
numbers are exact decimals, so that an engine's own ideas of either change nothing. There are no row numbers on an
engine elsewhere: an example shows the first columns of its row. Imported only when a run names an engine.
"""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from validator.data.amounts import parts_of
from validator.data.compile import Counts, Tally
from validator.data.files import format_of
from validator.data.literals import bounds_of, typed
from validator.data.values import as_number, shown
from validator.model.data import (
    Column,
    Example,
    Format,
    Function,
    Held,
    InRange,
    InSet,
    KeyIn,
    LengthWithin,
    Matches,
    NotNull,
    OfSort,
    Operator,
    RowSum,
    Sort,
    Unique,
    columns_of,
)
from validator.model.errors import ReadError, UsageError
from validator.model.locations import Reference
from validator.model.relations import Comparison

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.data.amounts import Parts
    from validator.model.data import Aggregate, Condition, DataPlan, Filter, RowCheck, RowRule, Source
    from validator.model.settings import Settings

# Numbers as exact decimals. Adding and weighing them stays within the 38 digits that every engine has; a wider type
# would lose decimals on Spark, which gives them up first.
DECIMALS = 9
_EXACT = f"decimal(28, {DECIMALS})"
_LARGEST = 1e18  # of a double that fits
_A_NUMBER = r"^\s*[+-]?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)\s*$"
_A_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_SHOWN_COLUMNS = 4  # of a row beside those of the rule, to know it by
_MANY = "rows_of_this_value"


def connected(url: str) -> Any:
    """A connection to an engine. Raises ``UsageError`` with one clear line."""
    try:
        import ibis
    except ImportError as error:
        raise UsageError("--engine needs Ibis: install report-validator[ibis]") from error
    scheme = url.partition("://")[0]
    try:
        if scheme in ("pyspark", "spark"):
            return ibis.pyspark.connect()
        return ibis.connect(url)
    except (ImportError, AttributeError, ValueError, TypeError, OSError, RuntimeError) as error:
        raise UsageError(f"--engine {_hidden(url)}: cannot be connected to: {_line(error)}") from error
    except _errors(scheme) as error:
        raise UsageError(f"--engine {_hidden(url)}: cannot be connected to: {_line(error)}") from error


def _errors(scheme: str) -> tuple[type[Exception], ...]:
    """What the driver of an engine raises, which Ibis passes on."""
    found: list[type[Exception]] = []
    for module, name in (("ibis.common.exceptions", "IbisError"), *_DRIVERS.get(scheme, ())):
        try:
            found.append(getattr(__import__(module, fromlist=[name]), name))
        except ImportError:
            continue
    return tuple(found)


_DRIVERS = {
    "postgres": (("psycopg", "Error"),),
    "postgresql": (("psycopg", "Error"),),
    "pyspark": (("pyspark.errors", "PySparkException"),),
    "spark": (("pyspark.errors", "PySparkException"),),
    "duckdb": (("duckdb", "Error"),),
    "snowflake": (("snowflake.connector.errors", "Error"),),
    "trino": (("trino.exceptions", "Error"),),
    "bigquery": (("google.api_core.exceptions", "GoogleAPIError"),),
}


def _hidden(url: str) -> str:
    """A URL without the password in it."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://…@{rest.rpartition('@')[2]}" if "@" in rest else url


def _line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


class Elsewhere:
    """One connection for one run."""

    def __init__(self, url: str, sources: Mapping[str, Source], settings: Settings) -> None:
        self._url = url
        self._settings = settings
        self._errors = _errors(url.partition("://")[0])
        self._connection = connected(url)
        self._sources = sources
        self._tables = {key: self._table(key, source) for key, source in sources.items()}
        self._columns = {
            key: {name: _column(name, kind) for name, kind in table.schema().items()}
            for key, table in self._tables.items()
        }

    def _table(self, key: str, source: Source) -> Any:
        """The table of a source, or its files where the engine can read them."""
        try:
            if source.table:
                return self._connection.table(source.table)
            formats = {format_of(path) for path in source.files}
            read = (
                {Format.PARQUET: "read_parquet", Format.CSV: "read_csv"}.get(formats.pop())
                if len(formats) == 1
                else None
            )
            if read is None or not hasattr(self._connection, read):
                raise ReadError(f"source {key!r}: this engine reads no such files; name its table with table:")
            path = list(source.files) if len(source.files) > 1 else source.files[0]
            return getattr(self._connection, read)(path)
        except self._errors as error:
            raise ReadError(f"source {key!r}: {_line(error)}") from error

    def close(self) -> None:
        """Give the connection up."""
        self._connection.disconnect()

    def columns(self, source: str) -> Mapping[str, Column]:
        """The columns of a source in order, by name."""
        return self._columns[source]

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
        terms = self._terms(source)
        row = self._row(self._tables[source], [terms.decimals(column).max() for column in columns])
        return {column: int(found or 0) for column, found in zip(columns, row, strict=True)}

    def tally(
        self,
        source: str,
        checks: Sequence[RowCheck],
        aggregates: Sequence[Aggregate],
        slack: Mapping[RowCheck, Decimal],
    ) -> Tally:
        """Everything that one scan can count; rows without their key in another source by a join of their own."""
        terms = self._terms(source)
        wanted: list[Any] = []
        for check in checks:
            where = terms.where(check.where)
            joined = isinstance(check.rule, KeyIn)
            fails = terms.false() if joined else terms.fails(check.rule, slack[check])
            conditions = (terms.true(), terms.asked(check.rule), fails, terms.unsure(check.rule))
            wanted += [_count(where & one) for one in conditions]
        parts = {one: terms.reckoned(one) for one in aggregates}
        wanted += [expression for group in parts.values() for expression in group.values()]
        found = list(self._row(self._tables[source], wanted))
        counts = {}
        for place, check in enumerate(checks):
            rows, asked, failed, unsure = (int(one or 0) for one in found[4 * place : 4 * place + 4])
            if isinstance(check.rule, KeyIn):
                failed = int(self._value(self._orphans(check).count()))
            counts[check] = Counts(rows, asked, failed, unsure)
        rest = iter(found[4 * len(checks) :])
        return Tally(counts, {one: parts_of(one, {key: next(rest) for key in group}) for one, group in parts.items()})

    def duplicates(self, check: RowCheck) -> Counts:
        """The rows of each value that occurs more than once."""
        terms, table = self._terms(check.source), self._tables[check.source]
        where, asked = terms.where(check.where), terms.asked(check.rule)
        rows, there = self._row(table, [_count(where), _count(where & asked)])
        repeats = self._repeats(check)
        failed = self._value(repeats[_MANY].sum())
        return Counts(int(rows or 0), int(there or 0), int(failed or 0))

    def _repeats(self, check: RowCheck) -> Any:
        terms, table = self._terms(check.source), self._tables[check.source]
        chosen = table.filter(terms.where(check.where) & terms.asked(check.rule))
        grouped = chosen.group_by(list(columns_of(check.rule))).aggregate(**{_MANY: chosen.count()})
        return grouped.filter(grouped[_MANY] > 1)

    def _orphans(self, check: RowCheck) -> Any:
        """The rows whose key the other source lacks."""
        rule = check.rule
        if not isinstance(rule, KeyIn):
            raise TypeError("only a foreign key has rows without it")
        terms, others = self._terms(check.source), self._terms(rule.other)
        chosen = self._tables[check.source].filter(terms.where(check.where) & terms.asked(rule))
        names = [f"key_{place}" for place in range(len(rule.columns))]
        ours = chosen.mutate(**{n: terms.key(c, chosen) for n, c in zip(names, rule.columns, strict=True)})
        other = self._tables[rule.other]
        there = reduce(and_, (others.present(column) for column in rule.other_columns))
        theirs = other.filter(there)
        theirs = theirs.select(**{n: others.key(c, theirs) for n, c in zip(names, rule.other_columns, strict=True)})
        return ours.anti_join(theirs, names)

    def grouped(
        self, source: str, by: tuple[str, ...], aggregates: Sequence[Aggregate], limit: int
    ) -> tuple[int, list[tuple[tuple[str, ...], Mapping[Aggregate, Parts]]]]:
        """The number of groups, and for each its key with the parts of each aggregate."""
        terms, table = self._terms(source), self._tables[source]
        parts = {one: terms.reckoned(one) for one in aggregates}
        keys = {f"key_{place}": terms.key_shown(column) for place, column in enumerate(by)}
        flat = {f"part_{n}": e for n, e in enumerate(e for group in parts.values() for e in group.values())}
        grouped = table.group_by(**keys).aggregate(**flat).limit(limit + 1)
        rows = self._rows(grouped)
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
        return {check: self._some(source, check, slack[check], limit) for check in failing}

    def _some(self, source: str, check: RowCheck, slack: Decimal, limit: int) -> tuple[Example, ...]:
        terms, table = self._terms(source), self._tables[source]
        own = columns_of(check.rule)
        others = [column for column in self._columns[source] if column not in own][:_SHOWN_COLUMNS]
        wanted = [*own, *others]
        if isinstance(check.rule, KeyIn):
            failing = self._orphans(check)
        elif isinstance(check.rule, Unique):
            failing = table.filter(terms.where(check.where)).semi_join(self._repeats(check), list(own))
        else:
            failing = table.filter(terms.where(check.where) & terms.fails(check.rule, slack))
        chosen = failing.select(*wanted)
        rows = self._rows(chosen.order_by([chosen[column] for column in wanted]).limit(limit))
        most, order = self._settings.value_length, list(self._columns[source])
        return tuple(
            Example(
                self.file_of(source),
                tuple(
                    Held(
                        column,
                        shown(value, missing="")[:most],
                        as_number(value),
                        Reference(0, order.index(column) + 1, name=column, unit="row"),
                    )
                    for column, value in zip(wanted, row, strict=True)
                ),
            )
            for row in rows
        )

    # --- running ---

    def _terms(self, source: str) -> _Terms:
        return _Terms(self._tables[source], self._columns[source], self._connection.name)

    def _row(self, table: Any, expressions: Sequence[Any]) -> tuple[Any, ...]:
        if not expressions:
            return ()
        return self._rows(table.aggregate(**{f"value_{n}": one for n, one in enumerate(expressions)}))[0]

    def _value(self, expression: Any) -> Any:
        return self._row_of(expression.as_table())

    def _row_of(self, table: Any) -> Any:
        return self._rows(table)[0][0]

    def _rows(self, table: Any) -> list[tuple[Any, ...]]:
        """The rows of a small result, as plain values."""
        try:
            columns = table.to_pyarrow().to_pydict()
        except self._errors as error:
            raise ReadError(f"--engine {_hidden(self._url)}: {_line(error)}") from error
        return list(zip(*columns.values(), strict=True))


class _Terms:
    """Rules and aggregates of one table as Ibis expressions."""

    def __init__(self, table: Any, columns: Mapping[str, Column], backend: str) -> None:
        import ibis

        self._backend = backend

        self._ibis = ibis
        self._table = table
        self._columns = columns

    def true(self) -> Any:
        """True of every row; a column, since a constant cannot be counted."""
        first = self._table[next(iter(self._columns))]
        return first.isnull() | first.notnull()

    def false(self) -> Any:
        """False of every row."""
        return ~self.true()

    # --- values ---

    def present(self, column: str) -> Any:
        value = self._table[column]
        return value.notnull() & ~self._nan(value) if self._sort(column) is Sort.DOUBLE else value.notnull()

    def _nan(self, value: Any) -> Any:
        """Whether a double is NaN; by its text on DuckDB, see `sql.no_nan`."""
        return value.cast("string") == "nan" if self._backend == "duckdb" else value.isnan()

    def number(self, column: str) -> Any:
        value = self._table[column]
        match self._sort(column):
            case Sort.DOUBLE:
                fits = self.present(column) & (value.abs() < _LARGEST)
                return fits.ifelse(value, self._ibis.null("float64")).cast(_EXACT)
            case Sort.TEXT:
                return value.re_search(_A_NUMBER).ifelse(value, self._ibis.null("string")).cast(_EXACT)
            case _:
                return value.cast(_EXACT)

    def decimals(self, column: str) -> Any:
        if self._sort(column) in (Sort.WHOLE, Sort.DECIMAL):
            return self.present(column).ifelse(self._columns[column].decimals, 0)
        exact = self.number(column)
        steps = [(exact.isnull(), 0), *((exact.round(d) == exact, d) for d in range(DECIMALS))]
        return self._ibis.cases(*steps, else_=DECIMALS)

    def key(self, column: str, table: Any) -> Any:
        """A value to be looked for in another source."""
        return (
            _Terms(table, self._columns, self._backend).number(column) if self._sort(column).numeric else table[column]
        )

    def key_shown(self, column: str) -> Any:
        """A value to group by; NaN belongs to the missing ones."""
        value = self._table[column]
        if self._sort(column) is not Sort.DOUBLE:
            return value
        return self.present(column).ifelse(value, self._ibis.null("float64"))

    def _sort(self, column: str) -> Sort:
        return self._columns[column].sort

    def literal(self, value: str, column: str, *, measured: bool = False) -> Any:
        sort = Sort.DECIMAL if measured and self._sort(column) is Sort.TEXT else self._sort(column)
        plain = typed(value, sort)
        match sort:
            case Sort.WHOLE | Sort.DECIMAL:
                number = Decimal(plain)
                return self._ibis.literal(int(number) if number == int(number) else number)
            case Sort.DOUBLE:
                return self._ibis.literal(float(plain))
            case Sort.FLAG:
                return self._ibis.literal(plain == "true")
            case Sort.DATE:
                return self._ibis.date(plain)
            case Sort.TIME:
                return self._ibis.timestamp(plain)
        return self._ibis.literal(plain)

    # --- conditions ---

    def where(self, conditions: Filter) -> Any:
        return reduce(and_, (self._condition(one) for one in conditions), self.true())

    def _condition(self, one: Condition) -> Any:
        value, there = self._table[one.column], self.present(one.column)
        if one.operator in (Operator.MISSING, Operator.PRESENT):
            return there if one.operator is Operator.PRESENT else ~there
        literals = [self.literal(text, one.column) for text in one.values]
        match one.operator:
            case Operator.EQUAL | Operator.IN:
                return there & value.isin(literals).fill_null(False)
            case Operator.UNEQUAL | Operator.NOT_IN:
                return ~there | value.notin(literals).fill_null(True)
        compared = _compared(value, one.operator.value, literals[0])
        return there & compared.fill_null(False)

    # --- rules ---

    def asked(self, rule: RowRule) -> Any:
        if isinstance(rule, NotNull):
            return self.true()
        return reduce(and_, (self.present(column) for column in columns_of(rule)))

    def unsure(self, rule: RowRule) -> Any:
        return self._gap(rule).isnull() if isinstance(rule, RowSum) else self.false()

    def fails(self, rule: RowRule, slack: Decimal) -> Any:
        """Whether a row breaks a rule; never null."""
        return self._fails(rule, slack).fill_null(False)

    def _fails(self, rule: RowRule, slack: Decimal) -> Any:
        match rule:
            case NotNull(column=column):
                return ~self.present(column)
            case InSet(column=column, values=values):
                return self.present(column) & self._table[column].notin([self.literal(v, column) for v in values])
            case InRange():
                return self._outside(rule)
            case Matches(column=column, pattern=pattern):
                return ~self._table[column].cast("string").re_search(f"^(?:{pattern})$")
            case LengthWithin(column=column, least=least, most=most):
                size = self._table[column].cast("string").length()
                ends = ([] if least is None else [size < least]) + ([] if most is None else [size > most])
                return reduce(or_, ends, self.false())
            case OfSort():
                return self._of_other_sort(rule)
            case RowSum():
                return self._off(rule, slack)
        raise TypeError("keys and duplicates are found by joins and groupings")

    def _outside(self, rule: InRange) -> Any:
        column = rule.column
        value = self.number(column) if self._sort(column) is Sort.TEXT else self._table[column]
        ends = [_compared(value, sign, self.literal(end, column, measured=True)) for sign, end in bounds_of(rule)]
        outside = reduce(or_, ends).fill_null(False)
        if self._sort(column) is Sort.TEXT:  # what is no number lies in no range
            return self.present(column) & (outside | value.isnull())
        return self.present(column) & outside

    def _of_other_sort(self, rule: OfSort) -> Any:
        column, wanted, held = rule.column, rule.sort, self._sort(rule.column)
        value = self._table[column]
        if wanted is held or wanted is Sort.TEXT or (wanted.numeric and held is Sort.WHOLE):
            return self.false()
        if wanted is Sort.WHOLE and held.numeric:
            exact = self.number(column)
            return self.present(column) & (exact != exact.round(0))
        if wanted.numeric and held.numeric:
            return self.false()
        if held is not Sort.TEXT:
            return self.present(column)
        if wanted in (Sort.DATE, Sort.TIME):
            return ~value.re_search(_A_DATE)
        exact = self.number(column)
        other = self.present(column) & exact.isnull()
        return other | (exact != exact.round(0)) if wanted is Sort.WHOLE else other

    def _gap(self, rule: RowSum) -> Any:
        terms = [_weighted(self.number(column), weight) for column, weight in rule.terms]
        total = reduce(lambda one, other: one + other, terms)
        return total + self._ibis.literal(rule.constant).cast(_EXACT) if rule.constant else total

    def _off(self, rule: RowSum, slack: Decimal) -> Any:
        gap, leeway = self._gap(rule), self._ibis.literal(slack).cast("decimal(28, 12)")
        match rule.comparison:
            case Comparison.EQUAL:
                return gap.abs() > leeway
            case Comparison.LESS:
                return gap >= leeway
            case Comparison.LESS_EQUAL:
                return gap > leeway
            case Comparison.GREATER:
                return gap <= -leeway
        return gap < -leeway

    # --- aggregates ---

    def reckoned(self, one: Aggregate) -> dict[str, Any]:
        """The parts of an aggregate, as on DuckDB."""
        chosen = self.where(one.where)
        if not one.column:
            return {"rows": _count(chosen), "size": _count(chosen)}
        there = chosen & self.present(one.column)
        parts = {"rows": _count(chosen), "size": _count(there)}
        number = self.number(one.column)
        exact = there.ifelse(number, self._ibis.null(number.type()))
        match one.function:
            case Function.COUNT:
                return parts
            case Function.DISTINCT:
                return parts | {"value": self._table[one.column].nunique(where=there)}
            case Function.MIN:
                parts["value"] = exact.min()
            case Function.MAX:
                parts["value"] = exact.max()
            case _:
                parts["value"] = exact.sum()
        decimals = there.ifelse(self.decimals(one.column), 0).max()
        return parts | {"read": exact.count(), "decimals": decimals}


def _column(name: str, kind: Any) -> Column:
    """A column by its Ibis type."""
    if kind.is_integer():
        return Column(name, Sort.WHOLE)
    if kind.is_decimal():
        scale = kind.scale if kind.scale is not None else DECIMALS
        return Column(name, Sort.DECIMAL if scale else Sort.WHOLE, scale)
    for sort, fits in (
        (Sort.DOUBLE, kind.is_floating()),
        (Sort.TEXT, kind.is_string()),
        (Sort.FLAG, kind.is_boolean()),
        (Sort.DATE, kind.is_date()),
        (Sort.TIME, kind.is_timestamp()),
    ):
        if fits:
            return Column(name, sort)
    return Column(name, Sort.OTHER)


def _count(condition: Any) -> Any:
    return condition.ifelse(1, 0).sum()


def _weighted(value: Any, weight: Decimal) -> Any:
    if weight == 1:
        return value
    return -value if weight == -1 else value * int(weight) if weight == int(weight) else value * weight


def _compared(value: Any, sign: str, other: Any) -> Any:
    match sign:
        case "<":
            return value < other
        case "<=":
            return value <= other
        case ">":
            return value > other
    return value >= other
