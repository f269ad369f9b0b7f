"""Which columns each label of a header spans.

In: a line of header atoms, the columns of the table, and the labels known below it. Out: `Span`s. It does not say
which lines are header lines.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.extract.layout_atoms import Atom, Piece, atom_of
from validator.extract.table_cells import place
from validator.extract.table_raw import RawColumn, Slot, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.extract.layout_atoms import Sheet
    from validator.model.locations import Box
    from validator.model.settings import Settings


def placed(
    sheet: Sheet, columns: Sequence[RawColumn], line: list[Atom], labelled: dict[int, float], settings: Settings
) -> list[Span]:
    """The atoms of one header line, each with the columns it spans."""
    line = apart(columns, line, settings)
    drawn = _drawn(sheet, columns, line)
    if drawn is not None:
        return [Span(i, j, Slot(a.text, a.box, a.pieces, a.bold)) for (i, j), a in zip(drawn, line, strict=True)]
    cells = in_cells(columns, line, settings)
    if cells is not None:
        return [Span(i, i, Slot(a.text, a.box, a.pieces, a.bold)) for i, a in zip(cells, line, strict=True)]
    ranges: list[tuple[int, int, Atom]] = []
    for atom in line:
        first, last = _covered(columns, atom.box)
        parts = _parted(columns, atom, first, last, labelled, settings) if first < last else []
        if parts:
            ranges += parts
        else:
            ranges.append((first, last, atom))
    if labelled and len(ranges) < len(columns):
        ranges = _widened(sheet, columns, ranges, labelled, settings)
    return [Span(first, last, Slot(a.text, a.box, a.pieces, a.bold)) for first, last, a in ranges]


def _drawn(sheet: Sheet, columns: Sequence[RawColumn], line: Sequence[Atom]) -> list[tuple[int, int]] | None:
    """The columns of each label of a line, where lines are drawn on both sides of every one: it has these as a cell.

    A cell over several columns counts where a line parts these further down: else it is the frame of the table.
    """
    _, y = line[0].box.center
    drawn = [stroke.box for stroke in sheet.strokes if not stroke.horizontal]
    walls = sorted(box.x0 for box in drawn if box.top <= y <= box.bottom)
    middles = [(column.x0 + column.x1) / 2 for column in columns]
    spans = []
    for atom in line:
        at = bisect_left(walls, atom.box.center[0])
        inside = [i for i, x in enumerate(middles) if walls[at - 1] < x < walls[at]] if 0 < at < len(walls) else []
        if not inside:
            return None
        first, last = inside[0], inside[-1]
        if first < last and not any(
            middles[first] < b.x0 < middles[last] and b.bottom > atom.box.bottom for b in drawn
        ):
            return None
        spans.append((first, last))
    return spans if all(a[1] < b[0] for a, b in pairwise(spans)) else None


def apart(columns: Sequence[RawColumn], line: Sequence[Atom], settings: Settings) -> list[Atom]:
    """A line with a text parted that runs over several columns, where more than a word space stands between these."""
    return [part for atom in line for part in _at_columns(columns, atom, settings)]


def _at_columns(columns: Sequence[RawColumn], atom: Atom, settings: Settings) -> list[Atom]:
    if len(atom.pieces) < 2:
        return [atom]
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(atom.pieces)]
    wide = _between_labels(gaps, atom.size, settings)
    cuts = [i for i, gap in enumerate(gaps, 1) if wide is not None and gap > wide]
    cuts = cuts or _at_edges(columns, atom, gaps, settings)
    if not cuts:
        return [atom]
    bounds = pairwise([0, *cuts, len(atom.pieces)])
    parts = [atom_of(atom.pieces[first:stop], atom.row) for first, stop in bounds]
    return parts if len({place(columns, part.box) for part in parts}) > 1 else [atom]


def _at_edges(columns: Sequence[RawColumn], atom: Atom, gaps: Sequence[float], settings: Settings) -> list[int]:
    """Where words of a text begin that are in line with columns of figures, where all columns that it touches have one.

    Two columns may be met by accident: the gap between must be too wide for a number.
    """
    box, slack = atom.box, settings.aligned * atom.size
    under = [c for c in columns if c.numeric and c.x0 < box.x1 and box.x0 < c.x1]
    if len(under) < 2:
        return []
    ends = [next((i for i, p in enumerate(atom.pieces, 1) if abs(p.box.x1 - c.x1) <= slack), 0) for c in under]
    starts = [next((i for i, p in enumerate(atom.pieces) if abs(p.box.x0 - c.x0) <= slack), -1) for c in under]
    if ends[-1] == len(atom.pieces) and all(0 < a < b for a, b in pairwise(ends)):
        cuts = ends[:-1]
    elif starts[0] == 0 and all(a < b for a, b in pairwise(starts)):
        cuts = starts[1:]
    else:
        return []
    sure = len(under) > 2 or gaps[cuts[0] - 1] > settings.digit_gap * atom.size
    return cuts if sure else []


def _between_labels(gaps: Sequence[float], em: float, settings: Settings) -> float | None:
    """The width beyond which a gap stands between labels, if one does: wider than any word space, or than the others.

    Of gaps that could be word spaces some must be, and clearly narrower: in justified lines all are alike.
    """
    if any(gap > settings.label_gap * em for gap in gaps):
        return settings.label_gap * em
    narrow = [gap for gap in gaps if gap <= settings.digit_gap * em]
    broad = [gap for gap in gaps if gap > settings.digit_gap * em]
    if not narrow or not broad or min(broad) < settings.parted_gap * max(narrow):
        return None
    return settings.digit_gap * em


def in_cells(columns: Sequence[RawColumn], line: Sequence[Atom], settings: Settings) -> list[int] | None:
    """The column of each label of a line, where every column, or every one of figures, has one label in its cell.

    A cell reaches from the figures before it to those after it: labels on its left stand over no figure.
    """
    every = list(range(len(columns)))
    for homes in (every, [i for i in every if columns[i].numeric], every[1:]):
        if len(homes) == len(line) > 1 and all(
            (not i or a.box.x0 >= columns[i - 1].x1 - settings.aligned * a.size)
            and (i == every[-1] or a.box.x1 <= columns[i + 1].x0 + settings.aligned * a.size)
            for i, a in zip(homes, line, strict=True)
        ):
            return homes
    return None


def _covered(columns: Sequence[RawColumn], box: Box) -> tuple[int, int]:
    """The columns whose middle lies under ``box``, else the one in whose cell its own middle lies."""
    under = [i for i, c in enumerate(columns) if box.x0 <= (c.x0 + c.x1) / 2 <= box.x1]
    if under:
        return under[0], under[-1]
    x = box.center[0]
    index = 0
    for i in range(1, len(columns)):
        if x > (columns[i - 1].x1 + columns[i].x0) / 2:
            index = i
    return index, index


def _parted(
    columns: Sequence[RawColumn], atom: Atom, first: int, last: int, labelled: dict[int, float], settings: Settings
) -> list[tuple[int, int, Atom]]:
    """The words of an atom given to single columns.

    They are parted where one of the columns still lacks a label and each gets one, or where the words stand further
    apart between columns than elsewhere in the atom.
    """
    groups: dict[int, list[Piece]] = {}
    for piece in atom.pieces:
        groups.setdefault(_covered(columns, piece.box)[0], []).append(piece)
    if set(groups) != set(range(first, last + 1)):
        return []
    if all(c in labelled for c in range(first, last + 1)) and not _set_apart(groups, settings):
        return []
    return [(i, i, atom_of(pieces, atom.row)) for i, pieces in sorted(groups.items())]


def _set_apart(groups: dict[int, list[Piece]], settings: Settings) -> bool:
    """Whether the gaps between groups of words are wider than those inside them."""
    ordered = [pieces for _, pieces in sorted(groups.items())]
    inside = [b.box.x0 - a.box.x1 for pieces in ordered for a, b in pairwise(pieces)]
    between = [b[0].box.x0 - a[-1].box.x1 for a, b in pairwise(ordered)]
    return bool(inside) and min(between) > settings.parted_gap * max(inside)


def _widened(
    sheet: Sheet,
    columns: Sequence[RawColumn],
    ranges: list[tuple[int, int, Atom]],
    labelled: dict[int, float],
    settings: Settings,
) -> list[tuple[int, int, Atom]]:
    """Spanners stretched over their columns: as far as the rule below them runs, else to where they are centred."""
    out = []
    for k, (first, last, atom) in enumerate(ranges):
        floor = ranges[k - 1][1] + 1 if k else (0 if columns[0].numeric else 1)
        roof = ranges[k + 1][0] - 1 if k + 1 < len(ranges) else len(columns) - 1
        floor, roof = _below(atom, floor, first, labelled, -1), _below(atom, roof, last, labelled, 1)
        ruled = _rule_below(sheet, columns, atom, [other for _, _, other in ranges if other is not atom])
        if ruled:
            first, last = ruled
        elif columns[first].numeric:
            first, last = _centred(columns, atom, first, last, floor, roof, settings)
        out.append((first, last, atom))
    return out


def _below(atom: Atom, limit: int, start: int, labelled: dict[int, float], step: int) -> int:
    """How far from column ``start`` towards ``limit`` the labels of the columns stand below ``atom``."""
    reach = start
    while reach != limit and labelled.get(reach + step, -1.0) >= atom.box.bottom - atom.size / 4:
        reach += step
    return reach


def _rule_below(
    sheet: Sheet, columns: Sequence[RawColumn], atom: Atom, others: Sequence[Atom]
) -> tuple[int, int] | None:
    """The columns over which a short rule right below ``atom``, and no other label of its line, runs."""
    width = columns[-1].x1 - columns[0].x0
    for stroke in sheet.strokes:
        box = stroke.box
        near = atom.box.bottom - atom.size / 4 <= box.top <= atom.box.bottom + atom.size
        if stroke.horizontal and near and box.x0 <= atom.box.center[0] <= box.x1 and 10 * box.width < 9 * width:
            under = [i for i, c in enumerate(columns) if box.x0 <= (c.x0 + c.x1) / 2 <= box.x1]
            if len(under) > 1 and not any(box.x0 <= other.box.center[0] <= box.x1 for other in others):
                return under[0], under[-1]
    return None


def _centred(
    columns: Sequence[RawColumn], atom: Atom, first: int, last: int, floor: int, roof: int, settings: Settings
) -> tuple[int, int]:
    """The range of columns, at least ``first`` to ``last``, that ``atom`` is best centred on."""
    best = (first, last)
    least = abs((columns[first].x0 + columns[last].x1) / 2 - atom.box.center[0])
    slack = settings.aligned * atom.size
    for i in range(max(0, min(floor, first)), first + 1):
        for j in range(last, max(roof, last) + 1):
            off = abs((columns[i].x0 + columns[j].x1) / 2 - atom.box.center[0])
            if off < least - slack:
                best, least = (i, j), off
    return best


def by_groups(spans: list[Span], columns: Sequence[RawColumn]) -> list[Span]:
    """Spanners stretched over their group where the labels below come back group by group (2020 2019 2020 2019)."""
    numeric = [i for i, column in enumerate(columns) if column.numeric]
    own = {span.first: span.slot for span in spans if span.first == span.last}
    texts = [own[i].text if i in own else "" for i in numeric]
    size = next((k for k in range(2, len(texts) // 2 + 1) if _comes_back(texts, k)), 0)
    if not size:
        return spans
    out = []
    for span in spans:
        slot = own.get(span.first)
        if span.first not in numeric or span.last not in numeric or slot is span.slot:
            out.append(span)
            continue
        start, stop = numeric.index(span.first) // size * size, numeric.index(span.last) // size * size
        alone = not any(
            other is not span
            and abs(other.slot.box.top - span.slot.box.top) < span.slot.box.height / 2
            and other.last >= numeric[start]
            and other.first <= numeric[start + size - 1]
            for other in spans
        )
        whole = start == stop and alone
        out.append(Span(numeric[start], numeric[start + size - 1], span.slot) if whole else span)
    return out


def _comes_back(texts: Sequence[str], size: int) -> bool:
    """Whether a row of labels is a few different ones said again and again."""
    first = texts[:size]
    return (
        len(texts) % size == 0
        and len(set(first)) == size
        and all(first)
        and all(texts[i] == first[i % size] for i in range(len(texts)))
    )
