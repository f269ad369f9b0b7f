"""Relations in, outcomes out: the one place where a verdict is decided.

Every number is a `Decimal` and every decision exact: a relation *holds* when some choice of values inside the printed
intervals satisfies it, is *violated* when none does, and is *undecidable* when a figure cannot be read, a divisor may
be zero or there is nothing to compare. A figure that occurs more than once has its terms merged first, because
interval arithmetic is exact only where each figure occurs once; only a figure that stands both on the stated side and
in a quotient is read as two, which may let a contradiction pass and never makes one. This module must not know kinds
of check, tables or documents.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.model import arithmetic
from validator.model import labels as names
from validator.model.answers import ColumnOutcome, RowOutcome
from validator.model.intervals import ZERO, Interval
from validator.model.relations import ONE, Attainable, Labels, Linear, Quotient, SetMode, terms_of
from validator.model.verdicts import Outcome, Verdict

if TYPE_CHECKING:
    from decimal import Decimal

    from validator.model.answers import SourceOutcome
    from validator.model.figures import Figure
    from validator.model.relations import Label, Relation


def evaluate(relation: Relation) -> Outcome:
    """The outcome of a relation; never raises for what a report prints."""
    if isinstance(relation, Labels):
        return _labels(relation)
    unread = next((term.figure for term in terms_of(relation) if not term.figure.readable), None)
    if unread is not None:
        return _undecidable(relation, _unread(unread))
    match relation:
        case Linear():
            return _linear(relation)
        case Quotient():
            return _quotient(relation)
        case Attainable():
            return _attainable(relation)


def verdict_of(outcome: SourceOutcome) -> Verdict:
    """The verdict on what data sources answered: one failure is enough, and nothing checked is not a pass."""
    if isinstance(outcome, ColumnOutcome):
        return Verdict.VIOLATED
    if isinstance(outcome, RowOutcome):
        failed, unsure, checked = outcome.failed, outcome.unsure, outcome.asked
    else:
        failed = outcome.differing + outcome.only_left + outcome.only_right
        unsure, checked = outcome.unsure, outcome.agreed
    if failed:
        return Verdict.VIOLATED
    return Verdict.UNDECIDABLE if unsure or not checked else Verdict.HOLDS


def _undecidable(relation: Relation, reason: str) -> Outcome:
    return Outcome(relation, Verdict.UNDECIDABLE, reason=reason)


def _unread(figure: Figure) -> str:
    """Why a relation with this figure cannot be decided."""
    where = f" ({figure.label})" if figure.label else ""
    return f"“{figure.text}”{where} cannot be read" if figure.text else f"a figure is missing{where}"


def _decided(
    relation: Linear | Quotient | Attainable, stated: Decimal, implied: Decimal, allowed: Interval | None
) -> Outcome:
    holds = arithmetic.satisfiable(relation)
    if not holds and not isinstance(relation, Attainable) and relation.doubt:
        return _undecidable(relation, relation.doubt)
    verdict = Verdict.HOLDS if holds else Verdict.VIOLATED
    return Outcome(relation, verdict, stated, implied, allowed, arithmetic.EXACT.subtract(stated, implied))


def _linear(relation: Linear) -> Outcome:
    """The allowed interval is left out where the two sides share a figure: it would depend on the stated side."""
    stated, implied = arithmetic.value_of(relation.stated), arithmetic.value_of(relation.other)
    shared = set(relation.stated.figures()) & set(relation.other.figures())
    allowed = None if shared else arithmetic.span(arithmetic.combined((relation.other, ONE)))
    if allowed is not None and relation.slack:
        allowed += Interval(-relation.slack, relation.slack)
    return _decided(relation, stated, implied, allowed)


def _quotient(relation: Quotient) -> Outcome:
    bottom = arithmetic.value_of(relation.denominator)
    if arithmetic.divisor_sign(relation) is None or not bottom:
        return _undecidable(relation, "the divisor may be zero")
    exact = arithmetic.EXACT
    ratio = exact.divide(arithmetic.value_of(relation.numerator), bottom)
    implied = exact.add(exact.multiply(ratio, relation.scale), relation.offset)
    return _decided(relation, arithmetic.value_of(relation.stated), implied, arithmetic.computed_span(relation))


def _attainable(relation: Attainable) -> Outcome:
    """Whether some whole number of grains, shared among the count, rounds to the printed mean."""
    counts = arithmetic.whole_counts(relation)
    if counts is None or relation.grain <= 0 or not arithmetic.value_of(relation.count):
        return _undecidable(relation, "the count may be zero or is too vague")
    if not counts:
        return _undecidable(relation, "the count is not a whole number")
    return _decided(relation, relation.mean.value or ZERO, arithmetic.nearest_mean(relation, counts), None)


def _labels(relation: Labels) -> Outcome:
    """Labels at fault are those that the other side lacks, that repeat, or that stand out of order.

    A label that cannot be read may be any label: only a repeat is certain all the same. One that begins a label of
    the other side may be that label, cut off: it is not at fault.
    """
    two_sided = relation.mode in (SetMode.SAME, SetMode.SUBSET)
    if not relation.left or (two_sided and not relation.right):
        return _undecidable(relation, "there are no labels to compare")
    fault: tuple[Label, ...]
    match relation.mode:
        case SetMode.UNIQUE:
            twice = names.repeated([names.key(label.text) for label in relation.left])
            fault = tuple(label for label in relation.left if names.key(label.text) in twice)
        case SetMode.SORTED:
            pairs = pairwise(zip(relation.order, relation.left, strict=True))
            fault = tuple(late for (before, _), (after, late) in pairs if before > after)
        case SetMode.SAME:
            fault = (*_lacking(relation.left, relation.right), *_lacking(relation.right, relation.left))
        case SetMode.SUBSET:
            fault = _lacking(relation.left, relation.right)
    if any(not _readable(label) for label in (*relation.left, *relation.right)):
        known = tuple(label for label in fault if _readable(label))
        if relation.mode is not SetMode.UNIQUE or not known:
            return _undecidable(relation, "a label cannot be read")
        fault = known
    if two_sided and fault:
        unsure = names.doubtful(*([names.key(one.text) for one in side] for side in (relation.left, relation.right)))
        known = tuple(label for label in fault if names.key(label.text) not in unsure)
        if not known:
            return _undecidable(relation, f"“{fault[0].text}” and a label of the other side may be one, cut off")
        fault = known
    missing = tuple(dict.fromkeys(label.text for label in fault)) if two_sided else ()
    return Outcome(relation, Verdict.VIOLATED if fault else Verdict.HOLDS, labels=fault, missing=missing)


def _readable(label: Label) -> bool:
    """Whether there is a label at all, and not only a blank or a row of marks."""
    return any(character.isalnum() for character in label.text)


def _lacking(left: tuple[Label, ...], right: tuple[Label, ...]) -> tuple[Label, ...]:
    """The labels of ``left`` that ``right`` has not."""
    found = names.match((names.key(label.text) for label in left), (names.key(label.text) for label in right))
    return tuple(label for label in left if names.key(label.text) not in found)
