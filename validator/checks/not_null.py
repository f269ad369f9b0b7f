"""Not null: every row of a source has a value in these columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import asking
from validator.model.answers import RowOutcome
from validator.model.row_rules import NotNull
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.answers import PairOutcome
    from validator.model.row_rules import RowCheck
    from validator.model.rules import BoundRule


def asks(bound: BoundRule) -> tuple[RowCheck, ...]:
    """One rule for each column."""
    chosen = asking.chosen(bound)
    return tuple(asking.row_check(bound, chosen, NotNull(column)) for column in chosen.columns)


def tells(bound: BoundRule, outcome: RowOutcome | PairOutcome) -> str:
    """3 of 12 rows of cases have no country (line 4, …)."""
    if not isinstance(outcome, RowOutcome) or not isinstance(outcome.check.rule, NotNull):
        return ""
    column = outcome.check.rule.column
    return asking.told(outcome, f"have a value in {column}", f"have no {column}")


KIND = Kind(
    name="not-null",
    summary="Every row of a data source has a value in these columns.",
    parameters=(
        Parameter("columns", Takes.COLUMNS, "a column of a source, or several: cases.country", required=True),
        asking.WHERE,
    ),
    asks=asks,
    tells=tells,
    shorthand="columns",
)
