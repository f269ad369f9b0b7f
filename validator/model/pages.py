"""What a reader sees on a page, before anything is understood: words, strokes, fills and pictures, all with boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from validator.model.locations import Box, CellBox, Reference, hull

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

# The cells of a sheet as drawn, in points: a spreadsheet's usual column of 64 pixels and row of 20.
CELL_WIDTH, CELL_HEIGHT = 72.0, 15.0


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


class Number(NamedTuple):
    """What a data file itself says that a cell is worth, which no reader of its text need guess.

    ``value`` is as displayed (35 for 0.35 shown as 35 %), None where the cell stands for no number that can be had.
    ``rounded`` says that the file holds more decimals than it displays.
    """

    value: Decimal | None
    decimals: int = 0
    percent: bool = False
    rounded: bool = False


class Merge(NamedTuple):
    """Cells that are shown as one; all four are 0-based positions in a sheet, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A table file, or one sheet of a workbook: texts as displayed, in rows and columns.

    ``rows`` are ragged: a missing cell is blank. ``counted[r]`` is the number that the file itself gives row r.
    ``name`` is "" where the file is a single table. ``numbers`` holds the cells, by (row, column), whose value the
    file states; the texts of the others are read like print. ``broken`` rows do not have the columns of the others.
    """

    rows: tuple[tuple[str, ...], ...]
    counted: tuple[int, ...]
    name: str = ""
    unit: str = "line"
    numbers: Mapping[tuple[int, int], Number] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    bold: frozenset[tuple[int, int]] = frozenset()
    broken: frozenset[int] = frozenset()
    width: int = field(init=False)  # how many columns there are

    def __post_init__(self) -> None:
        object.__setattr__(self, "width", max((len(row) for row in self.rows), default=0))

    def text(self, row: int, column: int) -> str:
        """The text of a cell, "" where it is blank."""
        return self.rows[row][column] if column < len(self.rows[row]) else ""

    def box(self, row: int, column: int, name: str = "") -> CellBox:
        """Where a cell is drawn, and what it is called; ``name`` heads its column."""
        left, top = column * CELL_WIDTH, row * CELL_HEIGHT
        cell = Reference(self.counted[row], column + 1, self.name, "" if self.name else name, self.unit)
        return CellBox.around(Box(left, top, left + CELL_WIDTH, top + CELL_HEIGHT), cell)

    def row_box(self, row: int) -> CellBox:
        """Where a whole row is drawn."""
        top = row * CELL_HEIGHT
        box = Box(0, top, max(1, self.width) * CELL_WIDTH, top + CELL_HEIGHT)
        return CellBox.around(box, Reference(self.counted[row], 0, self.name, "", self.unit))


def page_of(sheet: Sheet, number: int) -> Page:
    """The 1-based page that a sheet is."""
    text = "\n".join(" ".join(filter(None, row)) for row in sheet.rows)
    width, height = max(1, sheet.width) * CELL_WIDTH, max(1, len(sheet.rows)) * CELL_HEIGHT
    return Page(number, width, height, text=text, sheet=sheet)


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
    sheet: Sheet | None = None  # of a data file, which has cells instead of words

    @property
    def body(self) -> Box:
        """The box around all words, or the page where there are none."""
        return hull(word.box for word in self.words) if self.words else Box(0, 0, self.width, self.height)


class Manner(NamedTuple):
    """How a text file of values is written, as far as a rule book says it; "" for what is found out from the file."""

    delimiter: str = ""
    encoding: str = ""
    decimal: str = ""
    thousands: str = ""


DETECTED = Manner()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. ``path`` is as the user gave it; ``sha256`` is of the bytes."""

    path: str
    sha256: str
    pages: tuple[Page, ...]
    title: str = ""
    warnings: tuple[str, ...] = field(default=())
    manner: Manner = DETECTED
