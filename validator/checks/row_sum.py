"""Row sum: a linear relation between the columns of a row, in every row of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import asking, building
from validator.model.answers import RowOutcome
from validator.model.data import Chosen
from validator.model.errors import Unfit
from validator.model.relations import ZERO
from validator.model.row_rules import RowSum, SumOfRow
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.answers import PairOutcome
    from validator.model.row_rules import RowCheck
    from validator.model.rules import BoundRule


def asks(bound: BoundRule) -> tuple[RowCheck, ...]:
    """One rule."""
    written = bound.values.get("relation")
    if not isinstance(written, SumOfRow):
        raise Unfit("“relation” is missing: row-sum needs it here")
    tolerance = building.amount(bound, "tolerance", ZERO) if "tolerance" in bound.values else None
    if tolerance is not None and tolerance < 0:
        raise Unfit("a tolerance cannot be negative")
    rule = written.rule._replace(tolerance=tolerance)
    source = building.text(bound, "source")
    return (asking.row_check(bound, Chosen(source, (), written.places), rule),)


def tells(bound: BoundRule, outcome: RowOutcome | PairOutcome) -> str:
    """8 of 12 rows of cases break male + female = total (line 4: 3, 4, 8)."""
    if not isinstance(outcome, RowOutcome) or not isinstance(outcome.check.rule, RowSum):
        return ""
    text = outcome.check.rule.text
    return asking.told(outcome, f"keep {text}", f"break {text}")


KIND = Kind(
    name="row-sum",
    summary="A sum of columns equals another in every row of a data source.",
    parameters=(
        Parameter("source", Takes.SOURCE, "the source", required=True),
        Parameter(
            "relation",
            Takes.ROW_SUM,
            "columns on either side of =, <, <=, > or >=: male + female = total",
            required=True,
        ),
        Parameter(
            "tolerance",
            Takes.NUMBER,
            least=0,
            summary="how far the sides may be apart; what rounding leaves open if not given",
        ),
        asking.WHERE,
    ),
    asks=asks,
    tells=tells,
)
