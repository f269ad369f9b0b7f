"""Data files behind a report: the sources, which of their rows are meant, and all that a run asks of them.

Nothing here reads a file or knows an engine. What a missing value means is said once, in docs/data.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.aggregates import Aggregate, Agreement
    from validator.model.row_rules import RowCheck
    from validator.model.rules import Position

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


class Chosen(NamedTuple):
    """Columns of a source as a rule names them, or the conditions of a filter; ``places`` is for faults."""

    source: str
    columns: tuple[str, ...]
    places: Mapping[str, Position]
    where: Filter = ()


@dataclass(frozen=True, slots=True)
class DataPlan:
    """Everything that the rules of a run ask of its sources."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    checks: tuple[RowCheck, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    agreements: tuple[Agreement, ...] = ()
