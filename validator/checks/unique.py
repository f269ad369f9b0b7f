"""Unique: no two rows of a source have the same value, or the same values together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import asking, wording
from validator.model.answers import RowOutcome
from validator.model.row_rules import Unique
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.answers import PairOutcome
    from validator.model.row_rules import RowCheck
    from validator.model.rules import BoundRule


def asks(bound: BoundRule) -> tuple[RowCheck, ...]:
    """One rule on all columns together."""
    chosen = asking.chosen(bound)
    return (asking.row_check(bound, chosen, Unique(chosen.columns)),)


def tells(bound: BoundRule, outcome: RowOutcome | PairOutcome) -> str:
    """10 of 12 rows of cases share their id with another row."""
    if not isinstance(outcome, RowOutcome) or not isinstance(outcome.check.rule, Unique):
        return ""
    columns = wording.listed(outcome.check.rule.columns, most=None)
    return asking.told(outcome, f"differ in {columns}", f"share {columns} with another row")


KIND = Kind(
    name="unique",
    summary="No two rows of a data source have the same value, or the same values together.",
    parameters=(
        Parameter("columns", Takes.COLUMNS, "a column of a source, or several that are unique together", required=True),
        asking.WHERE,
    ),
    asks=asks,
    tells=tells,
    shorthand="columns",
)
