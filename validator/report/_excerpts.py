"""A finding's figures where a reader finds them: the sentence as printed, or the rows and columns of the table.

In: a finding and the extracts of its documents. Out: quotes and grids that say which part of them is which exhibit.
A figure is found in its passage or table by identity, from what extraction recorded, never by looking for its text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from validator.model.labels import STEP
from validator.model.locations import Location
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.extracts import Extract, Mention, Passage
    from validator.model.figures import Figure
    from validator.model.findings import Finding
    from validator.model.settings import Settings
    from validator.model.tables import Table


class Piece(NamedTuple):
    """A stretch of a quote; ``exhibit`` is the index of the exhibit that is printed there, or None."""

    text: str
    exhibit: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence or a row as printed, on one page."""

    document: str
    page: int
    pieces: tuple[Piece, ...]
    place: str  # "page 3", or the cell of a data file


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a grid: its label and its cells; ``skipped`` rows are left out before it."""

    label: str
    cells: tuple[Piece, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """The part of a table that a finding is about. ``columns`` head the cells; ``skipped`` rows follow the last."""

    document: str
    page: int
    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    place: str  # as of a quote
    skipped: int = 0


Excerpt = Quote | Grid


class _Place(NamedTuple):
    """The cell of a figure."""

    table: Table
    row: int
    column: int


class Sources:
    """Where the figures of some findings are printed; built once for a report."""

    def __init__(self, extracts: Iterable[Extract], findings: Iterable[Finding], settings: Settings) -> None:
        wanted = {exhibit.figure for finding in findings for exhibit in finding.exhibits if exhibit.figure is not None}
        self._settings = settings
        self._cells: dict[Figure | None, _Place] = {}
        self._mentions: dict[Figure, tuple[Passage, Mention]] = {}
        for extract in extracts:
            self._index(extract, wanted)

    def _index(self, extract: Extract, wanted: set[Figure]) -> None:
        for table in extract.tables:
            for row, cells in enumerate(table.cells):
                for column, cell in enumerate(cells):
                    if cell.figure in wanted:
                        self._cells[cell.figure] = _Place(table, row, column)
        for passage, mention in extract.mentions():
            if mention.figure in wanted:
                self._mentions.setdefault(mention.figure, (passage, mention))

    def in_table(self, figure: Figure | None) -> bool:
        """Whether the figure is a cell of a table."""
        return figure in self._cells

    def excerpts(self, finding: Finding) -> tuple[Excerpt, ...]:
        """The quotes and grids of a finding, in the order of its exhibits; its own context where there are none."""
        passages: dict[tuple[int, int], tuple[Passage, int, int]] = {}
        tables: dict[int, tuple[Table, dict[tuple[int, int], int]]] = {}
        for index, exhibit in enumerate(finding.exhibits):
            if exhibit.figure is None:
                continue
            if place := self._cells.get(exhibit.figure):
                tables.setdefault(id(place.table), (place.table, {}))[1][place.row, place.column] = index
            elif found := self._mentions.get(exhibit.figure):
                passage, mention = found
                start, stop = _sentence(passage, mention.start)
                passages.setdefault((id(passage), start), (passage, start, stop))
        exhibits = {exhibit.figure: index for index, exhibit in reversed(list(enumerate(finding.exhibits)))}
        most = self._settings.quote_length
        quotes = [_shortened(_quote(*found, exhibits), most) for found in passages.values()]
        grids = [_grid(table, marked, finding, self._settings) for table, marked in tables.values()]
        if not quotes and not grids and finding.rows is not None:
            from validator.report._data_rows import data_grid  # which is made of what stands here

            rows = data_grid(finding, self._settings)
            return () if rows is None else (rows,)
        if not quotes and not grids and finding.context:
            where = finding.exhibits[0].location
            return (Quote(where.document, where.page, (Piece(finding.context),), where.place),)
        return (*quotes, *grids)


def _sentence(passage: Passage, position: int) -> tuple[int, int]:
    """The bounds of the sentence around ``position``; of the whole passage where it has no sentences."""
    for start, stop in passage.sentences:
        if start <= position < stop:
            return start, stop
    return 0, len(passage.text)


def _quote(passage: Passage, start: int, stop: int, exhibits: dict[Figure | None, int]) -> Quote:
    """A sentence cut into pieces at the figures of the finding."""
    pieces: list[Piece] = []
    position, first = start, None
    for mention in sorted(passage.mentions, key=lambda mention: mention.start):
        index = exhibits.get(mention.figure)
        if index is None or mention.start < position or mention.stop > stop:
            continue
        first = first or mention.figure.location
        pieces += [
            Piece(passage.text[position : mention.start]),
            Piece(passage.text[mention.start : mention.stop], index),
        ]
        position = mention.stop
    pieces.append(Piece(passage.text[position:stop]))
    where = first or passage.location
    return Quote(where.document, where.page, tuple(piece for piece in pieces if piece.text), where.place)


def _shortened(quote: Quote, most: int) -> Quote:
    """The same quote; where it is longer than ``most`` characters, only the words nearest to its figures."""
    if sum(len(piece.text) for piece in quote.pieces) <= most:
        return quote
    fair = max(most // len(quote.pieces), 2)
    pieces = []
    for index, piece in enumerate(quote.pieces):
        text = piece.text
        if piece.exhibit is None and len(text) > fair:
            head = text[: fair if index == len(quote.pieces) - 1 else fair // 2] if index else ""
            tail = text[-(fair // 2 if index else fair) :] if index < len(quote.pieces) - 1 or not index else ""
            text = f"{head}…{tail}"
        pieces.append(Piece(text, piece.exhibit))
    return Quote(quote.document, quote.page, tuple(pieces), quote.place)


def _grid(table: Table, marked: dict[tuple[int, int], int], finding: Finding, settings: Settings) -> Grid:
    """The rows and columns with exhibits; a single long row is turned on its side, so that it reads as a column."""
    rows = sorted({row for row, _ in marked})
    columns = sorted({column for _, column in marked})
    page = table.stubs[rows[0]].page or table.page
    place = Location(table.document, page, table.cells[rows[0]][columns[0]].box).place
    title = table.caption or table.heading
    row_names = [_row_name(table, row) for row in rows]
    column_names = [table.headers[column].label for column in columns]
    cells = [[Piece(table.cells[row][column].text, marked.get((row, column))) for column in columns] for row in rows]
    totals = [table.stubs[row].role is not Role.BODY for row in rows]
    if len(rows) <= settings.excerpt_columns < len(columns):
        row_names, column_names = column_names, row_names
        cells = [list(column) for column in zip(*cells, strict=True)]
        totals = [table.headers[column].role is not Role.BODY for column in columns]
    vital = {suspect.figure for suspect in finding.suspects} | {0}
    across = _kept([list(column) for column in zip(*cells, strict=True)], [], vital, settings.excerpt_columns)
    column_names, cells = [column_names[column] for column in across], [[row[c] for c in across] for row in cells]
    keep = _kept(cells, totals, vital, settings.excerpt_rows)
    lines, last = [], -1
    for row in keep:
        lines.append(Line(row_names[row], tuple(cells[row]), row - last - 1))
        last = row
    skipped = len(cells) - last - 1
    return Grid(table.document, page, " ".join(title.split()), tuple(column_names), tuple(lines), place, skipped)


def _kept(cells: list[list[Piece]], totals: list[bool], vital: set[int], most: int) -> list[int]:
    """Which lines to show: all of a few; of many, the totals (if given), the suspects and the first ones."""
    if len(cells) <= most:
        return list(range(len(cells)))
    chosen = [
        row
        for row, line in enumerate(cells)
        if any(totals[row : row + 1]) or any(piece.exhibit in vital for piece in line)
    ]
    chosen = chosen[:most]
    rest = [row for row in range(len(cells)) if row not in chosen]
    return sorted(chosen + rest[: max(0, most - len(chosen))])


def _row_name(table: Table, row: int) -> str:
    """A row's label; with the labels above it where the stub is nested."""
    stub = table.stubs[row]
    return STEP.join(part for part in stub.path if part) or stub.label
