"""Figures in words: numbers written as the report itself writes them, for messages and diagnoses.

In go figures, sums and computed numbers; out come short English phrases. Nothing here decides anything.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from validator.model.figures import NumeralKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.figures import Figure
    from validator.model.relations import Label, Sum

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
# How many figures a message spells out before it only counts them, and how much of a long label it quotes.
SPELT_OUT = 6
LABEL_LENGTH = 70
# A computed share or mean is shown this much finer than its statement where both would look alike.
FINER = (0, 1, 2, 4, 8)
_GROUP = 3
_DIGITS = re.compile(r"\d(?:\D?\d)*")  # a number in digits, with at most one mark between two of them


class Style(NamedTuple):
    """How a report writes numbers; ``group`` is "" where thousands are not separated."""

    point: str = "."
    group: str = ""


PLAIN = Style()


def style_of(figures: Iterable[Figure]) -> Style:
    """The separators that ``figures`` are printed with, as far as they show."""
    point, group = "", ""
    for figure in figures:
        if not _DIGITS.fullmatch(figure.text.strip("+-−– ")):
            continue
        marks = [mark for mark in figure.text.strip("+-−– ") if not mark.isdigit()]
        if figure.decimals and marks:
            point = point or marks[-1]
            marks = marks[:-1]
        if marks and figure.value is not None and abs(figure.value) >= 10**_GROUP:
            group = group or marks[0]
    if not point:
        point = "," if group in (".", " ", "\u00a0", "\u202f") else "."
    return Style(point, "" if group == point else group)


def number(value: Decimal, decimals: int, style: Style = PLAIN) -> str:
    """``value`` with ``decimals`` places in ``style``."""
    rounded = _WIDE.quantize(value, Decimal(1).scaleb(-decimals))
    digits = f"{abs(rounded):.{decimals}f}"
    whole, _, rest = digits.partition(".")
    if style.group:
        whole = f"{int(whole):,}".replace(",", style.group)
    sign = "-" if rounded < 0 else ""
    return f"{sign}{whole}{style.point}{rest}" if rest else f"{sign}{whole}"


def plain(value: Decimal, style: Style = PLAIN) -> str:
    """``value`` with as many places as it has, trailing zeros left out."""
    tidy = _WIDE.normalize(value)
    exponent = tidy.as_tuple().exponent
    return number(value, max(0, -exponent if isinstance(exponent, int) else 0), style)


def printed(figure: Figure) -> str:
    """The figure as a reader would quote it."""
    return figure.quote or figure.text or "(blank)"


def like(value: Decimal, figure: Figure, others: Iterable[Figure] = ()) -> str:
    """``value`` as ``figure`` would print it, one or more places finer where the two would else look alike."""
    style = style_of((figure, *others))
    if figure.kind is NumeralKind.FRACTION and figure.value != value:
        return f"{_distinct(value.scaleb(2), figure.value and figure.value.scaleb(2), 1, style)} %"
    text = _distinct(value, figure.value, figure.decimals, style)
    return f"{text} %" if figure.kind is NumeralKind.PERCENT else text


def _distinct(value: Decimal, stated: Decimal | None, decimals: int, style: Style) -> str:
    """``value`` at the first precision at which it differs from ``stated``."""
    texts = [number(value, decimals + finer, style) for finer in FINER]
    if stated is None:
        return texts[0]
    return next(
        (text for text, finer in zip(texts, FINER, strict=True) if text != number(stated, decimals + finer, style)),
        texts[0],
    )


def total(one: Sum) -> Decimal | None:
    """The sum of the printed values; None where one cannot be read."""
    value = one.constant
    for term in one.terms:
        if term.figure.value is None:
            return None
        value += term.weight * term.figure.value
    return value


def amount(one: Sum) -> str:
    """What an operand comes to, as printed where it is one figure: "112", "76 + 35 + 1 = 112"."""
    if len(one.terms) == 1 and one.terms[0].weight == 1 and not one.constant:
        return printed(one.terms[0].figure)
    value = total(one)
    sign = style_of(one.figures())
    result = "a figure that cannot be read" if value is None else plain(value, sign)
    if not one.terms:
        return result
    if value is None:
        return spelt(one)
    return f"{spelt(one)}{', ' if len(one.terms) > SPELT_OUT else ' = '}{result}"


def spelt(one: Sum) -> str:
    """The terms of a sum: "76 + 35 + 1", or only how many where they are many."""
    if len(one.terms) > SPELT_OUT:
        return f"the sum of {len(one.terms)} figures"
    sign = style_of(one.figures())
    parts: list[str] = []
    for term in one.terms:
        weight = "" if abs(term.weight) == 1 else f"{plain(abs(term.weight), sign)} × "
        joint = ("- " if term.weight < 0 else "+ ") if parts else ("-" if term.weight < 0 else "")
        parts.append(f"{joint}{weight}{printed(term.figure)}")
    if one.constant:
        parts.append(f"{'-' if one.constant < 0 else '+'} {plain(abs(one.constant), sign)}")
    return " ".join(parts)


def short(label: str) -> str:
    """A label, cut where it is a long sentence."""
    one_line = " ".join(label.split())
    if len(one_line) <= LABEL_LENGTH:
        return one_line
    return one_line[: LABEL_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def place(one: Sum) -> str:
    """Where an operand stands: its name, else the one label of its figures, in brackets; else nothing."""
    if one.name:
        return f" ({short(one.name)})"
    labels = {figure.label for figure in one.figures()}
    if len(labels) == 1 and (label := labels.pop()):
        return f" ({short(label)})"
    return ""


def listed(texts: Iterable[str]) -> str:
    """``a``, ``a and b`` or ``a, b and c``; the rest only counted where there are many."""
    items = list(dict.fromkeys(texts))
    if len(items) > SPELT_OUT:
        items = [*items[:SPELT_OUT], f"{len(items) - SPELT_OUT} more"]
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def quoted(labels: Iterable[Label]) -> str:
    """Labels in quotation marks, each once."""
    return listed(f"“{short(label.text)}”" for label in labels)
