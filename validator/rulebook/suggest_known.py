"""What discovery found, by what it says, so that a rule can be held against it before it is written.

In: discovered rules with their verdicts. Out: `Known`. Two relations say the same when they are between the same
figures in the same way, however they were come by.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from validator.model.findings import Severity
from validator.model.labels import key
from validator.model.relations import Attainable, Comparison, Labels, Linear, Quotient, SetMode, Sum
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from validator.model.discovered import Discovered
    from validator.model.figures import Figure
    from validator.model.judged import Judged
    from validator.model.relations import Relation
    from validator.model.settings import Settings
    from validator.rulebook.suggest_yaml import Value


class Found(NamedTuple):
    """A discovered rule with its relations as they were judged."""

    discovered: Discovered
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class General:
    """A rule of whole tables, and what it says."""

    kind: str
    value: Value
    names: tuple[str, ...]
    said: tuple[Hashable, ...]


class Known:
    """What was discovered, by what it says; relations are ``spent`` once a rule says them."""

    def __init__(self, found: Iterable[Found], settings: Settings) -> None:
        self.settings = settings
        self.by: dict[Hashable, tuple[Discovered, Judged]] = {}
        self.spent: set[Hashable] = set()
        self.lost = 0
        for discovered, judged in found:
            for one in judged:
                self.by.setdefault(meaning(one.outcome.relation), (discovered, one))

    def all(self, relations: Iterable[Relation]) -> list[Hashable]:
        """What the relations say, where all of it was discovered; else nothing."""
        said = [meaning(relation) for relation in relations]
        return said if said and all(one in self.by for one in said) else []

    def severities(self, said: Iterable[Hashable]) -> set[tuple[Severity | None, str]]:
        """The severities and notes of those that do not hold."""
        return {
            (severity_of(*self.by[one], self.settings), self.by[one][0].bound.note)
            for one in said
            if self.by[one][1].outcome.verdict is not Verdict.HOLDS
        }


def severity_of(discovered: Discovered, judged: Judged, settings: Settings) -> Severity | None:
    """The severity that gives a declared rule the weight that discovery gives this one; None for error."""
    most = discovered.bound.severity
    if most is Severity.NOTE or judged.confidence < settings.warning_confidence:
        return Severity.NOTE
    if most is Severity.WARNING or judged.confidence < settings.error_confidence:
        return Severity.WARNING
    return None


def meaning(relation: Relation) -> Hashable:
    """What a relation says, however it was come by: equal for equal relations between the same figures."""
    match relation:
        case Linear(stated=stated, comparison=comparison, other=other, slack=slack, doubt=doubt):
            sides = (_side(stated), _side(other))
            return (comparison, frozenset(sides) if comparison is Comparison.EQUAL else sides, slack, doubt)
        case Quotient():
            sums = (relation.stated, relation.numerator, relation.denominator)
            shape = (relation.comparison, relation.scale, relation.offset, relation.slack, relation.doubt)
            return (*map(_side, sums), *shape)
        case Attainable(mean=mean, count=count, grain=grain):
            return (mean, _side(count), grain)
        case Labels(mode=SetMode.SAME | SetMode.SUBSET as mode, left=left, right=right):
            return (mode, *(frozenset(key(label.text) for label in side) for side in (left, right)))
        case Labels(mode=mode, left=left):
            return (mode, tuple(key(label.text) for label in left))


def _side(one: Sum) -> Hashable:
    weights: dict[Figure, Decimal] = {}
    for term in one.terms:
        weights[term.figure] = weights.get(term.figure, Decimal(0)) + term.weight
    return frozenset(weights.items()), one.constant
