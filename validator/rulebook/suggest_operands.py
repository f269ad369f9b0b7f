"""Figures to operands: the text by which a rule book names a figure, a sum or a series of a report.

In: `Named` tables and named phrases. Out: operands whose every path was followed back to the same cells. Must not
give an operand that means anything else than what it was made from; what cannot be named is None.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from validator.model.relations import ONE
from validator.rulebook.grid import NoCellError, path_of
from validator.rulebook.operands import MAX_LENGTH
from validator.rulebook.operands_tree import Added, Constant, LabelPattern, Operand, Reference, Scaled, SumOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from validator.model.figures import Figure
    from validator.model.relations import Sum
    from validator.model.rules import Series
    from validator.rulebook.suggest_tables import Named

    Path = tuple[LabelPattern, ...]

_Way = TypeVar("_Way")
_End = TypeVar("_End")
ANY = LabelPattern(("", ""))
_LONG = 50  # characters of a label that are written out: what follows is left to "*"
_LEAST = 3  # cells from which a pattern says more in one line than a list does


class Operands:
    """Finds operands for what discovery found. ``row`` and ``column`` give the path to one of a table."""

    def __init__(self, tables: Iterable[Named], figures: Mapping[Figure, str]) -> None:
        self._tables = list(tables)
        self._figures = figures
        self._cells: dict[Figure, tuple[Named, int, int]] = {
            cell.figure: (named, r, c)
            for named in self._tables
            for r, row in enumerate(named.table.cells)
            for c, cell in enumerate(row)
            if cell.figure is not None
        }
        self.row = lru_cache(maxsize=None)(self._row_path)
        self.column = lru_cache(maxsize=None)(self._column_path)

    def sum(self, one: Sum) -> str | None:
        """A weighted sum as an operand."""
        if not one.terms:
            return str(Constant(one.constant)) if one.constant >= 0 else None
        pattern = self._pattern([t.figure for t in one.terms]) if _plain(one) else None
        operand = SumOf((pattern,)) if pattern is not None else self._added(one)
        return _short(operand)

    def series(self, one: Series) -> str | list[str] | None:
        """A series: a whole row or column where it is one, with the same labels, else its figures one by one."""
        figures = [point.figure for point in one.points]
        pattern = self._pattern(figures)
        if pattern is not None and self._in_order(pattern, figures) and not one.blanks:
            return str(pattern)
        found = [self.figure(figure) for figure in figures]
        return None if None in found or not found else [str(reference) for reference in found]

    def labels(self, figures: Iterable[Figure | None], texts: Sequence[str]) -> str | list[str] | None:
        """Labels: the rows of a table that they stand beside; texts where they stand beside no figure."""
        first = next(
            (self._cells[figure][0] for figure in figures if figure is not None and figure in self._cells), None
        )
        if first is None:
            return [" ".join(text.split()) for text in texts]
        stubs = first.table.stubs
        for path in _row_patterns([path_of(stub) for stub in stubs if stub.label in texts]):
            if {stubs[row].label for row in followed(first.grid.rows, path)} == set(texts):
                return str(Reference(first.name, path))
        return None

    def table(self, figures: Iterable[Figure]) -> str | None:
        """The name of the table that holds these figures."""
        return next((self._cells[figure][0].name for figure in figures if figure in self._cells), None)

    def figure(self, figure: Figure) -> Reference | None:
        """One figure: by its name in a phrase, else by row and column."""
        if figure in self._figures:
            return Reference(self._figures[figure])
        if figure not in self._cells:
            return None
        named, row, column = self._cells[figure]
        rows, columns = self.row(named, row), self.column(named, column)
        if rows is None or columns is None:
            return None
        return Reference(named.name, rows, columns)

    def names(self, figures: Iterable[Figure]) -> list[str]:
        """The names that an operand of these figures uses, each once."""
        found = (self._figures.get(f) or (self._cells[f][0].name if f in self._cells else "") for f in figures)
        return [name for name in dict.fromkeys(found) if name]

    # Sums

    def _added(self, one: Sum) -> Operand | None:
        terms: list[tuple[bool, Operand]] = []
        for term in one.terms:
            reference = self.figure(term.figure)
            if reference is None or not term.weight:
                return None
            weight = abs(term.weight)
            terms.append((term.weight > 0, reference if weight == ONE else Scaled(weight, reference)))
        if one.constant:
            terms.append((one.constant > 0, Constant(abs(one.constant))))
        return terms[0][1] if len(terms) == 1 and terms[0][0] else Added(tuple(terms))

    def _pattern(self, figures: Sequence[Figure]) -> Reference | None:
        """One reference that means exactly these cells, each once; blank cells that count as zero aside."""
        cells = [self._cells.get(figure) for figure in figures]
        if len(figures) < _LEAST or len(set(figures)) < len(figures):
            return None
        if any(cell is None or cell[0] is not (cells[0] or cell)[0] for cell in cells):
            return None
        known = [cell for cell in cells if cell is not None]
        named = known[0][0]
        rows, columns = {row for _, row, _ in known}, {column for _, _, column in known}
        for reference in self._patterns(named, sorted(rows), sorted(columns)):
            met = followed(named.grid.cells, reference)
            meant = [named.grid.figure(*cell) for cell in met if cell not in named.grid.zeros]
            zero = all(figure.value == 0 and figure not in self._cells for figure in meant if figure not in figures)
            if {figure for figure in meant if figure in self._cells} == set(figures) and zero:
                return reference
        return None

    def _patterns(self, named: Named, rows: Sequence[int], columns: Sequence[int]) -> Iterator[Reference]:
        if len(columns) == 1:
            column = self.column(named, columns[0])
            if column is not None:
                for path in _row_patterns([path_of(named.table.stubs[row]) for row in rows]):
                    yield Reference(named.name, path, column)
        elif len(rows) == 1:
            row = self.row(named, rows[0])
            if row is not None:
                yield Reference(named.name, row, (ANY,))

    def _in_order(self, reference: Reference, figures: Sequence[Figure]) -> bool:
        named = self._cells[figures[0]][0]
        met = followed(named.grid.cells, reference)
        return [named.grid.figure(*cell) for cell in met] == list(figures)

    # Paths to one row or column

    def _row_path(self, named: Named, row: int) -> Path | None:
        path = path_of(named.table.stubs[row])
        return _first(_paths(path, named.grid.rows, row), named.grid.rows, row)

    def _column_path(self, named: Named, column: int) -> Path | None:
        if named.grid.columns == [column]:
            return ()
        path = tuple(part for part in named.table.headers[column].path if part) or ("",)
        return _first(_paths(path, named.grid.cols, column), named.grid.cols, column)


def _plain(one: Sum) -> bool:
    return not one.constant and all(term.weight == ONE for term in one.terms)


def _short(operand: Operand | None) -> str | None:
    """An operand as text, as long as a rule book may be."""
    written = None if operand is None else str(operand)
    return written if written is not None and len(written) <= MAX_LENGTH else None


def _row_patterns(paths: Sequence[tuple[str, ...]]) -> Iterator[Path]:
    """What rows may have in common: their depth, their parents, their own label."""
    depths = {len(path) for path in paths}
    if len(depths) != 1:
        return
    depth = depths.pop()
    yield (ANY,) * depth
    parents, owns = {path[:-1] for path in paths}, {path[-1] for path in paths}
    if depth > 1 and len(parents) == 1:
        yield (*(_label(part) for part in parents.pop()), ANY)
    if depth > 1 and len(owns) == 1:
        yield (*(ANY,) * (depth - 1), _label(owns.pop()))


def _paths(path: Sequence[str], follow: Callable[[Path], list[int]], wanted: int) -> Iterator[Path]:
    """Ways to write a path, the shortest first: the own label, more and more of those above it, then by number."""
    tails = [tuple(path[-length:]) for length in range(1, len(path) + 1)]
    for cut in (True, False):
        for tail in tails:
            yield tuple(_cut(part) if cut else _label(part) for part in tail)
    for tail in tails:
        plain = tuple(_label(part) for part in tail)
        met = followed(follow, plain)
        if wanted in met:
            yield (*plain[:-1], LabelPattern(plain[-1].parts, met.index(wanted) + 1))
    yield from _numbered(path)


def _numbered(path: Sequence[str]) -> Iterator[Path]:
    """A path among equal paths, by the number of each label: tried one level after the other."""
    for level in range(len(path) - 1):
        for nth in range(2, _LONG):
            yield tuple(LabelPattern(_label(part).parts, nth if at == level else None) for at, part in enumerate(path))


def _first(paths: Iterable[Path], follow: Callable[[Path], list[int]], wanted: int) -> Path | None:
    return next((path for path in paths if followed(follow, path) == [wanted]), None)


def followed(follow: Callable[[_Way], list[_End]], way: _Way) -> list[_End]:
    """Where a path leads; nowhere where it leads to nothing."""
    try:
        return follow(way)
    except NoCellError:
        return []


def _label(part: str) -> LabelPattern:
    return LabelPattern((" ".join(part.split()),))


def _cut(part: str) -> LabelPattern:
    """A long label by its beginning."""
    line = " ".join(part.split())
    return LabelPattern((line,)) if len(line) <= _LONG else LabelPattern((line[:_LONG].rsplit(" ", 1)[0], ""))
