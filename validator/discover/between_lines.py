"""Tables as labelled lines, so that a row or a column can be recognised wherever else it is printed.

In: the tables of a run. Out: `Line`s: the columns of a table by row label, its rows by column label, what the parts
of a nested table come to, and the totals of a document's tables by what each table is about. Must not compare lines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING

from validator.discover.between_labels import without_common
from validator.model.building import path_of
from validator.model.figures import NumeralKind
from validator.model.labels import key
from validator.model.locations import Location
from validator.model.relations import ZERO, Label
from validator.model.tables import Role
from validator.model.wording import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeGuard

    from validator.model.extracts import Extract
    from validator.model.figures import Figure
    from validator.model.settings import Settings
    from validator.model.tables import Header, Table

_LABELS = (NumeralKind.YEAR, NumeralKind.RANGE, NumeralKind.ORDINAL)  # numbers that name something, no quantities
_PERCENT = (NumeralKind.PERCENT, NumeralKind.POINTS)
_MARKS = "*†‡§¶#:.…"  # what is printed after a label and is no part of it
_PERIOD = re.compile(r"(?<!\d)(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4})?|1[89]\d\d|20\d\d)(?!\d)")
_SIGN = re.compile(r"[/,;:(]|\s[-\u2013\u2014]\s")  # what parts a label into a group and a part of it
_MOST_TABLES = 1 << 20  # of a document: so many numbers are between the first tables of two
_BETWEEN = "\x1f"  # joins the keys of a path; it occurs in no label


@dataclass(slots=True, eq=False)  # not frozen, which takes as long again
class Point:
    """One labelled quantity: a figure, or figures to be added up.

    What few points are asked for is made when it is asked for: a run makes fifty thousand points.
    """

    text: str
    own: str  # the key of its own label …
    path: str  # … and of its label with those above it
    figures: tuple[Figure, ...]
    value: Decimal
    table: int  # the table that it is printed in …
    cell: tuple[int, int]  # … and the row and column there, of the first figure
    total: bool = False
    marked: bool = False  # it carries a footnote mark
    listing: _Grid | None = None  # the table, where the point is a part of the list that its rows make
    adopted: bool = False  # the figures are of children whose parent prints none

    @property
    def slack(self) -> Decimal:
        """What the rounding of the figures allows."""
        return sum(((f.interval.high or ZERO) - (f.interval.low or ZERO) for f in self.figures), ZERO) / 2

    @property
    def stub(self) -> Label | None:
        """The row's label on the page, where it is a part of the list."""
        return None if self.listing is None else self.listing.label(self.cell[0], self.figures)

    @property
    def places(self) -> int:
        """The most decimal places printed."""
        return max(figure.decimals for figure in self.figures)

    @property
    def percent(self) -> bool:
        """Whether it is a percentage."""
        return any(figure.kind in _PERCENT or "%" in figure.unit for figure in self.figures)


@dataclass(frozen=True, eq=False)
class Line:
    """A row or a column, or sums over a nested table's rows (``margin``)."""

    table: Table
    number: int  # the table's place in the run; below zero for lines over several tables
    document: str
    name: str
    total: bool  # whether its name is that of a total
    periods: frozenset[str]
    points: tuple[Point, ...]
    margin: bool = False
    turned: bool = False  # a row; its labels are the columns'

    def ready(self) -> Line:
        """The same, once what every comparison asks for has been computed."""
        _ = self.bits, self.by_own
        return self

    @cached_property
    def key(self) -> str:
        """The key of its name."""
        return plain(self.name)

    @cached_property
    def bits(self) -> tuple[float, ...]:
        """What it proves when another line has the same value under the same label.

        A number of n digits is hit by accident once in 10ⁿ, trailing zeros not counted; a value that the line itself
        repeats is hit as often as that.
        """
        often = Counter(value for value, _ in {(point.value, point.figures) for point in self.points})
        return tuple(-log2(max(_chance(p.value), (often[p.value] - 1) / len(self.points))) for p in self.points)

    @cached_property
    def by_path(self) -> dict[str, int]:
        """Where each path stands."""
        return {point.path: index for index, point in enumerate(self.points)}

    @cached_property
    def by_own(self) -> dict[str, int]:
        """Where each label stands that occurs once."""
        often = Counter(point.own for point in self.points)
        return {point.own: i for i, point in enumerate(self.points) if point.own and often[point.own] == 1}

    @cached_property
    def falling(self) -> bool:
        """Whether it is sorted by size, the total aside."""
        values = [point.value for point in self.points if not point.total]
        return all(one >= other for one, other in pairwise(values))


