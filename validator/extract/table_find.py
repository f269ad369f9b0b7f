"""Where tables stand on a page: numerals that stand apart and line up, joined into regions.

In: a `Sheet`. Out: `Region`s (the baselines and numeric atoms of each table) and the sheet with numbers cut off their
labels where they stand in line with others. Must not read labels: that is for `table_grid`.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.extract.layout_atoms import Atom, Row, Sheet, atom_of
from validator.extract.layout_shapes import Shape, is_year, shape_of
from validator.extract.sentences import ends_sentence
from validator.model.locations import Box, hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.model.settings import Settings


class Region(NamedTuple):
    """Numerals that form a table: ``numerals`` by baseline index, and the box around them."""

    numerals: dict[int, tuple[Atom, ...]]
    box: Box

    @property
    def rows(self) -> list[int]:
        """Baselines that hold a numeral of the region, from the top."""
        return sorted(self.numerals)


def paragraphs(sheet: Sheet, settings: Settings) -> set[Atom]:
    """Atoms that are lines of running text: several words, line under line, filled to a common right edge."""
    found: set[Atom] = set()
    labels = {a for row in sheet.rows for a, b in pairwise(row.atoms) if b.numeric}
    chains: list[list[Atom]] = []
    open_chains: list[list[Atom]] = []
    for row in sheet.rows:
        for atom in row.atoms:
            if atom.numeric:
                continue
            home = next((c for c in open_chains if _continues(c[-1], atom, settings)), None)
            if home is None:
                home = []
                chains.append(home)
                open_chains.append(home)
            home.append(atom)
        floor = row.box.top - settings.paragraph_step * max(sheet.pitch, 1.0)
        open_chains = [c for c in open_chains if c[-1].box.bottom >= floor]
    for chain in chains:
        for filled in _filled_runs(chain, settings):
            run = _above_table(filled, sheet, labels)
            if len(run) < settings.paragraph_lines:
                continue
            beside = sum(atom in labels for atom in run)
            share = 1 if len(run) >= settings.paragraph_sure else 2
            if share * beside < len(run) and not _in_cell(run, sheet):
                found.update(run)
    return found


def _above_table(run: list[Atom], sheet: Sheet, labels: set[Atom]) -> list[Atom]:
    """The run without the first row of a table, whose label or header stands below its last line like one line more."""
    if len(run) < 2 or not ends_sentence(run[-2].text):
        return run
    beside = [len(sheet.rows[atom.row].atoms) > 1 for atom in run]
    header = beside[-1] and not any(beside[:-1])
    return run[:-1] if header or run[-1] in labels else run


def _in_cell(run: list[Atom], sheet: Sheet) -> bool:
    """Whether a paragraph is a cell: between two lines drawn across, with a numeral between the same two lines."""
    box = hull(atom.box for atom in run)
    ys = [s.box.center[1] for s in sheet.strokes if s.horizontal and s.box.x0 < box.x1 and box.x0 < s.box.x1]
    roof = max((y for y in ys if y <= box.top + run[0].size / 2), default=None)
    floor = min((y for y in ys if y >= box.bottom - run[0].size / 2), default=None)
    if roof is None or floor is None or floor - roof > 2 * (box.height + run[0].size):
        return False
    rows = range(max(0, run[0].row - 1), min(len(sheet.rows), run[-1].row + 2))
    return any(
        atom.numeric and atom.box.x0 >= box.x1 and roof <= atom.box.center[1] <= floor
        for row in rows
        for atom in sheet.rows[row].atoms
    )


def _continues(above: Atom, below: Atom, settings: Settings) -> bool:
    """Whether ``below`` can be the next line of the paragraph that ``above`` stands in."""
    em = above.size
    step = below.box.bottom - above.box.bottom
    return (
        0 < step <= settings.paragraph_step * em
        and abs(below.size - em) <= settings.same_size * em
        and abs(below.box.x0 - above.box.x0) <= settings.paragraph_indent * em
    )


def _filled_runs(chain: list[Atom], settings: Settings) -> Iterable[list[Atom]]:
    """The parts of a chain that are set as running text."""
    run: list[Atom] = []
    for atom in chain:
        run.append(atom)
        width = max(a.box.width for a in run)
        if len(run) > 1 and run[-2].box.width < settings.filled_line * width:
            yield from _running(run[:-1], settings)
            run = [atom]
    yield from _running(run, settings)


def _running(run: list[Atom], settings: Settings) -> Iterable[list[Atom]]:
    """The run, if it is long, wide and wordy enough to be prose."""
    if len(run) < settings.paragraph_lines:
        return
    width = max(atom.box.width for atom in run)
    words = sum(len(atom.pieces) for atom in run[:-1]) / (len(run) - 1)
    if width >= settings.paragraph_width * run[0].size and words >= settings.paragraph_words:
        yield run


def cut_tails(sheet: Sheet, prose: set[Atom], settings: Settings) -> Sheet:
    """The sheet with a number at the end of a label cut off where it stands in line with numerals near it."""
    pure = [[a.box.x1 for a in row.atoms if a.numeric] for row in sheet.rows]
    ends = [
        [t.box.x1 for a in row.atoms if a not in prose and (t := _tail(a, settings)) is not None] for row in sheet.rows
    ]
    rows = []
    for row in sheet.rows:
        if _names_columns_by_year(sheet, row, settings):
            rows.append(row)
            continue
        atoms: list[Atom] = []
        close = [a for a in row.atoms if not a.numeric and _tail(a, settings) and _close(a, settings)]
        for atom in row.atoms:
            skip = atom.numeric or atom in prose or (len(close) >= settings.header_tails and atom in close)
            tail = None if skip else _tail(atom, settings)
            if tail is not None and _in_line(tail, row.number, pure, ends, settings):
                keep = len(atom.pieces) - len(tail.pieces)
                atoms += [atom_of(atom.pieces[:keep], row.number, numeric=False), tail]
            else:
                atoms.append(atom)
        rows.append(Row(row.number, tuple(atoms), row.box))
    return sheet._replace(rows=tuple(rows))


def _names_columns_by_year(sheet: Sheet, row: Row, settings: Settings) -> bool:
    """Whether every cell of a row is text, a year, or text with a year, and no figures stand right above it.

    So are headers set ("Branch | 2023 | 2024 | Change | Share 2024, %"), and such a year is not cut off its label.
    """
    above = sheet.rows[row.number - 1].atoms if row.number else ()
    if any(atom.numeric and not is_year(atom.text) for atom in (*row.atoms, *above)):
        return False
    tails = [tail for atom in row.atoms if not atom.numeric and (tail := _tail(atom, settings))]
    years = sum(atom.numeric for atom in row.atoms) + len(tails)
    return bool(tails) and years > 1 and all(is_year(tail.pieces[0].text.rstrip(",.:;")) for tail in tails)


def _tail(atom: Atom, settings: Settings) -> Atom | None:
    """The number that ends an atom (the atom itself where it is one)."""
    if atom.numeric:
        return atom
    pieces = list(atom.pieces)
    start = len(pieces)
    while start and shape_of(pieces[start - 1].text) is Shape.SYMBOL:
        start -= 1
    if start > 1 and shape_of(pieces[start - 1].text) is Shape.NUMBER and not pieces[start - 1].word.raised:
        gap = pieces[start - 1].box.x0 - pieces[start - 2].box.x1
        if gap <= settings.digit_gap * atom.size and start > settings.tail_words:
            return None
        return atom_of(pieces[start - 1 :], atom.row)
    return None


def _close(atom: Atom, settings: Settings) -> bool:
    """Whether no more than a word space stands before the last word."""
    if len(atom.pieces) < 2:
        return False
    return atom.pieces[-1].box.x0 - atom.pieces[-2].box.x1 <= settings.digit_gap * atom.size


def _in_line(tail: Atom, row: int, pure: list[list[float]], ends: list[list[float]], settings: Settings) -> bool:
    """Whether enough numerals on the neighbouring baselines share the right edge of ``tail``.

    Where a numeral stands to the right of the label, the number that ends the label ("over 18") is cut off only for
    the sake of a numeral that stands alone.
    """
    slack = settings.aligned * tail.size
    followed = any(x1 > tail.box.x1 + slack for x1 in pure[row])
    near = [
        r for r in range(row - settings.tail_reach, row + settings.tail_reach + 1) if 0 <= r < len(ends) and r != row
    ]
    alone = sum(any(abs(x1 - tail.box.x1) <= slack for x1 in pure[r]) for r in near)
    support = sum(any(abs(x1 - tail.box.x1) <= slack for x1 in ends[r]) for r in near)
    return support >= settings.tail_support and (alone > 0 or not followed)


def regions(sheet: Sheet, prose: set[Atom], settings: Settings) -> list[Region]:
    """The tables of a sheet, from top to bottom; every numeric atom is in one region at most."""
    columns = _vertical_chains(sheet, prose, settings)
    groups = _linked(columns, sheet, settings)
    found = []
    for group in groups:
        atoms = [atom for index in group for atom in columns[index]]
        by_row: dict[int, list[Atom]] = defaultdict(list)
        for atom in atoms:
            by_row[atom.row].append(atom)
        numerals = {r: tuple(sorted(v, key=lambda a: a.box.x0)) for r, v in by_row.items()}
        found.append(Region(numerals, hull(atom.box for atom in atoms)))
    found = _with_sparse_columns(found, sheet, settings)
    return sorted(found, key=lambda region: (region.box.top, region.box.x0))


def _with_sparse_columns(found: list[Region], sheet: Sheet, settings: Settings) -> list[Region]:
    """Joins regions that share no baseline but alternate on the rows of one stub: columns with many blanks."""
    found = sorted(found, key=lambda region: region.box.x0)
    out: list[Region] = []
    for region in found:
        home = next((i for i, other in enumerate(out) if _one_stub(other, region, sheet, settings)), None)
        if home is None:
            out.append(region)
            continue
        rows = {**out[home].numerals}
        for row, atoms in region.numerals.items():
            rows[row] = tuple(sorted((*rows.get(row, ()), *atoms), key=lambda a: a.box.x0))
        out[home] = Region(rows, hull([out[home].box, region.box]))
    return out


def _one_stub(left: Region, right: Region, sheet: Sheet, settings: Settings) -> bool:
    """Whether ``right`` stands beside ``left``, or between its columns, on rows of the same stub."""
    em = next(iter(right.numerals.values()))[0].size
    near = right.box.x0 - left.box.x1 <= settings.straggler_gap * em
    reach = settings.paragraph_step * em
    level = right.box.top < left.box.bottom + reach and left.box.top < right.box.bottom + reach
    ours, theirs = ([a for row in r.numerals.values() for a in row] for r in (left, right))
    if not near or not level or _straggles(ours, theirs, left.box, right.box, sheet, settings):
        return False
    starts = [_label_start(sheet, row, region) for region in (left, right) for row in region.rows]
    known = [start for start in starts if start is not None]
    return len(known) == len(starts) and max(known) - min(known) <= settings.aligned * em


def _label_start(sheet: Sheet, row: int, region: Region) -> float | None:
    """Where the nearest text left of a region's numerals on a baseline begins."""
    first = region.numerals[row][0]
    texts = [a.box.x0 for a in sheet.rows[row].atoms if not a.numeric and a.box.x1 <= first.box.x0]
    return max(texts, default=None)


