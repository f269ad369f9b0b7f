"""Count of labels: a stated number of categories is how many distinct labels are listed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.labels import key
from validator.model.relations import Comparison, Linear, Sum
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """Stated = the number of distinct labels."""
    found = building.labels(bound, "labels")
    if not found:
        raise Unfit("there are no labels to count")
    count = len({key(label.text) for label in found})
    name = f"{'distinct ' if count < len(found) else ''}label{'' if count == 1 else 's'}"
    counted = Sum(constant=Decimal(count), name=name, counted=found)
    return (Linear(building.needed(bound, "stated"), Comparison.EQUAL, counted),)


def message(bound: BoundRule, outcome: Outcome) -> str:
    """There are 35 labels; the report states 34."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    where = wording.listing(relation.other.counted)
    are = "is" if relation.other.constant == 1 else "are"
    there = (
        f"There {are} {wording.plain(relation.other.constant)} {relation.other.name}{f' in {where}' if where else ''}"
    )
    stated = wording.amount(relation.stated)
    match outcome.verdict.value:
        case "holds":
            return f"{there}, as the report states: {stated}."
        case "violated":
            return f"{there}; the report states {stated}."
        case _:
            return f"{there}; {outcome.reason}."


KIND = Kind(
    name="count-labels",
    summary="A stated number of categories is how many distinct labels are listed.",
    parameters=(
        Parameter("labels", Takes.LABELS, "the labels that are counted, each once", required=True),
        Parameter("stated", Takes.OPERAND, "their number as printed", required=True),
    ),
    relations=relations,
    message=message,
)
