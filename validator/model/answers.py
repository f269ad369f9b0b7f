"""What came of the rules on data sources: exact counts, and the first rows, groups and columns that fail.

Nothing here reads a file or knows an engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from validator.model.aggregates import Aggregate, Agreement, Amount, Reckoned
    from validator.model.locations import Reference
    from validator.model.row_rules import RowCheck


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
