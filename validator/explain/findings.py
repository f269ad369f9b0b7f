"""From judged relations to findings: one per discrepancy and per undecidable check, each with exhibits and suspects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.explain.diagnose import by_print, diagnose
from validator.explain.exhibits import exhibits_of, fingerprint, sameness, unique
from validator.explain.gather import gathered
from validator.explain.localise import ranked, tangles
from validator.explain.manner import in_manner, meaningful
from validator.explain.rows import doubled_rows
from validator.explain.system import System
from validator.model.findings import Finding, Severity, Source, Suspect
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from validator.explain.localise import Change
    from validator.model.figures import Figure
    from validator.model.findings import Diagnosis, Exhibit
    from validator.model.judged import Judged
    from validator.model.settings import Settings

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def findings(judged: Sequence[Judged], settings: Settings) -> tuple[Finding, ...]:
    """Everything that does not hold, in the order given; ``judged`` holds all relations of a run, also those that do.

    Two relations that say the same thing of the same figures make one finding. Fingerprints are unique within the
    run: findings that look alike in print are told apart by a running number.
    """
    outcomes = [one.outcome for one in judged]
    system = System(outcomes)
    rows = doubled_rows(system, outcomes)
    changes = _changes(system, settings)
    everything = {figure: change for per in changes.values() for figure, change in per.items()}
    printed = by_print(everything.values())
    shown = _one_each(judged, settings)
    exhibits = [exhibits_of(judged[index].outcome) for index in shown]
    names = unique(
        fingerprint(judged[index].bound.kind, judged[index].outcome.verdict, own, _among(judged[index]))
        for index, own in zip(shown, exhibits, strict=True)
    )
    found = []
    for index, own, name in zip(shown, exhibits, names, strict=True):
        suspects = _suspects(index, system, changes.get(index, {}), settings)
        violated = judged[index].outcome.verdict is Verdict.VIOLATED
        guess = diagnose(judged[index].outcome, suspects, printed, system) if violated else None
        diagnosis = rows.get(index, guess)
        made = tuple(_suspect(change, own, judged) for change in suspects)
        found.append(_finding(judged[index], own, name, made, diagnosis, settings))
    return gathered(found)


def _among(one: Judged) -> tuple[str, ...]:
    """What tells a finding from one that is printed in the same way: the rule's name, else its tables' titles."""
    return (one.bound.rule,) if one.bound.rule else one.titles


def _one_each(judged: Sequence[Judged], settings: Settings) -> list[int]:
    """What does not hold, of those that say the same thing one: declared before discovered, hard before soft."""
    best: dict[object, int] = {}
    for index, one in enumerate(judged):
        if one.outcome.verdict is Verdict.HOLDS:
            continue
        name = (sameness(one.outcome.relation), one.outcome.verdict)
        if name not in best or _precedence(one, settings) < _precedence(judged[best[name]], settings):
            best[name] = index
    return sorted(best.values())


def _precedence(one: Judged, settings: Settings) -> tuple[bool, int]:
    return one.source is Source.DISCOVERED, _ORDER[_severity(one, settings)]


def _severity(one: Judged, settings: Settings) -> Severity:
    """As declared, else an error; what could not be decided is a note, or a warning where a severity was declared.

    A discovered relation is at most what its confidence allows.
    """
    declared = one.bound.severity
    if one.source is Source.DISCOVERED and one.outcome.verdict is Verdict.VIOLATED:
        return max(declared or Severity.ERROR, _supported(one.confidence, settings), key=_ORDER.__getitem__)
    if one.outcome.verdict is Verdict.VIOLATED:
        return declared or Severity.ERROR
    return Severity.NOTE if declared in (None, Severity.NOTE) else Severity.WARNING


def _supported(confidence: float, settings: Settings) -> Severity:
    """How loudly a relation that nobody wrote may speak."""
    if confidence >= settings.error_confidence:
        return Severity.ERROR
    return Severity.WARNING if confidence >= settings.warning_confidence else Severity.NOTE


def _changes(system: System, settings: Settings) -> dict[int, dict[Figure, Change]]:
    """For each violated relation the changes of its figures that would help, by all that the run knows."""
    found: dict[int, dict[Figure, Change]] = {}
    for tangle in tangles(system):
        changes = ranked(system, tangle, settings)
        for index in tangle:
            own = {figure: changes[figure] for figure in system.figures_of(index) if figure in changes}
            found[index] = own
    return found


def _suspects(index: int, system: System, changes: dict[Figure, Change], settings: Settings) -> list[Change]:
    """The best changes that mend this very relation, alone or with the rest of a solution.

    One that breaks more than it mends is none. Where too many are equally good, only the stated figure is named, if
    it is among them.
    """
    useful = sorted(
        (change for change in changes.values() if change.score >= 0 and _mends(system, index, change)),
        key=lambda change: -change.score,
    )
    if not useful:
        return []
    tied = [change for change in useful if change.score == useful[0].score]
    if len(tied) > settings.max_tied:
        stated = system.figures_of(index)[0]
        return [change for change in tied if change.figure is stated]
    return useful[: settings.max_suspects]


def _mends(system: System, index: int, change: Change) -> bool:
    return change.solves or system.holds(index, {change.figure: change.value})


def _suspect(change: Change, exhibits: tuple[Exhibit, ...], judged: Sequence[Judged]) -> Suspect:
    place = next(place for place, one in enumerate(exhibits) if one.figure is change.figure)
    rules = dict.fromkeys(judged[index].bound.rule for index in sorted(change.mends))
    placed = ((one.figure, one.role) for one in exhibits if one.figure is not None)
    return Suspect(place, in_manner(change.value, change.figure, placed), tuple(rules), _short(change.score))


def _short(score: Decimal) -> Decimal:
    return score.normalize() if score else score


def _finding(
    one: Judged,
    exhibits: tuple[Exhibit, ...],
    name: str,
    suspects: tuple[Suspect, ...],
    diagnosis: Diagnosis | None,
    settings: Settings,
) -> Finding:
    outcome, bound = one.outcome, one.bound
    figures = [exhibit.figure for exhibit in exhibits if exhibit.figure is not None]
    return Finding(
        fingerprint=name,
        check=bound.kind,
        source=one.source,
        verdict=outcome.verdict,
        severity=_severity(one, settings),
        message=one.message,
        exhibits=exhibits,
        rule=bound.rule or None,
        rule_location=str(bound.position) if bound.position else None,
        confidence=one.confidence,
        stated=outcome.stated,
        implied=meaningful(outcome.implied, figures),
        difference=meaningful(outcome.difference, figures),
        context=one.context,
        suspects=suspects,
        diagnosis=diagnosis,
        note=bound.note,
    )
