"""Headings of groups of rows: those amid a body, and the line above it that is set like them.

In: the rows of a body, and the sheet above it. Out: labels, and an atom that heads the first group instead of standing
in the header. Must not place column labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from validator.extract.table_raw import GridRow, RawColumn, RowKind, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.extract.layout_atoms import Atom, Sheet
    from validator.model.settings import Settings


class Body(NamedTuple):
    """A table as its header is looked for: its columns, and the height at which its rows begin, in font ``size``.

    ``years`` are lines that are known to hold years and nothing else; ``free`` tells which atoms may be of a header.
    """

    sheet: Sheet
    columns: Sequence[RawColumn]
    top: float
    size: float
    years: Sequence[Sequence[Atom]]
    free: Callable[[Atom], bool]


def headings_of(rows: Sequence[GridRow]) -> list[Slot]:
    """The labels without figures amid a body; none where one of them comes first, which heads the first rows itself."""
    if not rows or rows[0].kind is not RowKind.BODY:
        return []
    alone = (row for row in rows if row.kind is RowKind.LABEL)
    labels = (row.spanning or next((slot for slot in row.slots if slot is not None), None) for row in alone)
    return [label for label in labels if label is not None and label.pieces]


def first_heading(body: Body, headings: Sequence[Slot], settings: Settings) -> list[Atom]:
    """The line above the body, where it is a lone text that is set like one of the headings further down."""
    if not headings:
        return []
    low, high = body.columns[0].x0, body.columns[-1].x1
    above = (row for row in reversed(body.sheet.rows) if row.box.center[1] < body.top)
    line = next((on for row in above if (on := [a for a in row.atoms if a.box.x1 > low and a.box.x0 < high])), [])
    if len(line) != 1 or line[0].numeric or not body.free(line[0]):
        return []
    atom, slack = line[0], settings.aligned * line[0].size
    for label in headings:
        piece = label.pieces[0]
        level = abs(label.box.x0 - atom.box.x0) <= slack or abs(label.box.center[0] - atom.box.center[0]) <= slack
        if level and label.bold == atom.bold and abs(piece.size - atom.size) <= settings.same_size * atom.size:
            return line
    return []
