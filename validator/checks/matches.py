"""Matches: every text of a column is written as a pattern says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import asking, building
from validator.model.answers import RowOutcome
from validator.model.row_rules import Matches
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.answers import PairOutcome
    from validator.model.row_rules import RowCheck
    from validator.model.rules import BoundRule


def asks(bound: BoundRule) -> tuple[RowCheck, ...]:
    """One rule for each column."""
    chosen = asking.chosen(bound)
    pattern = building.text(bound, "pattern")
    return tuple(asking.row_check(bound, chosen, Matches(column, pattern)) for column in chosen.columns)


def tells(bound: BoundRule, outcome: RowOutcome | PairOutcome) -> str:
    """6 of 12 rows of cases have a code that is not written as [A-Z]{2}-[0-9]{4} (line 4: bad 1)."""
    if not isinstance(outcome, RowOutcome) or not isinstance(outcome.check.rule, Matches):
        return ""
    column, pattern = outcome.check.rule
    return asking.told(outcome, f"have {column} written as {pattern}", f"have {column} not written as {pattern}")


KIND = Kind(
    name="matches",
    summary="Every text of a column of a data source is written as a pattern says.",
    parameters=(
        Parameter("columns", Takes.COLUMNS, "a column of a source, or several: cases.code", required=True),
        Parameter("pattern", Takes.PATTERN, "a regular expression that the whole text must match", required=True),
        asking.WHERE,
    ),
    asks=asks,
    tells=tells,
)
