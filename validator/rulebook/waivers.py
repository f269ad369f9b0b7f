"""Waivers: findings that the authors accept. A file in, waivers out; findings in, the same findings marked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.findings import Acceptance
from validator.model.rules import Position, Waiver
from validator.model.settings import DEFAULT
from validator.rulebook import fields
from validator.rulebook.faults import Faults
from validator.rulebook.nodes import load_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.model.findings import Finding
    from validator.model.settings import Settings
    from validator.rulebook.nodes import Node

KEYS = ("fingerprint", "reason", "name", "date")


def load_waivers(path: str | Path, settings: Settings = DEFAULT) -> tuple[Waiver, ...]:
    """The waivers in a file, in order. Raises RuleError with every fault."""
    faults = Faults()
    root = load_file(Path(path), settings, faults)
    seen: dict[str, Position] = {}
    read = [_waiver(node, seen, faults) for node in (fields.items(root, "a waiver file", faults) if root else ())]
    faults.raise_any()
    return tuple(waiver for waiver in read if waiver is not None)


def _waiver(node: Node, seen: dict[str, Position], faults: Faults) -> Waiver | None:
    found = fields.fields(node, "a waiver", KEYS, faults, required=KEYS)
    values = {key: fields.text(found.get(key), f"{key!r}", faults) for key in KEYS}
    day, fingerprint = values["date"], values["fingerprint"]
    if day is not None and not _is_date(day.text):
        faults.add(day.position, f"'date' must be a day such as 2026-03-01, not {day.text!r}")
    if fingerprint is not None:
        if fingerprint.text in seen:
            faults.add(fingerprint.position, f"this finding is waived already on line {seen[fingerprint.text].line}")
        seen.setdefault(fingerprint.text, fingerprint.position)
    texts = {key: value.text for key, value in values.items() if value is not None}
    return Waiver(**texts, position=node.position) if len(texts) == len(KEYS) else None


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def apply_waivers(
    findings: Sequence[Finding], waivers: Iterable[Waiver]
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """The findings, those that a waiver names marked as accepted, and a warning for each waiver that names none."""
    by_print = {waiver.fingerprint: waiver for waiver in waivers}
    marked = []
    for finding in findings:
        waiver = by_print.get(finding.fingerprint)
        accepted = Acceptance(waiver.reason, waiver.name, waiver.date) if waiver else finding.accepted
        marked.append(replace(finding, accepted=accepted))
    used = {finding.fingerprint for finding in findings}
    stale = (waiver for name, waiver in by_print.items() if name not in used)
    warnings = tuple(f"{w.position}: the waiver {w.fingerprint!r} matches no finding; remove it" for w in stale)
    return tuple(marked), warnings
