"""The figures that no check touches, by page: what a reader has to check by hand, or write a rule for.

In: a document of the run. Out: figures with their reasons, and the same in short lines of words, both bounded. Must
not judge which figures those are: coverage has done that.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from validator.model.labels import STEP
from validator.report import _words as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.figures import Figure
    from validator.model.results import Checked
    from validator.model.settings import Settings


class Left(NamedTuple):
    """A figure that no check touches, and why, where a rule book says so."""

    figure: Figure
    reason: str | None


class Sheet(NamedTuple):
    """The unchecked figures of a page, as short texts; ``more`` are only counted."""

    place: str  # "page 3", or the sheet of a data file
    figures: tuple[str, ...]
    more: int


def left(checked: Checked) -> tuple[Left, ...]:
    """Every unchecked figure of a document, in reading order."""
    return tuple(Left(figure, checked.reasons.get(figure)) for figure in checked.unchecked)


def by_page(checked: Checked, settings: Settings) -> Iterator[Sheet]:
    """The same for people, page by page, a few of each."""
    most = settings.unchecked_shown
    for page, group in groupby(checked.unchecked, key=lambda figure: figure.location.page):
        figures = list(group)
        shown = tuple(_short(figure, checked.reasons.get(figure)) for figure in figures[:most])
        yield Sheet(_title(checked, page), shown, len(figures) - len(shown))


def _title(checked: Checked, page: int) -> str:
    """The page or the sheet."""
    sheet = checked.extract.document.pages[page - 1].sheet
    if sheet is None:
        return f"page {page}"
    return f"sheet {sheet.name}" if sheet.name else "the file"


def _short(figure: Figure, reason: str | None) -> str:
    """``23 (Nigeria › 2023)``, with the reason that a rule book gives; of a sentence the words around the figure."""
    label = words.narrowed(figure.label, words.LABEL) if STEP in figure.label else _around(figure)
    named = f"{figure.quote or figure.text}{f' ({label})' if label else ''}"
    return f"{named}: {words.clipped(reason)}" if reason else named


def _around(figure: Figure) -> str:
    """The sentence that is a figure's label, cut to the words around it."""
    sentence = " ".join(figure.label.split())
    at = max(sentence.find(figure.text), 0)
    if len(sentence) <= words.LABEL or at + len(figure.text) <= words.LABEL:
        return words.clipped(sentence, words.LABEL)
    start = sentence.find(" ", at - words.LABEL // 2) + 1
    return words.clipped(f"… {sentence[min(start, at) :]}", words.LABEL)
