"""Linear: any other relation between weighted sums, for what no other kind says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.relations import Comparison, Linear
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


_COMPARED = {
    Comparison.EQUAL: "equal to",
    Comparison.LESS: "below",
    Comparison.LESS_EQUAL: "at most",
    Comparison.GREATER: "above",
    Comparison.GREATER_EQUAL: "at least",
}


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """The relation as written; a side that is one figure is the stated side."""
    given = bound.values.get("relation")
    if not isinstance(given, Linear) or not (given.stated.terms or given.other.terms):
        raise Unfit("the relation names no figure")
    return (Linear(building.as_role(given.stated, "left"), given.comparison, building.as_role(given.other, "right")),)


def message(bound: BoundRule, outcome: Outcome) -> str:
    """112 (All) - 35 (Men) = 77 should be equal to 76 (Women)."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    left, right = wording.apart(relation.stated, relation.other)
    claim = f"{_COMPARED[relation.comparison]} {right}"
    match outcome.verdict.value:
        case "holds":
            return f"{left} is {claim}."
        case "violated":
            return f"{left} should be {claim}."
        case _:
            return f"{left} should be {claim}; {outcome.reason}."


KIND = Kind(
    name="linear",
    summary="Two weighted sums of figures are equal, or one is at most (at least, below, above) the other.",
    parameters=(
        Parameter("relation", Takes.RELATION, "“a + b - 2 * c = d”, with =, <, <=, > or >=", required=True),
        building.EXCEPT,
    ),
    relations=relations,
    message=message,
    shorthand="relation",
    each=True,
)
