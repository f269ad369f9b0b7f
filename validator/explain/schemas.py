"""What schemas refuse, as findings: failures with the rule-book line that names the schema in, findings out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.explain.exhibits import fingerprint, unique
from validator.model.findings import Exhibit, Finding, Severity, Source
from validator.model.labels import STEP
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from validator.model.figures import Figure
    from validator.model.rules import Position
    from validator.model.schemas import SchemaFailure

KIND = "schema"
_UNREAD = "; numerals on the page were seen but not understood"


def schema_findings(
    failures: Sequence[tuple[SchemaFailure, Position]],
    doubted: Collection[Figure] = (),
    incomplete: Collection[tuple[str, int]] = (),
) -> tuple[Finding, ...]:
    """A finding for each failure; undecidable where the second reader does not agree on the figure.

    So is one about a cell that could not be read, and one on the pages (by document) of ``incomplete``, which have
    numerals that nobody understood.
    """
    unread = [(one.location.document, one.location.page) in incomplete for one, _ in failures]
    verdicts = [
        Verdict.UNDECIDABLE if missing or one.unread or one.figure in doubted else Verdict.VIOLATED
        for (one, _), missing in zip(failures, unread, strict=True)
    ]
    exhibits = [_exhibit(one) for one, _ in failures]
    names = unique(
        fingerprint(KIND, verdict, (exhibit,), (one.table.title,))
        for (one, _), verdict, exhibit in zip(failures, verdicts, exhibits, strict=True)
    )
    return tuple(
        Finding(
            fingerprint=name,
            check=KIND,
            source=Source.DECLARED,
            verdict=verdict,
            severity=_severity(one, verdict),
            message=_sentence(f"{one.message.rstrip('.')}{_UNREAD if missing else ''}"),
            exhibits=(exhibit,),
            rule_location=str(position),
        )
        for (one, position), verdict, exhibit, name, missing in zip(
            failures, verdicts, exhibits, names, unread, strict=True
        )
    )


def _severity(one: SchemaFailure, verdict: Verdict) -> Severity:
    """A schema may only warn."""
    if verdict is not Verdict.VIOLATED:
        return Severity.NOTE
    return Severity.WARNING if one.warns else Severity.ERROR


def _exhibit(one: SchemaFailure) -> Exhibit:
    label = STEP.join(part for part in (one.row, one.column) if part)
    if one.figure is None:
        return Exhibit("cell", "", None, one.location, label)
    return Exhibit("cell", one.figure.text, one.figure.value, one.location, label, one.figure)


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:].rstrip('.')}."
