"""What probably happened: from a violated relation, its suspects and the rest of the run to one short diagnosis.

A diagnosis is a guess that helps an author look in the right place; where two guesses fit equally, there is none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.explain.manner import decimals_like
from validator.explain.slips import Slip, doubled, slip_between
from validator.explain.system import decimals_of
from validator.model import wording
from validator.model.arithmetic import satisfiable, span
from validator.model.figures import NumeralKind
from validator.model.findings import Diagnosis
from validator.model.intervals import ZERO, Interval
from validator.model.labels import STEP, key
from validator.model.relations import Comparison, Linear, Quotient, Sum, Term, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from validator.explain.localise import Change
    from validator.explain.system import System
    from validator.model.figures import Figure
    from validator.model.verdicts import Outcome

    _Print = tuple[str, int, Decimal]  # document, page and value
    Printed = Mapping[_Print, Sequence[Change]]

_MIN_TELLING = 10  # below, a figure equals another by accident too often to say that it was copied from there
_SLIPS = {
    Slip.SIGN: "The sign of {printed} is probably wrong.",
    Slip.FACTOR: "{printed} is probably {meant} with its decimal separator misplaced, or in another unit.",
    Slip.TRANSPOSED: "{printed} is probably {meant} with two digits swapped.",
    Slip.ONE_DIGIT: "{printed} and {meant} differ in one digit.",
    Slip.DROPPED: "{printed} is probably {meant} with a digit left out.",
    Slip.ADDED: "{printed} is probably {meant} with a digit too many.",
}

_GROUP = 3  # digits between two separators of thousands
_SEPARATOR = "{printed} is probably {meant}: its separator is another than in the figures around it."


def diagnose(outcome: Outcome, suspects: Sequence[Change], printed: Printed, system: System) -> Diagnosis | None:
    """The first explanation that fits, the most telling ones first; ``printed`` is what `by_print` says of the run."""
    top = suspects[0] if suspects else None
    slip = _slip(top, outcome) if top else None
    if slip and slip.kind != Slip.ONE_DIGIT.value:
        return _swapped(top, printed) or slip
    return (
        _swapped(top, printed)
        or _one_row(outcome)
        or _other_base(outcome, system)
        or _stale(outcome, system)
        or slip
        or _rounding(outcome)
    )


def _slip(change: Change, outcome: Outcome) -> Diagnosis | None:
    figure = change.figure
    if figure.value is None or figure.kind in (NumeralKind.FRACTION, NumeralKind.MULTIPLE) or _reckoned(figure):
        return None
    slip = slip_between(figure.value, change.value, decimals_of(figure))
    if slip is None:
        return None
    placed = [(term.figure, term.role) for term in terms_of(outcome.relation)]
    decimals = decimals_like(change.value, figure, placed)
    peers = [other for other, _ in placed] if decimals < decimals_of(figure) or figure.decimals < 0 else []
    meant = wording.in_words_of(change.value, figure, peers) or wording.number(
        change.value, decimals, wording.style_of((figure, *peers))
    )
    name = "doubled digit" if slip is Slip.ADDED and doubled(figure.text) else slip.value
    thousands = change.value in (figure.value.scaleb(_GROUP), figure.value.scaleb(-_GROUP))
    told = _SEPARATOR if thousands and _signs(figure.text) == _signs(meant) else _SLIPS[slip]
    return Diagnosis(name, told.format(printed=figure.text, meant=meant))


def _signs(text: str) -> list[str]:
    """The digits of a number as printed."""
    return [sign for sign in text if sign.isdecimal()]


def _reckoned(figure: Figure) -> bool:
    """Whether a figure was counted or added up from data: nobody typed it."""
    cell = figure.location.cell
    return cell is not None and not cell.row


def by_print(changes: Iterable[Change]) -> Printed:
    """Changes by document, page and value as printed."""
    found: defaultdict[_Print, list[Change]] = defaultdict(list)
    for change in changes:
        if change.figure.value is not None:
            found[_print(change.figure, change.figure.value)].append(change)
    return found


def _print(figure: Figure, value: Decimal) -> _Print:
    return figure.location.document, figure.location.page, value


def _swapped(change: Change | None, printed: Printed) -> Diagnosis | None:
    """Two figures that each should be what the other one prints."""
    if change is None or change.figure.value is None:
        return None
    one = change.figure
    for back in printed.get(_print(one, change.value), ()):
        other = back.figure
        if other is not one and back.value == one.value and not change.mends & back.mends:
            places = wording.listed(wording.short(figure.label) for figure in (one, other))
            return Diagnosis("swapped figures", f"{one.text} and {other.text} have probably changed places: {places}.")
    return None


def _one_row(outcome: Outcome) -> Diagnosis | None:
    """A sum that is off by exactly one of its rows, most telling where that row's label is listed twice."""
    relation = outcome.relation
    if not isinstance(relation, Linear) or relation.comparison is not Comparison.EQUAL or not outcome.difference:
        return None
    parts = [term.figure for term in relation.other.terms if term.role == "part" and term.weight == 1]
    fitting = [figure for figure in parts if figure.value == abs(outcome.difference)]
    if len(fitting) > 1:
        times = Counter(key(figure.label) for figure in parts)
        fitting = [figure for figure in fitting if times[key(figure.label)] > 1]
    if len(fitting) != 1 or len(parts) <= 1:
        return None
    row = fitting[0]
    what = "counts it twice" if outcome.difference > 0 else "leaves it out"
    return Diagnosis(
        "off by one row", f"The difference equals the row “{wording.short(row.label)}” ({row.text}): the total {what}."
    )