def _vertical_chains(sheet: Sheet, prose: set[Atom], settings: Settings) -> list[list[Atom]]:
    """Numeric atoms chained downwards where they overlap in width and nothing but table text stands between."""
    chains: list[list[Atom]] = []
    active: list[tuple[float, float, int]] = []  # extent in width of a chain's last numerals, and its index
    for row in sheet.rows:
        blocks = [atom for atom in row.atoms if atom in prose]
        active = [one for one in active if not _closed(chains[one[2]][-1], row, blocks, settings)]
        for atom in row.atoms:
            if not atom.numeric or atom in prose:
                continue
            box = atom.box
            shared = [
                (min(x1, box.x1) - max(x0, box.x0), i)
                for i, (x0, x1, chain) in enumerate(active)
                if x0 < box.x1 and box.x0 < x1 and chains[chain][-1].row != row.number
            ]
            if shared:
                _, at = max(shared, key=lambda one: (one[0], -one[1]))
                home = active[at][2]
                chains[home].append(atom)
                ends = [member.box for member in chains[home][-3:]]
                active[at] = (min(b.x0 for b in ends), max(b.x1 for b in ends), home)
            else:
                active.append((box.x0, box.x1, len(chains)))
                chains.append([atom])
    return chains


def _closed(last: Atom, row: Row, blocks: list[Atom], settings: Settings) -> bool:
    """Whether a chain that ends with ``last`` cannot go on at ``row``."""
    if row.box.top - last.box.bottom > settings.table_row_gap * last.size:
        return True
    return any(block.box.x0 < last.box.x1 and last.box.x0 < block.box.x1 for block in blocks)


