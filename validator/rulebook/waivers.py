"""Waivers: findings that the authors accept. A file in, waivers out; findings in, the same findings marked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.findings import Acceptance
from validator.model.rules import Position, Waiver
from validator.rulebook import fields
from validator.rulebook.faults import Faults
from validator.rulebook.nodes import load_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.model.findings import Finding
    from validator.model.settings import Settings
    from validator.rulebook.nodes import Node

KEYS = ("fingerprint", "reason", "name", "date")
_MISTYPED = 2  # letters of a fingerprint of twelve: by chance two fingerprints are never so alike
_AHEAD = timedelta(hours=14)  # of universal time: the first time zone in which a day begins
ROWS = "rows"  # beside them, where data are accepted that break a rule


def load_waivers(path: str | Path, settings: Settings) -> tuple[Waiver, ...]:
    """The waivers in a file, in order. Raises RuleError with every fault."""
    faults = Faults()
    root = load_file(Path(path), settings, faults)
    seen: dict[str, Position] = {}
    read = [_waiver(node, seen, faults) for node in (fields.items(root, "a waiver file", faults) if root else ())]
    faults.raise_any()
    return tuple(waiver for waiver in read if waiver is not None)


def _waiver(node: Node, seen: dict[str, Position], faults: Faults) -> Waiver | None:
    found = fields.fields(node, "a waiver", (*KEYS, ROWS), faults, required=KEYS)
    values = {key: fields.text(found.get(key), f"{key!r}", faults) for key in KEYS}
    day, fingerprint = values["date"], values["fingerprint"]
    if day is not None and not _is_date(day.text):
        faults.add(day.position, f"'date' must be a day such as 2026-03-01, not {day.text!r}")
    elif day is not None and date.fromisoformat(day.text) > (datetime.now(UTC) + _AHEAD).date():
        faults.add(day.position, f"'date' is the day on which the finding was accepted; {day.text} is still to come")
    if fingerprint is not None:
        if fingerprint.text in seen:
            faults.add(fingerprint.position, f"this finding is waived already on line {seen[fingerprint.text].line}")
        seen.setdefault(fingerprint.text, fingerprint.position)
    texts = {key: value.text for key, value in values.items() if value is not None}
    rows = fields.whole(found.get(ROWS), f"{ROWS!r}", faults)
    return Waiver(**texts, position=node.position, rows=rows) if len(texts) == len(KEYS) else None


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def apply_waivers(
    findings: Sequence[Finding], waivers: Iterable[Waiver], *, stale: bool = True
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings, those that a waiver accepts marked so, and a warning for each waiver that accepts none.

    A finding about rows of data is accepted for as many as its waiver says, and for fewer. Waivers that name no finding
    are told only where they are ``stale`` for certain, because all rules were asked.
    """
    by_print = {waiver.fingerprint: waiver for waiver in waivers}
    marked, warnings = [], []
    for finding in findings:
        waiver = by_print.get(finding.fingerprint)
        accepted = finding.accepted
        if waiver is not None and (refused := _refused(waiver, finding)):
            warnings.append(f"{waiver.position}: the waiver {waiver.fingerprint!r} {refused}")
        elif waiver is not None:
            accepted = Acceptance(waiver.reason, waiver.name, waiver.date)
        marked.append(replace(finding, accepted=accepted))
    used = {finding.fingerprint for finding in findings}
    spare = [waiver for name, waiver in by_print.items() if stale and name not in used]
    free = [name for name in used if name not in by_print] if spare else []
    warnings += [f"{w.position}: the waiver {w.fingerprint!r} matches no finding; {_advice(w, free)}" for w in spare]
    return tuple(marked), tuple(warnings)


def _advice(waiver: Waiver, free: Iterable[str]) -> str:
    """What to do about a waiver without a finding: another one's fingerprint may have been meant."""
    from rapidfuzz.distance import Levenshtein  # only on failure

    apart = {name: Levenshtein.distance(waiver.fingerprint, name, score_cutoff=_MISTYPED) for name in sorted(free)}
    close = min(apart, key=lambda name: apart[name], default="")
    return f"did you mean {close!r}?" if close and apart[close] <= _MISTYPED else "remove it"


def _refused(waiver: Waiver, finding: Finding) -> str:
    """Why a waiver does not accept the finding that it names; "" where it does."""
    if finding.rows is None:
        return ""
    if waiver.rows is None:
        return f"does not say how many rows or groups of data it accepts; add '{ROWS}: {finding.rows}'"
    return f"accepts {waiver.rows:,}; there are {finding.rows:,}" if finding.rows > waiver.rows else ""