def plain(label: str) -> str:
    """The key of a label without the marks printed after it."""
    return key(label).rstrip(_MARKS)


def periods(*texts: str) -> frozenset[str]:
    """The years and dates in the first of ``texts`` that has any."""
    for text in texts:
        if found := _PERIOD.findall(text):
            return frozenset(found)
    return frozenset()


def lines(extract: Extract, place: int, settings: Settings) -> Iterator[Line]:
    """All lines of a document that can be compared; ``place`` is the document's, among those of the run."""
    first = place * _MOST_TABLES
    for number, table in enumerate(extract.tables, start=first):
        grid = _Grid(table, number, settings)
        yield from filter(_tells, grid.columns())
        yield from filter(_tells, grid.rows())
    yield from _topics(extract, first)


def _tells(line: Line) -> bool:
    return len(line.points) > 1 or (line.margin and bool(line.points))


class _Grid:
    """One table, cut into lines."""

    def __init__(self, table: Table, number: int, settings: Settings) -> None:
        self.table = table
        self.number = number
        self.title = title(table)
        totals = [row for row, stub in enumerate(table.stubs) if stub.role is Role.TOTAL]
        self.total_row = totals[0] if len(totals) == 1 else None
        totals = [c for c, header in enumerate(table.headers) if header.role is Role.TOTAL]
        self.total_column = totals[0] if len(totals) == 1 else None
        self.depth = max((stub.level for stub in table.stubs), default=0)
        self.counted = [row for row, stub in enumerate(table.stubs) if stub.role is not Role.HEADER]
        # What is asked for each cell is made once for each row and column.
        shorter = without_common((stub.label for stub in table.stubs if stub.role is Role.BODY), settings)
        self.names = [plain(shorter.get(stub.label, stub.label)) for stub in table.stubs]
        self.paths = [_BETWEEN.join(plain(shorter.get(one, one)) for one in path_of(stub)) for stub in table.stubs]
        self.marked = [_marked(stub.label) for stub in table.stubs]
        self.above = [tuple(map(plain, header.path)) for header in table.headers]
        self._singles: dict[tuple[int, int], Point] = {}
        self.headed = [bool(header.path) and _marked(header.path[-1]) for header in table.headers]

    def columns(self) -> Iterator[Line]:
        for column, header in enumerate(self.table.headers):
            here = [row for row in self.counted if usable(self.table.cells[row][column].figure)]
            if not here:
                continue
            yield self._column(header, self._by_path(here, column))
            if self.depth:
                for level in range(self.depth + 1):
                    rows = [row for row in here if self.table.stubs[row].level == level or row == self.total_row]
                    yield self._column(header, self._by_path(rows, column))
                    yield self._column(header, self._by_label(rows, column, level), margin=True)
                    yield self._column(header, self._by_beginning(rows, column), margin=True)
                yield self._column(header, self._by_parent(here, column), margin=True)
                for rows in self._groups(here):
                    yield self._column(header, self._by_path(rows, column))

    def rows(self) -> Iterator[Line]:
        for row in self.counted:
            stub, cells = self.table.stubs[row], self.table.cells[row]
            groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
            for column, path in enumerate(self.above):
                if any(path) and usable(cells[column].figure):
                    groups[path].append(column)
            points = [self._across(row, columns) for columns in groups.values() if len(columns) == 1]
            if len(points) > 1:
                total = stub.role in (Role.TOTAL, Role.SUBTOTAL)
                name = stub.label
                yield self._line(name, total=total, points=points, said=periods(*path_of(stub)[::-1]), turned=True)

    def _column(self, header: Header, points: Sequence[Point], *, margin: bool = False) -> Line:
        name = header.path[-1] if header.path else ""
        said = periods(header.label)
        return self._line(name, total=header.role is Role.TOTAL, points=points, said=said, margin=margin)

    def _line(
        self,
        name: str,
        *,
        total: bool,
        points: Sequence[Point],
        said: frozenset[str],
        margin: bool = False,
        turned: bool = False,
    ) -> Line:
        table = self.table
        when = said or periods(table.caption, table.heading, table.stub_head)
        return Line(table, self.number, table.document, name, total, when, tuple(points), margin, turned)

    def _by_path(self, rows: Iterable[int], column: int) -> list[Point]:
        """Rows by their path; rows of one path are added up, as a reader would who finds a country listed twice."""
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for row in rows:
            if (path := self.paths[row]) or row == self.total_row:
                groups[path].append(row)
        return [
            self._single(members[0], column, path) if len(members) == 1 else self._down(members, column, path)
            for path, members in groups.items()
        ]

    def _single(self, row: int, column: int, path: str) -> Point:
        """One cell by its row's path; the levels and the groups of a nested table have it in common."""
        if (row, column) not in self._singles:
            self._singles[row, column] = self._down((row,), column, path)
        return self._singles[row, column]

    def _by_label(self, rows: Iterable[int], column: int, level: int) -> list[Point]:
        """Rows of one level by their own label alone, added up over their parents; none where no label comes back."""
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for row in rows:
            stub = self.table.stubs[row]
            if (stub.role is Role.BODY or row == self.total_row) and (own := self.names[row]):
                groups[own].append(row)
        parents = {path_of(self.table.stubs[row])[:-1] for members in groups.values() for row in members}
        if level == 0 or len(parents) < 2 or len(groups) < 2 or all(len(rows) == 1 for rows in groups.values()):
            return []
        return [self._down(members, column, own) for own, members in groups.items()]

    def _by_beginning(self, rows: Iterable[int], column: int) -> list[Point]:
        """Rows of one level by what their labels say before a sign: "Women / adults", "Women / girls".

        None where a beginning has a row of its own, which may be the sum of the others.
        """
        groups: defaultdict[str, list[int]] = defaultdict(list)
        names: dict[str, str] = {}
        whole: set[str] = set()
        for row in rows:
            stub = self.table.stubs[row]
            if stub.role is Role.BODY or row == self.total_row:
                name = _SIGN.split(stub.label, maxsplit=1)[0].strip()
                if own := plain(name):
                    groups[own].append(row)
                    names[own] = name
                    if name == stub.label.strip() and row != self.total_row:
                        whole.add(own)
        labels = {self.names[row] for members in groups.values() for row in members}
        if len(groups) < 2 or len(groups) == len(labels) or any(len(groups[own]) > 1 for own in whole):
            return []
        return [self._down(members, column, own, names[own]) for own, members in groups.items()]

    def _by_parent(self, rows: Iterable[int], column: int) -> list[Point]:
        """Parents that print no figure of their own, each with the sum of its children."""
        stubs, groups = self.table.stubs, defaultdict[tuple[str, ...], list[int]](list)
        printed = {path_of(stubs[row]) for row in rows}
        for row in rows:
            path = path_of(stubs[row])
            if stubs[row].role is Role.BODY and len(path) > 1 and path[:-1] not in printed:
                groups[path[:-1]].append(row)
        return [
            replace(self._down(members, column, _BETWEEN.join(map(plain, path)), path[-1]), adopted=True)
            for path, members in groups.items()
        ]

    def _groups(self, rows: Iterable[int]) -> Iterator[list[int]]:
        """The rows under each heading, where there are several: one table may repeat a part of another."""
        groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for row in rows:
            groups[path_of(self.table.stubs[row])[:-1]].append(row)
        return (several for above, several in groups.items() if above and len(several) > 1 and len(groups) > 1)

    def _down(self, rows: Sequence[int], column: int, path: str, label: str = "") -> Point:
        first, cells = rows[0], self.table.cells
        stub = self.table.stubs[first]
        own = plain(label) if label else self.names[first]
        listing = self if stub.role is Role.BODY else None
        several = [cells[row][column] for row in rows]
        marked = any(cell.marks for cell in several) or any(self.marked[row] for row in rows)
        figures = tuple(cell.figure for cell in several if cell.figure is not None)
        total = first == self.total_row
        return _point(label or stub.label, own, path, figures, self.number, (first, column), total, marked, listing)

    def _across(self, row: int, columns: Sequence[int]) -> Point:
        column = columns[0]
        header, cell = self.table.headers[column], self.table.cells[row][column]
        path, own = _BETWEEN.join(self.above[column]), self.above[column][-1]
        marked = self.headed[column] or bool(cell.marks)
        figures = () if cell.figure is None else (cell.figure,)
        return _point(
            header.path[-1], own, path, figures, self.number, (row, column), column == self.total_column, marked
        )

    def label(self, row: int, figures: Sequence[Figure]) -> Label:
        """The label of a row as it stands on the page, with its figure."""
        stub = self.table.stubs[row]
        location = Location(self.table.document, stub.page or self.table.page, stub.box or self.table.box)
        return Label(stub.label, location, figures[0] if figures else None, self.title)


