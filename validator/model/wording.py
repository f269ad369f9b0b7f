"""Figures in words: numbers written as the report itself writes them, for messages and diagnoses.

In go figures, sums and computed numbers; out come short English phrases. Nothing here decides anything.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING

from validator.model.figures import NumeralKind, Signs
from validator.model.labels import STEP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from validator.model.figures import Figure
    from validator.model.relations import Label, Sum, Term
    from validator.model.tables import Table

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
# How many figures a message spells out before it only counts them, and how much of a long label it quotes.
SPELT_OUT = 6
LABEL_LENGTH = 70
RECKONED_LENGTH = 200  # of what a figure of data is reckoned by: a filter of several conditions is read whole
QUOTE_LENGTH = 48  # of a sentence: enough words to find it on its page
_TWO = 2  # labels that are both told; of more only what they share
# A computed share or mean is shown this much finer than its statement where both would look alike.
FINER = (0, 1, 2, 4, 8)
_GROUP = 3
_DIGITS = re.compile(r"\d(?:\D?\d)*")  # a number in digits, with at most one mark between two of them


PLAIN = Signs()


def style_of(figures: Iterable[Figure]) -> Signs:
    """The separators that ``figures`` are printed with; where they show none, as the document of the first has them."""
    point, group = "", ""
    usual: Signs | None = None
    for figure in figures:
        usual = usual or figure.signs
        if not _DIGITS.fullmatch(figure.text.strip("+-−– ")):
            continue
        marks = [mark for mark in figure.text.strip("+-−– ") if not mark.isdecimal()]
        if figure.decimals and marks:
            point = point or marks[-1]
            marks = marks[:-1]
        if marks and figure.value is not None and abs(figure.value) >= 10**_GROUP:
            group = group or marks[0]
    if not group and usual is not None and usual.group != point:
        group = usual.group
    if not point and usual is not None and usual.point != group:
        point = usual.point
    if not point:
        point = "," if group in (".", " ", "\u00a0", "\u202f") else "."
    return Signs(point, "" if group == point else group)


def number(value: Decimal, decimals: int, style: Signs = PLAIN) -> str:
    """``value`` with ``decimals`` places in ``style``."""
    if value.adjusted() + decimals >= _WIDE.prec:
        return f"{value:.6g}"  # more digits than anybody reads
    rounded = _WIDE.quantize(value, Decimal(1).scaleb(-decimals))
    digits = f"{abs(rounded):.{max(decimals, 0)}f}"  # fewer than none: printed in thousands or millions
    whole, _, rest = digits.partition(".")
    if style.group:
        whole = f"{int(whole):,}".replace(",", style.group)
    sign = "-" if rounded < 0 else ""
    return f"{sign}{whole}{style.point}{rest}" if rest else f"{sign}{whole}"


def plain(value: Decimal, style: Signs = PLAIN) -> str:
    """``value`` with as many places as it has, trailing zeros left out."""
    tidy = _WIDE.normalize(value)
    exponent = tidy.as_tuple().exponent
    return number(value, max(0, -exponent if isinstance(exponent, int) else 0), style)


def printed(figure: Figure) -> str:
    """The figure as a reader would quote it, without brackets that belong to the sentence and not to the number."""
    quote = figure.quote or figure.text or "(blank)"
    if figure.value is None or figure.value < 0:
        return quote  # a loss is printed in brackets
    if quote.startswith("(") and quote.endswith(")"):
        return quote[1:-1]
    return quote.removeprefix("(") if ")" not in quote else quote.removesuffix(")") if "(" not in quote else quote


def like(value: Decimal, figure: Figure, others: Iterable[Figure] = ()) -> str:
    """``value`` as ``figure`` would print it, one or more places finer where the two would else look alike."""
    style = style_of((figure, *others))
    if (own := in_words_of(value, figure, others)) is not None:
        return own
    if figure.kind is NumeralKind.FRACTION and figure.value != value:
        return f"{_distinct(value.scaleb(2), figure.value and figure.value.scaleb(2), 1, style)} %"
    text = _distinct(value, figure.value, figure.decimals, style)
    return f"{text} %" if figure.kind is NumeralKind.PERCENT else text


def in_words_of(value: Decimal, figure: Figure, others: Iterable[Figure] = ()) -> str | None:
    """``value`` as ``figure`` would print it with its word of scale, "50.9 million"; None where it has none.

    Three digits behind a sign are thousands or decimals: only ``others`` can tell, and without them it is None as well.
    """
    found = _WORDED.fullmatch(figure.text) if figure.decimals < 0 else None
    if found is None or figure.value is None:
        return None
    number_text, word = found.groups()
    places = len(re.split(r"\D", number_text)[-1]) if not number_text.isdecimal() else 0
    style = Signs(number_text[-places - 1]) if places else PLAIN
    if places == _GROUP:
        places, style = 0, style_of(others)
        if style.group != number_text[-_GROUP - 1]:
            return None
    down = figure.decimals - places
    return _distinct(value.scaleb(down), figure.value.scaleb(down), places, style) + word


_WORDED = re.compile(r"(\d(?:\D?\d)*)(\s*[^\W\d_]\D*)")  # a number in digits, and the word behind it


def _distinct(value: Decimal, stated: Decimal | None, decimals: int, style: Signs) -> str:
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


def amount(one: Sum, beside: Iterable[Figure] = ()) -> str:
    """What an operand comes to, as printed where it is one figure: "112", "76 + 35 + 1 = 112".

    The sum is written as its figures are, and those ``beside`` it.
    """
    if _single(one):
        return printed(one.terms[0].figure) + told_in(one)
    value = total(one)
    sign = style_of((*one.figures(), *beside))
    result = "a figure that cannot be read" if value is None else plain(value, sign)
    if not one.terms:
        return result
    if value is None:
        return spelt(one)
    return f"{result} ({spelt(one)})" if len(one.terms) > SPELT_OUT else f"{spelt(one)} = {result}"


def _single(one: Sum) -> bool:
    """Whether an operand is one figure as it stands, or as its table is told."""
    return len(one.terms) == 1 and one.terms[0].weight in (1, one.terms[0].figure.scale) and not one.constant


def told_in(one: Sum) -> str:
    """What the table says of the unit of a sum's figures, where they are weighed by it: " “in thousand euros”"."""
    scaled = [term.figure for term in one.terms if _by_scale(term)]
    words = {figure.scale_words for figure in scaled}
    return f" “{words.pop()}”" if len(words) == 1 and len(scaled) == len(one.terms) else ""


