"""Which lines above a table belong to its header, and which are titles, or headings of its first rows.

In: a `Sheet`, the columns of a table, and the height at which its body begins. Out: lines of atoms, from top to bottom.
It does not say which columns a label is of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.extract.layout_shapes import is_number, is_year
from validator.extract.table_band_spans import apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.extract.layout_atoms import Atom, Sheet
    from validator.extract.table_headings import Body
    from validator.extract.table_raw import RawColumn
    from validator.model.settings import Settings


def lines_above(body: Body, settings: Settings) -> list[list[Atom]]:
    """Lines of the header from top to bottom."""
    low, high = body.columns[0].x0 - body.size, body.columns[-1].x1 + body.size
    years = {atom for row in body.years for atom in row}
    lines: list[list[Atom]] = []
    ceiling = body.top
    figures = next((c.x0 for c in body.columns if c.numeric), body.columns[0].x0)
    for row in reversed(body.sheet.rows):
        if row.box.center[1] >= body.top:
            continue
        atoms = [a for a in row.atoms if a.box.x1 > low and a.box.x0 < high]
        if not atoms:
            continue
        first = _above_stub(lines, figures)
        single = len(apart(body.columns, atoms, settings)) == 1
        one = settings.spanner_step if single else settings.header_step
        step = ceiling - max(a.box.bottom for a in atoms)
        far = step > (settings.header_gap if first else one) * max(a.size for a in atoms)
        labels = all(a in years or _may_label(a, body) for a in atoms)
        if far or not labels or len(lines) >= settings.header_lines:
            break
        large = len(atoms) == 1 and atoms[0].size > settings.header_size * body.size
        if large or (single and _is_over_all(atoms[0], body, figures if first else None, settings)):
            break
        lines.append(atoms)
        ceiling = min(a.box.top for a in atoms)
    lines.reverse()
    return lines


def _may_label(atom: Atom, body: Body) -> bool:
    """Whether a text may stand in a header, by what it says: no number but a year or a single digit."""
    return body.free(atom) and (len(atom.text) == 1 or is_year(atom.text) or not is_number(atom.text))


def _is_over_all(label: Atom, body: Body, figures: float | None, settings: Settings) -> bool:
    """Whether a label that is all of its line is of the whole table: above several columns of figures, or a title.

    ``figures`` is where these begin, as long as no line stands over them.
    """
    if figures is not None and sum(c.numeric for c in body.columns) > 2 and label.box.x1 > figures:
        return True
    return _is_title(label, body.columns, settings)


def _above_stub(lines: list[list[Atom]], figures: float) -> bool:
    """Whether no line so far stands over the figures."""
    return all(atom.box.x1 <= figures for line in lines for atom in line)


def _is_title(atom: Atom, columns: Sequence[RawColumn], settings: Settings) -> bool:
    """Whether a line runs over the stub into the figures, as titles and captions do."""
    box, em = atom.box, atom.size
    stub = columns[0]
    if len(columns) == 1:
        return False
    starts_left = box.x0 <= stub.x0 + settings.paragraph_indent * em
    if stub.numeric:  # a line over every column, the first one's years too, tells nothing of any of them
        return starts_left and box.x1 >= columns[-1].x0 and len(atom.pieces) >= settings.paragraph_words
    if starts_left and box.x1 > columns[1].x0:
        return True
    off = abs(box.center[0] - (stub.x0 + columns[-1].x1) / 2)
    over = abs(box.center[0] - (columns[1].x0 + columns[-1].x1) / 2)
    return off <= em and (len(columns) > 3 or off < over)


def without_headings(lines: list[list[Atom]], columns: Sequence[RawColumn], top: float) -> list[list[Atom]]:
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


def labels_below(
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