def usable(figure: Figure | None) -> TypeGuard[Figure]:
    """Whether a figure is a quantity that can be read and is bounded."""
    if figure is None or figure.value is None or figure.kind in _LABELS:
        return False
    return figure.interval.low is not None and figure.interval.high is not None


def _point(
    text: str,
    own: str,
    path: str,
    figures: tuple[Figure, ...],
    table: int,
    cell: tuple[int, int],
    total: bool,
    marked: bool,
    listing: _Grid | None = None,
) -> Point:
    alone = len(figures) == 1  # as nearly all are
    value = (figures[0].value or ZERO) if alone else sum((figure.value or ZERO for figure in figures), ZERO)
    return Point(text, own, path, figures, value, table, cell, total, marked, listing)


def _topics(extract: Extract, first: int) -> Iterator[Line]:
    """The totals of a document's tables, each by what its table is about: its title, or the one row that it details."""
    points: list[Point] = []
    for number, table in enumerate(extract.tables, start=first):
        totals = [row for row, stub in enumerate(table.stubs) if stub.role is Role.TOTAL]
        columns = [c for c in range(len(table.headers)) if any(row[c].figure is not None for row in table.cells)]
        if len(totals) != 1 or len(columns) != 1:
            continue
        figure = table.cells[totals[0]][columns[0]].figure
        if usable(figure):
            marked = _marked(table.stubs[totals[0]].label)
            points += (
                _point(topic, own, own, (figure,), number, (totals[0], columns[0]), False, marked)
                for topic in dict.fromkeys((table.stub_head, table.heading, table.caption, *_root(table)))
                if (own := plain(topic))
            )
    often = Counter(point.own for point in points)
    alone = tuple(point for point in points if often[point.own] == 1)
    if alone:
        start = extract.tables[0]
        yield Line(start, -1 - first, start.document, "", True, frozenset(), alone, margin=True)


def _root(table: Table) -> Iterator[str]:
    """The label of the only outermost row."""
    roots = [stub.label for stub in table.stubs if stub.level == 0 and stub.role is not Role.TOTAL]
    if len(roots) == 1 and len(table.stubs) > 2:
        yield roots[0]


def _marked(label: str) -> bool:
    return label.rstrip().endswith(("*", "†", "‡", "§", "¶"))


@lru_cache(maxsize=10_000)  # a figure stands in a row, in a column and in the levels of both
def _chance(value: Decimal) -> float:
    """How often a number of these digits is hit by accident: one in the digits themselves, without trailing zeros."""
    digits = int("".join(map(str, value.normalize().as_tuple().digits)) or 0)
    return 1 / (1 + digits)
