"""Findings as plain values that a GX validation result can hold: strings, lists and mappings, ready for JSON.

In: a finding. Out: what its reader is told, in the words of the other formats. Great Expectations is not imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from validator.report import _words as words
from validator.report._ink import printable
from validator.report.json import bbox, cell

if TYPE_CHECKING:
    from validator.model.findings import Exhibit, Finding
    from validator.model.settings import Settings


class ToldFigure(TypedDict):
    """A figure of a finding; ``expected`` is "" where it is not the one in doubt, ``box`` in points on its page."""

    role: str
    document: str
    place: str
    cell: str | None
    page: int
    box: list[float]
    label: str
    printed: str
    expected: str


class Told(TypedDict):
    """A finding. ``standing`` is one of `words.Standing`, ``left_out`` the number of figures beyond those listed."""

    check: str
    rule: str
    fingerprint: str
    verdict: str
    standing: str
    message: str
    sides: dict[str, str]
    figures: list[ToldFigure]
    left_out: int
    notes: list[str]


def told(finding: Finding, settings: Settings) -> Told:
    """Everything that a validation result says of a finding."""
    expected = words.corrections(finding)
    sides = dict(words.sides(finding))
    if not expected and "implied" in sides:
        expected = {0: sides["implied"]}
    kept = _kept(finding, set(expected), settings.docs_figures)
    return Told(
        check=finding.check,
        rule=_clean(words.origin(finding)),
        fingerprint=finding.fingerprint,
        verdict=finding.verdict.value,
        standing=words.standing(finding).value,
        message=_clean(finding.message),
        sides=sides,
        figures=[told_figure(finding.exhibits[at], expected.get(at, "")) for at in kept],
        left_out=max(0, len(finding.exhibits) - settings.docs_figures),
        notes=_notes(finding, settings),
    )


def told_figure(exhibit: Exhibit, expected: str = "") -> ToldFigure:
    """A figure or label of a finding."""
    where = exhibit.location
    return ToldFigure(
        role=exhibit.role,
        document=_clean(where.document),
        place=_clean(where.place),
        cell=cell(where),
        page=where.page,
        box=bbox(where.box),
        label=_clean(exhibit.label),
        printed=_clean(_printed(exhibit)),
        expected=expected,
    )


def _printed(exhibit: Exhibit) -> str:
    """The print of a figure; of a label, the print of the figure beside it."""
    return exhibit.figure.text if exhibit.figure is not None and exhibit.text == exhibit.label else exhibit.text


def _kept(finding: Finding, needed: set[int], most: int) -> list[int]:
    """The figures that are shown of a long list: those in doubt, then the first."""
    shown = (at for at, one in enumerate(finding.exhibits) if one.role != "source")  # that is a place, and no figure
    order = sorted(shown, key=lambda at: at not in needed)
    return sorted(order[:most])


def _notes(finding: Finding, settings: Settings) -> list[str]:
    """What probably happened, who is to blame, what else is said of it, and who accepts it."""
    notes = [] if finding.diagnosis is None else [finding.diagnosis.text]
    notes += [
        f"suspect: {words.suspicion(one, finding.exhibits)}" for one in finding.suspects[: settings.suspects_shown]
    ]
    if finding.note:
        notes.append(f"note: {words.noted(finding, settings.quote_length)}")
    if finding.accepted is not None:
        by = finding.accepted
        notes.append(f"accepted by {by.name} on {by.date}: {by.reason}")
    return [_clean(note) for note in notes]


def _clean(text: str) -> str:
    """On one line, without signs that no page can show."""
    return " ".join(printable(text).split())
