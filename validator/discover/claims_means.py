"""Means in sentences: one between its minimum and maximum, and one that so many whole things can have.

In: a `Sentence`. Out: `Reading`s: "ages ranged from 17 to 52, mean 58", "the 15 households have on average 2.27
children". The words must leave no doubt that range, mean and count are of the same: a word that stands only beside one
of them may name something else. Must not look at tables.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.discover.claims_readings import between, whole_mean
from validator.model.figures import NumeralKind
from validator.model.language import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.discover.claims_readings import Reading
    from validator.discover.claims_sentences import Quantity, Sentence
    from validator.discover.claims_words import Word
    from validator.model.language import Spot
    from validator.model.settings import Settings

_VALUES = (NumeralKind.COUNT, NumeralKind.DECIMAL, NumeralKind.PERCENT)
_NUMBERED = re.compile(r"\b[nN]\s*=\s*$")  # "n = 15", which is no word of any language
_STOPS = ",;:()\u2013\u2014"
_MADE = frozenset({Topic.AVERAGE, Topic.MEDIAN, Topic.SPREAD, Topic.LOW_END, Topic.HIGH_END})
_RATES = frozenset({Topic.YEARLY, Topic.PERIOD, Topic.MEASURED, Topic.UNIT, Topic.MEDIAN, Topic.CUMULATIVE})


class _Range(NamedTuple):
    low: Quantity
    high: Quantity
    named: bool  # a word says that they are the ends of what is spoken of


def readings(sentence: Sentence, settings: Settings) -> Iterator[Reading]:
    """What the only mean of a sentence is held against."""
    if len(sentence.quantities) < 2 or not sentence.spots_of(Topic.AVERAGE):
        return
    means = [q for q in sentence.quantities if q.figure.kind in _VALUES and _is_mean(sentence, q, settings)]
    if len(means) != 1:
        return
    mean = means[0]
    ranges = list(_ranges(sentence, mean))
    if len(ranges) == 1 and _same(sentence, ranges[0], mean, settings):
        low, high = ranges[0].low.figure, ranges[0].high.figure
        yield between(mean.figure, low, high, settings.fixed_bits)
    ends = {end for one in ranges for end in (one.low, one.high)}
    counts = [q for q in sentence.quantities if q is not mean and q not in ends]
    if len(counts) == 1 and len(ranges) < 2 and _whole_things(sentence, mean, counts[0]):
        yield whole_mean(mean.figure, counts[0].figure, settings.fixed_bits)


def _is_mean(sentence: Sentence, quantity: Quantity, settings: Settings) -> bool:
    """Whether a word for a mean stands right before a figure, or right behind it: "3.2 children on average"."""
    text = sentence.passage.text
    low, high = sentence.before(quantity), sentence.after(quantity)
    for spot in sentence.spots_of(Topic.AVERAGE):
        if low <= spot.start and spot.stop <= quantity.start:
            words = text[spot.stop : quantity.start]
            if len(words.split()) <= settings.average_reach and not any(sign in words for sign in _STOPS):
                return True
        if quantity.stop <= spot.start and spot.stop <= high:
            words, after = text[quantity.stop : spot.start], text[spot.stop : high].strip()
            near = len(words.split()) <= settings.list_gap and not any(sign in words for sign in _STOPS)
            if near and (high == sentence.stop or after[:1] in (*_STOPS, ".")):
                return True
    return False


def _ranges(sentence: Sentence, mean: Quantity) -> Iterator[_Range]:
    """The pairs of figures that words or a dash make the ends of a range."""
    others = [q for q in sentence.quantities if q is not mean]
    for low, high in pairwise(others):
        if low.stop <= mean.start and mean.stop <= high.start:
            continue
        kinds = {low.figure.kind, high.figure.kind}
        named = bool(sentence.spots_of(Topic.SPREAD))
        if kinds == {NumeralKind.RANGE}:
            yield _Range(low, high, named)
        elif kinds <= set(_VALUES) and ((named and _joined(sentence, low, high)) or _ends(sentence, low, high)):
            yield _Range(low, high, named=True)


def _joined(sentence: Sentence, low: Quantity, high: Quantity) -> bool:
    """Whether "from" or "range" stands before the one and nothing but "to" between the two."""
    text = sentence.passage.text
    spots = sentence.spots
    before = [spot for spot in spots if spot.stop <= low.start and not text[spot.stop : low.start].strip()]
    to = [s for s in spots if s.sense.topic in (Topic.TO, Topic.ONTO) and low.stop <= s.start and s.stop <= high.start]
    alone = any(not (text[low.stop : s.start] + text[s.stop : high.start]).strip() for s in to)
    return alone and any(spot.sense.topic in (Topic.FROM, Topic.SPREAD) for spot in before)


def _ends(sentence: Sentence, low: Quantity, high: Quantity) -> bool:
    """Whether words for the lowest and the highest stand right before them: "minimum 17, maximum 52"."""
    return _called(sentence, low, Topic.LOW_END) and _called(sentence, high, Topic.HIGH_END)


def _called(sentence: Sentence, quantity: Quantity, topic: Topic) -> bool:
    """Whether a phrase stands right before a figure, or in it: "minimum" may be read as its hedge."""
    low = sentence.before(quantity)
    spots = [spot for spot in sentence.spots_of(topic) if low <= spot.start and spot.start < quantity.stop]
    return any(not _contents(sentence, spot.stop, quantity.start) for spot in spots)


def _same(sentence: Sentence, ends: _Range, mean: Quantity, settings: Settings) -> bool:
    """Whether a mean is of what the range is of: no word of its own stands beside either, nor another unit."""
    low, high = ends.low.figure, ends.high.figure
    if low.value is None or high.value is None or mean.figure.value is None or not low.value < high.value:
        return False
    units = sorted({q.figure.unit.casefold() for q in (ends.low, ends.high, mean)} - {""})
    bare = mean.figure.unit and not (low.unit or high.unit)
    forms = all(
        unit == units[0] or (unit.startswith(units[0]) and len(units[0]) > settings.unit_letters) for unit in units
    )
    if not forms or (bare and not ends.named):
        return False
    first, last = (ends.high, mean) if mean.start > ends.high.start else (mean, ends.low)
    if first.stop > last.start:
        return False
    parts = [(first.stop, last.start), *((q.stop, _stop(sentence, q)) for q in (ends.high, mean))]
    return all(_again(sentence, word) for part in parts for word in _contents(sentence, *part))


def _stop(sentence: Sentence, quantity: Quantity) -> int:
    """Where the words right behind a figure end: at the first sign or the next figure."""
    text, high = sentence.passage.text, sentence.after(quantity)
    return min((at for sign in (*_STOPS, ".") if (at := text.find(sign, quantity.stop, high)) >= 0), default=high)


def _contents(sentence: Sentence, start: int, stop: int) -> list[Word]:
    """The words of a part that say what it is about, and not that it is a mean or the end of a range."""
    own = [spot for spot in sentence.spots if spot.sense.topic in _MADE]
    return [
        word
        for word in sentence.subject.all()
        if start <= word.start and word.stop <= stop and not any(s.start <= word.start < s.stop for s in own)
    ]


def _again(sentence: Sentence, word: Word) -> bool:
    """Whether a word comes twice, alone or as the end of one, so that it tells no part of the sentence from another."""
    if sum(1 for _ in sentence.bag.places(word.text)) > 1:
        return True
    return any(other.text != word.text and other.text.endswith(word.text) for other in sentence.bag.all())


def _whole_things(sentence: Sentence, mean: Quantity, count: Quantity) -> bool:
    """Whether it is the mean of things that are counted, over so many: "15 homes have on average 2.27 rooms"."""
    figure, size = mean.figure, count.figure.value or 0
    plain = figure.kind is NumeralKind.DECIMAL and not figure.unit and not figure.hedge
    if not plain or not count.counts or count.figure.hedge or not 1 < size < 10**figure.decimals:
        return False
    if sentence.topics(sentence.start, sentence.stop) & _RATES or not _beside_average(sentence, mean):
        return False
    numbered = _NUMBERED.search(sentence.passage.text[sentence.start : count.start]) is not None
    things, owner = _counted(sentence, mean), _contents(sentence, count.stop, _stop(sentence, count))[:1]
    named = {one.start for one in (things, *owner) if one is not None}
    others = [spot for spot in sentence.spots_of(Topic.COUNTED) if spot.start not in named]
    if things is None or not (owner or numbered) or any(not _repeats(sentence, spot) for spot in others):
        return False
    rest = _contents(sentence, things.stop, _stop(sentence, mean))  # it may make it a rate: "2.27 visits per bed"
    return all(_again(sentence, word) for word in rest)


def _beside_average(sentence: Sentence, mean: Quantity) -> bool:
    """Whether only small words stand between a word for a mean and the figure: not "the average ward had 2.27"."""
    return any(
        not _contents(sentence, spot.stop, mean.start) and sentence.before(mean) <= spot.start
        for spot in sentence.spots_of(Topic.AVERAGE)
        if spot.stop <= mean.start
    ) or any(spot.start >= mean.stop for spot in sentence.spots_of(Topic.AVERAGE))


def _counted(sentence: Sentence, quantity: Quantity) -> Spot | None:
    """The noun of things counted right behind a figure."""
    text = sentence.passage.text
    for spot in sentence.spots_of(Topic.COUNTED):
        if quantity.stop <= spot.start and not text[quantity.stop : spot.start].strip():
            return spot
    return None


def _repeats(sentence: Sentence, spot: Spot) -> bool:
    """Whether a noun only comes back: "2.27 children per household" of 15 households."""
    return any(_again(sentence, word) for word in _contents(sentence, spot.start, spot.stop))
