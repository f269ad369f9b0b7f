"""Regions of a page: numerals that stand apart and line up, chained into columns, and columns joined into tables.

In: a `Sheet`, and what of it is running text. Out: `Region`s (the baselines and numeric atoms of each table). Must not
read labels: that is for `table_grid`.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.extract.table_breaks import Signs, Wall, walls
from validator.extract.table_gutters import Gutter, gutters, strips
from validator.model.locations import Box, hull

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from validator.extract.layout_atoms import Atom, Row, Sheet
    from validator.model.settings import Settings


class Region(NamedTuple):
    """Numerals that form a table: ``numerals`` by baseline index, and the box around them."""

    numerals: dict[int, tuple[Atom, ...]]
    box: Box

    @property
    def rows(self) -> list[int]:
        """Baselines that hold a numeral of the region, from the top."""
        return sorted(self.numerals)


class _Parting(NamedTuple):
    """What no region goes through."""

    walls: tuple[Wall, ...] = ()
    gutters: tuple[Gutter, ...] = ()


def regions(sheet: Sheet, signs: Signs, settings: Settings) -> list[Region]:
    """The tables of a sheet, from top to bottom; every numeric atom is in one region at most."""
    parting = _Parting()
    found = _regions(sheet, signs.prose, parting, settings)
    for _ in range(settings.partings):
        more = [_parting(sheet, region, signs, settings) for region in found]
        if not any(map(any, more)):
            break
        parting = _Parting(
            (*parting.walls, *(wall for one in more for wall in one.walls)),
            (*parting.gutters, *(gutter for one in more for gutter in one.gutters)),
        )
        found = _regions(sheet, signs.prose, parting, settings)
    return found


def _parting(sheet: Sheet, region: Region, signs: Signs, settings: Settings) -> _Parting:
    """Where a region is several tables. Panels side by side that begin and go on alike are left together."""
    edges = gutters(sheet, region, signs.prose, settings)
    parts = strips(region, edges) if edges else [region]
    found = tuple(wall for part in parts for wall in walls(sheet, part, signs, settings))
    alike = not found and len({part.rows[0] for part in parts}) == 1
    return _Parting(found, () if alike else tuple(edges))


def _regions(sheet: Sheet, prose: Collection[Atom], parting: _Parting, settings: Settings) -> list[Region]:
    """Regions none of which runs through a wall or a gutter."""
    columns = _vertical_chains(sheet, prose, parting.walls, settings)
    groups = _linked(columns, sheet, parting.gutters, settings)
    found = []
    for group in groups:
        atoms = [atom for index in group for atom in columns[index]]
        by_row: dict[int, list[Atom]] = defaultdict(list)
        for atom in atoms:
            by_row[atom.row].append(atom)
        numerals = {r: tuple(sorted(v, key=lambda a: a.box.x0)) for r, v in by_row.items()}
        found.append(Region(numerals, hull(atom.box for atom in atoms)))
    found = _with_sparse_columns(found, sheet, parting, settings)
    return sorted(found, key=lambda region: (region.box.top, region.box.x0))


def _with_sparse_columns(found: list[Region], sheet: Sheet, parting: _Parting, settings: Settings) -> list[Region]:
    """Joins regions that share no baseline but alternate on the rows of one stub: columns with many blanks."""
    found = sorted(found, key=lambda region: region.box.x0)
    out: list[Region] = []
    for region in found:
        home = next(
            (
                i
                for i, other in enumerate(out)
                if not _parted(other, region, parting) and _one_stub(other, region, sheet, settings)
            ),
            None,
        )
        if home is None:
            out.append(region)
            continue
        rows = {**out[home].numerals}
        for row, atoms in region.numerals.items():
            rows[row] = tuple(sorted((*rows.get(row, ()), *atoms), key=lambda a: a.box.x0))
        out[home] = Region(rows, hull([out[home].box, region.box]))
    return out


def _parted(left: Region, right: Region, parting: _Parting) -> bool:
    """Whether a wall or a gutter stands between two regions."""
    if any(_walled(left, right, wall) for wall in parting.walls):
        return True
    return any(_across(left.box, right.box, left.rows, right.rows, gutter) for gutter in parting.gutters)


def _across(left: Box, right: Box, these: Sequence[int], those: Sequence[int], gutter: Gutter) -> bool:
    """Whether a gutter stands between what is on baselines ``these`` and what is right of it on ``those``."""
    if not left.x1 <= gutter.x <= right.x0:
        return False
    return max(these[0], those[0]) <= gutter.last and min(these[-1], those[-1]) >= gutter.first


def _walled(one: Region, other: Region, wall: Wall) -> bool:
    """Whether a wall stands between two regions, one of which lies below the other."""
    upper, lower = (one, other) if one.rows[0] <= other.rows[0] else (other, one)
    across = wall.x0 < upper.box.x1 and upper.box.x0 < wall.x1
    return across and upper.rows[-1] < wall.row <= lower.rows[0]


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


def _vertical_chains(
    sheet: Sheet, prose: Collection[Atom], parted: Sequence[Wall], settings: Settings
) -> list[list[Atom]]:
    """Numeric atoms chained downwards where they overlap in width and nothing but table text stands between."""
    chains: list[list[Atom]] = []
    active: list[tuple[float, float, int]] = []  # extent in width of a chain's last numerals, and its index
    at_row: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for wall in parted:
        at_row[wall.row].append((wall.x0, wall.x1))
    for row in sheet.rows:
        blocks = [(atom.box.x0, atom.box.x1) for atom in row.atoms if atom in prose] + at_row.get(row.number, [])
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
                _take_over(chains, home, [active[i][2] for _, i in shared if i != at], settings)
                chains[home].append(atom)
                ends = [member.box for member in chains[home][-3:]]
                active[at] = (min(b.x0 for b in ends), max(b.x1 for b in ends), home)
                if len(shared) > 1:
                    active = [one for one in active if chains[one[2]]]
            else:
                active.append((box.x0, box.x1, len(chains)))
                chains.append([atom])
    return [chain for chain in chains if chain]


def _take_over(chains: list[list[Atom]], home: int, others: Sequence[int], settings: Settings) -> None:
    """Moves to a chain those that stand above the same figure and share no baseline with it: one column, drifting."""
    for other in others:
        few = min(len(chains[home]), len(chains[other])) < settings.column_rows
        if few and not {a.row for a in chains[home]} & {a.row for a in chains[other]}:
            chains[home] += chains[other]
            chains[home].sort(key=lambda a: a.row)
            chains[other].clear()


def _closed(last: Atom, row: Row, blocks: list[tuple[float, float]], settings: Settings) -> bool:
    """Whether a chain that ends with ``last`` cannot go on at ``row``."""
    if row.box.top - last.box.bottom > settings.table_row_gap * last.size:
        return True
    return any(x0 < last.box.x1 and last.box.x0 < x1 for x0, x1 in blocks)


def _linked(
    columns: Sequence[list[Atom]], sheet: Sheet, gutters: Sequence[Gutter], settings: Settings
) -> list[list[int]]:
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
        if any(_across(boxes[a], boxes[b], sorted(rows[a]), sorted(rows[b]), gutter) for gutter in gutters):
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
