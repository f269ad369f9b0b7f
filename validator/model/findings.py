"""Findings: what a report author is told. The names are those of the JSON result (design, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from validator.model.figures import Figure
    from validator.model.locations import Location
    from validator.model.verdicts import Verdict


class Severity(StrEnum):
    """Error: a contradiction beyond rounding. Warning: doubtful or small. Note: the rest."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Source(StrEnum):
    """Whether a rule book asked for the check or the tool discovered it."""

    DECLARED = "declared"
    DISCOVERED = "discovered"


class Exhibit(NamedTuple):
    """A figure of a finding in its role; a label without a number has value None."""

    role: str
    text: str
    value: Decimal | None
    location: Location
    label: str = ""
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure (by its index among the exhibits) whose change to ``should_be`` would satisfy ``satisfies``."""

    figure: int
    should_be: Decimal
    satisfies: tuple[str, ...] = ()
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What probably happened: kind is a short name ("transposed digits"), text a sentence."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A waiver that matched: the authors accept the finding."""

    reason: str
    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One discrepancy, or one check that could not be decided. Never built without a located exhibit."""

    fingerprint: str
    check: str
    source: Source
    verdict: Verdict
    severity: Severity
    message: str
    exhibits: tuple[Exhibit, ...]
    rule: str | None = None
    rule_location: str | None = None
    confidence: float = 1.0
    stated: Decimal | None = None
    implied: Decimal | None = None
    difference: Decimal | None = None
    context: str = ""  # the sentence or row as printed
    suspects: tuple[Suspect, ...] = ()
    diagnosis: Diagnosis | None = None
    accepted: Acceptance | None = None
    rows: int | None = None  # of data that fail or could not be decided, or groups; None where it is about no data rows
    note: str = ""  # what the rule's author, or the page itself, has to say of it

    @property
    def fails(self) -> bool:
        """Whether the finding makes a run exit with 1."""
        return self.verdict.value == "violated" and self.severity is Severity.ERROR and self.accepted is None
