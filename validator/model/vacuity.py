"""Relations that no misprint could break: a relation in, why it cannot fail out.

A check that cannot fail is a false comfort: it must not count as one. Asked is whether any other numbers, printed in
the same way (with the same decimals, hedges and signs), could contradict each other. No verdict is made here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.arithmetic import EXACT, combined, computed_span, may, span, whole_counts
from validator.model.intervals import Interval
from validator.model.relations import ONE, Attainable, Comparison, Labels, Linear, Quotient, SetMode, terms_of

if TYPE_CHECKING:
    from validator.model.relations import Label, Relation, Sum

SAME = "the same figures stand on both sides"
HEDGED = "both sides are open to the same end, so they always meet"
SIGNS = "no figures that are not negative can break it"
COARSE = "the mean is printed too coarsely: so many whole numbers can have any mean of that precision"
ONE_LABEL = "there is only one label"
SAME_LABELS = "both sides are the same labels"


def cannot_fail(relation: Relation) -> str:
    """Why a relation holds whatever is printed; "" where it could fail, or cannot be decided as it stands."""
    if any(not term.figure.readable for term in terms_of(relation)):
        return ""
    match relation:
        case Linear():
            return _linear(relation)
        case Quotient():
            return _quotient(relation)
        case Attainable():
            return _attainable(relation)
        case Labels():
            return _labels(relation)


def _linear(relation: Linear) -> str:
    gap = combined((relation.stated, ONE), (relation.other, -ONE))
    if not gap.terms:
        return SAME if may(Interval.exactly(gap.constant), relation.comparison) else ""
    if _open(span(gap), relation.comparison):
        return HEDGED
    return SIGNS if _one_sided(gap, relation.comparison) else ""


def _open(gap: Interval, comparison: Comparison) -> bool:
    """Whether a difference of two sides reaches without end to where the comparison wants it."""
    match comparison:
        case Comparison.EQUAL:
            return gap.low is None and gap.high is None
        case Comparison.LESS | Comparison.LESS_EQUAL:
            return gap.low is None
        case Comparison.GREATER | Comparison.GREATER_EQUAL:
            return gap.high is None


def _one_sided(gap: Sum, comparison: Comparison) -> bool:
    """Whether an inequality follows from its signs alone: a part is not above itself and something more."""
    if any((term.figure.value or 0) < 0 for term in gap.terms):
        return False
    if comparison is Comparison.LESS_EQUAL:
        return gap.constant <= 0 and all(term.weight < 0 for term in gap.terms)
    if comparison is Comparison.GREATER_EQUAL:
        return gap.constant >= 0 and all(term.weight > 0 for term in gap.terms)
    return False


def _quotient(relation: Quotient) -> str:
    intervals = [term.figure.interval for term in terms_of(relation)]
    if not any(allowed.low is None or allowed.high is None for allowed in intervals):
        return ""  # as of nearly all: what has two ends each way is open to none
    computed = computed_span(relation)
    if computed is None:
        return ""
    return HEDGED if _open(span(relation.stated) + computed.scaled(-ONE), relation.comparison) else ""


def _attainable(relation: Attainable) -> str:
    """A mean is attainable whatever it says where its rounding is wider than the step that one item makes."""
    counts, mean = whole_counts(relation), relation.mean.interval
    if not counts or mean.low is None or mean.high is None:
        return ""
    width = EXACT.multiply(mean.high - mean.low, counts[-1])
    return COARSE if width >= relation.grain else ""


def _labels(relation: Labels) -> str:
    if relation.mode in (SetMode.UNIQUE, SetMode.SORTED):
        return ONE_LABEL if len(relation.left) == 1 else ""
    return SAME_LABELS if _places(relation.left) == _places(relation.right) else ""


def _places(labels: tuple[Label, ...]) -> list[tuple[object, str]]:
    return [(label.location, label.text) for label in labels]