def _by_scale(term: Term) -> bool:
    """Whether a figure is weighed only by what its table is told in."""
    return term.figure.scale != 1 and abs(term.weight) == term.figure.scale


def reckoned(one: Sum) -> str:
    """An operand inside a sentence about it: its value first, then how it comes about: "37 (20 + 17)"."""
    value = total(one)
    if value is None or not one.terms or len(one.terms) > SPELT_OUT or _single(one):
        return amount(one)
    return f"{plain(value, style_of(one.figures()))} ({spelt(one)})"


def spelt(one: Sum, name: Callable[[Figure], str] = lambda _: "") -> str:
    """The terms of a sum: "76 + 35 + 1", or only how many where they are many; ``name`` says what each of them is."""
    if len(one.terms) > SPELT_OUT:
        return f"the sum of {len(one.terms)} figures"
    sign, shared = style_of(one.figures()), told_in(one)
    parts: list[str] = []
    for term in one.terms:
        weight = "" if abs(term.weight) == 1 or shared else f"{plain(abs(term.weight), sign)} × "
        joint = ("- " if term.weight < 0 else "+ ") if parts else ("-" if term.weight < 0 else "")
        parts.append(f"{joint}{weight}{printed(term.figure)}{name(term.figure)}")
    if one.constant:
        parts.append(f"{'-' if one.constant < 0 else '+'} {plain(abs(one.constant), sign)}")
    return " ".join(parts) + shared


def apart(one: Sum, other: Sum) -> tuple[str, str]:
    """Two operands with what each figure is, as far as that tells it from the first one.

    "16 (North › Total)" and "9 (monday.pdf) + 7 (New) = 16". Where many figures are added up, as `amount` has them.
    """
    figures = [term.figure for side in (one, other) for term in side.terms]
    if not figures or any(len(side.terms) > SPELT_OUT for side in (one, other)):
        return amount(one), amount(other)
    first = figures[0]

    def name(figure: Figure) -> str:
        own = short(first.label) if figure is first else _told_from(figure, first)
        return f" ({own})" if own else ""

    sums = [spelt(side, name) if side.terms else amount(side) for side in (one, other)]
    values = [total(side) for side in (one, other)]
    style = style_of(figures)
    left, right = (
        text if _single(side) or not side.terms or value is None else f"{text} = {plain(value, style)}"
        for side, text, value in zip((one, other), sums, values, strict=True)
    )
    return left, right


def _told_from(figure: Figure, first: Figure) -> str:
    """What tells a figure from another: the parts of its label that the other has not, its document or its page."""
    known = first.label.split(STEP)
    own = short(STEP.join(part for part in figure.label.split(STEP) if part not in known))
    here, there = figure.location, first.location
    if here.document != there.document:
        where = told_apart(here.document, there.document)[0]
    else:
        where = f"page {here.page}" if here.page != there.page and here.cell is None else ""
    return ", ".join(part for part in (own, where) if part)


def several(count: int, noun: str, of: str = "") -> str:
    """So many things, of a name where there is one: "6 rows of Persons", "1 row"."""
    things = f"{count} {noun}{'' if count == 1 else 's'}"
    return f"{things} of {short(of)}" if of.strip() else things


