"""What is said of a relation that does not hold: its message, the sentence around it, the titles of its tables.

In: judged relations, the kinds of check, the documents. Out: the same relations with words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator.model.relations import Labels, terms_of
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.model.extracts import Extract
    from validator.model.figures import Figure
    from validator.model.judged import Judged
    from validator.model.relations import Relation
    from validator.model.rules import Kind
    from validator.model.verdicts import Outcome


def in_words(judged: list[Judged], kinds: Mapping[str, Kind], extracts: Sequence[Extract]) -> list[Judged]:
    """Message and context for whatever does not hold."""
    sentences, titles = _Sentences(extracts), _Titles(extracts)
    return [
        one
        if one.outcome.verdict is Verdict.HOLDS
        else replace(
            one,
            message=kinds[one.bound.kind].message(one.bound, one.outcome),
            context=sentences.around(one.outcome),
            titles=titles.of(one.outcome.relation),
        )
        for one in judged
    ]


class _Sentences:
    """The sentence or table row around a figure; looked up only when something does not hold."""

    def __init__(self, extracts: Iterable[Extract]) -> None:
        self._extracts = extracts
        self._by_figure: dict[Figure, str] = {}

    def around(self, outcome: Outcome) -> str:
        if not self._by_figure:
            for extract in self._extracts:
                for passage, mention in extract.mentions():
                    self._by_figure.setdefault(mention.figure, passage.sentence_at(mention.start))
        relation = outcome.relation
        if isinstance(relation, Labels):  # what stands beside a label at fault; a group of data stands nowhere
            figures = [label.figure for label in outcome.labels or relation.left if label.figure is not None]
        else:
            figures = [term.figure for term in terms_of(relation)]
        return next((self._by_figure[figure] for figure in figures if figure in self._by_figure), "")


class _Titles:
    """The titles of the tables that a relation is about; looked up only when something does not hold."""

    def __init__(self, extracts: Iterable[Extract]) -> None:
        self._extracts = extracts
        self._by_figure: dict[Figure, str] = {}

    def of(self, relation: Relation) -> tuple[str, ...]:
        if not self._by_figure:
            tables = (table for extract in self._extracts for table in extract.tables)
            self._by_figure = {figure: table.title for table in tables for figure in table.figures()}
        if isinstance(relation, Labels):
            found = (label.of for label in (*relation.left, *relation.right))
        else:
            found = (self._by_figure.get(term.figure, "") for term in terms_of(relation))
        return tuple(dict.fromkeys(filter(None, found)))
