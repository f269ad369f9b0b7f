"""Data files behind a report: sources, what must hold of their rows, what is reckoned from them, and what came of it.

Nothing here reads a file or knows an engine. What a missing value means is said once, in docs/data.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from validator.model.relations import Comparison

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.intervals import Interval
    from validator.model.locations import Reference
    from validator.model.rules import Position

ZERO = Decimal(0)
MISSING = "(missing)"  # the label of the group of rows that lack the value they are grouped by


class Format(StrEnum):
    """What a data file is."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Sort(StrEnum):
    """What a column holds, in words for messages."""

    WHOLE = "whole numbers"
    DECIMAL = "decimal numbers"
    DOUBLE = "floating-point numbers"
    TEXT = "text"
    FLAG = "true or false"
    DATE = "dates"
    TIME = "points in time"
    OTHER = "values that rules cannot look into"

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers as they stand."""
        return self in (Sort.WHOLE, Sort.DECIMAL, Sort.DOUBLE)


class Column(NamedTuple):
    """A column of a source. ``decimals`` is the declared scale of a DECIMAL column."""

    name: str
    sort: Sort
    decimals: int = 0


Places = "Mapping[str, Position]"  # where a rule book names a column, for faults


@dataclass(frozen=True, slots=True)
class Source:
    """Data files that belong together, as rows of one table. Options left empty are detected.

    ``files`` are paths that exist, or the name of a table where an engine elsewhere holds it. Values with decimals are
    taken as rounded at the precision of their column, except in the columns that ``exact`` names ("*": in all).
    """

    name: str
    files: tuple[str, ...]
    position: Position
    format: Format = Format.CSV
    delimiter: str = ""
    encoding: str = ""
    decimal: str = ""
    thousands: str = ""
    missing: tuple[str, ...] = ()  # texts that stand for a missing value, beside an empty cell
    sheet: str = ""
    table: str = ""  # of an engine elsewhere
    exact: tuple[str, ...] = ()
    schema: str | None = None

    def keeps_exactly(self, column: str) -> bool:
        """Whether the decimals of a column are all there is."""
        return "*" in self.exact or column in self.exact


class Operator(StrEnum):
    """How a value is held against others in a filter. The negations are true of a missing value."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    LESS_EQUAL = "<="
    GREATER = ">"
    GREATER_EQUAL = ">="
    IN = "in"
    NOT_IN = "not in"
    MISSING = "is missing"
    PRESENT = "is not missing"


class Condition(NamedTuple):
    """One condition of a filter; values are as written and are read as the column's sort."""

    column: str
    operator: Operator
    values: tuple[str, ...] = ()


Filter = tuple[Condition, ...]  # all of them


# --- what must hold of each row ----------------------------------------------------------------------------------


class NotNull(NamedTuple):
    """A value is there."""

    column: str


class Unique(NamedTuple):
    """No two rows have the same values; a row that lacks one of them is no duplicate."""

    columns: tuple[str, ...]


class InSet(NamedTuple):
    """A value that is there is one of these."""

    column: str
    values: tuple[str, ...]


class NotInSet(NamedTuple):
    """A value that is there is none of these."""

    column: str
    values: tuple[str, ...]


class Occurs(NamedTuple):
    """Some row has this value: a rule on all rows together, which fails once or not at all."""

    column: str
    value: str


class InRange(NamedTuple):
    """A value that is there lies between these ends; an end that is None does not bound it."""

    column: str
    low: str | None
    high: str | None
    low_open: bool = False
    high_open: bool = False


class Matches(NamedTuple):
    """A text that is there matches a pattern, as a whole."""

    column: str
    pattern: str


class LengthWithin(NamedTuple):
    """A text that is there has so many characters."""

    column: str
    least: int | None
    most: int | None


class OfSort(NamedTuple):
    """A value that is there can be read as this sort."""

    column: str
    sort: Sort


class RowSum(NamedTuple):
    """A weighted sum of columns plus a constant stands to zero as ``comparison`` says.

    ``tolerance`` None means what the printed precision of the columns leaves open.
    """

    terms: tuple[tuple[str, Decimal], ...]
    comparison: Comparison = Comparison.EQUAL
    constant: Decimal = ZERO
    tolerance: Decimal | None = None
    text: str = ""  # as written, for messages


class KeyIn(NamedTuple):
    """The values of a row occur together in a row of another source; a row that lacks one of them is passed over."""

    columns: tuple[str, ...]
    other: str
    other_columns: tuple[str, ...]


RowRule = NotNull | Unique | InSet | NotInSet | Occurs | InRange | Matches | LengthWithin | OfSort | RowSum | KeyIn


