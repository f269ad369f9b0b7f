"""Foreign key: the values of a row occur, together, in a row of another source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import asking, wording
from validator.model.answers import RowOutcome
from validator.model.row_rules import KeyIn
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.answers import PairOutcome
    from validator.model.row_rules import RowCheck
    from validator.model.rules import BoundRule


def asks(bound: BoundRule) -> tuple[RowCheck, ...]:
    """One rule on all columns together."""
    chosen, other = asking.chosen(bound), asking.chosen(bound, "in")
    named = chosen._replace(places={**other.places, **chosen.places})
    return (asking.row_check(bound, named, KeyIn(chosen.columns, other.source, other.columns)),)


def tells(bound: BoundRule, outcome: RowOutcome | PairOutcome) -> str:
    """11 of 12 rows of cases have a region that regions does not have (line 4: ZZ)."""
    if not isinstance(outcome, RowOutcome) or not isinstance(outcome.check.rule, KeyIn):
        return ""
    columns, other, _ = outcome.check.rule
    named = wording.listed(columns, most=None)
    return asking.told(outcome, f"have {named} in {other}", f"have {named} that {other} does not have")


KIND = Kind(
    name="foreign-key",
    summary="The values of each row of a data source occur in another source.",
    parameters=(
        Parameter("columns", Takes.COLUMNS, "a column of a source, or several together: cases.region", required=True),
        Parameter("in", Takes.COLUMNS, "the column of the other source, or as many: regions.code", required=True),
        asking.WHERE,
    ),
    asks=asks,
    tells=tells,
)
