"""In range: every value of a column lies between two ends that are written in the rule book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import asking, building
from validator.model.answers import RowOutcome
from validator.model.errors import Unfit
from validator.model.row_rules import InRange
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.answers import PairOutcome
    from validator.model.row_rules import RowCheck
    from validator.model.rules import BoundRule


def asks(bound: BoundRule) -> tuple[RowCheck, ...]:
    """One rule for each column."""
    chosen = asking.chosen(bound)
    ends = {name: building.text(bound, name) or None for name in ("min", "max", "above", "below")}
    if (ends["min"] and ends["above"]) or (ends["max"] and ends["below"]):
        raise Unfit("give min or above, max or below, not both")
    low, high = ends["min"] or ends["above"], ends["max"] or ends["below"]
    return tuple(
        asking.row_check(bound, chosen, InRange(column, low, high, bool(ends["above"]), bool(ends["below"])))
        for column in chosen.columns
    )


def tells(bound: BoundRule, outcome: RowOutcome | PairOutcome) -> str:
    """4 of 12 rows of cases have an age outside 0 to 120 (line 4: 999)."""
    if not isinstance(outcome, RowOutcome) or not isinstance(outcome.check.rule, InRange):
        return ""
    rule = outcome.check.rule
    span = _span(rule)
    return asking.told(outcome, f"have {rule.column} {span}", f"have {rule.column} not {span}")


def _span(rule: InRange) -> str:
    low = "" if rule.low is None else f"above {rule.low}" if rule.low_open else f"from {rule.low}"
    high = "" if rule.high is None else f"below {rule.high}" if rule.high_open else f"up to {rule.high}"
    return " ".join(part for part in (low, high) if part)


KIND = Kind(
    name="in-range",
    summary="Every value of a column of a data source lies in a range.",
    parameters=(
        Parameter("columns", Takes.COLUMNS, "a column of a source, or several: cases.age", required=True),
        Parameter("min", Takes.TEXT, "the smallest value allowed: a number or a date"),
        Parameter("max", Takes.TEXT, "the largest value allowed"),
        Parameter("above", Takes.TEXT, "values must be larger than this"),
        Parameter("below", Takes.TEXT, "values must be smaller than this"),
        asking.WHERE,
    ),
    asks=asks,
    tells=tells,
    forms=(("min",), ("max",), ("above",), ("below",)),
)
