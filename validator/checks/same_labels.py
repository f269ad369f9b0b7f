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
    """“France” is listed in “Details” (page 14) and not in “Summary” (page 12)."""
    relation = outcome.relation
    if not isinstance(relation, Labels) or outcome.verdict.value == "undecidable":
        return f"The labels cannot be compared; {outcome.reason}."
    left, right = wording.listing(relation.left), wording.listing(relation.right)
    if not (left and right) or left == right:
        left, right = "the left side", "the right side"
    if outcome.verdict.value == "holds":
        if relation.mode is SetMode.SAME:
            return f"{_capital(left)} and {right} list the same labels."
        return f"All labels of {left} are listed in {right}."
    lefts = {key(label.text) for label in relation.left}
    ours = [label for label in outcome.labels if key(label.text) in lefts]
    theirs = [label for label in outcome.labels if key(label.text) not in lefts]
    said = [_lacks(found, *sides) for found, *sides in ((ours, left, right), (theirs, right, left)) if found]
    return f"{'; '.join(said)}."


def _lacks(found: list[Label], here: str, there: str) -> str:
    many = len({key(label.text) for label in found}) > 1
    return f"{wording.quoted(found)} {'are' if many else 'is'} listed in {here} and not in {there}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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
