"""What is reckoned from many rows of a data source, group by group.

Nothing here reads a file or knows an engine. What a missing value means is said once, in docs/data.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from validator.model.data import Filter
    from validator.model.intervals import Interval
    from validator.model.rules import Position


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
