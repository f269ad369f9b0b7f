"""Counts of sentences against nested tables: "14 men are in construction" against the rows of men in construction.

A nested stub (country, sex and age, trade) prints each group under each country; a sentence speaks of them all
together. In: the `Sentence`s of a document and its tables. Out: `Reading`s: a count is the sum of all innermost rows
that have the labels which the sentence names, on two levels at least. Must not decide which readings are told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from validator.discover.claims_phrasing import elsewhere, part_before, whole_of
from validator.discover.claims_readings import tie, total_of, value
from validator.discover.claims_words import label_words
from validator.model.building import has_children, path_of
from validator.model.figures import NumeralKind
from validator.model.labels import key
from validator.model.language import Topic
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.discover.claims_readings import Reading
    from validator.discover.claims_sentences import Quantity, Sentence
    from validator.model.figures import Figure
    from validator.model.language import Language
    from validator.model.settings import Settings
    from validator.model.tables import Table

    Names = frozenset[str]  # labels of one level, by key

_PERSONS = {
    Topic.MAN: frozenset({Topic.MAN}),
    Topic.WOMAN: frozenset({Topic.WOMAN}),
    Topic.BOY: frozenset({Topic.MAN, Topic.MINOR}),
    Topic.GIRL: frozenset({Topic.WOMAN, Topic.MINOR}),
}
_AGES = frozenset({Topic.ADULT, Topic.MINOR})
# "All of them are women", "the others", "of whom": the count is of something that another sentence names.
_SETS = frozenset({Topic.ALL, Topic.REMAINING, Topic.OF_WHICH})
_LEVELS = 2  # that must be named: one level alone is what the table's own subtotals say


class _Row(NamedTuple):
    figure: Figure
    path: tuple[str, ...]  # the key of its label on each level


@dataclass(frozen=True, slots=True, eq=False)
class Cross:
    """The innermost rows of a nested table; of each level the words of its labels, and the persons they name."""

    rows: tuple[_Row, ...]
    words: tuple[Mapping[str, tuple[str, ...]], ...]
    persons: tuple[Mapping[str, frozenset[Topic]], ...]

    def of(self, named: Sequence[Names | None]) -> list[Figure]:
        """The figures of all rows with the labels named on each level; None names them all."""
        return [
            row.figure
            for row in self.rows
            if all(names is None or label in names for names, label in zip(named, row.path, strict=True))
        ]


class _Place(NamedTuple):
    """Where a sentence names labels of a level."""

    start: int
    names: Names


class _Claim(NamedTuple):
    quantity: Quantity
    named: tuple[Names | None, ...]
    figures: tuple[Figure, ...]  # none where no row has these labels
    dated: bool

    @property
    def holds(self) -> bool:
        """Whether the count may be the sum."""
        return value(total_of(self.figures)) in self.quantity.figure.interval


def crosses(tables: Iterable[Table], language: Language) -> list[Cross]:
    """The nested tables with one column of counts, in which innermost labels come back under several parents."""
    return [one for table in tables if (one := _cross(table, language)) is not None]


def _cross(table: Table, language: Language) -> Cross | None:
    columns = [c for c in range(len(table.headers)) if any(row[c].figure for row in table.cells)]
    depth = max((len(path_of(stub)) for stub in table.stubs), default=0)
    if len(columns) != 1 or depth < _LEVELS:
        return None
    rows = []
    for index, (stub, cells) in enumerate(zip(table.stubs, table.cells, strict=True)):
        figure, path = cells[columns[0]].figure, path_of(stub)
        counts = figure is not None and figure.kind is NumeralKind.COUNT and figure.value is not None
        if stub.role is Role.BODY and counts and len(path) == depth and not has_children(table, index):
            rows.append(_Row(figure, tuple(map(key, path))))  # type: ignore[arg-type]  # counted above
    inner = [row.path[-1] for row in rows]
    if len(set(inner)) == len(inner) or any(stub.role is Role.SUBTOTAL for stub in table.stubs):
        return None
    paths = [path_of(stub) for stub in table.stubs]
    texts = [{key(label): label for path in paths for label in path[at : at + 1]} for at in range(depth)]
    words = tuple({name: tuple(label_words(label, language)) for name, label in one.items()} for one in texts)
    persons = tuple({name: _persons(label, language) for name, label in one.items()} for one in texts)
    return Cross(tuple(rows), words, persons)


def _persons(label: str, language: Language) -> frozenset[Topic]:
    """The sex and age that a label names."""
    topics = {spot.sense.topic for spot in language.spots(label)}
    return frozenset(topics & {*_PERSONS, *_AGES}).union(*(_PERSONS[topic] for topic in topics if topic in _PERSONS))


def readings(found: Sequence[Sentence], tables: Sequence[Cross], settings: Settings) -> Iterator[Reading]:
    """What the counts of all sentences may be sums of, told with more certainty the more of them agree."""
    for cross in tables:
        claims = [list(_claims(found, index, cross)) for index in range(len(found))]
        lists = [several for sentence, own in zip(found, claims, strict=True) for several in _whole(sentence, own)]
        listed = {id(one) for several in lists for one in several}
        alone = [one for own in claims for one in own if one.figures and id(one) not in listed]
        right = {one.figures for own in claims for one in own if one.holds and (one.quantity.figure.value or 0) > 1}
        wrong = {one.figures for one in alone if not one.holds} - right
        words = settings.fixed_bits + log2(1 + len(right))
        for one in alone:
            firm = len(right) >= len(wrong) and not one.dated
            yield tie(one.quantity.figure, total_of(one.figures), words, firm=firm)
        for several in lists:
            yield from _members(several, settings)


def _members(several: Sequence[_Claim], settings: Settings) -> Iterator[Reading]:
    """Each count of a list that comes to the sum of its rows: where one does not hold, it stands at a wrong label."""
    bits = log2(1 + sum(float(one.quantity.figure.value or 0) for one in several))
    for one in several:
        if one.figures:
            reading = tie(one.quantity.figure, total_of(one.figures), settings.fixed_bits, firm=True)
            yield reading if one.holds else replace(reading, moved=bits, topic=("list",))


def _whole(sentence: Sentence, claims: Sequence[_Claim]) -> Iterator[list[_Claim]]:
    """The lists of counts that come to the sum of all their rows together."""
    for several in _lists(sentence, claims):
        stated = sum(one.quantity.figure.value or 0 for one in several)
        rows = {figure for one in several for figure in one.figures}
        once = sum(len(one.figures) for one in several) == len(rows)
        if once and stated == sum(figure.value or 0 for figure in rows):
            yield several


def _lists(sentence: Sentence, claims: Sequence[_Claim]) -> Iterator[list[_Claim]]:
    """Claims that a comma or an "and" joins and that differ in one level alone."""
    run: list[_Claim] = []
    for one in claims:
        if run and not (_joined(sentence, run[-1].quantity, one.quantity) and _differ(run[-1], one)):
            if len(run) > 1:
                yield run
            run = []
        run.append(one)
    if len(run) > 1:
        yield run


def _differ(one: _Claim, other: _Claim) -> bool:
    return sum(ours != theirs for ours, theirs in zip(one.named, other.named, strict=True)) == 1


def _joined(sentence: Sentence, one: Quantity, other: Quantity) -> bool:
    between = sentence.between(one, other)
    return "," in between or Topic.AND in sentence.topics(one.stop, other.start)


# --- which rows a count is of -----------------------------------------------------------------------------------


def _claims(found: Sequence[Sentence], index: int, cross: Cross) -> Iterator[_Claim]:
    sentence = found[index]
    counts = [q for q in sentence.quantities if q.counts and not whole_of(sentence, q)]
    if not counts or sentence.topics(sentence.start, sentence.stop) & _SETS:
        return
    before = found[index - 1] if index and found[index - 1].passage is sentence.passage else None
    here = [_places(sentence, cross, level) for level in range(len(cross.words))]
    back = [_places(before, cross, level) if before is not None else [] for level in range(len(cross.words))]
    bare = _bare(sentence, here, cross)
    for quantity in counts:
        if elsewhere(sentence, quantity):
            continue
        inner = bool(here[-1])  # the innermost level is named, or taken over where a sentence speaks of nothing else
        named = tuple(
            _named(sentence, quantity, own, theirs if (inner or bare) else ())
            for own, theirs in zip(here, back, strict=True)
        )
        if sum(names is not None for names in named) >= _LEVELS:
            yield _Claim(quantity, named, tuple(cross.of(named)), bool(sentence.dates))


def _named(sentence: Sentence, quantity: Quantity, here: Sequence[_Place], back: Sequence[_Place]) -> Names | None:
    """The labels of a level that a count is of: named behind it, else behind its list, else before it.

    A sentence that names none of the level takes over the only one of the sentence before, at ``back``.
    """
    high = sentence.after(quantity)
    for other in sentence.quantities:
        if part_before(sentence, other) is quantity:
            high = sentence.after(other)
    behind = [place for place in here if place.start >= quantity.stop]
    own = [place for place in behind if place.start < high]
    if own:
        return own[0].names
    if behind and _reaches(sentence, quantity, behind[0].start):
        return behind[0].names
    ahead = [place for place in here if place.start < quantity.start]
    if ahead:
        return ahead[-1].names
    names = {place.names for place in back}
    return names.pop() if not here and len(names) == 1 else None


def _reaches(sentence: Sentence, quantity: Quantity, start: int) -> bool:
    """Whether the figures up to a place are one list with this one: "nine women, a man and a boy are in farming"."""
    run = [q for q in sentence.quantities if quantity.start <= q.start < start]
    return all(_joined(sentence, one, other) for one, other in pairwise(run))


def _places(sentence: Sentence, cross: Cross, level: int) -> list[_Place]:
    """Where a sentence names labels of a level, in order; the same place may name several that share its words."""
    found: dict[int, set[str]] = {}
    persons = cross.persons[level]
    for name, words in cross.words[level].items():
        if persons[name] or not words:
            continue
        places = [list(sentence.bag.places(word)) for word in words]
        if all(places):
            for first in places[0]:
                found.setdefault(first.start, set()).add(name)
    said = {spot.sense.topic for spot in sentence.spots}
    for spot in sentence.spots:
        if spot.sense.topic in _PERSONS:
            names = _meant(spot.sense.topic, said, persons)
            if names or any(persons.values()):
                found.setdefault(spot.start, set()).update(names)
    return [_Place(start, frozenset(names)) for start, names in sorted(found.items())]


def _meant(topic: Topic, said: set[Topic], persons: Mapping[str, frozenset[Topic]]) -> Names:
    """The labels that a word for persons names; where boys are named beside them, men are grown up."""
    wanted = _PERSONS[topic]
    young = {Topic.MAN: Topic.BOY, Topic.WOMAN: Topic.GIRL}.get(topic)
    grown = young in said and any(one >= wanted | {Topic.ADULT} for one in persons.values())
    return frozenset(
        name
        for name, one in persons.items()
        if one >= (wanted | {Topic.ADULT} if grown else wanted) and not {Topic.MAN, Topic.WOMAN} <= one
    )


def _bare(sentence: Sentence, here: Sequence[Sequence[_Place]], cross: Cross) -> bool:
    """Whether a sentence speaks of nothing but labels of the table."""
    starts = {place.start for places in here for place in places}
    known = {word for level in cross.words for words in level.values() for word in words}
    return all(
        word.start in starts or any(word.start == place.start for text in known for place in sentence.bag.places(text))
        for word in sentence.subject.all()
    )
