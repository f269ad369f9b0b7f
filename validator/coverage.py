"""Which figures of documents were checked, and why the others were not.

In: documents as understood, the judged relations, and what the rule books leave unchecked. Out: a ``Checked`` of each.
It decides nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.model.relations import Labels, terms_of
from validator.model.results import Checked, Coverage
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.model.extracts import Extract
    from validator.model.figures import Figure
    from validator.model.judged import Judged
    from validator.model.rules import Binding

# A figure shows its worst decided verdict; undecidable only where no relation of it could be decided.
_RANK = {Verdict.UNDECIDABLE: 0, Verdict.HOLDS: 1, Verdict.VIOLATED: 2}


def covered(extracts: Sequence[Extract], judged: Iterable[Judged], binding: Binding) -> tuple[Checked, ...]:
    """Which figures of each document stand in a relation that could be decided.

    A relation of labels says nothing of the figures that stand beside them.
    """
    verdicts: dict[Figure, Verdict] = {}
    for one in judged:
        if isinstance(one.outcome.relation, Labels):
            continue
        verdict = one.outcome.verdict
        for term in terms_of(one.outcome.relation):
            if _RANK[verdict] >= _RANK[verdicts.get(term.figure, Verdict.UNDECIDABLE)]:
                verdicts[term.figure] = verdict
    reasons = {figure: entry.reason for entry in binding.unchecked for figure in entry.figures if entry.reason}
    return tuple(_checked(extract, verdicts, reasons) for extract in extracts)


def _checked(extract: Extract, all_verdicts: Mapping[Figure, Verdict], all_reasons: Mapping[Figure, str]) -> Checked:
    own = dict.fromkeys(extract.figures)
    verdicts = {figure: all_verdicts[figure] for figure in own if figure in all_verdicts}
    reasons = {figure: all_reasons[figure] for figure in own if figure in all_reasons and figure not in verdicts}
    checked = sum(verdict is not Verdict.UNDECIDABLE for verdict in verdicts.values())
    coverage = Coverage(
        total=len(extract.figures) + len(extract.numerals) + len(extract.missed),
        checked=checked,
        unchecked=len(extract.figures) - checked,
        not_figures=dict(sorted(Counter(str(numeral.reason) for numeral in extract.numerals).items())),
        missed=len(extract.missed),
    )
    return Checked(extract, coverage, verdicts, reasons)
