"""What became of rules on data, as findings: outcomes with their verdicts and words in, findings out.

A rule makes one finding however many rows fail it: the count is in the message, the first rows are its exhibits. What
two sources do not agree on makes up to three: groups that differ, and groups that either side lacks. A column that is
not as a schema has it makes one.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.model.answers import ColumnOutcome, PairOutcome, RowOutcome
from validator.model.findings import Exhibit, Finding, Severity, Source
from validator.model.labels import STEP
from validator.model.locations import Box, CellBox, Location, Reference
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from validator.model.aggregates import Amount, Reckoned
    from validator.model.answers import Example, Pair, SourceOutcome
    from validator.model.rules import BoundRule

_FINGERPRINT = 12  # hexadecimal digits, as of other findings
_SORTS = ("differing", "only_left", "only_right")  # what two sources do not agree on
_NOWHERE = Box(0, 0, 0, 0)


def apart(outcome: SourceOutcome) -> tuple[SourceOutcome, ...]:
    """The outcomes that are told one by one."""
    if not isinstance(outcome, PairOutcome):
        return (outcome,)
    clear = replace(outcome, differing=0, only_left=0, only_right=0, examples=())
    parts = []
    for count in _SORTS:
        if many := getattr(outcome, count):
            examples = tuple(pair for pair in outcome.examples if _sort(pair) == count)
            parts.append(replace(clear, **{count: many}, agreed=outcome.agreed, examples=examples))
    return tuple(parts) or (outcome,)


def _sort(pair: Pair) -> str:
    return "only_left" if pair.right is None else "only_right" if pair.left is None else "differing"


def data_findings(
    told: Sequence[tuple[BoundRule, SourceOutcome, Verdict, str]],
) -> tuple[Finding, ...]:
    """A finding for each outcome that does not hold; the text is what its kind says of it."""
    found = []
    for bound, outcome, verdict, message in told:
        if verdict is Verdict.HOLDS:
            continue
        exhibits = exhibits_of_data(outcome)
        found.append(
            Finding(
                fingerprint=_fingerprint(bound, outcome, verdict),
                check=bound.kind,
                source=Source.DECLARED,
                verdict=verdict,
                severity=_severity(bound, verdict),
                message=message,
                exhibits=exhibits,
                rule=bound.rule or None,
                rule_location=str(bound.position) if bound.position else None,
                rows=_rows(outcome, verdict),
                note=bound.note,
            )
        )
    return tuple(found)


def exhibits_of_data(outcome: SourceOutcome) -> tuple[Exhibit, ...]:
    """The first failing rows, or groups that differ; where there is none, the sources themselves."""
    match outcome:
        case RowOutcome():
            return tuple(_of_rows(outcome))
        case PairOutcome():
            return tuple(_of_pairs(outcome))
        case ColumnOutcome():
            return (_of_column(outcome),)


def _severity(bound: BoundRule, verdict: Verdict) -> Severity:
    if verdict is Verdict.VIOLATED:
        return bound.severity or Severity.ERROR
    return Severity.NOTE if bound.severity in (None, Severity.NOTE) else Severity.WARNING


def _fingerprint(bound: BoundRule, outcome: SourceOutcome, verdict: Verdict) -> str:
    """A name that outlives every change of the data: how many rows a waiver accepts is for the waiver to say."""
    if isinstance(outcome, RowOutcome):
        check = outcome.check
        parts = [check.source, repr(check.rule), repr(check.where)]
    elif isinstance(outcome, ColumnOutcome):
        parts = [outcome.source, outcome.fault.value, outcome.column]
    else:
        sort = [name for name in _SORTS if getattr(outcome, name)]
        parts = [outcome.agreement.left.text, outcome.agreement.right.text, *sort]
    whole = "\x1e".join((bound.kind, verdict.value, *parts))
    return hashlib.sha256(whole.encode()).hexdigest()[:_FINGERPRINT]


def _rows(outcome: SourceOutcome, verdict: Verdict) -> int | None:
    """How many rows or groups the finding is about; None where it is about a column."""
    if isinstance(outcome, ColumnOutcome):
        return None
    if verdict is not Verdict.VIOLATED:
        return outcome.unsure
    return outcome.failed if isinstance(outcome, RowOutcome) else sum(getattr(outcome, name) for name in _SORTS)


def _of_rows(outcome: RowOutcome) -> Iterator[Exhibit]:
    """The values of the first failing rows; the whole source where no row fails."""
    for example in outcome.examples:
        yield from _of_row(example)
    if not outcome.examples:
        where = Location(outcome.file, 1, CellBox.around(_NOWHERE, Reference(0, 0)))
        yield Exhibit("source", "", None, where, outcome.check.source)


def _of_column(outcome: ColumnOutcome) -> Exhibit:
    reference = Reference(0, 0, name=outcome.column)
    where = Location(outcome.file, 1, CellBox.around(_NOWHERE, reference))
    return Exhibit("column", "", None, where, outcome.column)


def _of_row(example: Example) -> Iterator[Exhibit]:
    for held in example.held:
        where = Location(example.file, 1, CellBox.around(_NOWHERE, held.place))
        row = f"{held.place._replace(column=0, sheet='')}{STEP}" if held.place.row else ""
        yield Exhibit("cell", held.text, held.value, where, f"{row}{held.column}")


def _of_pairs(outcome: PairOutcome) -> Iterator[Exhibit]:
    for pair in outcome.examples:
        label = STEP.join(pair.group)
        for role, amount, side in (("left", pair.left, outcome.left), ("right", pair.right, outcome.right)):
            if amount is not None:
                yield _of_amount(role, amount, side, label)
    if not outcome.examples:
        for role, side in (("left", outcome.left), ("right", outcome.right)):
            yield Exhibit(role, "", None, _place(side), side.aggregate.text)


def _of_amount(role: str, amount: Amount, side: Reckoned, label: str) -> Exhibit:
    text = "" if amount.value is None else _printed(amount.value, amount.decimals)
    named = f"{label}{STEP}{side.aggregate.text}" if label else side.aggregate.text
    return Exhibit(role, text, amount.value, _place(side), named)


def _printed(value: Decimal, decimals: int) -> str:
    """A number with the decimals that the values behind it are printed with, and more only where it has them."""
    whole, _, rest = f"{value:f}".partition(".")
    kept = rest.rstrip("0").ljust(min(decimals, len(rest)), "0")
    return f"{whole}.{kept}" if kept else whole


def _place(side: Reckoned) -> Location:
    reference = Reference(0, 0, name=side.aggregate.column, unit="row")
    return Location(side.file, 1, CellBox.around(_NOWHERE, reference))