def _linked(columns: Sequence[list[Atom]], sheet: Sheet, settings: Settings) -> list[list[int]]:
    """Chains joined into tables: two belong together when they share at least half the baselines of the shorter."""
    rows = [{atom.row for atom in column} for column in columns]
    by_row: dict[int, list[int]] = defaultdict(list)
    for index, column in enumerate(columns):
        for row in {atom.row for atom in column}:
            by_row[row].append(index)
    parent = list(range(len(columns)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    boxes = [hull(atom.box for atom in column) for column in columns]
    links: set[tuple[int, int]] = set()
    for members in by_row.values():
        members.sort(key=lambda i: columns[i][0].box.x0)
        links.update(pairwise(members))
    for a, b in sorted(links, key=lambda link: boxes[link[1]].x0 - boxes[link[0]].x1):
        if find(a) == find(b) or 2 * len(rows[a] & rows[b]) < min(len(rows[a]), len(rows[b])):
            continue
        if _straggles(columns[a], columns[b], boxes[a], boxes[b], sheet, settings):
            continue
        if not any(
            _parts_them(boxes[c], boxes[a], boxes[b]) and find(c) not in (find(a), find(b))
            for c in range(len(columns))
            if len(columns[c]) >= settings.column_rows
        ):
            parent[find(a)] = find(b)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(columns)):
        groups[find(index)].append(index)
    return list(groups.values())


def _straggles(a: list[Atom], b: list[Atom], left: Box, right: Box, sheet: Sheet, settings: Settings) -> bool:
    """Whether a few numbers beside a long column are labels of a chart, more likely than cells.

    They are when they stand far off, or where the table is ruled and no rule reaches them.
    """
    few, many = (a, b) if len(a) < len(b) else (b, a)
    if len(few) >= settings.straggler_share * len(many):
        return False
    if right.x0 - left.x1 > settings.straggler_gap * a[0].size:
        return True
    table, other = (left, right) if many is a else (right, left)
    ruled = [s.box for s in sheet.strokes if s.horizontal and table.top <= s.box.center[1] <= table.bottom]
    under = sum(s.x0 < table.x1 and table.x0 < s.x1 for s in ruled)
    reaching = sum(s.x0 < other.x1 and other.x0 < s.x1 for s in ruled)
    return under >= settings.column_rows and 4 * reaching < under


def _parts_them(middle: Box, left: Box, right: Box) -> bool:
    """Whether ``middle`` stands between two columns along half of their common height."""
    top, bottom = max(left.top, right.top), min(left.bottom, right.bottom)
    shared = min(middle.bottom, bottom) - max(middle.top, top)
    return left.x1 <= middle.x0 and middle.x1 <= right.x0 and 2 * shared >= bottom - top > 0
