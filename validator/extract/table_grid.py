"""A region of a page → a bare grid: columns, rows with their labels, wrapped labels put together, header lines placed.

In: a `Sheet`, a `Region` of it, and what is known to belong elsewhere (running text, other regions). Out: a `RawGrid`
in the frame of the sheet, or None where no labels stand beside or above the numerals. Must not interpret labels.
"""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING

from validator.extract.layout_shapes import is_year
from validator.extract.table_bands import header_band
from validator.extract.table_columns import numeric_columns, text_columns
from validator.extract.table_find import Region
from validator.extract.table_raw import GridRow, RawColumn, RawGrid, RowKind, Slot
from validator.model.locations import Box, hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.extract.layout_atoms import Atom, Piece, Sheet
    from validator.model.settings import Settings



class Taken:
    """What of a sheet belongs to whom: running text, and the numerals of every region."""

    def __init__(self, prose: set[Atom], regions: Sequence[Region]) -> None:
        self.prose = prose
        self.owner = {atom: i for i, r in enumerate(regions) for row in r.numerals.values() for atom in row}
        self.claimed: set[Atom] = set()


def grid_of(sheet: Sheet, region: Region, index: int, taken: Taken, settings: Settings) -> RawGrid | None:
    """The bare grid of ``region`` (number ``index`` among the sheet's regions)."""
    region = _without_labels(sheet, region, taken, settings)
    if not region.numerals:
        return None
    head, body = _year_rows(region)
    columns = numeric_columns([region.numerals[r] for r in body], settings)
    texts = _Texts(sheet, region, index, body, taken, settings)
    placed = texts.columns(columns)
    rows = [_body_row(placed, [*region.numerals[r], *texts.of_row(r, placed)]) for r in body]
    rows += texts.between(placed, set(head))
    rows.sort(key=lambda row: row.box.bottom if row.box else 0.0)
    rules = _rules(sheet, placed)
    rows = _unwrapped(rows, rules, sheet, settings)
    top = min(row.box.top for row in rows if row.box)
    years = [region.numerals[r] for r in head]
    size = median(a.size for r in body for a in region.numerals[r])
    band = header_band(sheet, placed, top, size, years, texts.free, settings)
    if not band.spans and not any(not c.numeric for c in placed):
        return None
    used = [p for row in rows for s in [*row.slots, row.spanning] if s for p in s.pieces]
    used += band.pieces
    taken.claimed.update(texts.claimed)
    taken.claimed.update(band.atoms)
    header = GridRow(RowKind.HEADER, [None] * len(placed), spans=band.spans)
    labels = [_text_row(placed, line) for line in band.labels]
    used += [p for row in labels for s in [*row.slots, row.spanning] if s for p in s.pieces]
    box = hull(piece.box for piece in used)
    return RawGrid(sheet.page.number, placed, [header, *labels, *rows], box, ruled=len(rules) > 1, rotation=sheet.turn, used=used)


def _without_labels(sheet: Sheet, region: Region, taken: Taken, settings: Settings) -> Region:
    """The region without numerals that stand in its stub ("25-49" below "Any age", note marks beside labels)."""
    rows = list(region.numerals.values())
    columns = numeric_columns(rows, settings)
    first = columns[0]
    inside = [a for row in rows for a in row if a.box.x1 <= first.x1]
    texts = 0
    for row in range(region.rows[0], region.rows[-1] + 1):
        atoms = [a for a in sheet.rows[row].atoms if not a.numeric and a not in taken.prose]
        texts += any(a.box.x0 <= first.x1 and first.x0 < a.box.x1 for a in atoms)
    if len(columns) < 2 or texts <= len(inside):
        return region
    for atom in inside:
        taken.owner.pop(atom, None)
    drop = set(inside)
    kept = {r: tuple(a for a in atoms if a not in drop) for r, atoms in region.numerals.items()}
    numerals = {r: atoms for r, atoms in kept.items() if atoms}
    if not numerals:
        return Region({}, region.box)
    return _without_labels(
        sheet, Region(numerals, hull(a.box for atoms in numerals.values() for a in atoms)), taken, settings
    )


def _year_rows(region: Region) -> tuple[list[int], list[int]]:
    """The baselines on top that hold years alone, and the others."""
    rows = region.rows
    head = 0
    while head < len(rows) - 1 and all(is_year(a.text) for a in region.numerals[rows[head]]):
        if len(region.numerals[rows[head]]) == 1 and len(region.numerals[rows[-1]]) == 1:
            break  # a column of years is a list of years, not a header
        head += 1
    return rows[:head], rows[head:]


def slot_of(atoms: Sequence[Atom], *, shaded: bool = False) -> Slot:
    """One cell from the atoms that stand in it, in reading order."""
    ordered = sorted(atoms, key=lambda a: (a.row, a.box.x0))
    pieces = tuple(piece for atom in ordered for piece in atom.pieces)
    return Slot(joined([a.text for a in ordered]), hull(a.box for a in ordered), pieces, all(a.bold for a in ordered), shaded)


