"""Where tables stand side by side: a column of labels amid the figures of a region is the stub of another table.

In: a `Sheet` and a region of numerals found on it. Out: the regions of its strips from left to right, each with the
figures between one stub and the next. Must not build a grid, and must not know a word of any language.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.extract.layout_shapes import bands_run_on, is_range
from validator.model.locations import hull

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from validator.extract.layout_atoms import Atom, Sheet
    from validator.extract.table_regions import Region
    from validator.model.settings import Settings


class Gutter(NamedTuple):
    """No table goes on from left of ``x`` to its right on baselines ``first`` to ``last``."""

    x: float
    first: int
    last: int


def gutters(sheet: Sheet, region: Region, prose: Collection[Atom], settings: Settings) -> list[Gutter]:
    """The white before each stub amid ``region``, from left to right."""
    found = []
    for stub in _stubs(sheet, region, prose, settings):
        x = min(atom.box.x0 for atom in stub) - settings.aligned * stub[0].size
        if _parts(region, x, {atom.row for atom in stub}):
            found.append(Gutter(x, region.rows[0], region.rows[-1]))
    return sorted(found)


def _stubs(sheet: Sheet, region: Region, prose: Collection[Atom], settings: Settings) -> list[list[Atom]]:
    """Labels amid the figures that begin at one edge, each with a figure on its right, and bands that run on."""
    inner = [atom for row in region.rows for atom in _inner(sheet, region, row, prose)]
    edges: list[list[Atom]] = []
    for atom in sorted(inner, key=lambda a: a.box.x0):
        if edges and atom.box.x0 - edges[-1][0].box.x0 <= settings.aligned * atom.size:
            edges[-1].append(atom)
        else:
            edges.append([atom])
    return [edge for edge in edges if len(edge) >= settings.column_rows and _label(edge, settings)]


def _inner(sheet: Sheet, region: Region, row: int, prose: Collection[Atom]) -> list[Atom]:
    """What may be a label on a baseline of a region: right of its first figures, and with a figure next to it."""
    numerals = set(region.numerals[row])
    atoms = sheet.rows[row].atoms
    return [
        atom
        for atom, beside in pairwise(atoms)
        if beside in numerals
        and atom.box.x0 > region.box.x0
        and atom not in prose
        and (is_range(atom.text) if atom.numeric else True)
    ]


def _label(edge: Sequence[Atom], settings: Settings) -> bool:
    """Whether texts at one edge differ as labels do; of bands they must run on."""
    texts = [atom.text for atom in sorted(edge, key=lambda a: a.row)]
    if any(atom.numeric for atom in edge):
        return bands_run_on(texts, settings)
    return 2 * len(set(texts)) > len(texts)


def _parts(region: Region, x: float, labelled: Collection[int]) -> bool:
    """Whether no figure stands across ``x``, some on its left, and those on its right beside labels, most of them."""
    left: dict[int, int] = defaultdict(int)
    right: dict[int, int] = defaultdict(int)
    for row, atoms in region.numerals.items():
        for atom in atoms:
            if atom.box.x0 < x < atom.box.x1:
                return False
            (left if atom.box.x1 <= x else right)[row] += 1
    return bool(left) and 2 * len(right.keys() - set(labelled)) < len(right)


def strips(region: Region, edges: Sequence[Gutter]) -> list[Region]:
    """The region cut at gutters."""
    bounds = [float("-inf"), *(gutter.x for gutter in edges), float("inf")]
    found = []
    for low, high in pairwise(bounds):
        own = {row: tuple(a for a in atoms if low <= a.box.x0 < high) for row, atoms in region.numerals.items()}
        numerals = {row: atoms for row, atoms in own.items() if atoms}
        if numerals:
            found.append(region._replace(numerals=numerals, box=hull(a.box for v in numerals.values() for a in v)))
    return found
