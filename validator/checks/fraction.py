"""Fraction: a part is stated to be a fraction of a whole in words ("just under a quarter", "every third")."""

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
    """Stated = part / whole; hedges are in the stated interval."""
    stated = building.needed(bound, "stated")
    return (
        Quotient(
            stated, building.needed(bound, "part"), building.needed(bound, "whole"), scale=building.scale_of(stated)
        ),
    )


def message(bound: BoundRule, outcome: Outcome) -> str:
    """26 of 112 is 23.2 %; the report states “a third”."""
    relation = outcome.relation
    if not isinstance(relation, Quotient):
        return outcome.reason
    part, whole = wording.reckoned(relation.numerator), wording.reckoned(relation.denominator)
    stated = wording.amount(relation.stated)
    if outcome.implied is None:
        return f"{part} of {whole} should be “{stated}”; {outcome.reason}."
    style = wording.style_of((*relation.numerator.figures(), *relation.denominator.figures()))
    percent = outcome.implied * building.HUNDRED / relation.scale
    joint = "; the report states" if outcome.verdict.value == "violated" else ", as the report states:"
    return f"{part} of {whole} is {wording.number(percent, 1, style)} %{joint} “{stated}”."


KIND = Kind(
    name="fraction",
    summary="A part makes the fraction of the whole that the words say, hedge included.",
    parameters=(
        Parameter("stated", Takes.OPERAND, "the fraction as printed", required=True),
        Parameter("part", Takes.OPERAND, "the part", required=True),
        Parameter("whole", Takes.OPERAND, "the whole", required=True),
    ),
    relations=relations,
    message=message,
)
