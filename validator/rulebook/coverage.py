"""Which figures no rule and no ``unchecked`` entry of the rule books touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.relations import Labels, terms_of
from validator.model.vacuity import cannot_fail

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.model.extracts import Extract
    from validator.model.figures import Figure
    from validator.model.relations import Relation
    from validator.model.rules import Binding


def uncovered(extracts: Sequence[Extract], relations: Iterable[Relation], binding: Binding) -> tuple[Figure, ...]:
    """The figures of the documents that stand in none of ``relations`` and for which no reason is given, in order.

    A relation of labels checks no figure, and neither does one that cannot fail.
    """
    checks = (one for one in relations if not isinstance(one, Labels) and not cannot_fail(one))
    touched = {term.figure for relation in checks for term in terms_of(relation)}
    touched.update(figure for entry in binding.unchecked if entry.reason for figure in entry.figures)
    return tuple(figure for extract in extracts for figure in extract.figures if figure not in touched)
