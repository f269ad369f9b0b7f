"""Unique labels: no label is listed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.relations import Labels, SetMode
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """One relation over all labels."""
    found = building.labels(bound, "labels")
    if not found:
        raise Unfit("there are no labels to compare")
    return (Labels(SetMode.UNIQUE, found),)


def message(bound: BoundRule, outcome: Outcome) -> str:
    """“Spain” is listed more than once."""
    if outcome.verdict.value == "violated":
        many = len({label.text for label in outcome.labels}) > 1
        where = wording.listing(outcome.labels)
        listed = f"{'are' if many else 'is'} listed more than once{f' in {where}' if where else ''}"
        return f"{wording.quoted(outcome.labels)} {listed}."
    return (
        "No label is listed more than once."
        if outcome.verdict.value == "holds"
        else f"The labels cannot be compared; {outcome.reason}."
    )


KIND = Kind(
    name="unique-labels",
    summary="No label is listed twice.",
    parameters=(
        Parameter("labels", Takes.LABELS, "the labels, of a table's outermost rows for instance", required=True),
    ),
    relations=relations,
    message=message,
    shorthand="labels",
)