def joined(lines: Iterable[str]) -> str:
    """Lines of one label as a person reads them: a hyphen that only broke a word at the line end is undone."""
    text = ""
    for line in lines:
        if text.endswith(("-", "\u00ad")) and len(text) > 1 and text[-2].isalpha() and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text


class _Texts:
    """The texts of a region: which atoms beside its numerals belong to it, and where."""

    def __init__(
        self, sheet: Sheet, region: Region, index: int, body: list[int], taken: Taken, settings: Settings
    ) -> None:
        self.sheet, self.region, self.index, self.taken, self.settings = sheet, region, index, taken, settings
        self.body = body
        self.claimed: set[Atom] = {a for row in region.numerals.values() for a in row}
        self.left: dict[int, list[Atom]] = {}
        self.inner: dict[int, list[Atom]] = {}
        self.right: dict[int, list[Atom]] = {}
        for row in body:
            self._look_around(row)
        self._trim()

    def free(self, atom: Atom) -> bool:
        """Whether nobody else owns ``atom``."""
        return atom not in self.taken.prose and atom not in self.taken.claimed and self._mine(atom)

    def _mine(self, atom: Atom) -> bool:
        return self.taken.owner.get(atom, self.index) == self.index

    def _look_around(self, row: int) -> None:
        """Sorts the texts of one baseline into left of, between and right of its numerals."""
        atoms = sorted(self.sheet.rows[row].atoms, key=lambda a: a.box.x0)
        mine = set(self.region.numerals[row])
        spots = [i for i, atom in enumerate(atoms) if atom in mine]
        self.inner[row] = [a for a in atoms[spots[0] : spots[-1]] if a not in mine and self.free(a)]
        left: list[Atom] = []
        for atom in reversed(atoms[: spots[0]]):
            if not self.free(atom):
                break
            left.append(atom)
        self.left[row] = left[::-1]
        right: list[Atom] = []
        for atom in atoms[spots[-1] + 1 :]:
            if not self.free(atom):
                right = right[:-1] if atom in self.taken.owner else right  # that text is the label of its numeral
                break
            right.append(atom)
        self.right[row] = right

    def _trim(self) -> None:
        """Drops far texts that only some baselines have: they belong to something beside the table."""
        share = self.settings.text_column_share
        nearest = [row[-1].box.x0 for row in self.left.values() if row]
        if nearest:
            deep = sum(len(row) > 1 for row in self.left.values()) >= share * len(nearest)
            limit = min(nearest) - self.settings.column_merge_gap * self.sheet.rows[self.body[0]].atoms[0].size
            if not deep:
                self.left = {r: [a for a in row if a.box.x0 >= limit] for r, row in self.left.items()}
        often = sum(bool(row) for row in self.right.values()) >= share * len(self.body)
        edge = self.region.box.x1
        for row, atoms in self.right.items():
            last = max(a.box.x1 for a in self.region.numerals[row])
            near = [a for a in atoms[:1] if a.box.x0 - last <= self.settings.column_merge_gap * a.size]
            within = [a for a in atoms if a.box.x0 < edge]
            self.right[row] = atoms if often else within or near

    def columns(self, numeric: list[RawColumn]) -> list[RawColumn]:
        """All columns, those of texts between those of figures."""
        gaps: dict[int, list[list[Atom]]] = defaultdict(list)
        for row in self.body:
            parts: dict[int, list[Atom]] = defaultdict(list)
            for atom in [*self.left[row], *self.inner[row], *self.right[row]]:
                if not any(covers(c, atom.box) for c in numeric):
                    parts[sum(c.x0 < atom.box.center[0] for c in numeric)].append(atom)
            for gap, atoms in parts.items():
                gaps[gap].append(atoms)
        columns = list(numeric)
        for atom_rows in gaps.values():
            columns += text_columns(atom_rows, self.settings)
        return sorted(columns, key=lambda c: (c.x0 + c.x1) / 2)

    def of_row(self, row: int, columns: list[RawColumn]) -> list[Atom]:
        """The texts of one baseline."""
        atoms = [*self.left[row], *self.inner[row], *self.right[row]]
        self.claimed.update(atoms)
        return atoms

    def between(self, columns: list[RawColumn], skip: set[int]) -> list[GridRow]:
        """Rows for the baselines between those with numerals: labels, and header bands amid the body."""
        out = []
        low, high = columns[0].x0, columns[-1].x1
        for row in range(self.body[0] + 1, self.body[-1]):
            if row in self.region.numerals or row in skip:
                continue
            em = self.sheet.rows[row].atoms[0].size
            atoms = [
                a
                for a in self.sheet.rows[row].atoms
                if a.box.x0 >= low - em and a.box.x0 <= high and a not in self.taken.owner and a not in self.taken.claimed
            ]
            if atoms:
                out.append(_text_row(columns, atoms))
                self.claimed.update(atoms)
        return out


def covers(column: RawColumn, box: Box) -> bool:
    """Whether ``box`` lies over at least half of a column, or its middle in it."""
    shared = min(column.x1, box.x1) - max(column.x0, box.x0)
    return 2 * shared >= column.x1 - column.x0 or column.x0 <= box.center[0] <= column.x1


