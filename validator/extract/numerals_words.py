"""Numbers in words: cardinals, fractions, multiples, shares such as "every fourth", and articles that count.

In: a `Reading`. Out: claims on it. Which words these are, and how they join, is the language's data.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from validator.model.figures import NumeralKind
from validator.model.language import Language, Piece, Sense, Topic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from validator.extract.numerals_reading import Reading
    from validator.model.language import Spot

HUNDRED, THOUSAND = 100, 1000


class Worded(NamedTuple):
    """A number in words over pieces ``first`` to ``last`` (excluded)."""

    first: int
    last: int
    value: Decimal
    decimals: int
    kind: NumeralKind
    reduces: bool = False  # "halved": a hedge works the other way round


def decimal_of(value: Fraction | None) -> Decimal:
    """A fraction as a decimal number, to the 28 digits of the default context."""
    return Decimal(0) if value is None else Decimal(value.numerator) / Decimal(value.denominator)


class _Sum:
    """A number in words as it grows: words come in, and are refused where no number can go on with them."""

    def __init__(self) -> None:
        self.done = 0
        self.current: Fraction | None = None
        self.scale = 0  # the last scale word, which the next must stay below
        self.step = 1  # what the number is a whole multiple of by its words: 1000 for "two thousand"

    def take(self, sense: Sense, *, may_open: bool) -> bool:
        """Add one word; False where it cannot follow, with nothing changed."""
        value = sense.value
        if value is None:
            return False
        if sense.topic is Topic.SCALE or (sense.topic is Topic.NUMBER and value >= THOUSAND):
            return self._take_scale(int(value), may_open=may_open or sense.topic is Topic.NUMBER)
        if sense.topic is Topic.HUNDRED or (sense.topic is Topic.NUMBER and value >= HUNDRED):
            return self._take_hundreds(value, may_open=may_open or sense.topic is Topic.NUMBER or value > HUNDRED)
        if self.current is None:
            self.current = value
        elif self.current >= HUNDRED and self.current % HUNDRED == 0 and value.denominator == 1 and value > 0:
            self.current += value
        else:
            return False
        self.step = 1
        return True

    def _take_scale(self, scale: int, *, may_open: bool) -> bool:
        if self.scale and scale >= self.scale:
            return False
        if self.current is None and not (may_open and not self.scale) and not (self.scale and scale == THOUSAND):
            return False
        self.done += int((1 if self.current is None else self.current) * scale)
        self.current, self.scale, self.step = None, scale, scale
        return True

    def _take_hundreds(self, value: Fraction, *, may_open: bool) -> bool:
        if self.current is None and (may_open or self.scale):
            self.current = value
        elif value == HUNDRED and self.current is not None and 1 <= self.current < HUNDRED:
            self.current *= HUNDRED
        else:
            return False
        self.step = HUNDRED
        return True

    @property
    def open(self) -> bool:
        """Whether a linking word may follow: after a scale or a full hundred."""
        return self.current is None or (self.current >= HUNDRED and self.current % HUNDRED == 0)

    @property
    def value(self) -> Decimal:
        """The number so far."""
        return Decimal(self.done) + decimal_of(self.current)


_CARDINAL = (Topic.SCALE, Topic.HUNDRED, Topic.NUMBER)


def cardinal(reading: Reading, first: int) -> Worded | None:
    """The longest number in words that begins at piece ``first``."""
    language, found = reading.language, reading.pieces
    total, at, last = _Sum(), first, first
    while at < len(found):
        taken = _take(total, language, found, at, opening=at == first)
        if taken is None and at > first and total.open and (link := language.at(found, at, Topic.LINK)):
            taken = _take(total, language, found, link.last, opening=False) if link.last < len(found) else None
        if taken is None:
            break
        at = last = taken
    if last == first:
        return None
    # "three million" is said of what rounds to it; hundreds are mostly meant exactly.
    decimals = -(len(str(total.step)) - 1) if total.step >= THOUSAND else 0
    kind = NumeralKind.COUNT
    if total.value != total.value.to_integral_value():
        decimals, kind = 1, NumeralKind.DECIMAL
    elif decimals:
        kind = NumeralKind.DECIMAL
    return Worded(first, last, total.value, decimals, kind)


# What a number in words may begin with: `part`, `multiple`, `ranked` and `cardinal` look for nothing else there.
_OPENERS = frozenset(
    (*_CARDINAL, Topic.ARTICLE, Topic.FRACTION, Topic.EVERY, Topic.REDUCTION, Topic.MULTIPLE, Topic.ORDINAL)
)


def may_begin(language: Language, word: str) -> bool:
    """Whether a number in words may begin with the piece ``word``: most words of a text are done with here."""
    return word in _openers(language) or (language.fused and word.isalpha() and fused(language, word) is not None)


@lru_cache(maxsize=8)
def _openers(language: Language) -> frozenset[str]:
    return frozenset(
        phrase[0] for phrase, senses in language.phrases.items() if any(sense.topic in _OPENERS for sense in senses)
    )


def _take(total: _Sum, language: Language, found: Sequence[Piece], at: int, *, opening: bool) -> int | None:
    """Feed the phrase at piece ``at`` to ``total``; where it ends, or None."""
    for topic in _CARDINAL:
        spot = language.at(found, at, topic)
        if spot and total.take(spot.sense, may_open=spot.last - at > 1):
            return spot.last
    article = language.at(found, at, Topic.ARTICLE)
    if article and not opening:  # "hundrede og en"
        one = article.sense._replace(topic=Topic.NUMBER)
        return article.last if total.current is not None and total.take(one, may_open=False) else None
    if article and article.last < len(found):
        # "en million": an article before a scale or a hundred counts one.
        for topic in (Topic.SCALE, Topic.HUNDRED):
            spot = language.at(found, article.last, topic)
            if spot and total.take(spot.sense, may_open=True):
                return spot.last
    if language.fused and (opening or total.current is None):
        word = fused(language, found[at].text)
        if word is not None and total.take(Sense(Topic.NUMBER, word), may_open=True):
            return at + 1
    return None


class _Atoms(NamedTuple):
    senses: dict[str, tuple[Sense, ...]]
    lengths: frozenset[int]
    words: tuple[str, ...]


@lru_cache(maxsize=8)
def _atoms(language: Language) -> _Atoms:
    """Words that a fused number may be made of."""
    atoms: dict[str, tuple[Sense, ...]] = {}
    for phrase, senses in language.phrases.items():
        if len(phrase) == 1 and phrase[0].isalpha():
            kept = tuple(s for s in senses if s.topic in (*_CARDINAL, Topic.LINK, Topic.ARTICLE))
            if kept and (len(phrase[0]) > 1):
                atoms[phrase[0]] = kept
    return _Atoms(atoms, frozenset(map(len, atoms)), tuple(atoms))


@lru_cache(maxsize=20_000)
def fused(language: Language, word: str) -> Fraction | None:
    """The value of a number written as one word ("zweihundertfünf"), or None where ``word`` is none."""
    if len(word) > _LONGEST_FUSED:
        return None
    atoms = _atoms(language)
    if not (word.startswith(atoms.words) and word.endswith(atoms.words)):
        return None  # most words, without looking for where they might be cut
    parts = _split(word, atoms.senses, atoms.lengths)
    if parts is None or len(parts) < 2:
        return None
    total = _Sum()
    for index, senses in enumerate(parts):
        if any(s.topic is Topic.LINK for s in senses):
            if not total.open or index + 1 == len(parts):
                return None
            continue
        if not any(
            total.take(Sense(Topic.NUMBER, s.value) if s.topic is Topic.ARTICLE else s, may_open=index == 0)
            for s in senses
        ):
            return None
    from fractions import Fraction

    return Fraction(total.value)


_LONGEST_FUSED = 60  # "neunhundertneunundneunzigtausendneunhundertneunundneunzig" has 57 letters


def _split(word: str, atoms: dict[str, tuple[Sense, ...]], lengths: frozenset[int]) -> list[tuple[Sense, ...]] | None:
    """``word`` as a row of atoms, as few as possible; None where it is none."""
    best: list[list[tuple[Sense, ...]] | None] = [[]] + [None] * len(word)
    for stop in range(1, len(word) + 1):
        for length in lengths:
            before = best[stop - length] if length <= stop else None
            if before is None:
                continue
            senses = atoms.get(word[stop - length : stop])
            known = best[stop]
            if senses and (known is None or len(known) > len(before) + 1):
                best[stop] = [*before, senses]
    return best[-1]


def part(reading: Reading, first: int) -> Worded | None:
    """A fraction in words that begins at piece ``first``: "halvdelen", "to tredjedele", "hver fjerde"."""
    language, found = reading.language, reading.pieces
    phrase = language.at(found, first, Topic.FRACTION)
    if phrase and _meant(reading, first, phrase.last, phrase.last - 1):
        return Worded(first, phrase.last, decimal_of(phrase.sense.value), 0, NumeralKind.FRACTION)
    every = language.at(found, first, Topic.EVERY)
    if every and every.last < len(found):
        ordinal = language.at(found, every.last, Topic.ORDINAL)
        if ordinal and ordinal.sense.value and ordinal.sense.value > 1 and not _period(reading, ordinal.last):
            return Worded(first, ordinal.last, 1 / decimal_of(ordinal.sense.value), 0, NumeralKind.FRACTION)
    number = cardinal(reading, first)
    article = language.at(found, first, Topic.ARTICLE) if number is None else None
    after = number.last if number else article.last if article else None
    if after is None or after >= len(found):
        return None
    base = language.at(found, after, Topic.DENOMINATOR)
    if base is None or not _meant(reading, first, base.last, after):
        return None
    if base.sense.value is None:
        return None
    value = (number.value if number else Decimal(1)) / decimal_of(1 / base.sense.value)
    return Worded(first, base.last, value, 0, NumeralKind.FRACTION) if value < 1 else None


def _period(reading: Reading, at: int) -> bool:
    found = reading.pieces
    return at < len(found) and reading.language.at(found, at, Topic.PERIOD) is not None


def _meant(reading: Reading, first: int, after: int, last: int) -> bool:
    """Whether words that may be a fraction are one: "half a year", "the second half" and "a third party" are none."""
    language, found = reading.language, reading.pieces
    apart = after < len(found) and language.at(found, after, Topic.PARTITIVE) is None
    if _period(reading, after) or (apart and found[after].text in language.stop_words and _period(reading, after + 1)):
        return False
    if first > 0 and language.at(found, first - 1, Topic.ORDINAL) is not None:
        return False
    if language.at(found, after - 1, Topic.PERIOD) is not None:  # "a quarter"
        whole = after < len(found) and language.at(found, after, Topic.PARTITIVE) is not None
        return whole or _sizes_change(reading, first, after)
    if language.at(found, last, Topic.ORDINAL) is None and language.at(found, after - 1, Topic.ORDINAL) is None:
        return True
    if after >= len(found) or not found[after].text.isalpha():
        return True
    return found[after].text in language.stop_words or any(
        language.at(found, after, topic) for topic in (Topic.PARTITIVE, Topic.COMPARATIVE)
    )


def _sizes_change(reading: Reading, first: int, after: int) -> bool:
    """Whether a word that may be a period says how large a change is: "fell by a quarter", "a quarter fewer"."""
    found, language = reading.pieces, reading.language
    start = found[first].start
    hedge = reading.before(start, Topic.HEDGE)
    start = hedge.start if hedge else start
    more = after < len(found) and language.at(found, after, Topic.COMPARATIVE) is not None
    by = reading.before(start, Topic.BY)
    if more:
        return by is not None or reading.before(start, Topic.YEAR_BEFORE) is None
    closed = after >= len(found) or not found[after].text.isalpha() or found[after].text in language.stop_words
    return closed and (after >= len(found) or found[after].text not in _HYPHENS) and _changes_by(reading, by)


_HYPHENS = "-\u2010\u2011"  # "a quarter-point"


def _changes_by(reading: Reading, by: Spot | None) -> bool:
    """Whether a word for "by" follows closely on a rise or fall: "fell by", "a fall in visits of"."""
    if by is None:
        return False
    near = range(max(0, by.first - 1 - reading.settings.article_reach), by.first)
    return any(reading.language.at(reading.pieces, i, topic) for i in near for topic in (Topic.RISE, Topic.FALL))


def multiple(reading: Reading, first: int) -> Worded | None:
    """A multiple in one phrase: "dobbelt så", "fordoblet", "halved"."""
    for topic in (Topic.REDUCTION, Topic.MULTIPLE):
        spot = reading.language.at(reading.pieces, first, topic)
        if spot is not None:
            value = decimal_of(spot.sense.value)
            return Worded(first, spot.last, value, 0, NumeralKind.MULTIPLE, reduces=topic is Topic.REDUCTION)
    return None


def ranked(reading: Reading, first: int) -> Worded | None:
    """An ordinal that ranks: "third highest". Other ordinals in words are no numerals."""
    language, found = reading.language, reading.pieces
    spot = language.at(found, first, Topic.ORDINAL)
    if spot is None or spot.sense.value is None or spot.last >= len(found) or spot.sense.value == 1:
        return None
    if not (language.at(found, spot.last, Topic.HIGHEST) or language.at(found, spot.last, Topic.LOWEST)):
        return None
    return Worded(first, spot.last, decimal_of(spot.sense.value), 0, NumeralKind.ORDINAL)
