"""The report for other programs: one JSON object with the names of schemas/result.schema.json.

In: a result. Out: JSON, the same bytes for the same result. Every number of a report is a string, because a JSON
number is binary floating point to most readers; counts, pages and boxes are numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.report import _words as words
from validator.report._lines import by_line
from validator.report._unchecked import left

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from validator.model.answers import Used
    from validator.model.findings import Acceptance, Diagnosis, Exhibit, Finding, Suspect
    from validator.model.locations import Box, Location
    from validator.model.results import Checked, Result
    from validator.report._context import Context
    from validator.report._unchecked import Left

    Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

SCHEMA_VERSION = 1


def render(result: Result, context: Context) -> str:
    """The whole result; every finding is there, whatever the level."""
    whole: dict[str, Json] = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "report-validator", "version": context.version},
        "documents": [_document(checked, context.settings.unchecked_listed) for checked in result.documents],
        "sources": [_source(used) for used in result.sources],
        "summary": {"holds": result.holds, "violated": result.violated, "undecidable": result.undecidable},
        "findings": [_finding(finding) for finding in words.ordered(result.findings, result.documents)],
        "warnings": list(result.warnings),
        "unusable": list(result.unusable),
    }
    return by_line(whole, ascii_only=not context.unicode)


def _document(checked: Checked, most: int) -> Json:
    document, numbers, unchecked = checked.extract.document, checked.coverage, left(checked)
    return {
        "path": document.path,
        "sha256": document.sha256,
        "pages": len(document.pages),
        "language": checked.extract.language,
        "numerals": {
            "total": numbers.total,
            "checked": numbers.checked,
            "unchecked": numbers.unchecked,
            "not_figures": {reason: numbers.not_figures[reason] for reason in sorted(numbers.not_figures)},
            "missed": numbers.missed,
        },
        "unchecked": [_left(one) for one in unchecked[:most]],
        "unchecked_more": len(unchecked[most:]),
        "pictures": checked.extract.pictures,
        "warnings": list(document.warnings),
    }


def _left(one: Left) -> Json:
    figure = one.figure
    return {
        "text": figure.quote or figure.text,
        "label": figure.label,
        "page": figure.location.page,
        "bbox": bbox(figure.location.box),
        "cell": cell(figure.location),
        "reason": one.reason,
    }


def _source(used: Used) -> Json:
    return {
        "name": used.name,
        "files": list(used.files),
        "table": used.table or None,
        "format": used.format or None,
        "engine": used.engine,
        "rows": used.rows,
    }


def _finding(finding: Finding) -> Json:
    return {
        "fingerprint": finding.fingerprint,
        "check": finding.check,
        "rule": finding.rule,
        "source": finding.source.value,
        "rule_location": finding.rule_location,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "message": finding.message,
        "context": finding.context,
        "stated": _number(finding.stated),
        "implied": _number(finding.implied),
        "difference": _number(finding.difference),
        "rows": finding.rows,
        "figures": [_figure(exhibit) for exhibit in finding.exhibits],
        "suspects": [_suspect(suspect) for suspect in finding.suspects],
        "diagnosis": _diagnosis(finding.diagnosis),
        "note": finding.note or None,
        "accepted": _acceptance(finding.accepted),
    }


def _figure(exhibit: Exhibit) -> Json:
    return {
        "role": exhibit.role,
        "text": exhibit.text,
        "value": _number(exhibit.value),
        "document": exhibit.location.document,
        "page": exhibit.location.page,
        "bbox": bbox(exhibit.location.box),
        "cell": cell(exhibit.location),
        "label": exhibit.label,
    }


def bbox(box: Box) -> list[float]:
    """[x0, top, x1, bottom] in points; hundredths are finer than any print."""
    return [round(edge, 2) for edge in box]


def cell(location: Location) -> str | None:
    """The cell of a data file as its readers name it; None on a page."""
    return None if location.cell is None else str(location.cell)


def _suspect(suspect: Suspect) -> Json:
    return {
        "figure": suspect.figure,
        "should_be": words.number(suspect.should_be),
        "satisfies": list(suspect.satisfies),
        "score": _number(suspect.score),
    }


def _diagnosis(diagnosis: Diagnosis | None) -> Json:
    return None if diagnosis is None else {"kind": diagnosis.kind, "text": diagnosis.text}


def _acceptance(accepted: Acceptance | None) -> Json:
    if accepted is None:
        return None
    return {"reason": accepted.reason, "name": accepted.name, "date": accepted.date}


def _number(value: Decimal | None) -> Json:
    return None if value is None else words.number(value)
