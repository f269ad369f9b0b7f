"""In set: every value of a column is one of a few that are written in the rule book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import asking, building, wording
from validator.model.answers import RowOutcome
from validator.model.row_rules import InSet
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.answers import PairOutcome
    from validator.model.row_rules import RowCheck
    from validator.model.rules import BoundRule

_NAMED = 6  # values that a message lists; a longer list stands in the rule book


def asks(bound: BoundRule) -> tuple[RowCheck, ...]:
    """One rule for each column."""
    chosen = asking.chosen(bound)
    values = building.texts(bound, "values")
    return tuple(asking.row_check(bound, chosen, InSet(column, values)) for column in chosen.columns)


def tells(bound: BoundRule, outcome: RowOutcome | PairOutcome) -> str:
    """3 of 12 rows of cases have a sex other than M, F and X (line 4: ?)."""
    if not isinstance(outcome, RowOutcome) or not isinstance(outcome.check.rule, InSet):
        return ""
    column, values = outcome.check.rule
    named = wording.listed(values, most=None) if len(values) <= _NAMED else f"the {len(values)} values of the rule"
    return asking.told(outcome, f"have one of {named} in {column}", f"have a {column} other than {named}")


KIND = Kind(
    name="in-set",
    summary="Every value of a column of a data source is one of those listed.",
    parameters=(
        Parameter("columns", Takes.COLUMNS, "a column of a source, or several: cases.sex", required=True),
        Parameter("values", Takes.TEXT, "the values that are allowed", required=True, many=True),
        asking.WHERE,
    ),
    asks=asks,
    tells=tells,
)
