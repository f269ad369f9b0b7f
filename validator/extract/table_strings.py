"""A table given as rows of strings (a CSV file, a sheet) → a `Table`, by the same understanding as tables of a page.

In: rows of cell texts. Out: a `Table` whose boxes are cell positions: column c of row r has the box
(c, r, c + 1, r + 1), on page 1. Must not look at pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.extract.layout_shapes import is_number, is_numeric, is_range, is_year
from validator.extract.separators import observe
from validator.extract.table_figures import Reader
from validator.extract.table_panels import kind_of
from validator.extract.table_raw import GridRow, RawColumn, RawGrid, RowKind, Slot, Span
from validator.extract.table_understand import draft_of
from validator.model.locations import Box
from validator.model.pages import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.model.language import Language
    from validator.model.settings import Settings
    from validator.model.tables import Table

    # From a leading row, by its position, and all columns to the labels in it.
    Heads = Callable[[int, Sequence[Slot | None], Sequence[RawColumn]], list[Span]]


def grid(rows: Sequence[Sequence[str]], document: str, language: Language, settings: Settings) -> Table:
    """The table that ``rows`` print; short rows are filled up with blank cells.

    Every row and column of the input is kept: leading rows without figures become the header, all others rows of the
    table, those without figures in the role HEADER. ``stubs[r].box`` and the cell boxes say where in the input each
    stands. Raises ValueError where there is no cell at all.
    """
    width = max((len(row) for row in rows), default=0)
    if width == 0:
        raise ValueError(f"{document}: a table needs at least one cell")
    slots = [[_slot(row[c] if c < len(row) else "", r, c) for c in range(width)] for r, row in enumerate(rows)]
    texts = [slot.text for row in slots for slot in row if slot is not None]
    reader = Reader(Document(document, "", ()), language, observe(texts), settings)
    return reader.table(draft_of(raw_grid(slots), language, settings))[0]


def raw_grid(slots: Sequence[Sequence[Slot | None]], page: int = 1, heads: Heads | None = None) -> RawGrid:
    """The bare grid of cells that are known to be cells; all rows of ``slots`` are of one length.

    ``heads`` says which columns the labels of a leading row are of; without it they spread over blank cells.
    """
    columns = columns_of(slots, len(slots[0]))
    head = header_height(slots, columns)
    width = len(columns)
    grid_rows = [
        GridRow(
            RowKind.HEADER,
            [None] * width,
            heads(r, row, columns) if heads else spans_of(row, columns),
            _row_box(r, width),
        )
        for r, row in enumerate(slots[:head])
    ]
    for r, row in enumerate(slots[head:], head):
        kind = kind_of(columns, row)
        grid_rows.append(GridRow(RowKind.LABEL if kind is RowKind.BAND else kind, list(row), box=_row_box(r, width)))
    return RawGrid(page, columns, grid_rows, Box(0, 0, width, len(slots)))


def _slot(cell: str, row: int, column: int) -> Slot | None:
    text = cell.strip()
    if not text:
        return None
    indent = len(cell) - len(cell.lstrip(_BEFORE_LABELS))
    return Slot(text, Box(column, row, column + 1, row + 1), numeric=is_numeric(text), indent=indent)


_BEFORE_LABELS = " \t\u00a0\u2002\u2003.\u2026\u00b7\u2022-\u2013"  # what sets the labels of deeper rows off


def _row_box(row: int, width: int) -> Box:
    return Box(0, row, width, row + 1)


def columns_of(slots: Sequence[Sequence[Slot | None]], width: int) -> list[RawColumn]:
    """Columns; one is numeric where numbers are more frequent in it than texts, header texts left aside."""
    columns = []
    for c in range(width):
        texts = [slot.text for row in slots if (slot := row[c]) is not None]
        first = next((i for i, text in enumerate(texts) if is_numeric(text) and not is_year(text)), len(texts))
        body = texts[first:]
        numeric = sum(is_numeric(text) for text in body) * 2 > len(body)
        columns.append(RawColumn(c, c + 1, numeric))
    if columns[0].numeric and _labels(slots):
        columns[0].numeric = False
    return columns


def _labels(slots: Sequence[Sequence[Slot | None]]) -> bool:
    """Whether the first column names its rows by bands or years."""
    texts = [row[0].text for row in slots if row[0] is not None and any(slot is not None for slot in row[1:])]
    named = sum(is_year(text) or any(map(is_range, text.split())) or not is_number(text) for text in texts)
    return 2 * named > len(texts)


def header_height(slots: Sequence[Sequence[Slot | None]], columns: Sequence[RawColumn]) -> int:
    """How many leading rows hold no figure: texts, years and running numbers only."""
    r = next((r for r, row in enumerate(slots) if _holds_figures(row, columns)), 0)
    while r > 1 and not any(slots[r - 1][1:]) and any(any(row[1:]) for row in slots[: r - 1]):
        r -= 1  # a label alone right above the first figures heads these rows
    return r


def _holds_figures(row: Sequence[Slot | None], columns: Sequence[RawColumn]) -> bool:
    """Whether numbers stand in columns of figures, and not years alone."""
    numbers = [s.text for s, c in zip(row, columns, strict=True) if s is not None and c.numeric and is_number(s.text)]
    return bool(numbers) and not all(is_year(text) for text in numbers)


def spans_of(row: Sequence[Slot | None], columns: Sequence[RawColumn]) -> list[Span]:
    """The labels of a header row; one spreads over the blank cells to its right, as merged cells are written."""
    filled = [c for c, slot in enumerate(row) if slot is not None]
    spans = []
    for i, c in enumerate(filled):
        slot = row[c]
        if slot is None:
            continue
        stop = filled[i + 1] if i + 1 < len(filled) else len(row)
        spreads = columns[c].numeric and len(filled) > 1
        spans.append(Span(c, stop - 1 if spreads else c, slot))
    return spans
