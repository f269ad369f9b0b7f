"""Multiple: a figure is stated to be so many times another ("more than twice as many", "has doubled")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.relations import Quotient
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """Stated = figure / base."""
    stated = building.needed(bound, "stated")
    return (Quotient(stated, building.needed(bound, "figure"), building.needed(bound, "base")),)


def message(bound: BoundRule, outcome: Outcome) -> str:
    """76 is 2.2 times 35; the report states more than three times."""
    relation = outcome.relation
    if not isinstance(relation, Quotient):
        return outcome.reason
    figure, base = wording.reckoned(relation.numerator), wording.reckoned(relation.denominator)
    stated = wording.amount(relation.stated)
    if outcome.implied is None:
        return f"{figure} should be “{stated}” of {base}; {outcome.reason}."
    style = wording.style_of((*relation.numerator.figures(), *relation.denominator.figures()))
    times = wording.number(outcome.implied, 2, style)
    joint = "; the report states" if outcome.verdict.value == "violated" else ", as the report states:"
    return f"{figure} is {times} times {base}{joint} “{stated}”."


KIND = Kind(
    name="multiple",
    summary="A figure is so many times another, as stated.",
    parameters=(
        Parameter("stated", Takes.OPERAND, "how many times, as printed", required=True),
        Parameter("figure", Takes.OPERAND, "the figure that is a multiple", required=True),
        Parameter("base", Takes.OPERAND, "the figure that it is a multiple of", required=True),
        building.EXCEPT,
    ),
    relations=relations,
    message=message,
    each=True,
)