def place(columns: Sequence[RawColumn], box: Box) -> int:
    """The column that ``box`` stands in: the one that it overlaps most, else the nearest."""

    def key(i: int) -> tuple[bool, float, float]:
        shared = min(columns[i].x1, box.x1) - max(columns[i].x0, box.x0)
        covered = columns[i].numeric and covers(columns[i], box)
        return covered, shared, -abs((columns[i].x0 + columns[i].x1) - (box.x0 + box.x1))

    return max(range(len(columns)), key=key)


def _body_row(columns: Sequence[RawColumn], atoms: Sequence[Atom]) -> GridRow:
    """A row with numerals."""
    cells: dict[int, list[Atom]] = defaultdict(list)
    for atom in atoms:
        cells[place(columns, atom.box)].append(atom)
    slots = [slot_of(cells[i]) if i in cells else None for i in range(len(columns))]
    return GridRow(RowKind.BODY, slots, box=hull(a.box for a in atoms))


def _text_row(columns: Sequence[RawColumn], atoms: Sequence[Atom]) -> GridRow:
    """A row without numerals: a label (over the stub or across), or column labels again."""
    box = hull(a.box for a in atoms)
    cells: dict[int, list[Atom]] = defaultdict(list)
    for atom in atoms:
        cells[place(columns, atom.box)].append(atom)
    over = [i for i in cells if columns[i].numeric]
    if len(cells) == 1 and (over or _crosses(columns, atoms[0].box)):
        return GridRow(RowKind.LABEL, [None] * len(columns), box=box, spanning=slot_of(atoms))
    kind = RowKind.BAND if over else RowKind.LABEL
    slots = [slot_of(cells[i]) if i in cells else None for i in range(len(columns))]
    return GridRow(kind, slots, box=box)


def _crosses(columns: Sequence[RawColumn], box: Box) -> bool:
    """Whether ``box`` runs over more than one column."""
    return sum(c.x0 < box.x1 and box.x0 < c.x1 for c in columns) > 1


def _rules(sheet: Sheet, columns: Sequence[RawColumn]) -> list[float]:
    """Heights of the horizontal lines that cross most of the table."""
    low, high = columns[0].x0, columns[-1].x1
    lengths: dict[int, float] = defaultdict(float)
    for stroke in sheet.strokes:
        if stroke.horizontal:
            shared = min(stroke.box.x1, high) - max(stroke.box.x0, low)
            if shared > 0:
                lengths[round(stroke.box.center[1])] += shared
    return sorted(y for y, length in lengths.items() if 2 * length >= high - low)


def _unwrapped(rows: list[GridRow], rules: list[float], sheet: Sheet, settings: Settings) -> list[GridRow]:
    """Rows with the lines of wrapped labels joined to the row of their numerals."""
    bodies = [row.box for row in rows if row.kind is RowKind.BODY and row.box]
    steps = [b.bottom - a.bottom for a, b in zip(bodies, bodies[1:], strict=False)]
    usual = median(steps) if steps else sheet.pitch
    inner = [y for y in rules if bodies[0].top < y < bodies[-1].bottom]
    ruled = len(inner) >= settings.row_rules * (len(bodies) - 1) > 0
    out: list[GridRow] = []
    waiting: list[GridRow] = []
    for at, row in enumerate(rows):
        if row.kind is RowKind.LABEL and row.spanning is None:
            after = rows[at + 1] if at + 1 < len(rows) else None
            last = out[-1] if out and not waiting else None
            if (
                last is not None
                and last.kind is RowKind.BODY
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


def _goes_up(
    above: GridRow, row: GridRow, rules: list[float], ruled: bool, usual: float, settings: Settings
) -> bool:
    """Whether a line of label belongs to the row above it."""
    first, second = _label(above), _label(row)
    if above.box is None or row.box is None or first is None or second is None:
        return False
    tight = row.box.bottom - above.box.bottom < settings.wrapped_step * usual
    if first.pieces and second.box.x0 < first.pieces[0].box.x0 - first.pieces[0].size / 4 and not _centred(first, second):
        return False  # what begins further left than a label does not go on with it
    if ruled:
        return tight and not any(first.box.bottom - 1 <= y <= row.box.top + 1 for y in rules)
    if first.text.endswith("-"):
        return True
    return (tight or second.text[:1].islower()) and first.bold == second.bold


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


def _goes_down(
    row: GridRow, below: GridRow, rules: list[float], ruled: bool, usual: float, settings: Settings
) -> bool:
    """Whether a line of label belongs to the row of numerals below it."""
    first, second = _label(row), _label(below)
    if below.box is None or row.box is None or first is None or first.text.endswith(":"):
        return False
    tight = below.box.bottom - row.box.bottom < settings.wrapped_step * usual
    if ruled:
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
            row.slots[i] = Slot(text, hull([first.box, second.box]), pieces, here.bold and slot.bold, here.shaded)
        if row.box and line.box:
            row.box = hull([row.box, line.box])
