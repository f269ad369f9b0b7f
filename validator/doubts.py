"""Violations that may rest on what was misread become undecidable: a report is never accused of our own slip.

In: judged relations, the documents, and the second reader. Out: the same relations, with fewer violations. It must not
make a violation of anything.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.relations import Labels, Linear, terms_of
from validator.model.verdicts import Doubt, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from validator.model.extracts import Extract
    from validator.model.judged import Judged
    from validator.model.locations import Location
    from validator.model.relations import Label, Relation
    from validator.model.verdicts import Outcome
    from validator.read.standby import SecondReader


def incomplete_pages(extracts: Iterable[Extract]) -> frozenset[tuple[str, int]]:
    """The pages, by document, with numerals that an independent count saw and extraction did not understand."""
    return frozenset((extract.document.path, stray.page) for extract in extracts for stray in extract.missed)


def complete(judged: Sequence[Judged], extracts: Sequence[Extract]) -> list[Judged]:
    """Violations on pages that were not read in full become undecidable: what was missed may be what was wanted."""
    pages = incomplete_pages(extracts)
    if not pages:
        return list(judged)
    return [
        replace(one, outcome=_unread(one.outcome, pages)) if one.outcome.verdict is Verdict.VIOLATED else one
        for one in judged
    ]


def _unread(outcome: Outcome, incomplete: frozenset[tuple[str, int]]) -> Outcome:
    places = [figure.location for figure in _everything(outcome.relation)]
    pages = sorted({place.page for place in places if (place.document, place.page) in incomplete})
    if not pages:
        return outcome
    reason = f"numerals on {_pages(pages)} were seen but not understood"
    return replace(outcome, verdict=Verdict.UNDECIDABLE, reason=reason)


def _everything(relation: Relation) -> Iterator[Figure | Label]:
    """All that a relation was made of, whether or not it is at fault: a label may lack its twin on the other side."""
    if isinstance(relation, Labels):
        yield from (*relation.left, *relation.right)
        return
    yield from (term.figure for term in terms_of(relation))
    if isinstance(relation, Linear):
        yield from relation.other.counted


class SecondOpinion:
    """What the second reader says of the figures and labels of violations; each is asked for once, as it is found."""

    def __init__(self, second: SecondReader) -> None:
        self._second = second
        self._asked: set[tuple[Location, str]] = set()
        self._answers: list[Callable[[], dict[Figure, Doubt]]] = []

    def ask(self, judged: Iterable[Judged]) -> None:
        """Set the second reader to work on what is violated."""
        violated = (one.outcome for one in judged if one.outcome.verdict is Verdict.VIOLATED)
        self.look(figure for outcome in violated for figure in _exhibited(outcome))

    def look(self, figures: Iterable[Figure]) -> None:
        """Set the second reader to work on these figures."""
        prints = {(figure.location, figure.text): figure for figure in figures}
        new = [figure for place, figure in prints.items() if place not in self._asked and figure.location.cell is None]
        self._asked.update(prints)
        if new:
            self._answers.append(self._second.ask(new))

    def doubts(self) -> dict[Figure, Doubt]:
        """Wait for all that it does not see."""
        answers, self._answers = self._answers, []
        return {figure: doubt for answer in answers for figure, doubt in answer().items()}


def confirmed(judged: Sequence[Judged], doubted: Mapping[Figure, Doubt]) -> list[Judged]:
    """Violations with a figure or label that the second reader does not see become undecidable (design, section 2)."""
    prints = _prints(doubted)
    confirmed = []
    for one in judged:
        violated = one.outcome.verdict is Verdict.VIOLATED
        shown = _exhibited(one.outcome) if violated else ()
        unseen = {one: prints[one.location, one.text] for one in shown if (one.location, one.text) in prints}
        confirmed.append(replace(one, outcome=_doubted(one.outcome, unseen)) if unseen else one)
    return confirmed


def doubtful(figures: Iterable[Figure], doubted: Mapping[Figure, Doubt]) -> set[Figure]:
    """Those of ``figures`` that the second reader does not see as they were read."""
    prints = _prints(doubted)
    return {figure for figure in figures if (figure.location, figure.text) in prints}


def _prints(doubted: Mapping[Figure, Doubt]) -> dict[tuple[Location, str], Doubt]:
    """Doubts by what is printed where, since labels are made into figures anew."""
    return {(figure.location, figure.text): doubt for figure, doubt in doubted.items()}


def unanswered(doubted: Mapping[Figure, Doubt]) -> list[str]:
    """One line for each document on which the second reader gave no answer: such a run is not a clean one."""
    return [
        f"{path}: the second reader did not answer for {_pages(numbers)}, so nothing is called a contradiction there; "
        "check again when the machine is less busy"
        for path, numbers in _by_document(doubted, Doubt.UNANSWERED).items()
    ]


def unreadable(doubted: Mapping[Figure, Doubt]) -> list[str]:
    """One line for each document with pages that only the first reader can read."""
    return [
        f"{path}: the second reader cannot read {_pages(numbers)}, so nothing is called a contradiction there"
        for path, numbers in _by_document(doubted, Doubt.UNREADABLE).items()
    ]


def _by_document(doubted: Mapping[Figure, Doubt], doubt: Doubt) -> dict[str, list[int]]:
    places = sorted({(one.location.document, one.location.page) for one, why in doubted.items() if why is doubt})
    return {path: [page for _, page in group] for path, group in groupby(places, key=lambda place: place[0])}


def _pages(numbers: Sequence[int]) -> str:
    return f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(map(str, numbers))}"


def _exhibited(outcome: Outcome) -> tuple[Figure, ...]:
    """What a violation rests on: figures, and labels that are at fault or were counted, as if they were figures."""
    relation = outcome.relation
    if isinstance(relation, Labels):
        return tuple(_as_figure(label) for label in outcome.labels)
    counted = relation.other.counted if isinstance(relation, Linear) else ()
    figures = tuple(term.figure for term in terms_of(relation) if term.figure.text)
    return (*figures, *(_as_figure(label) for label in counted))


def _as_figure(label: Label) -> Figure:
    return Figure(label.text, None, Interval(None, None), NumeralKind.UNREADABLE, label.location)


_WHY = {
    Doubt.DIFFERS: "a second reading does not agree on",
    Doubt.UNREADABLE: "the second reader cannot read the page of",
    Doubt.UNANSWERED: "the second reader did not answer for",
}


def _doubted(outcome: Outcome, doubted: Mapping[Figure, Doubt]) -> Outcome:
    reasons = []
    for doubt, what in _WHY.items():
        names = ", ".join(f"“{figure.text}”" for figure, why in doubted.items() if why is doubt)
        reasons += [f"{what} {names}"] if names else []
    return replace(outcome, verdict=Verdict.UNDECIDABLE, reason="; ".join(reasons))