def columns_of(rule: RowRule) -> tuple[str, ...]:
    """The columns of a row that a rule looks at, in order."""
    if isinstance(rule, Unique | KeyIn):
        return rule.columns
    if isinstance(rule, RowSum):
        return tuple(dict.fromkeys(column for column, _ in rule.terms))
    return (rule.column,)


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A rule on the rows of a source that a filter lets through."""

    source: str
    rule: RowRule
    where: Filter = ()
    position: Position | None = field(default=None, compare=False)
    places: Mapping[str, Position] = field(default_factory=dict, compare=False)


# --- what is reckoned from many rows -----------------------------------------------------------------------------


class Function(StrEnum):
    """What is reckoned from the rows of a group."""

    COUNT = "count"
    DISTINCT = "distinct"
    SUM = "sum"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A figure, or one for each group, that is reckoned from a source. ``column`` is "" for a count of rows."""

    function: Function
    source: str
    column: str = ""
    by: tuple[str, ...] = ()
    where: Filter = ()
    text: str = field(default="", compare=False)  # as written, for messages
    position: Position | None = field(default=None, compare=False)
    places: Mapping[str, Position] = field(default_factory=dict, compare=False)


class Amount(NamedTuple):
    """What a group came to. ``value`` is None where it has none, for the reason given.

    ``interval`` is what the precision of the values leaves open; ``size`` is the number of values it rests on.
    """

    value: Decimal | None
    interval: Interval
    decimals: int
    size: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An aggregate with its amounts, by the values of the columns that it is grouped by (none: one empty key).

    ``too_many`` is the number of groups where they are more than a run compares; ``groups`` is empty then.
    """

    aggregate: Aggregate
    file: str
    groups: Mapping[tuple[str, ...], Amount]
    too_many: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two aggregates that must come to the same for each group, both of them reckoned from sources."""

    left: Aggregate
    right: Aggregate
    tolerance: Decimal | None = None
    position: Position | None = field(default=None, compare=False)


# --- as a rule names it -------------------------------------------------------------------------------------------


class Chosen(NamedTuple):
    """Columns of a source as a rule names them, or the conditions of a filter; ``places`` is for faults."""

    source: str
    columns: tuple[str, ...]
    places: Mapping[str, Position]
    where: Filter = ()


class SumOfRow(NamedTuple):
    """A row sum as a rule writes it."""

    rule: RowSum
    places: Mapping[str, Position]


# --- what came of it ---------------------------------------------------------------------------------------------


class Held(NamedTuple):
    """A value of an example: its column, as it stands ("" where it is missing), as a number if it is one, and where."""

    column: str
    text: str
    value: Decimal | None
    place: Reference


class Example(NamedTuple):
    """A row that fails a rule, by the values that the rule is about."""

    file: str
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of a rule. Counts are exact; examples are the first of the failing rows, and capped.

    ``rows`` is how many rows the filter let through, ``asked`` how many of them have what the rule is about,
    ``unsure`` how many could not be decided.
    """

    check: RowCheck
    file: str
    rows: int
    asked: int
    failed: int
    unsure: int = 0
    examples: tuple[Example, ...] = ()


class Pair(NamedTuple):
    """A group of two aggregates that must agree; a side that has no such group is None."""

    group: tuple[str, ...]
    left: Amount | None
    right: Amount | None


@dataclass(frozen=True, slots=True)
class PairOutcome:
    """What became of an agreement: exact counts, and the first pairs of each sort of disagreement."""

    agreement: Agreement
    left: Reckoned
    right: Reckoned
    agreed: int = 0
    unsure: int = 0
    differing: int = 0
    only_left: int = 0
    only_right: int = 0
    examples: tuple[Pair, ...] = ()


class ColumnFault(StrEnum):
    """What can be wrong with a column as a whole, beside a schema."""

    MISSING = "missing"
    UNKNOWN = "not known"
    REPEATED = "more than one of the name"
    ELSEWHERE = "out of order"


@dataclass(frozen=True, slots=True)
class ColumnOutcome:
    """A column of a source that is not as a schema has it; there is one of these for each, and none where all are.

    ``pattern`` says that ``column`` is a pattern that no column's name matches; ``near`` is a name that may be meant.
    """

    source: str
    file: str
    fault: ColumnFault
    column: str
    pattern: bool = False
    near: str = ""


SourceOutcome = RowOutcome | PairOutcome | ColumnOutcome


@dataclass(frozen=True, slots=True)
class DataPlan:
    """Everything that the rules of a run ask of its sources."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    checks: tuple[RowCheck, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    agreements: tuple[Agreement, ...] = ()


class Used(NamedTuple):
    """A source that rules asked. ``format`` is "" for a table of an engine elsewhere."""

    name: str
    files: tuple[str, ...]
    table: str
    format: str
    engine: str  # as its makers call it, in small letters
    rows: int


@dataclass(frozen=True, slots=True)
class Answers:
    """What an engine says to a plan; warnings are for people."""

    rows: Mapping[RowCheck, RowOutcome] = field(default_factory=dict)
    reckoned: Mapping[Aggregate, Reckoned] = field(default_factory=dict)
    pairs: Mapping[Agreement, PairOutcome] = field(default_factory=dict)
    sources: tuple[Used, ...] = ()
    warnings: tuple[str, ...] = ()
