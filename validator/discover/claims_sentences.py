"""Sentences as claims read them: their figures with the words around, the phrases that say what is claimed, the years.

In: an `Extract` and its `Language`. Out: `Sentence`s in reading order. Must not decide what a sentence claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from validator.discover.claims_words import Bag, is_year, subject_words, words
from validator.model.figures import NumeralKind
from validator.model.language import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.extracts import Extract, Mention, Passage
    from validator.model.figures import Figure
    from validator.model.language import Language, Spot
    from validator.model.settings import Settings


class Quantity(NamedTuple):
    """A figure at ``text[start:stop]`` of its passage, hedge and unit taken in."""

    figure: Figure
    start: int
    stop: int

    @property
    def counts(self) -> bool:
        """Whether it is a plain number of things: no share, no measure, no end of a range."""
        return self.figure.kind is NumeralKind.COUNT and not self.figure.unit and self.figure.value is not None

    @property
    def share(self) -> bool:
        """Whether it is a percentage or a fraction."""
        return self.figure.kind in (NumeralKind.PERCENT, NumeralKind.FRACTION) and self.figure.value is not None


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """``passage.text[start:stop]``; all positions are those of the passage. ``order`` counts the passages."""

    passage: Passage
    order: int
    start: int
    stop: int
    quantities: tuple[Quantity, ...]
    spots: tuple[Spot, ...]
    bag: Bag
    years: frozenset[str]
    subject: Bag

    @property
    def page(self) -> int:
        """The page on which its passage begins."""
        return self.passage.location.page

    def topics(self, start: int, stop: int) -> set[Topic]:
        """What the phrases wholly inside a part speak of."""
        return {spot.sense.topic for spot in self.spots if start <= spot.start and spot.stop <= stop}

    def spots_of(self, topic: Topic) -> list[Spot]:
        """The phrases on one topic."""
        return [spot for spot in self.spots if spot.sense.topic is topic]

    def between(self, one: Quantity, other: Quantity) -> str:
        """What is printed between two figures."""
        return self.passage.text[one.stop : other.start]

    def before(self, quantity: Quantity) -> int:
        """Where the figure before ends, or the sentence begins."""
        return max((q.stop for q in self.quantities if q.stop <= quantity.start), default=self.start)

    def after(self, quantity: Quantity) -> int:
        """Where the next figure begins, or the sentence ends."""
        return min((q.start for q in self.quantities if q.start >= quantity.stop), default=self.stop)


def sentences(extract: Extract, language: Language, settings: Settings) -> list[Sentence]:
    """Every sentence of the prose and every heading; rows of tables are none."""
    found: list[Sentence] = []
    for order, passage in enumerate(extract.passages):
        if not passage.row:
            found.extend(_of(passage, order, language, settings))
    return found


def _of(passage: Passage, order: int, language: Language, settings: Settings) -> Iterator[Sentence]:
    spots = language.spots(passage.text)
    for start, stop in passage.sentences or ((0, len(passage.text)),):
        text = passage.text[start:stop]
        mentions = [mention for mention in passage.mentions if start <= mention.start < stop]
        own = [word._replace(start=word.start + start, stop=word.stop + start) for word in words(text)]
        subject = [word._replace(start=word.start + start, stop=word.stop + start) for word in subject_words(text, language)]
        taken = [(mention.start, mention.stop) for mention in mentions]
        yield Sentence(
            passage,
            order,
            start,
            stop,
            tuple(_quantity(mention, passage) for mention in mentions),
            tuple(spot for spot in spots if start <= spot.start and spot.stop <= stop),
            Bag(own, settings),
            frozenset(
                word.text
                for word in own
                if is_year(word.text, settings) and not any(a <= word.start < b for a, b in taken)
            ),
            Bag(subject, settings),
        )


def _quantity(mention: Mention, passage: Passage) -> Quantity:
    """A mention widened to hedge and unit."""
    figure = mention.figure
    inside = figure.quote.find(figure.text)
    start = mention.start - max(inside, 0)
    stop = max(mention.stop, start + len(figure.quote)) if inside >= 0 else mention.stop
    return Quantity(figure, max(start, 0), min(stop, len(passage.text)))


def neighbours(found: Sequence[Sentence], index: int, reach: int) -> list[Sentence]:
    """The sentences up to ``reach`` before the one at ``index``, the nearest first."""
    return [found[i] for i in range(index - 1, max(-1, index - 1 - reach), -1)]
