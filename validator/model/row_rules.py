"""What must hold of each row of a data source.

Nothing here reads a file or knows an engine. What a missing value means is said once, in docs/data.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from validator.model.relations import ZERO, Comparison

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.data import Filter, Sort
    from validator.model.rules import Position


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
    kind: str = field(init=False)  # of the rule: tuples with the same values are equal, whatever they are called

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", type(self.rule).__name__)


class SumOfRow(NamedTuple):
    """A row sum as a rule writes it."""

    rule: RowSum
    places: Mapping[str, Position]
