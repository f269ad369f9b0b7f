"""The header band above a table: which lines belong to it, and which columns each label spans.

In: a `Sheet`, the columns of a table, and the height at which its body begins. Out: a `Band` of spans, outermost
first. Titles and captions above the band are left alone.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.extract.layout_atoms import Atom, Piece, atom_of
from validator.extract.layout_shapes import is_number, is_year
from validator.extract.table_raw import RawColumn, Slot, Span
from validator.model.locations import Box, hull

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.extract.layout_atoms import Sheet
    from validator.model.settings import Settings


class Band(NamedTuple):
    """Header labels with their columns, the pieces they are made of, and the atoms these came from."""

    spans: list[Span]
    pieces: list[Piece]
    atoms: list[Atom]
    labels: list[list[Atom]]  # lines between header and body that stand over the stub alone: a first group's heading


def header_band(
    sheet: Sheet,
    columns: Sequence[RawColumn],
    top: float,
    size: float,
    years: Sequence[Sequence[Atom]],
    free: Callable[[Atom], bool],
    settings: Settings,
) -> Band:
    """The header of a table whose body begins at ``top`` in font size ``size``; ``years`` are known lines of years."""
    lines = _lines_above(sheet, columns, top, size, years, free, settings)
    turned, top_turned = _turned(sheet, columns, lines[0][0].box.top if lines else top, top, settings)
    if turned and not lines:
        lines = _lines_above(sheet, columns, top_turned, size, (), free, settings)
    lines = _without_headings(lines, columns, top_turned if turned else top)
    lines, labels = _labels_below(sheet, columns, lines, top)
    spans: list[Span] = []
    labelled = {span.first: span.slot.box.top for span in turned}  # columns with the height at which a label begins
    for line in reversed(lines):
        placed = _placed(sheet, columns, line, labelled, settings)
        spans = placed + spans
        labelled |= {c: span.slot.box.top for span in placed for c in range(span.first, span.last + 1)}
    spans = _by_groups(spans, columns)
    pieces = [p for span in [*spans, *turned] for p in span.slot.pieces]
    return Band(spans + turned, pieces, [a for line in [*lines, *labels] for a in line], labels)


def _by_groups(spans: list[Span], columns: Sequence[RawColumn]) -> list[Span]:
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


def _lines_above(
    sheet: Sheet,
    columns: Sequence[RawColumn],
    top: float,
    size: float,
    years: Sequence[Sequence[Atom]],
    free: Callable[[Atom], bool],
    settings: Settings,
) -> list[list[Atom]]:
    """Lines of the header from top to bottom."""
    low, high = columns[0].x0, columns[-1].x1
    year_atoms = {atom for row in years for atom in row}
    lines: list[list[Atom]] = []
    ceiling = top
    figures = next((c.x0 for c in columns if c.numeric), low)
    for row in reversed(sheet.rows):
        if row.box.center[1] >= top:
            continue
        atoms = [a for a in row.atoms if a.box.x1 > low - size and a.box.x0 < high + size]
        if not atoms:
            continue
        em = max(a.size for a in atoms)
        step = ceiling - max(a.box.bottom for a in atoms)
        reach = (
            settings.header_gap
            if _above_stub(lines, figures)
            else settings.header_step
            if len(atoms) > 1
            else settings.spanner_step
        )
        if step > reach * em or len(lines) >= settings.header_lines:
            break
        if not all(
            a in year_atoms or (free(a) and (len(a.text) == 1 or is_year(a.text) or not is_number(a.text)))
            for a in atoms
        ):
            break
        lone = len(atoms) == 1 and _above_stub(lines, figures) and sum(c.numeric for c in columns) > 2
        alone = lone and atoms[0].box.x1 > figures
        if alone or _is_title(atoms, columns, settings) or (len(atoms) == 1 and em > settings.header_size * size):
            break
        lines.append(atoms)
        ceiling = min(a.box.top for a in atoms)
    lines.reverse()
    return lines


def _above_stub(lines: list[list[Atom]], figures: float) -> bool:
    """Whether no line so far stands over the figures."""
    return all(atom.box.x1 <= figures for line in lines for atom in line)


def _is_title(atoms: list[Atom], columns: Sequence[RawColumn], settings: Settings) -> bool:
    """Whether a line runs over the stub into the figures, as titles and captions do."""
    if len(atoms) > 1:
        return False
    box, em = atoms[0].box, atoms[0].size
    stub = columns[0]
    if len(columns) == 1:
        return False
    starts_left = box.x0 <= stub.x0 + settings.paragraph_indent * em
    if stub.numeric:  # a line over every column, the first one's years too, tells nothing of any of them
        return starts_left and box.x1 >= columns[-1].x0 and len(atoms[0].pieces) >= settings.paragraph_words
    if starts_left and box.x1 > columns[1].x0:
        return True
    centred = abs(box.center[0] - (stub.x0 + columns[-1].x1) / 2) <= em
    return centred and len(columns) > 3


def _without_headings(lines: list[list[Atom]], columns: Sequence[RawColumn], top: float) -> list[list[Atom]]:
    """Drops top lines that stand over the stub alone: headings, unless they are set like the stub head below.

    Where the labels of the columns are turned, ``top`` is where these begin; a line beside them is the stub head.
    """
    while lines:
        figures = next((c.x0 for c in columns if c.numeric), columns[0].x0)
        over = [a for a in lines[0] if columns[0].numeric or a.box.x1 > figures]
        if over or min(a.box.top for a in lines[0]) >= top:
            break
        if len(lines) > 1 and _same_cell(lines[0][0], lines[1][0]):
            break
        lines = lines[1:]
    return lines


def _labels_below(
    sheet: Sheet, columns: Sequence[RawColumn], lines: list[list[Atom]], top: float
) -> tuple[list[list[Atom]], list[list[Atom]]]:
    """Header lines, and the lines below them that head the first rows instead: beyond a rule, or nearer to the body."""
    if columns[0].numeric:
        return lines, []
    figures = next(c.x0 for c in columns if c.numeric)
    count = len(lines)
    while count > 1 and all(a.box.x1 <= figures for a in lines[count - 1]):
        count -= 1
    if count in (0, len(lines)):
        return lines, []
    above, first = lines[count - 1], lines[count]
    floor, roof = max(a.box.bottom for a in above), min(a.box.top for a in first)
    ruled = any(
        stroke.horizontal
        and floor - 1 <= stroke.box.center[1] <= roof + 1
        and stroke.box.x0 <= first[0].box.x1
        and stroke.box.x1 >= first[0].box.x0
        for stroke in sheet.strokes
    )
    nearer = roof - floor > top - max(a.box.bottom for a in lines[-1]) + first[0].size / 10
    announces = first[-1].text.endswith(":")
    return (lines[:count], lines[count:]) if ruled or nearer or announces else (lines, [])


def _same_cell(above: Atom, below: Atom) -> bool:
    """Whether two lines are set alike and close, as lines of one label are."""
    close = below.box.top - above.box.bottom < above.size / 2
    return close and above.bold == below.bold and abs(above.size - below.size) < above.size / 10


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


def _placed(
    sheet: Sheet, columns: Sequence[RawColumn], line: list[Atom], labelled: dict[int, float], settings: Settings
) -> list[Span]:
    """The atoms of one header line, each with the columns it spans."""
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
