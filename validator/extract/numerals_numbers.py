"""Numbers in digits: each is a figure, a year, an ordinal, or joined to the next one.

In: a `Reading` in which dates, references and the like are claimed already. Out: the same with every number in digits
claimed. It knows no words of any language.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.extract.numerals_beside import claim, signed
from validator.extract.numerals_digits import Digits, read_digits
from validator.extract.numerals_joined import joined_by_dash, joined_by_slash
from validator.model.figures import NumeralKind, Unused
from validator.model.language import Topic

if TYPE_CHECKING:
    from validator.extract.numerals_reading import Reading

_VULGAR = "".join(chr(c) for c in (*range(0xBC, 0xBF), *range(0x2150, 0x215F), 0x2189))
_START = re.compile(rf"\d|[{_VULGAR}]")
_HIGH_VULGAR = re.compile(rf"[ \u00a0\u2009\u202f]?([{_VULGAR}])")
_ORDINAL_DIGITS = 3  # "1000. visitor" is rarer than a sentence that ends in a number


def take_digits(reading: Reading) -> None:
    """Claim every number in digits that nothing else has."""
    text, position = reading.text, 0
    while match := _START.search(text, position):
        position = match.end()
        if not reading.free(match.start(), match.end()):
            continue
        if text[match.start()] in _VULGAR:
            value = Decimal(str(unicodedata.numeric(text[match.start()])))
            claim(reading, match.start(), match.end(), value, 0, NumeralKind.FRACTION)
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
    for joined in (joined_by_dash, joined_by_slash):
        stop = joined(reading, digits)
        if stop is not None:
            return stop
    vulgar = _HIGH_VULGAR.match(text, digits.stop)
    if vulgar and digits.decimals == 0:
        value = digits.value + Decimal(str(unicodedata.numeric(vulgar.group(1))))
        claim(reading, digits.start, vulgar.end(), value, 1, NumeralKind.DECIMAL)
        return vulgar.end()
    if _names_year(reading, digits):
        reading.drop(digits.start, digits.stop, Unused.YEAR, NumeralKind.YEAR)
        return digits.stop
    ordinal = _ordinal_stop(reading, digits)
    if ordinal is not None:
        _ordinal(reading, digits, ordinal)
        return ordinal
    start = signed(text, digits.start)
    value = -digits.value if start < digits.start and text[start] != "+" else digits.value
    kind = NumeralKind.DECIMAL if digits.decimals else NumeralKind.COUNT
    claim(reading, start, digits.stop, value, digits.decimals, kind)
    return digits.stop


def _names_year(reading: Reading, digits: Digits) -> bool:
    """Whether four digits name a year, judged by the words beside them; in doubt they do."""
    text = reading.text[digits.start : digits.stop]
    if not text.isdecimal() or not reading.is_year(text):
        return False
    if signed(reading.text, digits.start) < digits.start:
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


def _ordinal(reading: Reading, digits: Digits, stop: int) -> None:
    """Claim an ordinal: a rank is a figure, a period or a label is none."""
    if reading.after(stop, Topic.HIGHEST, Topic.LOWEST) and digits.value is not None:
        claim(reading, digits.start, digits.stop, digits.value, 0, NumeralKind.ORDINAL)
        return
    period = reading.after(stop, Topic.PERIOD)
    reading.drop(digits.start, digits.stop, Unused.PERIOD if period else Unused.LABEL, NumeralKind.ORDINAL)
