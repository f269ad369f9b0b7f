"""Sorted: figures stand in descending (ascending) order, or labels in the order of their alphabet."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.relations import Comparison, Labels, Linear, SetMode
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """One relation per pair of neighbouring figures, or one over all labels."""
    series = building.series(bound, "series")
    if series is None:
        found = building.labels(bound, "labels")
        if not found:
            raise Unfit("there is nothing to be in order")
        order = tuple(_collation(label.text, building.text(bound, "alphabet")) for label in found)
        return (Labels(SetMode.SORTED, found, order=order),)
    if len(series.points) < 2:
        raise Unfit("order needs at least two figures")
    ascending = building.text(bound, "order", "descending") == "ascending"
    return tuple(
        Linear(
            building.single(before.figure, "before", before.label),
            Comparison.LESS_EQUAL if ascending else Comparison.GREATER_EQUAL,
            building.single(after.figure, "after", after.label),
        )
        for before, after in pairwise(series.points)
    )


def _collation(text: str, alphabet: str) -> str:
    """A key that sorts as the alphabet does; a letter outside it sorts as its base letter, else by code point."""
    letters = unicodedata.normalize("NFC", alphabet.casefold())
    places = {letter: index for index, letter in enumerate(letters)}
    known = "".join(
        char if char in places else unicodedata.normalize("NFKD", char)[0]
        for char in unicodedata.normalize("NFC", text.casefold())
        if char.isalnum()
    )
    first = ord("a")  # letters of the alphabet take the code points from here on, digits stay before them
    return "".join(chr(first + places[char]) if char in places else char for char in known)


def message(bound: BoundRule, outcome: Outcome) -> str:
    """8 (Ukraine) stands before 9 (Romania), out of descending order."""
    relation = outcome.relation
    if isinstance(relation, Labels):
        if outcome.verdict.value == "violated":
            where, many = wording.listing(outcome.labels), len(outcome.labels) > 1
            order = f"{'stand' if many else 'stands'} out of the order of the labels{f' in {where}' if where else ''}"
            return f"{wording.quoted(outcome.labels)} {order}."
        return (
            "The labels are in order."
            if outcome.verdict.value == "holds"
            else f"The labels cannot be compared; {outcome.reason}."
        )
    if not isinstance(relation, Linear):
        return outcome.reason
    one = f"{wording.amount(relation.stated)}{wording.place(relation.stated)}"
    other = f"{wording.amount(relation.other)}{wording.place(relation.other)}"
    order = building.text(bound, "order", "descending")
    match outcome.verdict.value:
        case "holds":
            return f"{one} and {other} stand in {order} order."
        case "violated":
            return f"{one} stands before {other}, out of {order} order."
        case _:
            return f"{one} and {other} should stand in {order} order; {outcome.reason}."


KIND = Kind(
    name="sorted",
    summary="Figures stand in descending or ascending order, or labels in the order of the alphabet.",
    parameters=(
        Parameter("series", Takes.SERIES, "the figures in printed order"),
        Parameter("labels", Takes.LABELS, "instead of figures: the labels in printed order"),
        Parameter("order", Takes.CHOICE, "of figures: descending unless given", choices=("descending", "ascending")),
        Parameter("alphabet", Takes.TEXT, "the letters in their order, where it is not that of Unicode base letters"),
    ),
    relations=relations,
    message=message,
    shorthand="series",
    forms=(("series",), ("labels",)),
)
