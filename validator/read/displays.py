"""What a spreadsheet shows of a stored value: its number format decides decimals, percent and scale.

In: a cell's value, its number format, and the type that the file gives it. Out: the text, with a point before decimals
and without thousands separators whatever the reader's locale, and the number that stands behind it.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from validator.model.pages import Number

_WIDE = Context(prec=800, rounding=ROUND_HALF_UP)  # digits enough for the largest and the smallest binary fraction
_STORED = Context(prec=15)  # significant digits: all that a spreadsheet keeps; the 16th is noise of binary fractions
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_CONDITION = re.compile(r"\[[<>=]")
_PLACES = re.compile(r"[0#?]")
_GENERAL = ("", "general", "@", "standard")


class Shown(NamedTuple):
    """A cell as displayed; ``number`` is None where its text says all there is to say."""

    text: str
    number: Number | None = None


UNREADABLE = Shown("####", Number(None))  # a formula that nobody calculated: shown like any number that cannot be


class _Format(NamedTuple):
    """``decimals`` at most and at ``least``; None where the value is shown as stored."""

    decimals: int | None
    least: int = 0
    percent: bool = False
    thousands: int = 0  # how many times the value is divided by a thousand before it is shown


def display(value: object, number_format: str, data_type: str = "n") -> Shown:
    """What a cell displays."""
    if value is None:
        return Shown("")
    if isinstance(value, bool):
        return Shown(str(value).upper())
    if isinstance(value, int | float | Decimal):
        return shown_number(value if isinstance(value, Decimal) else Decimal(repr(value)), number_format)
    if isinstance(value, datetime.datetime):
        whole_day = value.time() == datetime.time()
        return Shown(value.date().isoformat() if whole_day else value.isoformat(" "))
    if isinstance(value, datetime.date | datetime.time):
        return Shown(value.isoformat())
    text = " ".join(str(value).split())
    return Shown(text, Number(None) if data_type == "e" else None)


def shown_number(stored: Decimal, number_format: str = "") -> Shown:
    """A number as a format displays it, rounded half away from zero as spreadsheets do."""
    if not stored.is_finite():
        return Shown(str(stored), Number(None))
    kept = _STORED.plus(stored)
    form = _parsed(number_format)
    value = _WIDE.scaleb(kept, -3 * form.thousands + (2 if form.percent else 0))
    exponent = _WIDE.normalize(value).as_tuple().exponent
    own = max(0, -exponent) if isinstance(exponent, int) else 0
    decimals = own if form.decimals is None else max(form.least, min(form.decimals, own))
    seen = _WIDE.quantize(value, Decimal(1).scaleb(-decimals))
    seen = seen or abs(seen)  # nobody prints -0
    text = f"{seen:f}{'%' if form.percent else ''}"
    plain = not form.percent and not decimals and seen == value
    return Shown(text, None if plain else Number(seen, decimals, form.percent, rounded=seen != value))


@lru_cache(maxsize=4096)
def _parsed(number_format: str) -> _Format:
    """What a number format does; its section for positive numbers stands for all."""
    if number_format.casefold() in _GENERAL or _CONDITION.search(number_format):
        return _Format(None)
    section = _LITERAL.sub("", number_format.split(";")[0])
    if not _PLACES.search(section) or re.search(r"[eE][+-]|/", section) or "general" in section.casefold():
        return _Format(None, percent="%" in section)
    whole, _, fraction = section.partition(".")
    digits = _PLACES.findall(fraction)
    last = (fraction or whole).rstrip(" %")
    return _Format(len(digits), digits.count("0"), "%" in section, len(last) - len(last.rstrip(",")))
