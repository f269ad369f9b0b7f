"""Sheets of data files as drawings for the HTML report: the cells with column letters and row numbers beside them.

In: a sheet and which of its rows. Out: texts with places, for the template to write as SVG. Boxes of figures lie on
the cells when they are moved by the same margins.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from validator.model.locations import letters
from validator.model.pages import CELL_HEIGHT, CELL_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.pages import Sheet
    from validator.model.settings import Settings

LEFT, TOP = 36.0, CELL_HEIGHT  # points for the row numbers and the column letters
_PADDING = 3.0
_BASELINE = 4.5  # above the bottom of a cell
_LETTERS = 15  # of the drawing's type fit into a cell


class Text(NamedTuple):
    """A text with its anchor; ``kind`` is "edge", "number", "text" or "strong"."""

    x: float
    y: float
    text: str
    kind: str


class Drawing(NamedTuple):
    """Rows ``first`` to ``last`` (excluded) of a sheet; sizes in points."""

    width: float
    height: float
    grid: str  # the path of the lines
    texts: tuple[Text, ...]


def slices(sheet: Sheet, settings: Settings) -> list[range]:
    """The rows that are drawn together, as on pages."""
    step = settings.sheet_lines
    return [range(start, min(start + step, len(sheet.rows))) for start in range(0, max(1, len(sheet.rows)), step)]


def title(sheet: Sheet, rows: range) -> str:
    """What a slice is called: "Sheet1, rows 1–60"."""
    if not rows:
        return sheet.name or "no rows"
    spoken = f"{sheet.unit}s {sheet.counted[rows[0]]}–{sheet.counted[rows[-1]]}"
    return f"{sheet.name}, {spoken}" if sheet.name else spoken


def draw(sheet: Sheet, rows: range) -> Drawing:
    """The drawing of some rows."""
    width, height = LEFT + max(1, sheet.width) * CELL_WIDTH, TOP + max(1, len(rows)) * CELL_HEIGHT
    across = "".join(f"M0 {TOP + n * CELL_HEIGHT:g}H{width:g}" for n in range(len(rows) + 1))
    down = "".join(f"M{LEFT + n * CELL_WIDTH:g} 0V{height:g}" for n in range(sheet.width + 1))
    return Drawing(width, height, across + down, (*_edges(sheet, rows), *_cells(sheet, rows)))


def _edges(sheet: Sheet, rows: range) -> Iterator[Text]:
    for column in range(sheet.width):
        yield Text(LEFT + (column + 0.5) * CELL_WIDTH, TOP - _BASELINE, letters(column + 1), "edge")
    for n, row in enumerate(rows):
        yield Text(LEFT / 2, TOP + (n + 1) * CELL_HEIGHT - _BASELINE, str(sheet.counted[row]), "edge")


def _cells(sheet: Sheet, rows: range) -> Iterator[Text]:
    for n, row in enumerate(rows):
        y = TOP + (n + 1) * CELL_HEIGHT - _BASELINE
        for column, text in enumerate(sheet.rows[row]):
            if not text:
                continue
            left = LEFT + column * CELL_WIDTH
            if text.strip("+-−(%").replace(" ", "")[:1].isdigit() and len(text) <= _LETTERS:
                yield Text(left + CELL_WIDTH - _PADDING, y, text, "number")
            else:
                kind = "strong" if (row, column) in sheet.bold else "text"
                yield Text(left + _PADDING, y, _fitted(sheet, row, column, text), kind)


def _fitted(sheet: Sheet, row: int, column: int, text: str) -> str:
    """A text that runs on over the blank cells to its right, as in a spreadsheet, and is cut off where they end."""
    beyond = range(column + 1, sheet.width)
    room = _LETTERS * (1 + sum(1 for _ in takewhile(lambda c: not sheet.text(row, c), beyond)))
    return text if len(text) <= room else f"{text[: room - 1]}…"
