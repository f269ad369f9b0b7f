"""Mean: it is one that whole numbers can give (granularity, GRIM), total by count, or lies between group means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.arithmetic import whole_counts
from validator.model.errors import Unfit
from validator.model.figures import NumeralKind
from validator.model.relations import ONE, ZERO, Attainable, Comparison, Linear, Quotient, Sum
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from decimal import Decimal

    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """By what is given: total and count, group means (with their counts), or the count alone."""
    stated = building.needed(bound, "stated")
    count = building.operand(bound, "count")
    total = building.operand(bound, "total")
    means = building.operands(bound, "means", "group mean")
    if means:
        return _weighted(stated, means, building.operands(bound, "counts", "group count"))
    if total is not None and count is not None:
        return (Quotient(stated, total, count, slack=building.amount(bound, "slack", ZERO)),)
    figure = building.only(stated)
    if count is None or figure is None:
        raise Unfit("a mean needs a count, a total and a count, or group means")
    return (Attainable(figure, count, building.amount(bound, "grain", ONE)),)


def _weighted(stated: Sum, means: tuple[Sum, ...], counts: tuple[Sum, ...]) -> tuple[Relation, ...]:
    """The weighted mean where every group's count is exact; else only that the mean lies between the group means."""
    weights = [_exact(count) for count in counts]
    if weights and len(weights) != len(means):
        raise Unfit("there must be as many counts as group means")
    known = [weight for weight in weights if weight is not None]
    if known and len(known) == len(means):
        terms = tuple(
            term._replace(weight=term.weight * weight)
            for mean, weight in zip(means, known, strict=True)
            for term in mean.terms
        )
        return (Quotient(stated, Sum(terms), building.joined(counts)),)
    sizes = [wording.total(mean) for mean in means]
    order = sorted((size, index) for index, size in enumerate(sizes) if size is not None)
    if len(order) < len(means):  # an unreadable group mean may be an extreme: undecidable by its own figure
        return tuple(Linear(stated, Comparison.GREATER_EQUAL, mean) for mean in means if wording.total(mean) is None)
    lowest, highest = means[order[0][1]], means[order[-1][1]]
    return (Linear(stated, Comparison.GREATER_EQUAL, lowest), Linear(stated, Comparison.LESS_EQUAL, highest))


def _exact(count: Sum) -> Decimal | None:
    """The value of a count in whole numbers, which may weigh a mean; None where it is rounded, hedged or unreadable."""
    whole = all(figure.interval.exact and figure.kind is not NumeralKind.UNREADABLE for figure in count.figures())
    return wording.total(count) if whole else None


def message(bound: BoundRule, outcome: Outcome) -> str:
    """No 6 whole numbers have the mean 2.49; the nearest is 2.5."""
    stated = building.needed(bound, "stated")
    printed, figure = wording.amount(stated), building.only(stated)
    if outcome.verdict.value == "undecidable":
        return f"The mean {printed} cannot be checked; {outcome.reason}."
    given = wording.like(outcome.implied, figure) if outcome.implied is not None and figure else ""
    wrong = outcome.verdict.value == "violated"
    match outcome.relation:
        case Attainable() as relation:
            counts = whole_counts(relation) or range(1)
            items = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
            return (
                f"No {items} whole numbers have the mean {printed}; the nearest is {given}."
                if wrong
                else f"{items} whole numbers can have the mean {printed}."
            )
        case Quotient():
            joint = "; the report states" if wrong else ", as the report states:"
            return f"The mean comes to {given}{joint} {printed}."
        case Linear(comparison=comparison, other=other):
            side = "below the lowest" if comparison is Comparison.GREATER_EQUAL else "above the highest"
            return f"The mean {printed} is {'' if wrong else 'not '}{side} group mean, {wording.amount(other)}."
        case _:
            return outcome.reason


KIND = Kind(
    name="mean",
    summary="A mean is one that whole numbers can give, is its total by its count, or fits the means of its groups.",
    parameters=(
        Parameter("stated", Takes.OPERAND, "the mean as printed", required=True),
        Parameter("count", Takes.OPERAND, "of how many items"),
        Parameter("grain", Takes.NUMBER, above=0, summary="the step in which one item is measured: 1 for whole years"),
        Parameter("total", Takes.OPERAND, "the sum over all items; the mean is then total by count"),
        Parameter("means", Takes.OPERANDS, "the means of the groups, between which it must lie"),
        Parameter("counts", Takes.OPERANDS, "the size of each group; the mean is then the weighted mean"),
    ),
    relations=relations,
    message=message,
    forms=(("count",), ("means",)),
)
