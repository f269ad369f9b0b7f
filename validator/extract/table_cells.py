"""Atoms → cells: which column a box stands in, and one slot or row from the atoms in it.

In: atoms and the columns of a table. Out: slots and rows of a bare grid.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from validator.extract.table_raw import GridRow, RowKind, Slot
from validator.model.locations import hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.extract.layout_atoms import Atom
    from validator.extract.table_raw import RawColumn
    from validator.model.locations import Box

_MANY = 16  # columns: fewer are looked at faster than looked up


def slot_of(atoms: Sequence[Atom]) -> Slot:
    """One cell from the atoms that stand in it, in reading order."""
    if len(atoms) == 1:  # as most cells have
        (only,) = atoms
        return Slot(only.text, only.box, only.pieces, only.bold, only.numeric)
    ordered = sorted(atoms, key=lambda a: (a.row, a.box.x0))
    pieces = tuple(piece for atom in ordered for piece in atom.pieces)
    bold, numeric = all(a.bold for a in ordered), all(a.numeric for a in ordered)
    return Slot(joined(a.text for a in ordered), hull(a.box for a in ordered), pieces, bold, numeric)


def joined(lines: Iterable[str]) -> str:
    """Lines of one label as a person reads them: a hyphen that only broke a word at the line end is undone.

    Before a capital or a digit it joins two parts of a name, and stays.
    """
    text = ""
    for line in lines:
        if text.endswith(("-", "\u00ad")) and len(text) > 1 and text[-2].isalpha() and line[:1].isalnum():
            text = (text[:-1] if line[:1].islower() else text) + line
        else:
            text = f"{text} {line}" if text else line
    return text


def covers(column: RawColumn, box: Box) -> bool:
    """Whether ``box`` lies over at least half of a column, or its middle in it."""
    shared = min(column.x1, box.x1) - max(column.x0, box.x0)
    return 2 * shared >= column.x1 - column.x0 or column.x0 <= (box.x0 + box.x1) / 2 <= column.x1


def place(columns: Sequence[RawColumn], box: Box) -> int:
    """The column that ``box`` stands in: the one that it overlaps most, else the nearest.

    Of many columns only those about the box are looked at, one more on either side being the nearest.
    """
    first, last = 0, len(columns)
    if last > _MANY and _in_order(columns):
        near = max(0, bisect_left(columns, box.x0, key=lambda column: column.x1) - 1)
        first = bisect_left(columns, columns[near].x1, key=lambda column: column.x1)
        last = bisect_right(columns, box.x1, first, key=lambda column: column.x0) + 1
    x0, _, x1, _ = box
    middle = (x0 + x1) / 2
    home, best = first, (False, -inf, -inf)
    for index, column in enumerate(columns[first:last], first):  # without calls: this is asked for every word
        left, right = column.x0, column.x1
        shared = (right if right < x1 else x1) - (left if left > x0 else x0)  # noqa: FURB136
        covered = column.numeric and (2 * shared >= right - left or left <= middle <= right)
        fit = (covered, shared, -abs(left + right - x0 - x1))
        if fit > best:  # of columns that fit alike the first
            home, best = index, fit
    return home


def _in_order(columns: Sequence[RawColumn]) -> bool:
    return all(one.x0 <= other.x0 and one.x1 <= other.x1 for one, other in pairwise(columns))


def body_row(columns: Sequence[RawColumn], atoms: Sequence[Atom]) -> GridRow:
    """A row with numerals."""
    cells: dict[int, list[Atom]] = defaultdict(list)
    for atom in atoms:
        cells[place(columns, atom.box)].append(atom)
    slots = [slot_of(cells[i]) if i in cells else None for i in range(len(columns))]
    return GridRow(RowKind.BODY, slots, box=hull(a.box for a in atoms))


def text_row(columns: Sequence[RawColumn], atoms: Sequence[Atom]) -> GridRow:
    """A row without numerals: a label (over the stub or across), or column labels again."""
    box = hull(a.box for a in atoms)
    cells: dict[int, list[Atom]] = defaultdict(list)
    for atom in atoms:
        cells[place(columns, atom.box)].append(atom)
    over = [i for i in cells if columns[i].numeric]
    middle = (columns[0].x0 + columns[-1].x1) / 2
    across = len(atoms) > 1 or _crosses(columns, box) or abs(box.center[0] - middle) <= atoms[0].size
    if len(cells) == 1 and across and (over or _crosses(columns, box)):
        return GridRow(RowKind.LABEL, [None] * len(columns), box=box, spanning=slot_of(atoms))
    kind = RowKind.BAND if over else RowKind.LABEL
    slots = [slot_of(cells[i]) if i in cells else None for i in range(len(columns))]
    return GridRow(kind, slots, box=box)


def _crosses(columns: Sequence[RawColumn], box: Box) -> bool:
    """Whether ``box`` runs over more than one column."""
    return sum(c.x0 < box.x1 and box.x0 < c.x1 for c in columns) > 1
