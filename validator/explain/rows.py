"""Rows that should not be there: whether leaving out a row that is listed twice settles several discrepancies at once.

Fellegi-Holt over rows instead of figures. A system of relations and the labels found twice in; for each relation that
such a row explains, a diagnosis out. The rows below a nested row are known from the relations in which it is a total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import wording
from validator.model.findings import Diagnosis
from validator.model.intervals import ZERO
from validator.model.relations import Comparison, Labels, Linear, SetMode
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from validator.explain.system import System
    from validator.model.figures import Figure
    from validator.model.relations import Label
    from validator.model.verdicts import Outcome

# One check that a row settles may be an accident; two that agree on the same row are not.
_MIN_SETTLED = 2


def doubled_rows(system: System, outcomes: Sequence[Outcome]) -> dict[int, Diagnosis]:
    """By relation, the row that is listed twice and whose absence would settle it and others, breaking none."""
    found: dict[int, Diagnosis] = {}
    for index, outcome in enumerate(outcomes):
        relation = outcome.relation
        if not isinstance(relation, Labels) or relation.mode is not SetMode.UNIQUE:
            continue
        if outcome.verdict is not Verdict.VIOLATED:
            continue
        for label in outcome.labels:
            settled = _settled_without(system, label)
            if len(settled) >= _MIN_SETTLED:
                diagnosis = _worded(label, len(settled))
                found.update((one, diagnosis) for one in (index, *settled) if one not in found)
    return found


def _worded(label: Label, settled: int) -> Diagnosis:
    figure = f" ({wording.printed(label.figure)})" if label.figure else ""
    return Diagnosis(
        "row listed twice",
        f"“{wording.short(label.text)}”{figure} on page {label.location.page} is listed twice: "
        f"without this row {settled} checks that fail would hold.",
    )


def _settled_without(system: System, label: Label) -> list[int]:
    """The violated sums that hold once a row counts for nothing; none where that breaks a sum that holds."""
    if label.figure is None:
        return []
    without: dict[Figure, Decimal] = dict.fromkeys(_row(system, label.figure), ZERO)
    touched = {index for figure in without for index in system.standing[figure] if _is_sum(system, index)}
    after = {index for index in touched if not system.holds(index, without)}
    return [] if after - system.violated else sorted((touched & system.violated) - after)


def _row(system: System, figure: Figure) -> set[Figure]:
    """A figure with all figures below it."""
    found, waiting = {figure}, [figure]
    while waiting:
        parent = waiting.pop()
        for index in system.standing[parent]:
            relation = system.relations[index]
            if not isinstance(relation, Linear) or not any(
                term.figure is parent and term.role == "total" for term in relation.stated.terms
            ):
                continue
            below = {term.figure for term in relation.other.terms if term.role == "part"} - found
            found |= below
            waiting.extend(below)
    return found


def _is_sum(system: System, index: int) -> bool:
    """Orders do not count: a row that is left out has no neighbours."""
    relation = system.relations[index]
    return isinstance(relation, Linear) and relation.comparison is Comparison.EQUAL
