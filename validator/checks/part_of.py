"""Part of: a part ("of which") is not above its whole; several parts together are not above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.relations import Comparison, Linear
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule, Series
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """The parts together, or each by itself where they overlap, against the whole; or two series label by label."""
    ours, theirs = building.series(bound, "part-series"), building.series(bound, "whole-series")
    if ours is not None and theirs is not None:
        return _label_by_label(ours, theirs)
    parts, whole = building.operands(bound, "parts", "part"), building.needed(bound, "whole")
    if not parts:
        raise Unfit("part-of needs parts")
    if building.flag(bound, "overlap"):
        return tuple(Linear(part, Comparison.LESS_EQUAL, whole) for part in parts)
    return (Linear(building.joined(parts), Comparison.LESS_EQUAL, whole),)


def _label_by_label(ours: Series, theirs: Series) -> tuple[Relation, ...]:
    return tuple(
        Linear(building.single(part.figure, "part"), Comparison.LESS_EQUAL, building.single(whole.figure, "whole"))
        for part, whole in building.in_common(ours, theirs)
    )


def message(bound: BoundRule, outcome: Outcome) -> str:
    """9 is above its whole, 8."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    if "part-series" in bound.values:
        parts, whole = wording.told(relation.stated, relation.other), wording.told(relation.other, relation.stated)
    else:
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
        Parameter("parts", Takes.OPERANDS, "the part or parts"),
        Parameter("whole", Takes.OPERAND, "the whole"),
        Parameter("overlap", Takes.FLAG, "the parts may overlap, so that only each by itself is a part of the whole"),
        Parameter("part-series", Takes.SERIES, "instead: a series of parts"),
        Parameter("whole-series", Takes.SERIES, "and the series of their wholes, held together label by label"),
    ),
    relations=relations,
    message=message,
    forms=(("parts", "whole"), ("part-series", "whole-series")),
)