def _other_base(outcome: Outcome, system: System) -> Diagnosis | None:
    """A share that is right for another whole that the run uses."""
    relation = outcome.relation
    if not isinstance(relation, Quotient):
        return None
    own = set(relation.denominator.figures()) | set(relation.numerator.figures()) | set(relation.stated.figures())
    wanted = _wanted_base(relation)
    fitting: dict[Decimal, Figure] = {}
    for base in system.wholes:
        if base in own or base.value is None or base.value in fitting or abs(base.value) < _MIN_TELLING:
            continue
        if wanted is not None and _apart(wanted, base.interval):
            continue
        if satisfiable(replace(relation, denominator=Sum((Term(base),)))):
            fitting[base.value] = base
            if len(fitting) > 1:
                return None
    if not fitting:
        return None
    base = next(iter(fitting.values()))
    where = f" ({wording.short(base.label)})" if base.label else ""
    return Diagnosis("another base", f"The share is right for another base: {wording.printed(base)}{where}.")


def _wanted_base(relation: Quotient) -> Interval | None:
    """Where a base must lie for the share to be right, so that few of thousands are tried; None where it may be any."""
    if relation.comparison is not Comparison.EQUAL:
        return None
    ratio = span(relation.stated) - Interval.exactly(relation.offset) + Interval(-relation.slack, relation.slack)
    return span(relation.numerator).scaled(relation.scale).divided(ratio)


def _apart(one: Interval, other: Interval) -> bool:
    """Whether one interval lies wholly beyond the other."""
    below = one.high is not None and other.low is not None and one.high < other.low
    return below or (other.high is not None and one.low is not None and other.high < one.low)


def _stale(outcome: Outcome, system: System) -> Diagnosis | None:
    """A stated figure that repeats its neighbour in the same row, as when last year's total was left standing."""
    relation = outcome.relation
    if not isinstance(relation, Linear) or len(relation.stated.terms) != 1:
        return None
    figure = relation.stated.terms[0].figure
    if any(_reckoned(other) for other in relation.other.figures()):
        return None  # what data contradict is printed in several places because the author believes it
    if STEP not in figure.label or figure.value is None or abs(figure.value) < _MIN_TELLING:
        return None
    row = key(figure.label.split(STEP)[0])
    for other in system.printing(figure.value):
        same_row = STEP in other.label and key(other.label.split(STEP)[0]) == row
        if other is not figure and same_row and key(other.label) != key(figure.label):
            return Diagnosis(
                "stale figure", f"{figure.text} is also printed for “{wording.short(other.label)}”: perhaps left over."
            )
    return None


def _rounding(outcome: Outcome) -> Diagnosis | None:
    """A rounded figure that misses what is allowed by no more than one step of its last digit."""
    stated = getattr(outcome.relation, "stated", None)
    figure = stated.terms[0].figure if isinstance(stated, Sum) and len(stated.terms) == 1 else None
    if figure is None or outcome.allowed is None or outcome.stated is None or figure.interval.exact:
        return None
    low, high = outcome.allowed.low, outcome.allowed.high
    beyond = max(ZERO if low is None else low - outcome.stated, ZERO if high is None else outcome.stated - high)
    if figure.hedge or beyond.scaleb(decimals_of(figure)) > 1:
        return None
    return Diagnosis(
        "rounding",
        f"{wording.printed(figure)} is off by less than one step of its last digit: cut off, or rounded twice.",
    )
