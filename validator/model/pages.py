"""What a reader sees on a page, before anything is understood: words, strokes, fills and pictures, all with boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from validator.model.locations import Box, hull


class Word(NamedTuple):
    """A run of glyphs without a gap.

    ``edges`` holds, for n characters of ``text``, the n+1 positions in points along the reading direction, so that
    a part of the word (the 12 in "12%") has a box of its own. ``rotation`` is the reading direction on the page as
    seen: 0 left to right, 90 downwards, 180 upside down, 270 upwards. ``size`` is the font size in points.
    """

    text: str
    box: Box
    edges: tuple[float, ...]
    size: float
    bold: bool = False
    italic: bool = False
    raised: bool = False
    rotation: int = 0

    def part(self, start: int, stop: int) -> Box:
        """The box of ``text[start:stop]``."""
        a, b = self.edges[start], self.edges[stop]
        low, high = (a, b) if a <= b else (b, a)
        if self.rotation in (90, 270):
            return Box(self.box.x0, low, self.box.x1, high)
        return Box(low, self.box.top, high, self.box.bottom)


class Stroke(NamedTuple):
    """A straight line, horizontal or vertical, as drawn (a thin filled box counts as one)."""

    box: Box
    width: float

    @property
    def horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.box.width >= self.box.height


class Fill(NamedTuple):
    """A filled area; ``colour`` is (red, green, blue) of 0 to 255."""

    box: Box
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is seen (rotation applied). ``number`` is 1-based; width and height are in points."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    fills: tuple[Fill, ...] = ()
    pictures: tuple[Box, ...] = ()
    glyphs: int = 0
    hidden: int = 0  # glyphs that are in the file but not painted visibly; they are left out of ``words``
    text: str = ""  # all visible characters by the reader's own text extraction, for an independent count of numerals

    @property
    def body(self) -> Box:
        """The box around all words, or the page where there are none."""
        return hull(word.box for word in self.words) if self.words else Box(0, 0, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. ``path`` is as the user gave it; ``sha256`` is of the bytes."""

    path: str
    sha256: str
    pages: tuple[Page, ...]
    title: str = ""
    warnings: tuple[str, ...] = field(default=())
