"""Relations inside one table, from the candidates that its figures support.

In: a `Table`. Out: `Discovered` rules with explicit figures, one relation each: what holds counts for coverage, what
does not is a finding. Must not decide a verdict: floats propose, `evaluate` decides in Decimal.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.discover.arrays import numbers
from validator.discover.ratios import means, quotients
from validator.discover.sums import sums
from validator.model.discovered import Discovered
from validator.model.relations import ONE, Sum, Term
from validator.model.rules import BoundRule, Point, Series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.discover.ratios import Ratio
    from validator.discover.sums import Pattern
    from validator.model.figures import Figure
    from validator.model.settings import Settings
    from validator.model.tables import Table


def within(table: Table, settings: Settings) -> Iterator[Discovered]:
    """Sums, quotients, changes and means between the rows of ``table``, and between its columns."""
    for grid in (_Side(table, turned=False), _Side(table, turned=True)):
        array = numbers(table)
        array = array.turned if grid.turned else array
        for pattern in sums(array, settings):
            yield from grid.footings(pattern)
        for ratio in (*quotients(array, settings), *means(array, settings)):
            yield from grid.ratios(ratio)


class _Side:
    """A table seen by its rows, or turned, by its columns: (index, line) → figure, and names for messages."""

    def __init__(self, table: Table, *, turned: bool) -> None:
        self.table = table
        self.turned = turned

    def figure(self, index: int, line: int) -> Figure | None:
        row, column = (line, index) if self.turned else (index, line)
        return self.table.cells[row][column].figure

    def name(self, index: int) -> str:
        """What row ``index`` (turned: column) is called."""
        if self.turned:
            return self.table.headers[index].label
        return self.table.stubs[index].label

    def line_name(self, line: int) -> str:
        return self.table.stubs[line].label if self.turned else self.table.headers[line].label

    def footings(self, pattern: Pattern) -> Iterator[Discovered]:
        for line in (*pattern.exact, *pattern.near, *pattern.fails):
            total = self.figure(pattern.total, line)
            parts = [(self.name(part), self.figure(part, line)) for part in pattern.parts]
            points = tuple(Point(name, figure) for name, figure in parts if figure is not None)
            if total is None or len(points) < 2:
                continue
            values = {"parts": Series(self.line_name(line), points), "total": _one(total, "total")}
            yield Discovered(BoundRule("footing", "", values), pattern.bits, line not in pattern.fails)

    def ratios(self, ratio: Ratio) -> Iterator[Discovered]:
        for line in (*ratio.holds, *ratio.fails):
            stated = self.figure(ratio.stated, line)
            top = [f for i in ratio.top if (f := self.figure(i, line)) is not None]
            bottom = [f for i in ratio.bottom if (f := self.figure(i, line)) is not None]
            if stated is None or not top or (ratio.bottom and not bottom):
                continue
            said = _one(stated, "stated")
            values: dict[str, object]
            if not ratio.bottom:
                total = Sum(tuple(Term(f, ONE, "part") for f in top))
                values = {"stated": said, "total": total, "count": Sum(constant=Decimal(len(top)))}
                kind = "mean"
            elif ratio.offset:
                kind, values = "change", {"stated": said, "new": _one(top[0], "new"), "old": _one(bottom[0], "old")}
            else:
                kind, values = "share", {"stated": said, "part": _one(top[0], "part"), "whole": _one(bottom[0], "whole")}
                values["scale"] = Decimal(int(ratio.scale))
            yield Discovered(BoundRule(kind, "", values), ratio.bits, line in ratio.holds)


def _one(figure: Figure, role: str) -> Sum:
    return Sum((Term(figure, ONE, role),))
