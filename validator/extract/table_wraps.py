"""Wrapped labels: lines of label without figures are joined to the row of their figures, where they belong to one.

In: rows of a bare grid, from the top, and the heights of the rules between them. Out: fewer rows.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.extract.medians import median
from validator.extract.table_cells import joined
from validator.extract.table_raw import GridRow, RowKind, Slot
from validator.model.locations import hull

if TYPE_CHECKING:
    from validator.extract.layout_atoms import Piece
    from validator.model.settings import Settings


def unwrapped(rows: list[GridRow], rules: list[float], pitch: float, settings: Settings) -> list[GridRow]:
    """Rows with the lines of wrapped labels joined to the row of their numerals."""
    bodies = [row.box for row in rows if row.kind is RowKind.BODY and row.box]
    # Rows that follow one another without a label between them show how far apart rows are set.
    alone = [a.kind is b.kind is RowKind.BODY for a, b in pairwise(rows)]
    steps = [
        b.box.bottom - a.box.bottom
        for (a, b), plain in zip(pairwise(rows), alone, strict=True)
        if plain and a.box is not None and b.box is not None
    ]
    steps = steps or [b.bottom - a.bottom for a, b in pairwise(bodies)]
    usual = median(steps) if steps else pitch
    inner = [y for y in rules if bodies[0].top < y < bodies[-1].bottom]
    ruled = len(inner) >= settings.row_rules * (len(bodies) - 1) > 0
    out: list[GridRow] = []
    waiting: list[GridRow] = []
    for at, row in enumerate(rows):
        if row.kind is RowKind.LABEL and row.spanning is None:
            after = rows[at + 1] if at + 1 < len(rows) else None
            figures = next((r for r in rows[at + 1 :] if r.kind is RowKind.BODY), None)
            last = out[-1] if out and not waiting else None
            if (
                last is not None
                and last.kind is RowKind.BODY
                and not _nearer_below(last, row, figures)
                and (
                    _goes_up(last, row, inner, ruled, usual, settings)
                    or (not ruled and _hangs(last, row, after, settings))
                )
            ):
                _absorb(last, [row])
                continue
            waiting.append(row)
            continue
        if row.kind is RowKind.BODY:
            while waiting and _goes_down(waiting[-1], row, inner, ruled, usual, settings):
                _absorb(row, [waiting.pop()])
        out += [*waiting, row]
        waiting = []
    return out + waiting


def _label(row: GridRow) -> Slot | None:
    """The first text of a row."""
    return next((slot for slot in row.slots if slot is not None), None)


def _goes_up(above: GridRow, row: GridRow, rules: list[float], ruled: bool, usual: float, settings: Settings) -> bool:
    """Whether a line of label belongs to the row above it."""
    first, second = _label(above), _label(row)
    if above.box is None or row.box is None or first is None or second is None or second.text.endswith(":"):
        return False
    tight = row.box.bottom - above.box.bottom < settings.wrapped_step * usual
    if (
        first.pieces
        and second.box.x0 < first.pieces[0].box.x0 - first.pieces[0].size / 4
        and not _centred(first, second)
    ):
        return False  # what begins further left than a label does not go on with it
    if ruled:
        tight = tight or second.text[:1].islower()
        return tight and not any(first.box.bottom - 1 <= y <= row.box.top + 1 for y in rules)
    if first.text.endswith("-"):
        return True
    return (tight or second.text[:1].islower()) and first.bold == second.bold


def _nearer_below(above: GridRow, row: GridRow, below: GridRow | None) -> bool:
    """Whether a line of label stands nearer to the figures below it than to those above."""
    if above.box is None or row.box is None or below is None or below.box is None:
        return False
    return below.box.top - row.box.bottom < row.box.top - above.box.bottom - row.box.height / 10


def _centred(first: Slot, second: Slot) -> bool:
    """Whether two lines share their middle."""
    return abs(first.box.center[0] - second.box.center[0]) < first.box.height / 4


def _hangs(above: GridRow, row: GridRow, below: GridRow | None, settings: Settings) -> bool:
    """Whether a line of label is set further in than the rows on both sides: it can only go on with the one above."""
    first, second, third = _label(above), _label(row), _label(below) if below else None
    if first is None or second is None or not first.pieces or first.bold != second.bold:
        return False
    step = settings.indent_step * first.pieces[0].size
    start = second.box.x0
    deeper = start > first.pieces[0].box.x0 + step / 2
    return deeper and (third is None or start > third.box.x0 + step / 2)


def _goes_down(row: GridRow, below: GridRow, rules: list[float], ruled: bool, usual: float, settings: Settings) -> bool:
    """Whether a line of label belongs to the row of numerals below it."""
    first, second = _label(row), _label(below)
    if below.box is None or row.box is None or first is None or first.text.endswith(":"):
        return False
    tight = below.box.top - row.box.top < settings.wrapped_step * usual
    if ruled:
        tight = tight or (second is not None and second.text[:1].islower())
        return tight and not any(row.box.bottom - 1 <= y <= below.box.top + 1 for y in rules)
    numerals_start = second is None or second.box.x0 > first.box.x1
    lower = second is not None and second.text[:1].islower()
    alike = second is None or first.bold == second.bold
    return numerals_start or first.text.endswith("-") or (alike and (tight or lower))


def _absorb(row: GridRow, lines: list[GridRow]) -> None:
    """Adds lines of label to a row."""
    for line in lines:
        for i, slot in enumerate(line.slots):
            if slot is None:
                continue
            here = row.slots[i]
            if here is None:
                row.slots[i] = slot
                continue
            first, second = (here, slot) if here.box.top <= slot.box.top else (slot, here)
            pieces: tuple[Piece, ...] = first.pieces + second.pieces
            text = joined([first.text, second.text])
            row.slots[i] = Slot(
                text, hull([first.box, second.box]), pieces, here.bold and slot.bold, here.numeric and slot.numeric
            )
        if row.box and line.box:
            row.box = hull([row.box, line.box])
