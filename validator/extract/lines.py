"""Lines and blocks of words: what layout hands to prose and tables. No behaviour beyond joining words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from validator.model.locations import Box
    from validator.model.pages import Word


class Line(NamedTuple):
    """Words on one base line in reading order, with the box around them."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)


class Block(NamedTuple):
    """Lines that belong together: a paragraph, a heading, a list row. ``page`` is 1-based."""

    page: int
    lines: tuple[Line, ...]
    box: Box
    heading: bool = False
