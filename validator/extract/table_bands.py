"""The header band above a table: which lines belong to it, and which columns each label spans.

In: a `Sheet`, the columns of a table, and the height at which its body begins. Out: a `Band` of spans, outermost
first. Titles and captions above the band are left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from validator.extract.layout_atoms import Atom, Piece
from validator.extract.table_band_lines import labels_below, lines_above, without_headings
from validator.extract.table_band_spans import by_groups, placed
from validator.extract.table_headings import first_heading
from validator.extract.table_raw import RawColumn, Slot, Span
from validator.model.locations import hull

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.extract.layout_atoms import Sheet
    from validator.extract.table_headings import Body
    from validator.model.settings import Settings


class Band(NamedTuple):
    """Header labels with their columns, the pieces they are made of, and the atoms these came from."""

    spans: list[Span]
    pieces: list[Piece]
    atoms: list[Atom]
    labels: list[list[Atom]]  # lines between header and body that stand over the stub alone: a first group's heading


def header_band(body: Body, settings: Settings, headings: Sequence[Slot] = ()) -> Band:
    """The header of a table.

    ``headings`` stand over groups of rows further down: a line set like one right above the body heads the first group.
    """
    sheet, columns, top = body.sheet, body.columns, body.top
    first = first_heading(body, headings, settings)
    if first:
        over = header_band(body._replace(top=first[0].box.top), settings, headings)
        if any(columns[span.last].numeric for span in over.spans):
            return over._replace(labels=[*over.labels, first], atoms=[*over.atoms, *first])
    lines = lines_above(body, settings)
    turned, top_turned = _turned(sheet, columns, lines[0][0].box.top if lines else top, top, settings)
    if turned and not lines:
        lines = lines_above(body._replace(top=top_turned, years=()), settings)
    lines = without_headings(lines, columns, top_turned if turned else top)
    lines, labels = labels_below(sheet, columns, lines, top)
    spans: list[Span] = []
    labelled = {span.first: span.slot.box.top for span in turned}  # columns with the height at which a label begins
    for line in reversed(lines):
        own = placed(sheet, columns, line, labelled, settings)
        spans = own + spans
        labelled |= {c: span.slot.box.top for span in own for c in range(span.first, span.last + 1)}
    spans = by_groups(spans, columns)
    pieces = [p for span in [*spans, *turned] for p in span.slot.pieces]
    return Band(spans + turned, pieces, [a for line in [*lines, *labels] for a in line], labels)


def _turned(
    sheet: Sheet, columns: Sequence[RawColumn], ceiling: float, top: float, settings: Settings
) -> tuple[list[Span], float]:
    """Labels set vertically above their columns, and the height at which they begin."""
    reach = settings.turned_reach * max((p.size for p in sheet.turned), default=0.0)
    cells: dict[int, list[Piece]] = {}
    for piece in sheet.turned:
        x, _ = piece.box.center
        if top - reach <= piece.box.top and piece.box.bottom <= top + piece.size and columns[0].x0 <= x:
            index = min(range(len(columns)), key=lambda i: abs((columns[i].x0 + columns[i].x1) / 2 - x))
            if columns[index].x0 - piece.size <= x <= columns[index].x1 + piece.size:
                cells.setdefault(index, []).append(piece)
    spans = []
    for index, pieces in sorted(cells.items()):
        up = pieces[0].word.rotation in (180, 270)
        if up:
            pieces.sort(key=lambda p: (round(p.box.x0 / max(p.size, 1.0)), -p.box.bottom))
        else:
            pieces.sort(key=lambda p: (-round(p.box.x1 / max(p.size, 1.0)), p.box.top))
        box = hull(p.box for p in pieces)
        text = " ".join(p.text for p in pieces)
        spans.append(Span(index, index, Slot(text, box, tuple(pieces), all(p.word.bold for p in pieces))))
    return spans, min((s.slot.box.top for s in spans), default=ceiling)
