"""Same labels: both sides list the same labels, or one lists only labels that the other has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.labels import key
from validator.model.relations import Labels, SetMode
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.relations import Label, Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """One relation over all labels of both sides."""
    left, right = building.labels(bound, "left"), building.labels(bound, "right")
    if not left or not right:
        raise Unfit("a side has no labels to compare")
    return (Labels(SetMode.SUBSET if building.flag(bound, "subset") else SetMode.SAME, left, right),)


def message(bound: BoundRule, outcome: Outcome) -> str:
    """“France” is listed on the right side only."""
    relation = outcome.relation
    if not isinstance(relation, Labels) or outcome.verdict.value == "undecidable":
        return f"The labels cannot be compared; {outcome.reason}."
    if outcome.verdict.value == "holds":
        return "Both sides list the same labels." if relation.mode is SetMode.SAME else "All labels are on both sides."
    lefts = {key(label.text) for label in relation.left}
    sides = (
        ("left", [label for label in outcome.labels if key(label.text) in lefts]),
        ("right", [label for label in outcome.labels if key(label.text) not in lefts]),
    )
    return f"{'; '.join(_lacks(side, labels) for side, labels in sides if labels)}."


def _lacks(side: str, found: list[Label]) -> str:
    many = len({key(label.text) for label in found}) > 1
    pages = sorted({label.location.page for label in found})
    where = f"page{'s' if len(pages) > 1 else ''} {wording.listed(map(str, pages))}"
    return f"{wording.quoted(found)} {'are' if many else 'is'} listed on the {side} side only ({where})"


KIND = Kind(
    name="same-labels",
    summary="Both sides list the same labels, or the left side only labels that the right side has.",
    parameters=(
        Parameter("left", Takes.LABELS, "labels", required=True),
        Parameter("right", Takes.LABELS, "the labels on the other side", required=True),
        Parameter("subset", Takes.FLAG, "the right side may have more"),
    ),
    relations=relations,
    message=message,
)
