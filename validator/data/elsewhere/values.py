"""Values of one table and conditions on them as Ibis expressions: model types and column sorts in, expressions out.

Missing values and NaN are made explicit here as on DuckDB, and numbers are exact decimals, so that an engine's own
ideas of either change nothing.
"""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from validator.data.elsewhere.patterns import whole
from validator.data.literals import typed
from validator.data.meanings import DECIMALS, LARGEST, NUMERAL, POWER, precise
from validator.model.data import Column, Operator, Sort

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.data import Condition, Filter

# Adding and weighing decimals of this width stays within the 38 digits that every engine has; a wider type would lose
# decimals on Spark, which gives them up first.
EXACT = f"decimal(28, {DECIMALS})"
_INT64 = 2**63
_DIGITS = 18  # before the decimals that a column's own type must leave room for
# Engines that write a double in a text as the shortest number, and turn it into a decimal less exactly than that.
_SHORTEST_IN_TEXT = ("duckdb", "postgres")
_WITHOUT_NAN = ("mssql", "sqlite")  # refuse it, or keep it as a missing value; Ibis has no question for it there


class Values:
    """The columns of a table."""

    def __init__(self, table: Any, columns: Mapping[str, Column], engine: str) -> None:
        import ibis

        self.ibis = ibis
        self.table = table
        self.columns = columns
        self.engine = engine

    def on(self, table: Any) -> Values:
        """The same columns of some of the rows."""
        return Values(table, self.columns, self.engine)

    def true(self) -> Any:
        """True of every row; made of a column, since a constant cannot be counted."""
        first = self.table[next(iter(self.columns))]
        return first.isnull() | first.notnull()

    def false(self) -> Any:
        """False of every row."""
        return ~self.true()

    def sort(self, column: str) -> Sort:
        """What a column holds."""
        return self.columns[column].sort

    def present(self, column: str) -> Any:
        """Whether a value is there; NaN is none."""
        value = self.table[column]
        if self.sort(column) is not Sort.DOUBLE or self.engine in _WITHOUT_NAN:
            return value.notnull()
        return value.notnull() & ~self._nan(value)

    def _nan(self, value: Any) -> Any:
        """Whether a double is NaN; on DuckDB by the text of a product, for the reason that `sql.no_nan` tells."""
        if self.engine == "duckdb":
            return ((value * 0.0).cast("string") == "nan") & ~value.isinf()
        return value.isnan()

    def spells(self, value: Any, pattern: str) -> Any:
        """Whether a text matches a pattern as a whole."""
        return value.re_search(whole(pattern, self.engine))

    # --- numbers ---

    def number(self, column: str) -> Any:
        """A value as an exact number; null where it is missing or is none."""
        value = self.table[column]
        match self.sort(column):
            case Sort.DOUBLE:
                return self._of_double(self._there(column))
            case Sort.TEXT:
                plain = self.spells(value, NUMERAL).ifelse(value, self.null("string")).cast(EXACT)
                return plain.fill_null(self._of_double(self._power(value)))
            case Sort.DECIMAL | Sort.WHOLE if _wide(value.type()):
                fits = (value < LARGEST) & (value > -LARGEST)
                return fits.ifelse(value, self.null(value.type())).cast(EXACT)
        return value.cast(EXACT)

    def _power(self, value: Any) -> Any:
        """A text with a power of ten as a double."""
        return self.spells(value, POWER).ifelse(value, self.null("string")).cast("float64")

    def _of_double(self, value: Any) -> Any:
        """A double that is no NaN, as the shortest decimal number that is read as it."""
        fitting = self._fitting(value)
        return (fitting.cast("string") if self.engine in _SHORTEST_IN_TEXT else fitting).cast(EXACT)

    def _there(self, column: str) -> Any:
        """A value; null where it is NaN, which not every engine's own comparisons know."""
        value = self.table[column]
        return self.present(column).ifelse(value, self.null(value.type()))

    def fraction(self, column: str) -> Any:
        """Whether a number has decimals; what is too large has none, and fits no whole type of an engine."""
        small = self._fitting(self._there(column))
        return (small != small.floor()).fill_null(False)

    def _fitting(self, value: Any) -> Any:
        """A number that is not too large to be reckoned with."""
        return (value.abs() < LARGEST).ifelse(value, self.null(value.type()))

    def decimals(self, column: str) -> Any:
        """How many decimals a value is printed with; none where it is missing."""
        value, sort = self.table[column], self.sort(column)
        if precise(self.columns[column]):
            return self.present(column).ifelse(self.columns[column].decimals, 0)
        if sort is Sort.DOUBLE:
            return self._places(self._there(column), self.number(column))
        after = self.spells(value, NUMERAL).ifelse(value, self.null("string")).re_extract(r"\.([0-9]*)", 1)
        printed = self.ibis.least(after.length().fill_null(0), DECIMALS)
        power = self._power(value)
        return power.isnull().ifelse(printed, self._places(power, self._of_double(power)))

    def _places(self, value: Any, exact: Any) -> Any:
        """How many decimals a double is printed with; PostgreSQL rounds a double by its first 15 digits."""

        def rounded(places: int) -> Any:
            return exact.round(places).cast("float64") if self.engine == "postgres" else fitting.round(places)

        fitting = self._fitting(value)
        steps = [(rounded(places) == fitting, places) for places in range(DECIMALS)]
        return self.ibis.cases((exact.isnull(), 0), *steps, else_=DECIMALS)

    def null(self, kind: Any) -> Any:
        """A missing value of a type."""
        return self.ibis.null(kind)

    # --- keys ---

    def key(self, columns: tuple[str, ...], alike: tuple[bool, ...], names: Sequence[str]) -> dict[str, Any]:
        """Values to be looked for in another source, under names of their own: see `meanings.keys_alike`."""
        listed = zip(columns, alike, names, strict=True)
        return {name: self.table[one] if same else self.number(one) for one, same, name in listed}

    def key_shown(self, column: str) -> Any:
        """A value to group by; NaN belongs to the missing ones."""
        return self._there(column) if self.sort(column) is Sort.DOUBLE else self.table[column]

    # --- conditions ---

    def literal(self, value: str, column: str, *, measured: bool = False) -> Any:
        """A value of a rule book as the column's own type; ``measured`` where a text column is read as numbers."""
        sort = Sort.DECIMAL if measured and self.sort(column) is Sort.TEXT else self.sort(column)
        plain = typed(value, sort)
        match sort:
            case Sort.WHOLE | Sort.DECIMAL:
                return self.exactly(Decimal(plain))
            case Sort.DOUBLE:
                return self.ibis.literal(float(plain))
            case Sort.FLAG:
                return self.ibis.literal(plain == "true")
            case Sort.DATE:
                return self.ibis.date(plain)
            case Sort.TIME:
                zone = self.table[column].type().timezone  # of a point in time with a zone the rule says UTC
                return self.ibis.literal(plain, type="timestamp('UTC')") if zone else self.ibis.timestamp(plain)
        return self.ibis.literal(plain)

    def exactly(self, number: Decimal) -> Any:
        """A number of a rule book to the digit: left to itself an engine gives decimals a width, three on Trino."""
        if number == int(number):
            kind = "int64" if abs(number) < _INT64 else f"decimal({len(number.as_tuple().digits)}, 0)"
            return self.ibis.literal(int(number) if kind == "int64" else number, type=kind)
        _, digits, exponent = number.normalize().as_tuple()
        scale = -int(exponent)
        return self.ibis.literal(number, type=f"decimal({max(len(digits), scale)}, {scale})")

    def where(self, conditions: Filter) -> Any:
        """All conditions of a filter; never null."""
        return reduce(and_, (self._condition(one) for one in conditions), self.true())

    def _condition(self, one: Condition) -> Any:
        value, there = self.table[one.column], self.present(one.column)
        if one.operator in (Operator.MISSING, Operator.PRESENT):
            return there if one.operator is Operator.PRESENT else ~there
        literals = [self.literal(text, one.column) for text in one.values]
        match one.operator:
            case Operator.EQUAL | Operator.IN:
                return there & value.isin(literals).fill_null(False)
            case Operator.UNEQUAL | Operator.NOT_IN:
                return ~there | value.notin(literals).fill_null(True)
        return there & compared(value, one.operator.value, literals[0]).fill_null(False)


def _wide(kind: Any) -> bool:
    """Whether a number of a type may have more digits than are reckoned with."""
    if kind.is_integer():
        return bool(kind.is_uint64())
    return kind.precision is None or kind.precision - (kind.scale or 0) > _DIGITS


def compared(value: Any, sign: str, other: Any) -> Any:
    """Whether a value stands to another as a sign says."""
    match sign:
        case "<":
            return value < other
        case "<=":
            return value <= other
        case ">":
            return value > other
    return value >= other


def counted(condition: Any) -> Any:
    """How many rows satisfy a condition."""
    return condition.ifelse(1, 0).sum()


def column_of(name: str, kind: Any) -> Column:
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
