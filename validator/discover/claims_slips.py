"""Whether one slip explains that a reading does not hold, and how rarely chance would make it look so.

In: a `Reading` that is violated. Out: bits. A figure that lies beside what is implied, or becomes it with one digit
changed, two swapped, one dropped or doubled, or by taking the figure next to it, was most likely meant as read; a
figure that has nothing to do with it was most likely read wrongly by us.
"""

from __future__ import annotations

from decimal import Decimal
from math import log2
from typing import TYPE_CHECKING

from validator.model.arithmetic import satisfiable
from validator.model.figures import NumeralKind
from validator.model.intervals import Interval
from validator.model.relations import Comparison, Linear, Quotient, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.discover.claims_readings import Reading
    from validator.model.figures import Figure
    from validator.model.relations import Relation

_DIGITS = "0123456789"
_RELATIVE = (NumeralKind.PERCENT, NumeralKind.FRACTION)


def sharpness(reading: Reading) -> float:
    """The bits that a reading brings by holding: how finely its figures are printed."""
    return max((_sharp(relation) for relation in reading.relations), default=0.0)


def _sharp(relation: Relation) -> float:
    match relation:
        case Linear(comparison=Comparison.EQUAL) | Quotient():
            figures = [term.figure for term in terms_of(relation)]
            return min((_fineness(figure) for figure in figures[:1]), default=0.0)
        case _:
            return 1.0


def _fineness(figure: Figure) -> float:
    low, high = figure.interval.low, figure.interval.high
    if figure.value is None or low is None or high is None:
        return 1.0
    width = max(float(high - low), 10.0**-figure.decimals if figure.kind is not NumeralKind.FRACTION else 0.0)
    return log2(1 + abs(float(figure.value)) / width) if width else 1.0


def slip_bits(reading: Reading) -> float:
    """The bits by which a slip is a better reason than chance for what does not hold; 0 where none explains it."""
    return max((_slip(reading, relation) for relation in reading.relations if satisfiable(relation) is False), default=0.0)


def _slip(reading: Reading, relation: Relation) -> float:
    best = 0.0
    for figure in dict.fromkeys(term.figure for term in terms_of(relation)):
        if figure.value is None or figure.kind is NumeralKind.FRACTION:
            continue
        for values, chance in _slips(figure):
            if any(_mends(relation, figure, v) for v in values):
                best = max(best, chance)
    stated = reading.stated
    if reading.beside and stated.value is not None and any(f.value == stated.value for f in reading.beside):
        size = 10.0 ** len(_digits_of(stated))
        best = max(best, log2(size / len(reading.beside)))
    return best


def _mends(relation: Relation, figure: Figure, value: Decimal) -> bool:
    """Whether the relation holds with another value printed at the same precision."""
    change = value - (figure.value or Decimal(0))
    moved = figure.interval + Interval.exactly(change)
    return satisfiable(relation, lambda one: moved if one is figure else one.interval) is True


def _slips(figure: Figure) -> Iterator[tuple[list[Decimal], float]]:
    """Kinds of slips with the values that were meant, rarest first, each with its bits."""
    digits, unit = _digits_of(figure), Decimal(1).scaleb(-figure.decimals)
    size, count = len(digits), 10.0 ** len(digits)
    sign = -1 if figure.value is not None and figure.value < 0 else 1

    def values(texts: list[str]) -> list[Decimal]:
        return [sign * Decimal(text) * unit for text in dict.fromkeys(texts) if text and text != digits]

    if abs(int(digits)) > 1:
        own = int(digits)
        near = [str(own + step) for step in (-2, -1, 1, 2) if own + step >= 0]
        yield values(near), log2(own / len(near)) if own > len(near) else 0.0
    if size > 1:
        swapped = [digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(size - 1)]
        yield values(swapped), log2(count / len(swapped))
        dropped = [digits[:i] + digits[i + 1 :] for i in range(size)]
        yield values(dropped), log2(count / 10 / size)
        added = [digits[:i] + d + digits[i:] for i in range(size + 1) for d in _DIGITS]
        yield values(added), log2(count * 10 / len(added))
    other = [digits[:i] + d + digits[i + 1 :] for i in range(size) for d in _DIGITS]
    yield values(other), log2(max(1.0, count / len(other)))


def _digits_of(figure: Figure) -> str:
    value = abs(figure.value or Decimal(0)).scaleb(figure.decimals)
    return str(int(value.to_integral_value()))
