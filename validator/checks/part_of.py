"""Part of: a part ("of which") is not above its whole; several parts together are not above it."""

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


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """The parts together, or each by itself where they overlap, against the whole."""
    parts, whole = building.operands(bound, "parts", "part"), building.needed(bound, "whole")
    if not parts:
        raise Unfit("part-of needs parts")
    if building.flag(bound, "overlap"):
        return tuple(Linear(part, Comparison.LESS_EQUAL, whole) for part in parts)
    return (Linear(building.joined(parts), Comparison.LESS_EQUAL, whole),)


def message(bound: BoundRule, outcome: Outcome) -> str:
    """9 is above its whole, 8."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    parts, whole = wording.amount(relation.stated), wording.amount(relation.other)
    match outcome.verdict.value:
        case "holds":
            return f"{parts} is not above its whole, {whole}."
        case "violated":
            return f"{parts} is above its whole, {whole}."
        case _:
            return f"{parts} should not be above its whole, {whole}; {outcome.reason}."


KIND = Kind(
    name="part-of",
    summary="A part is not above its whole, and several parts together are not above it.",
    parameters=(
        Parameter("parts", Takes.OPERANDS, "the part or parts", required=True),
        Parameter("whole", Takes.OPERAND, "the whole", required=True),
        Parameter("overlap", Takes.FLAG, "the parts may overlap, so that only each by itself is a part of the whole"),
    ),
    relations=relations,
    message=message,
)
