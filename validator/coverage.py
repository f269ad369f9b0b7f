"""Which figures of a document were checked, and why the others were not.

In: a document as understood, the judged relations, and what the rule books leave unchecked. Out: a ``Checked``. It
decides nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.model.relations import Labels, terms_of
from validator.model.results import Checked, Coverage
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.extracts import Extract
    from validator.model.figures import Figure
    from validator.model.judged import Judged
    from validator.model.rules import Binding

# A figure shows its worst decided verdict; undecidable only where no relation of it could be decided.
_RANK = {Verdict.UNDECIDABLE: 0, Verdict.HOLDS: 1, Verdict.VIOLATED: 2}


def covered(extract: Extract, judged: Iterable[Judged], binding: Binding) -> Checked:
    """Which figures of a document stand in a relation that could be decided.

    A relation of labels says nothing of the figures that stand beside them.
    """
    own = set(extract.figures)
    verdicts: dict[Figure, Verdict] = {}
    for one in judged:
        if isinstance(one.outcome.relation, Labels):
            continue
        verdict = one.outcome.verdict
        for term in terms_of(one.outcome.relation):
            if term.figure in own and _RANK[verdict] >= _RANK[verdicts.get(term.figure, Verdict.UNDECIDABLE)]:
                verdicts[term.figure] = verdict
    reasons = {
        figure: entry.reason
        for entry in binding.unchecked
        for figure in entry.figures
        if entry.reason and figure in own and figure not in verdicts
    }
    checked = sum(verdict is not Verdict.UNDECIDABLE for verdict in verdicts.values())
    coverage = Coverage(
        total=len(extract.figures) + len(extract.numerals) + len(extract.missed),
        checked=checked,
        unchecked=len(extract.figures) - checked,
        not_figures=dict(sorted(Counter(str(numeral.reason) for numeral in extract.numerals).items())),
        missed=len(extract.missed),
    )
    return Checked(extract, coverage, verdicts, reasons)
