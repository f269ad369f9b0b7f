"""Cells of a table by label paths: patterns in, row and column numbers out, or what is wrong and what would be right.

Nothing here knows what the cells are wanted for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from operator import eq
from typing import TYPE_CHECKING

from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import ZERO, Interval
from validator.model.labels import STEP
from validator.model.locations import Location
from validator.model.names import nearest
from validator.model.relations import Label
from validator.model.tables import Role
from validator.model.wording import title
from validator.rulebook.squash import squash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.model.tables import Cell, Stub, Table
    from validator.rulebook.operands_tree import LabelPattern, Reference

    Test = Callable[[str], object]  # of a squashed label

_ANY = Interval(None, None)
_SHOWN = 6  # labels in a message before it only counts them


class NoCellError(Exception):
    """A path that leads nowhere, or to several places where one is meant. The message goes into a fault."""


@lru_cache(maxsize=4096)
def _test(parts: tuple[str, ...]) -> Test:
    """What is true of the squashed labels that a pattern of these parts means."""
    if len(parts) == 1:
        return partial(eq, squash(parts[0]))
    return re.compile(".*".join(re.escape(squash(part)) for part in parts)).fullmatch


def _fits(pattern: LabelPattern, label: str) -> bool:
    return bool(_test(pattern.parts)(squash(label)))


@dataclass(eq=False)
class Grid:
    """A table of a rule book, found in a document, with its blank cells filled as the book says.

    ``name`` is the book's name for it. Cells that count as zero are figures here but not in ``table``, which is what
    a check receives: there they stay out of sums.
    """

    name: str
    table: Table
    blank_is_zero: bool = False

    def __post_init__(self) -> None:
        table = self.table
        self.columns = [c for c in range(len(table.headers)) if any(row[c].figure is not None for row in table.cells)]
        self.zeros: dict[tuple[int, int], Figure] = {}
        self.title = title(table)
        self.table = replace(table, cells=tuple(self._filled(row) for row in range(len(table.cells))))

    def _filled(self, row: int) -> tuple[Cell, ...]:
        """The cells of a row, those that miss a figure holding one that cannot be read."""
        cells = self.table.cells[row]
        # A row with nothing in it is a heading; one of signs ("..", "x") has values that were not printed.
        if self.table.stubs[row].role is Role.HEADER or not any(cells[c].figure or cells[c].text for c in self.columns):
            return cells
        lacking = [c for c in self.columns if cells[c].figure is None and not self._is_zero(cells[c])]
        if not lacking:
            return cells
        return tuple(
            replace(cell, figure=self._missing(row, column)) if column in lacking else cell
            for column, cell in enumerate(cells)
        )

    def _is_zero(self, cell: Cell) -> bool:
        """Whether a cell without a figure counts as zero. One with a word in it may mean anything and does not."""
        return self.blank_is_zero and not any(character.isalnum() for character in cell.text)

    def _missing(self, row: int, column: int) -> Figure:
        text = self.table.cells[row][column].text
        return Figure(
            text, None, _ANY, NumeralKind.UNREADABLE, self._location(row, column), label=self.label(row, column)
        )

    def _location(self, row: int, column: int) -> Location:
        page = self.table.stubs[row].page or self.table.page
        return Location(self.table.document, page, self.table.cells[row][column].box)

    def label(self, row: int, column: int) -> str:
        """Row and column as "row › column", as figures of tables are labelled."""
        parts = (STEP.join(path_of(self.table.stubs[row])), self.table.headers[column].label)
        return STEP.join(part for part in parts if part)

    def figure(self, row: int, column: int) -> Figure:
        """The figure of a cell; a zero or a missing operand where it is blank."""
        cell = self.table.cells[row][column]
        if cell.figure is not None:
            return cell.figure
        if not self._is_zero(cell):
            return self._missing(row, column)
        if (row, column) not in self.zeros:
            self.zeros[row, column] = Figure(
                text=cell.text,
                value=ZERO,
                interval=Interval.exactly(0),
                kind=NumeralKind.COUNT,
                location=self._location(row, column),
                label=self.label(row, column),
            )
        return self.zeros[row, column]

    def blank(self, row: int, column: int) -> bool:
        """Whether nothing that can be read is printed there."""
        figure = self.table.cells[row][column].figure
        return figure is None or (figure.kind is NumeralKind.UNREADABLE and not figure.text)

    # Rows and columns by pattern

    def rows(self, path: Sequence[LabelPattern]) -> list[int]:
        """The rows that a path matches, at least one. A path may leave outer labels out where it is then unique."""
        stubs = self.table.stubs
        if len(path) == 1 and path[0].every and (filled := self._filled_rows):
            return filled
        found = self._rows(path, self._paths)
        if not found and not any(pattern.glob for pattern in path):
            found = self._rows(path, [own[-len(path) :] for own in self._paths])
        if not found:
            raise NoCellError(self._lacks("row", path, [" > ".join(path_of(stub)) for stub in stubs]))
        return found

    @cached_property
    def _filled_rows(self) -> list[int]:
        """The rows with a figure, at whatever depth."""
        cells = enumerate(self.table.cells)
        return [r for r, row in cells if any(cell.figure and cell.figure.readable for cell in row)]

    @cached_property
    def _paths(self) -> list[tuple[str, ...]]:
        """The labels of each row, squashed."""
        return [tuple(map(squash, path_of(stub))) for stub in self.table.stubs]

    def _rows(self, path: Sequence[LabelPattern], labels: Sequence[tuple[str, ...]]) -> list[int]:
        tests = [_test(pattern.parts) for pattern in path]
        if any(pattern.nth is not None for pattern in path):
            return self._counted(path, tests, labels)
        *outer, last = tests
        return [
            row
            for row, own in enumerate(labels)
            if len(own) == len(path)
            and last(own[-1])  # first, since it tells most rows apart
            and all(test(label) for test, label in zip(outer, own, strict=False))
            and self._counts(row, path[-1])
        ]

    def _counted(
        self, path: Sequence[LabelPattern], tests: Sequence[Test], labels: Sequence[tuple[str, ...]]
    ) -> list[int]:
        """The rows of a path that says of some label which of several it means."""
        seen = [0] * len(path)  # how many rows have matched the path up to each of its labels, for #n
        found = []
        for row, own in enumerate(labels):
            depth = len(own)
            if depth > len(path) or not all(test(label) for test, label in zip(tests, own, strict=False)):
                continue
            if depth == len(path) and not self._counts(row, path[-1]):
                continue
            seen[depth - 1 :] = [seen[depth - 1] + 1, *[0] * (len(path) - depth)]
            if depth == len(path) and all(p.nth in (None, n) for p, n in zip(path, seen, strict=True)):
                found.append(row)
        return found

    def _counts(self, row: int, last: LabelPattern) -> bool:
        """Whether a bare ``*`` means this row: body rows, and subtotals whose parts follow one level deeper."""
        stub = self.table.stubs[row]
        if not last.any:
            return True
        return stub.role is Role.BODY or (stub.role is Role.SUBTOTAL and self._has_children(row))

    def _has_children(self, row: int) -> bool:
        stubs = self.table.stubs
        return row + 1 < len(stubs) and stubs[row + 1].level > stubs[row].level

    def cols(self, path: Sequence[LabelPattern]) -> list[int]:
        """The columns that a path matches, at least one; the only column of figures where no path is given."""
        if not path:
            if len(self.columns) == 1:
                return self.columns
            names = ", ".join(repr(self._column_name(c)) for c in self.columns[:_SHOWN])
            raise NoCellError(f"{self.name!r} has {len(self.columns)} columns of figures; name one: {names}")
        found = [c for c in range(len(self.table.headers)) if self._column_fits(path, c)]
        nth = path[-1].nth
        if nth is not None:
            found = found[nth - 1 : nth]
        if not found:
            raise NoCellError(self._lacks("column", path, [self._column_name(c) for c in self.columns]))
        return found

    def _column_name(self, column: int) -> str:
        return " > ".join(part for part in self.table.headers[column].path if part)

    def _column_fits(self, path: Sequence[LabelPattern], column: int) -> bool:
        header = self.table.headers[column]
        own = tuple(part for part in header.path if part)
        if len(path) == 1 and path[0].any:
            return column in self.columns and (header.role is Role.BODY or path[0].every)
        if len(path) == 1 and _fits(path[0], " ".join(own)):
            return True
        tail = own[-len(path) :]
        return len(tail) == len(path) and all(_fits(pattern, label) for pattern, label in zip(path, tail, strict=True))

    def _lacks(self, what: str, path: Sequence[LabelPattern], labels: Sequence[str]) -> str:
        wanted = " > ".join(map(str, path))
        plain = " > ".join("*".join(pattern.parts) for pattern in path)
        close = nearest(plain, [label for label in labels if label])
        hint = f"; the nearest is {' '.join(close.split())!r}" if close and squash(close) != squash(plain) else ""
        return f"{self.name!r} (page {self.table.page}) has no {what} {wanted}{hint}"

    def cells(self, reference: Reference) -> list[tuple[int, int]]:
        """The cells that a reference matches, row by row, at least one. Raises NoCellError."""
        columns = self.cols(reference.column)
        return [(row, column) for row in self.rows(reference.row) for column in columns]

    def one(self, reference: Reference) -> Figure:
        """The figure of a reference that must mean one cell. Raises NoCellError."""
        if not reference.row:
            raise NoCellError(f"{self.name!r} is a table; name a row: {self.name}[…]")
        found = self.cells(reference)
        if len(found) == 1:
            return self.figure(*found[0])
        shown = ", ".join(f"{self.label(*cell)!r}" for cell in found[:_SHOWN])
        more = "" if len(found) <= _SHOWN else ", …"
        raise NoCellError(
            f"{str(reference)!r} means {len(found)} figures ({shown}{more}); add them up with sum( ),"
            " give the whole path, or pick one with #1, #2, …"
        )

    # Labels

    def row_label(self, row: int, *, whole: bool) -> str:
        """A row's label, with those above it where ``whole``."""
        stub = self.table.stubs[row]
        return STEP.join(path_of(stub)) if whole else stub.label

    def matched_label(self, row: int, path: Sequence[LabelPattern]) -> str:
        """What the wildcards of a path matched in this row, its own label where there are none.

        The literal labels of the path are the same in every row that it matches, so they tell no two apart, and a
        flat table of the same rows does not have them.
        """
        own = path_of(self.table.stubs[row])
        if any(pattern.every for pattern in path):
            return STEP.join(own)
        kept = [label for pattern, label in zip(path, own, strict=False) if pattern.glob]
        return STEP.join(kept or own[-1:])

    def printed_row_label(self, row: int) -> Label:
        """A row's label as a thing on the page, with the first figure beside it."""
        stub = self.table.stubs[row]
        cells = self.table.cells[row]
        page = stub.page or self.table.page
        box = stub.box or (cells[0].box if cells else self.table.box)
        figure = next((cell.figure for cell in cells if cell.figure is not None and cell.figure.readable), None)
        return Label(stub.label, Location(self.table.document, page, box), figure, self.title)

    def printed_column_label(self, column: int) -> Label:
        """A column's own label as a thing on the page."""
        header = self.table.headers[column]
        box = header.box or self.table.box
        text = header.path[-1] if header.path else ""
        return Label(text, Location(self.table.document, self.table.page, box), of=self.title)


def path_of(stub: Stub) -> tuple[str, ...]:
    """A row's labels from the outermost, also where the table is not nested."""
    return stub.path or (stub.label,)
