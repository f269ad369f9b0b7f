"""Range: a stated minimum and maximum hold for other figures, for the mean and for the ranges of sub-groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.relations import Comparison, Linear
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from decimal import Decimal

    from validator.model.relations import Relation, Sum
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """Everything between minimum and maximum, and each end reached by a sub-group where sub-groups are given."""
    low, high = building.operand(bound, "minimum"), building.operand(bound, "maximum")
    if low is None and high is None:
        raise Unfit("a range needs a minimum, a maximum, or both")
    minima, maxima = building.operands(bound, "minima"), building.operands(bound, "maxima")
    inside = (*building.operands(bound, "values", "value"), *building.operands(bound, "mean"))
    found = []
    if low is not None:
        found += [Linear(low, Comparison.LESS_EQUAL, one) for one in (*inside, *(minima or maxima))]
        found += [Linear(low, Comparison.EQUAL, end) for end in _extreme(minima, lowest=True)]
    if high is not None:
        found += [Linear(high, Comparison.GREATER_EQUAL, one) for one in (*inside, *(maxima or minima))]
        found += [Linear(high, Comparison.EQUAL, end) for end in _extreme(maxima, lowest=False)]
    if low is not None and high is not None:
        found.append(Linear(low, Comparison.LESS_EQUAL, high))
    return tuple(found)


def _extreme(ends: tuple[Sum, ...], *, lowest: bool) -> list[Sum]:
    """The sub-group's end that must be the end of the whole; none where one of them cannot be read."""
    values: list[tuple[Decimal, int]] = []
    for index, end in enumerate(ends):
        value = wording.total(end)
        if value is None:
            return []
        values.append((value, index))
    return [ends[(min(values) if lowest else max(values))[1]]] if values else []


def message(bound: BoundRule, outcome: Outcome) -> str:
    """16 is stated as the minimum; 15 (youngest in Africa) is below it."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    end = "minimum" if relation.stated == building.operand(bound, "minimum") else "maximum"
    stated, other = wording.told(relation.stated, relation.other), wording.told(relation.other, relation.stated)
    beyond = "below" if end == "minimum" else "above"
    if relation.comparison is Comparison.EQUAL:
        claim, fault = f"the {end}, reached by {other}", f"no sub-group reaches it: the nearest is {other}"
    else:
        claim, fault = f"the {end}, and {other} is not {beyond} it", f"{other} is {beyond} it"
    match outcome.verdict.value:
        case "holds":
            return f"{stated} is {claim}."
        case "violated":
            return f"{stated} is stated as the {end}; {fault}."
        case _:
            return f"{stated} should be the {end}; {outcome.reason}."


KIND = Kind(
    name="range",
    summary="A stated minimum and maximum hold for other figures, for the mean and for the ranges of sub-groups.",
    parameters=(
        Parameter("minimum", Takes.OPERAND, "the stated minimum"),
        Parameter("maximum", Takes.OPERAND, "the stated maximum"),
        Parameter("values", Takes.OPERANDS, "figures that must lie between them"),
        Parameter("mean", Takes.OPERAND, "the mean, which must lie between them"),
        Parameter("minima", Takes.OPERANDS, "the minimum of each sub-group; one of them is the minimum of all"),
        Parameter("maxima", Takes.OPERANDS, "the maximum of each sub-group; one of them is the maximum of all"),
    ),
    relations=relations,
    message=message,
    forms=(("minimum",), ("maximum",)),
)
