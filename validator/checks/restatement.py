"""Restatement: a later edition prints the same figure for the same period as the earlier edition did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.relations import Comparison, Linear
from validator.model.rules import Kind, Parameter, Takes

if TYPE_CHECKING:
    from validator.model.relations import Relation, Sum
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """The later figure against the earlier, or two series label by label."""
    before, after = building.series(bound, "earlier-series"), building.series(bound, "later-series")
    if before is None or after is None:
        earlier, later = building.needed(bound, "earlier"), building.needed(bound, "later")
        return (Linear(later, Comparison.EQUAL, earlier),)
    return tuple(
        Linear(
            building.single(new.figure, "later", new.label),
            Comparison.EQUAL,
            building.single(old.figure, "earlier", old.label),
        )
        for old, new in building.in_common(before, after)
    )


def message(bound: BoundRule, outcome: Outcome) -> str:
    """2023.pdf prints 53 (2010); 2011.pdf prints 52."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    later, earlier = wording.told_apart(_edition(relation.stated), _edition(relation.other))
    new, old = wording.amount(relation.stated), wording.amount(relation.other)
    where = f"{wording.place(relation.stated)}"
    match outcome.verdict.value:
        case "holds":
            return f"{later} prints {new}{where}, as {earlier} did."
        case "violated":
            return f"{later} prints {new}{where}; {earlier} prints {old}{wording.place(relation.other)}."
        case _:
            return f"{later} and {earlier} should print the same{where}; {outcome.reason}."


def _edition(one: Sum) -> str:
    """The path of the file that a figure is printed in."""
    return next((figure.location.document for figure in one.figures()), "the rule book")


KIND = Kind(
    name="restatement",
    summary="A later edition prints the same figure for the same period as the earlier edition did.",
    parameters=(
        Parameter("earlier", Takes.OPERAND, "the figure in the earlier edition"),
        Parameter("later", Takes.OPERAND, "the figure in the later edition"),
        Parameter("earlier-series", Takes.SERIES, "instead: a series of the earlier edition"),
        Parameter("later-series", Takes.SERIES, "and the same series in the later edition, tied label by label"),
    ),
    relations=relations,
    message=message,
    forms=(("earlier", "later"), ("earlier-series", "later-series")),
)
