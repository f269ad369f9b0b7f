"""The result of a run, as every report format receives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from validator.model.answers import Used
    from validator.model.extracts import Extract
    from validator.model.figures import Figure
    from validator.model.findings import Exhibit, Finding
    from validator.model.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of one document was checked; ``not_figures`` counts numerals by reason.

    ``missed`` are numerals that the independent count saw and extraction did not understand. The parts make up
    ``total``.
    """

    total: int
    checked: int
    unchecked: int
    not_figures: Mapping[str, int]
    missed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A document of the run with its coverage.

    ``verdicts`` holds the worst decided verdict of each figure that stands in a relation (undecidable where none of
    its relations could be decided); ``reasons`` why a figure was left unchecked, where a rule book says so.
    """

    extract: Extract
    coverage: Coverage
    verdicts: Mapping[Figure, Verdict] = field(default_factory=dict)
    reasons: Mapping[Figure, str] = field(default_factory=dict)

    @property
    def unchecked(self) -> tuple[Figure, ...]:
        """The figures that stand in no relation which could be decided, by page and else in the extract's order."""
        decided = {figure for figure, verdict in self.verdicts.items() if verdict.value != "undecidable"}
        left = (figure for figure in self.extract.figures if figure not in decided)
        return tuple(sorted(left, key=lambda figure: figure.location.page))


class Holding(NamedTuple):
    """A relation that holds, in words, for formats that list those too. ``origin`` is its rule, or "discovered …"."""

    check: str
    origin: str
    message: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """Everything a run found. The counts are of relations, and of what schemas refuse.

    ``whole`` is whether all rules of its books were asked; if not, what they leave unchecked means nothing.

    ``holding`` is filled only where a run was asked for it: most formats do without, and the wording takes time.
    """

    documents: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    holds: int = 0
    violated: int = 0
    undecidable: int = 0
    warnings: tuple[str, ...] = ()  # a waiver that matches nothing, pictures that could not be read
    unusable: tuple[str, ...] = ()  # documents of the run that could not be read, each as one clear line
    sources: tuple[Used, ...] = ()  # the data sources that rules asked
    holding: tuple[Holding, ...] = ()
    whole: bool = True

    @property
    def fails(self) -> bool:
        """Whether the run exits with 1."""
        return any(finding.fails for finding in self.findings)
