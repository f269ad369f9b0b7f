"""One finding per misprint: discovered relations that one change of one figure would mend are told together.

In: findings in order. Out: fewer. What a rule book asked for is never gathered: each rule answers for itself. Must not
change what a finding says of its own relation.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.explain.manner import rounded
from validator.model.findings import Severity, Source
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from validator.model.figures import Figure
    from validator.model.findings import Finding

    Misprint = tuple[Figure, Decimal]

_SUMS = ("footing", "cross-footing", "nested-subtotals")
_LOUD = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def gathered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The same findings; those with the same best suspect and value stand as one, at the place of the first."""
    groups: defaultdict[Misprint, list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        misprint = _misprint(finding)
        if misprint is not None:
            groups[misprint].append(index)
    told: dict[int, Finding] = dict(enumerate(findings))
    for members in groups.values():
        if len(members) > 1:
            told[members[0]] = _together([findings[index] for index in members])
            for index in members[1:]:
                del told[index]
    return tuple(told.values())


def _misprint(finding: Finding) -> Misprint | None:
    """The one figure that is to blame, with what it should be; None where several are as likely."""
    if finding.source is not Source.DISCOVERED or finding.verdict is not Verdict.VIOLATED or not finding.suspects:
        return None
    best, *others = finding.suspects
    if any(other.score == best.score for other in others):
        return None
    figure = finding.exhibits[best.figure].figure
    if figure is None or (best.figure != 0 and finding.check not in _SUMS):
        return None  # a share that is wrong for its base still says by itself what it should be
    return figure, best.should_be


def _together(findings: Sequence[Finding]) -> Finding:
    """The loudest, where possible the one that states the suspect itself, with the figures of all of them."""
    first = min(findings, key=lambda one: (_LOUD[one.severity], one.suspects[0].figure != 0))
    exhibits = list(first.exhibits)
    known = {exhibit.figure for exhibit in exhibits}
    for other in findings:
        exhibits += [exhibit for exhibit in other.exhibits if exhibit.figure not in known]
        known.update(exhibit.figure for exhibit in other.exhibits)
    best = first.suspects[0]
    figure = first.exhibits[best.figure].figure
    asked = [one.implied for one in findings if one.suspects[0].figure == 0 and one.implied is not None]
    implied = {value if figure is None else rounded(value, figure) for value in asked}
    other_values = sorted(implied - {best.should_be})  # rounding lets two sums ask for neighbouring values
    more = len(findings) - 1
    also = "Another check calls" if more == 1 else f"{more} other checks call"
    return replace(
        first,
        exhibits=tuple(exhibits),
        suspects=(*first.suspects, *(replace(best, should_be=value, score=None) for value in other_values)),
        confidence=max(one.confidence for one in findings),
        message=f"{first.message} {also} for the same correction.",
    )
