"""What the rules of a run come to: verdicts, what the second reader makes of them, and how they are explained.

In: rules bound to figures. Out: judged relations, and findings about them and about what schemas refuse. It decides
nothing about figures itself, and knows no rule book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from validator.doubts import SecondOpinion, confirmed, doubtful, incomplete_pages
from validator.model.judged import Judged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.extracts import Extract
    from validator.model.figures import Figure
    from validator.model.findings import Finding
    from validator.model.rules import Binding, Kind, Position
    from validator.model.schemas import SchemaFailure
    from validator.model.settings import Settings
    from validator.model.verdicts import Doubt


class Explained(NamedTuple):
    """What was judged, with what is to be said of it; ``refusals`` are of schemas, ``doubted`` by the second reader."""

    judged: Sequence[Judged]
    findings: Sequence[Finding]
    refusals: Sequence[Finding]
    doubted: Mapping[Figure, Doubt]


def judged(binding: Binding) -> list[Judged]:
    """Every relation that the rules mean, with its verdict."""
    from validator.evaluate import evaluate

    meant = zip(binding.rules, binding.relations, strict=True)
    return [Judged(bound, evaluate(relation)) for bound, relations in meant for relation in relations]


def explained(
    found: list[Judged],
    binding: Binding,
    opinion: SecondOpinion,
    kinds: Mapping[str, Kind],
    extracts: Sequence[Extract],
    settings: Settings,
) -> Explained:
    """What is to be said of what was found; the second reader is asked, and explaining goes on while it is at work."""
    from validator import explain

    opinion.ask(found)
    unfit = _unfit(binding, settings)
    refused = [one.figure for one, _ in unfit if one.figure is not None]
    opinion.look(refused)
    worded = explain.in_words(found, kinds, extracts)  # as if it confirmed all
    findings = explain.findings(worded, settings)
    doubted = opinion.doubts()
    if doubted:
        worded = explain.in_words(confirmed(found, doubted), kinds, extracts)
        findings = explain.findings(worded, settings)
    refusals = explain.schema_findings(unfit, doubtful(refused, doubted), incomplete_pages(extracts))
    return Explained(worded, findings, refusals, doubted)


def _unfit(binding: Binding, settings: Settings) -> list[tuple[SchemaFailure, Position]]:
    """What the schemas that rule books name refuse, with the line that names the schema."""
    if not binding.schemas:
        return []
    from validator import frames

    return [(one, place) for table, schema, place in binding.schemas for one in frames.check(table, schema, settings)]
