"""Which words are raised: footnote marks, exponents, ordinals set small and high beside a larger word.

A small digit right behind a number is a mark too where it was set small and not high.

In: the words of one reading direction with their baselines. Out: the same words, the raised ones marked. Pure
functions over numbers.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.pages import Word

_SMALLER = 0.85  # of the neighbour's size; word processors set marks at 0.58 to 0.66, stylesheets up to 0.83
_LIFT = (0.12, 0.75)  # of the neighbour's size: how far above its baseline a mark stands
_TOUCHING = 0.1  # of the neighbour's size: on the baseline only a note mark stands so near behind a number
_MARK_DIGITS = 2  # of such a mark: there are no hundred notes
_NEAR = 0.5  # of the neighbour's size: how far from it a mark stands at most
_LONGEST = 8  # characters: "1), 2), 3" is a mark, a small line of text above another is not
_MOST_LETTERS = 3  # "a", "th", "bis"; a small word beside a large one is a heading of two sizes
_CELL = 16.0  # points: cells for looking up neighbours; no mark stands further from its word, nor higher


class Placed(NamedTuple):
    """A word on the axes of its line."""

    word: Word
    start: float
    stop: float
    baseline: float


Cells = dict[tuple[int, int], list[Placed]]


def with_raised(words: list[Placed]) -> Iterator[Word]:
    """The words, ``raised`` set where a larger neighbour stands lower, or right before a small digit."""
    smallest = min((placed.word.size for placed in words), default=0.0)
    starts: Cells = defaultdict(list)
    stops: Cells = defaultdict(list)
    largest = 0.0
    for placed in words:
        if placed.word.size * _SMALLER >= smallest:  # large enough to stand beside a mark
            row = round(placed.baseline / _CELL)
            starts[round(placed.start / _CELL), row].append(placed)
            stops[round(placed.stop / _CELL), row].append(placed)
            largest = max(largest, placed.word.size)
    for placed in words:
        small = placed.word.size <= _SMALLER * largest and _like_a_mark(placed.word.text)
        if small and (_beside(placed, placed.start, stops) or _beside(placed, placed.stop, starts)):
            yield placed.word._replace(raised=True)
        else:
            yield placed.word


def _like_a_mark(text: str) -> bool:
    return len(text) <= _LONGEST and sum(map(str.isalpha, text)) <= _MOST_LETTERS


def _beside(mark: Placed, end: float, cells: Cells) -> bool:
    """Whether a larger word that stands lower begins or ends near ``end``, an end of ``mark``."""
    column, row = round(end / _CELL), round(mark.baseline / _CELL)
    return any(
        _bears(other, mark)
        for key in ((column + dx, row + dy) for dy in (0, 1) for dx in (-1, 0, 1))
        for other in cells.get(key, ())
    )


def _bears(body: Placed, mark: Placed) -> bool:
    size = body.word.size
    if _follows(body, mark):
        return True
    return (
        mark.word.size <= _SMALLER * size
        and _LIFT[0] * size <= body.baseline - mark.baseline <= _LIFT[1] * size
        and max(body.start - mark.stop, mark.start - body.stop) <= _NEAR * size
    )


def _follows(body: Placed, mark: Placed) -> bool:
    """Whether small digits stand on the baseline right behind a number: a note mark that nobody raised."""
    size, text = body.word.size, mark.word.text
    return (
        mark.word.size <= _SMALLER * size
        and text.isdecimal()
        and len(text) <= _MARK_DIGITS
        and body.word.text[-1:].isdecimal()
        and abs(body.baseline - mark.baseline) < _LIFT[0] * size
        and abs(mark.start - body.stop) <= _TOUCHING * size
    )
