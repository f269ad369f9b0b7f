"""Numerals of a running text: every number in digits or words, with its value, interval, unit and hedge.

In: a text, its language, and which separators the document uses. Out: `Token`s in the order of the text, those that are
no figures with the reason. It must not look at layout, and holds no word of any language.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.extract.numerals_articles import counting_articles
from validator.extract.numerals_bands import REVERSED, hedged
from validator.extract.numerals_digits import Digits, read_digits
from validator.extract.numerals_reading import Reading, Token
from validator.extract.numerals_unused import take_raised, take_unused
from validator.extract.numerals_words import Worded, cardinal, decimal_of, may_begin, multiple, part, ranked
from validator.extract.separators import Separators, usual
from validator.model.figures import NumeralKind, Unused
from validator.model.language import Topic
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.language import Language, Spot
    from validator.model.settings import Settings

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_MINUS = "-\u2212\u2013"
_VULGAR = "".join(chr(c) for c in (*range(0xBC, 0xBF), *range(0x2150, 0x215F), 0x2189))
_START = re.compile(rf"\d|[{_VULGAR}]")
_DASH = re.compile(rf"\s*[{_DASHES}]\s*(?=\d)")
_SLASH = re.compile(r"[/\u2044](?=\d)")
_HIGH_VULGAR = re.compile(rf"[ \u00a0\u2009\u202f]?([{_VULGAR}])")
_COMMON_BASES = frozenset({*range(2, 11), 12, 16, 20, 25, 50, 100, 1000})  # of fractions written with a slash


def scan(
    text: str,
    language: Language,
    separators: Separators | None = None,
    settings: Settings = DEFAULT,
    *,
    heading: bool = False,
    opening: bool = True,
    raised: frozenset[int] = frozenset(),
) -> list[Token]:
    """All numerals of ``text``.

    ``separators`` is the evidence of the document or column; ``heading`` says that the text is a heading, ``opening``
    that it begins a paragraph or list row; ``raised`` holds the offsets of characters set above the line.
    """
    reading = Reading(text, language, usual(language), separators or Separators(), settings)
    if not reading.pieces:
        return []
    take_raised(reading, raised)
    take_unused(reading, heading=heading, opening=opening)
    _take_digits(reading)
    _take_words(reading)
    _take_ratios(reading)
    return sorted(reading.tokens)


# Numbers in digits


def _take_digits(reading: Reading) -> None:
    text, position = reading.text, 0
    while match := _START.search(text, position):
        position = match.end()
        if not reading.free(match.start(), match.end()):
            continue
        if text[match.start()] in _VULGAR:
            value = Decimal(str(unicodedata.numeric(text[match.start()])))
            _claim(reading, match.start(), match.end(), value, 0, NumeralKind.FRACTION)
            continue
        digits = read_digits(text, match.start(), reading.usual, reading.seen)
        position = _number(reading, _until_claimed(reading, digits))


def _until_claimed(reading: Reading, digits: Digits) -> Digits:
    """A number may not run into a place that another numeral has."""
    if reading.free(digits.start, digits.stop):
        return digits
    stop = digits.start
    while stop < digits.stop and reading.text[stop].isdecimal() and reading.free(stop, stop + 1):
        stop += 1
    return Digits(digits.start, stop, Decimal(reading.text[digits.start : stop]))


def _number(reading: Reading, digits: Digits) -> int:
    """Claim the number, range, period or fraction that begins with ``digits``; where it ends."""
    text = reading.text
    if digits.value is None:
        reading.drop(digits.start, digits.stop, Unused.REFERENCE)
        return digits.stop
    for joined in (_joined_by_dash, _joined_by_slash):
        stop = joined(reading, digits)
        if stop is not None:
            return stop
    vulgar = _HIGH_VULGAR.match(text, digits.stop)
    if vulgar and digits.decimals == 0:
        value = digits.value + Decimal(str(unicodedata.numeric(vulgar.group(1))))
        _claim(reading, digits.start, vulgar.end(), value, 1, NumeralKind.DECIMAL)
        return vulgar.end()
    if _names_year(reading, digits):
        reading.drop(digits.start, digits.stop, Unused.YEAR, NumeralKind.YEAR)
        return digits.stop
    ordinal = _ordinal_stop(reading, digits)
    if ordinal is not None:
        _ordinal(reading, digits, ordinal)
        return ordinal
    start = _signed(text, digits.start)
    value = -digits.value if start < digits.start and text[start] != "+" else digits.value
    kind = NumeralKind.DECIMAL if digits.decimals else NumeralKind.COUNT
    _claim(reading, start, digits.stop, value, digits.decimals, kind)
    return digits.stop


def _signed(text: str, start: int) -> int:
    """Where the number begins with its sign; a dash after a word or a number is none."""
    if (
        start
        and text[start - 1] in f"{_MINUS}+"
        and (start == 1 or not (text[start - 2].isalnum() or text[start - 2] in ")%.,"))
    ):
        return start - 1
    return start


def _joined_by_dash(reading: Reading, low: Digits) -> int | None:
    """A range ("16-59"), a period ("2007-2023", "2019-20") or a code with dashes."""
    text = reading.text
    dash = _DASH.match(text, low.stop)
    if dash is None or not reading.free(low.stop, dash.end() + 1):
        return _joined_by_word(reading, low)
    high = read_digits(text, dash.end(), reading.usual, reading.seen)
    if high.value is None or low.value is None or not reading.free(high.start, high.stop):
        return None
    spaced = dash.group() != dash.group().strip()
    if _both_years(reading, low, high):
        reading.drop(low.start, high.stop, Unused.PERIOD, NumeralKind.YEAR)
        return high.stop
    measured = reading.after(
        high.stop, Topic.UNIT, Topic.PERCENT, Topic.POINTS, Topic.PERIOD, Topic.SCALE, Topic.COUNTED
    )
    if spaced and (measured is None or low.value >= high.value):
        return None
    if _DASH.match(text, high.stop) or (low.value >= high.value and not spaced):
        stop = high.stop
        while (more := _DASH.match(text, stop)) is not None:
            stop = read_digits(text, more.end(), reading.usual, reading.seen).stop
        reading.drop(low.start, stop, Unused.REFERENCE)
        return stop
    _range(reading, low, high)
    return high.stop


def _joined_by_word(reading: Reading, low: Digits) -> int | None:
    """A range such as "between 16 and 59 years": a word before, one between, a unit behind, no change in sight."""
    opened = reading.before(low.start, Topic.FROM)
    joint = reading.after(low.stop, Topic.TO)
    if opened is None or joint is None:
        return None
    start = reading.skip(joint.stop)
    if not reading.text[start : start + 1].isdecimal() or not reading.free(start, start + 1):
        return None
    high = read_digits(reading.text, start, reading.usual, reading.seen)
    if high.value is None or low.value is None or low.value >= high.value:
        return None
    if _both_years(reading, low, high):
        return None
    if reading.after(high.stop, Topic.UNIT, Topic.PERIOD) is None or _change_before(reading, opened.start):
        return None
    _range(reading, low, high)
    return high.stop


def _change_before(reading: Reading, position: int) -> bool:
    sentence = max(reading.text.rfind(sign, 0, position) for sign in ".!?;") + 1
    return any(sentence <= s.start < position for topic in (Topic.RISE, Topic.FALL) for s in reading.of(topic))


def _both_years(reading: Reading, low: Digits, high: Digits) -> bool:
    """Whether both are years, the second later, in full or by its last two digits: "2007-2023", "2019-20"."""
    first, second = reading.text[low.start : low.stop], reading.text[high.start : high.stop]
    if not reading.is_year(first) or low.decimals or high.decimals:
        return False
    return (
        second.isdecimal()
        and (
            (reading.is_year(second) and second > first)
            or (len(second) == 2 and int(second) == (int(first[2:]) + 1) % 100)
        )
    ) or (second.isdecimal() and len(second) == 2 and second > first[2:])


def _range(reading: Reading, low: Digits, high: Digits) -> None:
    for end in (low, high):
        if end.value is not None:
            _claim(reading, end.start, end.stop, end.value, end.decimals, NumeralKind.RANGE)


def _joined_by_slash(reading: Reading, first: Digits) -> int | None:
    """A fraction ("1/3"), a mixed number, a period ("2019/20") or a date without a year."""
    slash = _SLASH.match(reading.text, first.stop)
    if slash is None or first.value is None or first.decimals or not reading.free(first.stop, slash.end() + 1):
        return None
    second = read_digits(reading.text, slash.end(), reading.usual, reading.seen)
    if second.value is None or not reading.free(second.start, second.stop):
        return None
    if _both_years(reading, first, second):
        reading.drop(first.start, second.stop, Unused.PERIOD, NumeralKind.YEAR)
        return second.stop
    if second.decimals or _SLASH.match(reading.text, second.stop):
        reading.drop(first.start, second.stop, Unused.REFERENCE)
        return second.stop
    dated = reading.before(first.start, Topic.DATE_BEFORE)
    if not dated and first.value < second.value and int(second.value) in _COMMON_BASES:
        value = first.value / second.value
        _claim(reading, first.start, second.stop, value, 0, NumeralKind.FRACTION)
    elif max(first.value, second.value) <= _DAYS and min(first.value, second.value) <= _MONTHS:
        reading.drop(first.start, second.stop, Unused.DATE)
    else:
        reading.drop(first.start, second.stop, Unused.REFERENCE)
    return second.stop


_DAYS, _MONTHS = 31, 12


def _names_year(reading: Reading, digits: Digits) -> bool:
    """Whether four digits name a year, judged by the words beside them; in doubt they do."""
    text = reading.text[digits.start : digits.stop]
    if not text.isdecimal() or not reading.is_year(text):
        return False
    if _signed(reading.text, digits.start) < digits.start:
        return False
    if reading.after(digits.stop, Topic.PERCENT, Topic.POINTS, Topic.UNIT, Topic.SCALE, Topic.TIMES):
        return False
    counted = reading.after(digits.stop, Topic.COUNTED)
    year_before = reading.before(digits.start, Topic.YEAR_BEFORE, Topic.SINCE, Topic.MONTH)
    if counted and not year_before:
        return False
    if year_before or reading.before(digits.start, Topic.PERIOD):
        return True
    # A hedge, or a word for "in total", in front of it and a noun behind: a count.
    sums = reading.before(digits.start, Topic.HEDGE, Topic.TOTAL, Topic.OF_WHICH)
    word = reading.word_after(digits.stop)
    return not (sums and word[:1].islower() and word.casefold() not in reading.language.stop_words)


def _ordinal_stop(reading: Reading, digits: Digits) -> int | None:
    """Where an ordinal in digits ends with its sign ("3rd", "3. lande"), or None."""
    if digits.decimals or digits.grouped:
        return None
    text, language = reading.text, reading.language
    stop = digits.stop
    while stop < len(text) and (text[stop].isalpha() or text[stop] in ":º°ª"):
        stop += 1
    if text[digits.stop : stop].casefold() in language.ordinal_suffixes:
        return stop
    if (
        language.ordinal_dot
        and text[digits.stop : digits.stop + 1] == "."
        and digits.stop - digits.start <= _ORDINAL_DIGITS
    ):
        word = reading.word_after(digits.stop + 1)
        spaced = text[digits.stop + 1 : digits.stop + 2].isspace()
        if spaced and word and (word[0].islower() or reading.after(digits.stop + 1, Topic.PERIOD)):
            return digits.stop + 1
    return None


_ORDINAL_DIGITS = 3  # "1000. visitor" is rarer than a sentence that ends in a number


def _ordinal(reading: Reading, digits: Digits, stop: int) -> None:
    """Claim an ordinal: a rank is a figure, a period or a label is none."""
    if reading.after(stop, Topic.HIGHEST, Topic.LOWEST) and digits.value is not None:
        _claim(reading, digits.start, digits.stop, digits.value, 0, NumeralKind.ORDINAL)
        return
    period = reading.after(stop, Topic.PERIOD)
    reading.drop(digits.start, digits.stop, Unused.PERIOD if period else Unused.LABEL, NumeralKind.ORDINAL)


# Numbers in words


def _take_words(reading: Reading) -> None:
    barred = [(spot.first, spot.last) for spot in reading.of(Topic.NOT_NUMBER)]
    at = 0
    while at < len(reading.pieces):
        word = _worded(reading, at) if may_begin(reading.language, reading.pieces[at].text) else None
        if word is None or _names_one(reading, word) or any(_overlaps(word, *bar) for bar in barred):
            at += 1
            continue
        _claim_word(reading, word)
        at = word.last
    for word in counting_articles(reading):
        _claim_word(reading, word)


def _overlaps(word: Worded, first: int, last: int) -> bool:
    return first < word.last and word.first < last


def _names_one(reading: Reading, word: Worded) -> bool:
    """Whether it is "one of the largest", which counts nothing."""
    language, found = reading.language, reading.pieces
    whole = language.at(found, word.last, Topic.PARTITIVE) if word.value == 1 and word.last < len(found) else None
    if whole is None:
        return False
    near = range(whole.last, min(whole.last + reading.settings.article_reach + 1, len(found)))
    return any(language.at(found, i, topic) for i in near for topic in (Topic.HIGHEST, Topic.LOWEST))


def _worded(reading: Reading, at: int) -> Worded | None:
    piece = reading.pieces[at]
    if not piece.text[0].isalpha() or not reading.free(piece.start, piece.stop):
        return None
    for reader in (part, multiple, ranked, cardinal):
        word = reader(reading, at)
        if word is not None:
            return word
    return None


def _claim_word(reading: Reading, word: Worded) -> None:
    start, stop = reading.pieces[word.first].start, reading.pieces[word.last - 1].stop
    if reading.free(start, stop):
        reading.claim(_token(reading, start, stop, word.value, word.decimals, word.kind, reduces=word.reduces))


def _take_ratios(reading: Reading) -> None:
    """Two small counts with a word between are one share: "three out of four", "1 in 5"."""
    tokens = sorted(reading.tokens)
    for one, two in _pairs(tokens):
        joint = reading.after(one.stop, Topic.RATIO)
        if joint is None or reading.skip(joint.stop) != two.start or not _ratio(one, two, reading.settings):
            continue
        reading.tokens.remove(one)
        reading.tokens.remove(two)
        if one.value is not None and two.value is not None:
            value = one.value / two.value
            reading.tokens.append(_token(reading, one.start, two.stop, value, 0, NumeralKind.FRACTION))


def _pairs(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    index = 0
    while index + 1 < len(tokens):
        yield tokens[index], tokens[index + 1]
        index += 1


def _ratio(one: Token, two: Token, settings: Settings) -> bool:
    if one.unused or two.unused or one.value is None or two.value is None:
        return False
    if one.kind is not NumeralKind.COUNT or two.kind is not NumeralKind.COUNT or two.unit:
        return False
    ten = two.value.normalize().as_tuple().digits == (1,)
    return 0 < one.value < two.value and (two.value <= settings.ratio_base_max or ten)


# What stands beside a number


def _claim(reading: Reading, start: int, stop: int, value: Decimal, decimals: int, kind: NumeralKind) -> None:
    reading.claim(_token(reading, start, stop, value, decimals, kind))


def _token(
    reading: Reading, start: int, stop: int, value: Decimal, decimals: int, kind: NumeralKind, *, reduces: bool = False
) -> Token:
    """The number at ``text[start:stop]`` with its scale word, unit and hedge."""
    text = reading.text
    quote_start, quote_stop, unit = start, stop, ""
    scale = reading.after(_past_hyphen(text, stop), Topic.SCALE) if kind in _SCALED else None
    if (scale and text[start].isdecimal()) or (scale and text[start] in f"{_MINUS}+"):
        factor = decimal_of(scale.sense.value) if scale else Decimal(1)
        value, decimals = value * factor, decimals - (len(str(int(factor))) - 1)
        kind = NumeralKind.DECIMAL if kind is NumeralKind.COUNT else kind
        stop = quote_stop = scale.stop if scale else stop
    measure = reading.after(_past_hyphen(text, stop), Topic.POINTS) or reading.after(
        _past_hyphen(text, stop), Topic.PERCENT, Topic.PERMILLE, Topic.TIMES, Topic.UNIT
    )
    if measure:
        kind, unit = _measured(text, measure, kind)
        quote_stop = measure.stop if measure.sense.topic is not Topic.TIMES else quote_stop
    elif (sign := reading.before(start, Topic.UNIT)) and not text[sign.start].islower():
        unit, quote_start = text[sign.start : sign.stop], sign.start
    if kind is NumeralKind.COUNT and _of_average(reading, quote_start):
        kind = NumeralKind.DECIMAL
    hedge = reading.before(quote_start, Topic.HEDGE)
    if hedge and reading.at(hedge.start, Topic.TO) and _change_before(reading, hedge.start):
        hedge = None  # "rose up to 120": where a change went, no bound
    if hedge and reading.before(quote_start, Topic.NOT_HEDGE):
        hedge = None  # "add up to 100": what a sum comes to, no bound
    later = _hedge_after(reading, quote_stop) if hedge is None else None
    if hedge:
        quote_start = hedge.start
    if later:
        quote_stop = later.stop
    said = hedge or later
    effect = said.sense.effect if said else None
    if reduces and effect is not None:
        effect = REVERSED.get(effect, effect)
    interval = hedged(value, kind, decimals, effect, reading.settings)
    if kind is NumeralKind.RANGE and said is None:
        interval = hedged(value, NumeralKind.COUNT if decimals == 0 else kind, decimals, None, reading.settings)
    words = text[said.start : said.stop] if said else ""
    return Token(start, stop, quote_start, quote_stop, kind, value, decimals, interval, unit, words)


_SCALED = (NumeralKind.COUNT, NumeralKind.DECIMAL, NumeralKind.RANGE)


def _past_hyphen(text: str, stop: int) -> int:
    """Behind a hyphen that ties a number to its unit ("16-årige", "5-year")."""
    return stop + 1 if text[stop : stop + 1] in "-\u2010\u2011" and text[stop + 1 : stop + 2].isalpha() else stop


def _hedge_after(reading: Reading, stop: int) -> Spot | None:
    """A hedge behind a number or behind its noun: "60 or more", "10 people or more"."""
    later = reading.after(stop, Topic.HEDGE_AFTER)
    if later is None and (noun := reading.word_after(stop)) and noun.casefold() not in reading.language.stop_words:
        later = reading.after(reading.skip(stop) + len(noun), Topic.HEDGE_AFTER)
    return later


def _measured(text: str, measure: Spot, kind: NumeralKind) -> tuple[NumeralKind, str]:
    unit = text[measure.start : measure.stop]
    if kind is NumeralKind.RANGE:
        return kind, unit
    match measure.sense.topic:
        case Topic.PERCENT:
            return NumeralKind.PERCENT, "%"
        case Topic.POINTS:
            return NumeralKind.POINTS, unit
        case Topic.PERMILLE:
            return NumeralKind.DECIMAL, unit
        case Topic.TIMES:
            return NumeralKind.MULTIPLE, ""
    return kind, unit


def _of_average(reading: Reading, start: int) -> bool:
    """Whether a word for an average stands a few words before in the same sentence, with no other number between."""
    found = reading.pieces
    at = next((i for i, piece in enumerate(found) if piece.start >= start), len(found))
    for index in range(at - 1, max(-1, at - 1 - reading.settings.average_reach), -1):
        text = found[index].text
        if text in ";!?" or text[0].isdecimal() or (text == "," and index < at - 1):
            return False
        spot = reading.at(found[index].start, Topic.AVERAGE)
        if spot and spot.stop <= start:
            return True
    return False