def short(label: str, most: int = LABEL_LENGTH) -> str:
    """A label, cut where it is a long sentence."""
    one_line = " ".join(label.split())
    if len(one_line) <= most:
        return one_line
    return one_line[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def place(one: Sum) -> str:
    """Where an operand stands: its name, else what the labels of its figures share, in brackets; else nothing."""
    label = _label_of(one)
    return f" ({label})" if label else ""


def _label_of(one: Sum) -> str:
    """The name of an operand, else the labels of its figures with the end that they share only once.

    "Women / over 18 and Women / under 18 › Number"; of more than two only what they share.
    """
    if one.name:
        return short(one.name)
    figures = list(dict.fromkeys(one.figures()))
    if len(figures) == 1 and _reckoned(figures[0]):
        return short(figures[0].label, RECKONED_LENGTH)
    if len(figures) == 1 and (sentence := around(figures[0])):
        return sentence
    labels = list(dict.fromkeys(figure.label for figure in figures))
    shared: list[str] = []
    for parts in zip(*(reversed(label.split(STEP)) for label in labels), strict=False):
        if len(set(parts)) > 1:
            break
        shared.insert(0, parts[0])
    own = [STEP.join(label.split(STEP)[: -len(shared)]) for label in labels] if shared else []
    heads = " and ".join(own) if 1 < len(own) <= _TWO and all(own) else ""
    return short(STEP.join(part for part in (heads, *shared) if part))


def _reckoned(figure: Figure) -> bool:
    """Whether a figure comes from all rows of a data source: its label then says which of them count."""
    cell = figure.location.cell
    return cell is not None and not cell.row


def around(figure: Figure) -> str:
    """The sentence that is a figure's label, in quotation marks, cut to the words around it; "" where it is none."""
    sentence = " ".join(figure.label.split()).rstrip(".")
    whole = re.search(rf"(?<!\w){re.escape(figure.text)}(?!\w)", sentence) if figure.text else None
    if whole is None or STEP in sentence or " " not in sentence:
        return ""
    at = whole.start()
    start = max(0, min(at - QUOTE_LENGTH // 3, len(sentence) - QUOTE_LENGTH))
    start = sentence.rfind(" ", 0, start + 1) + 1
    stop = len(sentence) if start + QUOTE_LENGTH >= len(sentence) else sentence.rfind(" ", at, start + QUOTE_LENGTH)
    stop = len(sentence) if stop < 0 else stop
    words = sentence[start:stop].rstrip(",;:")
    return f"“{'… ' if start else ''}{words}{' …' if stop < len(sentence) else ''}”"


def told(one: Sum, other: Sum) -> str:
    """An operand as printed with, in brackets, what it adds up, its label, and its page where ``other`` has another."""
    value, many = total(one), len(one.terms) > SPELT_OUT
    label, page = _label_of(one), _page(one, other)
    if many:
        label = f"the sum of {len(one.terms)} figures{f' of {label}' if label else ''}"
    said = plain(value, style_of(one.figures())) if many and value is not None else amount(one, other.figures())
    where = ", ".join(part for part in (label, page) if part)
    return f"{said} ({where})" if where and not (many and value is None) else said


def _page(one: Sum, other: Sum) -> str:
    """The page or pages of an operand, and its document; "" where both operands stand on the same page."""
    mine, others = ({(f.location.document, f.location.page) for f in side.figures()} for side in (one, other))
    if not mine or not others or mine == others:
        return ""
    document, beside = min(mine)[0], min(others)[0]
    if all(map(_reckoned, one.figures())):
        return "" if document == beside else told_apart(document, beside)[0]
    cells = [f.location.place for f in one.figures() if f.location.cell is not None]
    pages = sorted({page for _, page in mine})
    text = listed(cells) if cells else f"page{'' if len(pages) == 1 else 's'} {listed(map(str, pages))}"
    return text if document == beside else f"{told_apart(document, beside)[0]} {text}"


def told_apart(one: str, other: str) -> tuple[str, str]:
    """Two paths by their file names, or by as much of their ends as tells them apart."""
    ours, theirs = PurePath(one).parts, PurePath(other).parts
    for length in range(1, max(len(ours), len(theirs)) + 1):
        ends = "/".join(ours[-length:]), "/".join(theirs[-length:])
        if ends[0] != ends[1]:
            return ends
    return PurePath(one).name, PurePath(other).name


def title(table: Table) -> str:
    """What a reader calls a table: its caption, the heading above it, else what is printed in its header."""
    headers = (header.label for header in table.headers)
    return short(table.caption or table.heading or " · ".join(text for text in (table.stub_head, *headers) if text))


def listed(texts: Iterable[str], most: int | None = SPELT_OUT) -> str:
    """``a``, ``a and b`` or ``a, b and c``, each once; of more than ``most`` the rest is only counted."""
    items = list(dict.fromkeys(texts))
    if most is not None and len(items) > most:
        items = [*items[:most], f"{len(items) - most} more"]
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def quoted(labels: Iterable[Label]) -> str:
    """Labels in quotation marks, each once."""
    return listed(f"“{short(label.text)}”" for label in labels)


def listing(labels: Iterable[Label]) -> str:
    """The one table that labels are of, as a reader would call it, with its page: “Deaths” (page 3); else ""."""
    found = list(labels)
    names = {label.of for label in found}
    name = names.pop() if len(names) == 1 else ""
    if name and found[0].location.cell is not None:
        return f"“{name}” ({found[0].location.place})"
    pages = sorted({label.location.page for label in found})
    return f"“{name}” (page{'s' if len(pages) > 1 else ''} {listed(map(str, pages))})" if name else ""
