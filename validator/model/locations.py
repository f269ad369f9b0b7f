"""Where something stands: boxes in points from the top left of the page as it is seen, and locations in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Box(NamedTuple):
    """A rectangle in points; ``x`` grows to the right and ``top``/``bottom`` grow downwards, page rotation applied."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """The middle, as (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Box) -> bool:
        """Whether the middle of ``other`` lies inside."""
        x, y = other.center
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def grown(self, margin: float) -> Box:
        """The same box, larger by ``margin`` points on each side."""
        return Box(self.x0 - margin, self.top - margin, self.x1 + margin, self.bottom + margin)


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of ``boxes`` (at least one)."""
    rest = iter(boxes)
    x0, top, x1, bottom = next(rest)
    for left, upper, right, lower in rest:  # a plain loop: this is called for every word and most boxes hold few
        if left < x0:
            x0 = left
        if upper < top:
            top = upper
        if right > x1:
            x1 = right
        if lower > bottom:
            bottom = lower
    return Box(x0, top, x1, bottom)


class Reference(NamedTuple):
    """A cell of a data file, or a whole row of it (``column`` 0), as somebody who opens the file would name it.

    With ``row`` 0 it is the whole column of that ``name``, or all rows: what figures reckoned from data rest on.

    ``row`` and ``column`` are 1-based, as the file counts them; ``sheet`` is "" where the file is a single table, and
    ``name`` then heads the column. ``unit`` is what a row of such a file is called: "line" or "row".
    """

    row: int
    column: int
    sheet: str = ""
    name: str = ""
    unit: str = "line"

    def __str__(self) -> str:
        if not self.row:
            return f"column {self.name}" if self.name else "all rows"
        if self.sheet:
            return f"{quoted_sheet(self.sheet)}!{self.corner}"
        return f"{self.unit} {self._within}"

    @property
    def corner(self) -> str:
        """Without its sheet, as spreadsheets write it: C14, or 14:14 for a row."""
        return f"{letters(self.column)}{self.row}" if self.column else f"{self.row}:{self.row}"

    @property
    def _within(self) -> str:
        return f"{self.row}, column {self.name or letters(self.column)}" if self.column else str(self.row)

    def of(self, document: str) -> str:
        """With the document before it: ``cases.csv:118, column age``, ``book.xlsx, Sheet1!C14``."""
        return (
            f"{document}:{self._within}"
            if self.unit == "line" and self.row and not self.sheet
            else f"{document}, {self}"
        )


class CellBox(Box):
    """A box on the drawing of a sheet that knows which cell it is the place of; it takes part in nothing else."""

    cell: Reference

    @classmethod
    def around(cls, box: Box, cell: Reference) -> CellBox:
        """The same rectangle, known to be the place of ``cell``."""
        one = cls(*box)
        one.cell = cell
        return one


class BrokenBox(Box):
    """The box around something that runs on over a line's end, and knows its part on each line."""

    lines: tuple[Box, ...]

    @classmethod
    def around(cls, boxes: Sequence[Box]) -> Box:
        """The box around ``boxes`` in reading order; a plain one where they stand on one line."""
        lines: list[list[Box]] = []
        for box in boxes:
            last = lines[-1][-1] if lines else None
            if last is not None and box.top < last.center[1] < box.bottom and box.x0 >= last.x0:
                lines[-1].append(box)
            else:
                lines.append([box])
        whole = hull(boxes)
        if len(lines) < 2:
            return whole
        one = cls(*whole)
        one.lines = tuple(map(hull, lines))
        return one


def letters(column: int) -> str:
    """The letters that spreadsheets give the 1-based ``column``: A to Z, then AA and on."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def quoted_sheet(name: str) -> str:
    """The name of a sheet as formulas write it: in quotation marks where it is more than one word."""
    plain = name.replace("_", "").replace(".", "")
    return name if plain.isalnum() and not name[0].isdigit() else "'" + name.replace("'", "''") + "'"


class Location(NamedTuple):
    """A place in a document: its path as the user gave it, the 1-based page, and the box on that page.

    The pages of a data file are its sheets, each as if drawn in cells of one size; boxes are in points there too.
    """

    document: str
    page: int
    box: Box

    @property
    def cell(self) -> Reference | None:
        """The cell of a data file; None on a page."""
        return self.box.cell if isinstance(self.box, CellBox) else None

    @property
    def place(self) -> str:
        """Where in its document: "page 3", "Sheet1!C14", "line 118, column age"."""
        return f"page {self.page}" if self.cell is None else str(self.cell)

    @property
    def full(self) -> str:
        """With its document: "report.pdf, page 3", "cases.csv:118, column age"."""
        return f"{self.document}, {self.place}" if self.cell is None else self.cell.of(self.document)
