"""The texts of a region: which of the atoms beside and between its numerals belong to it.

In: a `Sheet`, a `Region`, and what of the sheet is taken. Out: texts by baseline, columns, and rows of labels.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.extract.medians import median
from validator.extract.table_cells import covers, text_row
from validator.extract.table_columns import text_columns
from validator.extract.table_raw import GridRow, RawColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.extract.layout_atoms import Atom, Sheet
    from validator.extract.table_regions import Region
    from validator.model.settings import Settings


class Taken:
    """What of a sheet belongs to whom: running text, and the numerals of every region."""

    def __init__(self, prose: set[Atom], regions: Sequence[Region]) -> None:
        self.prose = prose
        self.owner = {atom: i for i, r in enumerate(regions) for row in r.numerals.values() for atom in row}
        self.claimed: set[Atom] = set()

    def release(self, region: Region) -> None:
        """Frees the numerals of a region that is no table, for the header of another table or for prose."""
        for row in region.numerals.values():
            for atom in row:
                self.owner.pop(atom, None)


class Texts:
    """The texts of a region: which atoms beside its numerals belong to it, and where."""

    def __init__(
        self, sheet: Sheet, region: Region, index: int, body: list[int], taken: Taken, settings: Settings
    ) -> None:
        self.sheet, self.region, self.index, self.taken, self.settings = sheet, region, index, taken, settings
        self.body = body
        self.claimed: set[Atom] = {a for row in region.numerals.values() for a in row}
        # The height at which the numerals of a baseline stand.
        self._level = {
            row: median((a.box.top + a.box.bottom) / 2 for a in atoms) for row, atoms in region.numerals.items()
        }
        self.left: dict[int, list[Atom]] = {}
        self.inner: dict[int, list[Atom]] = {}
        self.right: dict[int, list[Atom]] = {}
        self._second: set[Atom] = set()  # the lower lines of labels of two lines
        for row in body:
            self._look_around(row)
        self._trim()

    def free(self, atom: Atom) -> bool:
        """Whether nobody else owns ``atom``."""
        return atom not in self.taken.prose and atom not in self.taken.claimed and self._mine(atom)

    def _mine(self, atom: Atom) -> bool:
        return self.taken.owner.get(atom, self.index) == self.index

    def _look_around(self, row: int) -> None:
        """Sorts the texts beside one line of numerals into left of, between and right of them.

        Texts of the neighbouring baselines count too where they stand at the height of these numerals: columns that
        are set apart drift against each other.
        """
        mine = set(self.region.numerals[row])
        middle = self._level[row]
        slack = self.settings.label_slack * max(a.size for a in mine)
        near = [
            atom
            for r in (row - 1, row, row + 1)
            if 0 <= r < len(self.sheet.rows)
            for atom in self.sheet.rows[r].atoms
            if atom in mine
            or ((r == row or not self._beside_own(atom, r)) and abs(atom.box.center[1] - middle) <= slack)
        ]
        lines = self._two_lines(row, middle)
        near += lines
        atoms = sorted(near, key=lambda a: a.box.x0)
        spots = [i for i, atom in enumerate(atoms) if atom in mine]
        self.inner[row] = [a for a in atoms[spots[0] : spots[-1]] if a not in mine and self.free(a)]
        left: list[Atom] = []
        for atom in reversed(atoms[: spots[0]]):
            if not self.free(atom):
                break
            left.append(atom)
        level = left[0].box.center[1] if left else 0.0
        straight = self.settings.stub_level * (left[0].size if left else 0.0)
        self.left[row] = [a for a in left[::-1] if a in lines or abs(a.box.center[1] - level) <= straight]
        right: list[Atom] = []
        for atom in atoms[spots[-1] + 1 :]:
            if not self.free(atom):
                right = right[:-1] if atom in self.taken.owner else right  # that text is the label of its numeral
                break
            right.append(atom)
        self.right[row] = right

    def _two_lines(self, row: int, middle: float) -> list[Atom]:
        """The lines of labels of two lines that are centred beside numerals at the height ``middle``."""
        around = row - 1, row + 1
        if any(r in self.region.numerals or not 0 <= r < len(self.sheet.rows) for r in around):
            return []
        found: list[Atom] = []
        uppers, lowers = ([a for a in self.sheet.rows[r].atoms if not a.numeric and self.free(a)] for r in around)
        for upper in uppers:
            em, rise = upper.size, middle - upper.box.center[1]
            if not 0 < rise <= self.settings.half_step * em:
                continue
            for lower in lowers:
                level = abs(lower.box.center[1] - middle - rise) <= self.settings.stub_level * em
                if level and _one_below_the_other(upper, lower, self.settings):
                    found += [upper, lower]
                    self._second.add(lower)
                    break
        return found

    def _beside_own(self, atom: Atom, row: int) -> bool:
        """Whether ``atom`` stands at the height of numerals of its own baseline that are in this table."""
        middle = self._level.get(row)
        return middle is not None and abs(atom.box.center[1] - middle) <= self.settings.baseline_slack * atom.size

    def _trim(self) -> None:
        """Drops far texts that only some baselines have: they belong to something beside the table."""
        share = self.settings.text_column_share
        nearest = [row[-1].box.x0 for row in self.left.values() if row]
        if nearest:
            deep = sum(sum(a not in self._second for a in row) > 1 for row in self.left.values()) >= share * len(
                nearest
            )
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
                if atom not in self._second and not any(covers(c, atom.box) for c in numeric):
                    parts[sum(c.x0 < atom.box.center[0] for c in numeric)].append(atom)
            for gap, atoms in parts.items():
                gaps[gap].append(atoms)
        columns = list(numeric)
        for atom_rows in gaps.values():
            columns += text_columns(atom_rows, self.settings)
        return sorted(columns, key=lambda c: (c.x0 + c.x1) / 2)

    def of_row(self, row: int) -> list[Atom]:
        """The texts of one baseline."""
        atoms = [*self.left[row], *self.inner[row], *self.right[row]]
        self.claimed.update(atoms)
        return atoms

    def between(self, columns: list[RawColumn], skip: set[int], first: int) -> list[GridRow]:
        """Rows for the baselines between those with numerals: labels, and header bands amid the body."""
        out = []
        low, high = columns[0].x0, columns[-1].x1
        for row in range(first, self.body[-1]):
            if row in self.region.numerals or row in skip:
                continue
            em = self.sheet.rows[row].atoms[0].size
            atoms = [
                a
                for a in self.sheet.rows[row].atoms
                if a.box.x0 >= low - em
                and a.box.x0 <= high
                and a not in self.taken.owner
                and a not in self.taken.claimed
                and a not in self.claimed
            ]
            if atoms:
                out.append(text_row(columns, atoms))
                self.claimed.update(atoms)
        return out


def _one_below_the_other(upper: Atom, lower: Atom, settings: Settings) -> bool:
    """Whether two lines begin at one edge, or share their middle."""
    slack = settings.aligned * upper.size
    return abs(upper.box.x0 - lower.box.x0) <= slack or abs(upper.box.center[0] - lower.box.center[0]) <= slack
