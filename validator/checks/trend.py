"""Trend: a series rises, falls, never falls, never rises or stays the same, as a whole or over a part of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.relations import Comparison, Linear
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


_STEPS = {
    "rises": Comparison.GREATER,
    "falls": Comparison.LESS,
    "never-falls": Comparison.GREATER_EQUAL,
    "never-rises": Comparison.LESS_EQUAL,
    "unchanged": Comparison.EQUAL,
}
_INSTEAD = {
    "rises": "not a rise",
    "falls": "not a fall",
    "never-falls": "a fall",
    "never-rises": "a rise",
    "unchanged": "a change",
}


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """One relation per step from a point to the next."""
    series = building.series(bound, "series")
    points = building.part_of(series, building.text(bound, "from"), building.text(bound, "to")) if series else ()
    if len(points) < 2:
        raise Unfit("a trend needs at least two figures")
    step = _STEPS[building.text(bound, "trend", "rises")]
    return tuple(
        Linear(
            building.single(after.figure, "later", after.label),
            step,
            building.single(before.figure, "earlier", before.label),
        )
        for before, after in pairwise(points)
    )


def message(bound: BoundRule, outcome: Outcome) -> str:
    """From 77 (2019) to 73 (2020) is a fall, where the series is said never to fall."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    trend = building.text(bound, "trend", "rises")
    later = f"{wording.amount(relation.stated)}{wording.place(relation.stated)}"
    step = f"From {wording.amount(relation.other)}{wording.place(relation.other)} to {later}"
    claim = f"“{trend.replace('-', ' ')}”"
    match outcome.verdict.value:
        case "holds":
            return f"{step} agrees with {claim}."
        case "violated":
            return f"{step} is {_INSTEAD[trend]}, against {claim}."
        case _:
            return f"{step} cannot be held against {claim}; {outcome.reason}."


KIND = Kind(
    name="trend",
    summary="A series rises, falls, never falls, never rises or stays unchanged at every step.",
    parameters=(
        Parameter("series", Takes.SERIES, "the figures in the order of time", required=True),
        Parameter("trend", Takes.CHOICE, "what every step must be", required=True, choices=tuple(_STEPS)),
        Parameter("from", Takes.TEXT, "the label of the first point, where not the whole series is meant"),
        Parameter("to", Takes.TEXT, "the label of the last point"),
    ),
    relations=relations,
    message=message,
)
