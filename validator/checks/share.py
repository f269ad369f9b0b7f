"""Share: a stated percentage or fraction is what its part makes of its whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.relations import ZERO, Comparison, Quotient
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


_COMPARED = {
    "exactly": Comparison.EQUAL,
    "at-least": Comparison.GREATER_EQUAL,
    "at-most": Comparison.LESS_EQUAL,
}


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """Stated = part / whole, times a hundred where it is stated in percent; or stated is at least (at most) that."""
    stated = building.needed(bound, "stated")
    return (
        Quotient(
            stated,
            building.needed(bound, "part"),
            building.needed(bound, "whole"),
            _COMPARED[building.text(bound, "compare", "exactly")],
            scale=building.amount(bound, "scale", building.scale_of(stated)),
            slack=building.amount(bound, "slack", ZERO),
        ),
    )


def message(bound: BoundRule, outcome: Outcome) -> str:
    """39 of 112 is 34.8 %; the report states 30 %."""
    relation = outcome.relation
    if not isinstance(relation, Quotient):
        return outcome.reason
    part, whole = wording.reckoned(relation.numerator), wording.reckoned(relation.denominator)
    stated = building.only(relation.stated)
    if outcome.implied is None or stated is None:
        return f"{part} of {whole} should be {wording.amount(relation.stated)}; {outcome.reason}."
    given, printed = wording.like(outcome.implied, stated), wording.printed(stated)
    violated = outcome.verdict.value == "violated"
    if relation.comparison is Comparison.EQUAL:
        joint = "; the report states" if violated else ", as the report states:"
        return f"{part} of {whole} is {given}{joint} {printed}."
    than = "less" if relation.comparison is Comparison.GREATER_EQUAL else "more"
    said = f"which is {than} than that" if violated else f"which is no {than} than that"
    return f"{part} of {whole} is {given}; the report states {printed}, {said}."


KIND = Kind(
    name="share",
    summary="A stated percentage or fraction is what its part makes of its whole.",
    parameters=(
        Parameter("stated", Takes.OPERAND, "the share as printed, in percent or as a fraction", required=True),
        Parameter("part", Takes.OPERAND, "the part", required=True),
        Parameter("whole", Takes.OPERAND, "the whole, or the base of a rate", required=True),
        Parameter(
            "compare",
            Takes.CHOICE,
            "at-least where the stated share is of a group that holds the part; exactly unless given",
            choices=tuple(_COMPARED),
        ),
        Parameter(
            "scale",
            Takes.NUMBER,
            above=0,
            summary="100 where percent are printed without a sign, 1000 per thousand; else by print",
        ),
        Parameter(
            "slack",
            Takes.NUMBER,
            least=0,
            summary="how far the share may be off, for figures computed from unrounded data",
        ),
        building.EXCEPT,
    ),
    relations=relations,
    message=message,
    each=True,
)
