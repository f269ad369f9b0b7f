"""Relations inside one table, from the candidates that its figures support.

In: a `Table`. Out: `Discovered` rules with explicit figures, one relation each: what holds counts for coverage, what
does not is a finding. Must not decide a verdict: floats propose, `evaluate` decides in Decimal.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.discover.ratios import means, quotients
from validator.discover.side import Side
from validator.discover.sums import sums
from validator.discover.support import weigh
from validator.model.discovered import Discovered
from validator.model.figures import NumeralKind
from validator.model.findings import Severity
from validator.model.relations import ONE, Sum, Term
from validator.model.rules import BoundRule, Point, Series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.discover.ratios import Ratio
    from validator.discover.support import Weighed
    from validator.model.figures import Figure
    from validator.model.settings import Settings
    from validator.model.tables import Table

HALF = Decimal("0.5")


def within(table: Table, settings: Settings) -> Iterator[Discovered]:
    """Sums, quotients, changes and means between the rows of ``table``, and between its columns."""
    sides = (Side(table, turned=False), Side(table, turned=True))
    for weighed in weigh([(side, one) for side in sides for one in sums(side.numbers, settings)], settings):
        yield from _footings(weighed)
    for side in sides:
        for ratio in (*quotients(side.numbers, settings), *means(side.numbers, settings)):
            yield from _ratios(side, ratio, settings)


def _footings(weighed: Weighed) -> Iterator[Discovered]:
    side, pattern = weighed.side, weighed.pattern
    held = {*pattern.exact, *pattern.near} - weighed.breaks.keys()
    for line in (*sorted(held), *sorted(weighed.breaks)):
        total = side.figure(pattern.total, line)
        parts = [(side.name(part), side.figure(part, line)) for part in pattern.parts]
        points = tuple(Point(name, figure) for name, figure in parts if figure is not None)
        if total is None or len(points) < 2:
            continue
        values: dict[str, object] = {"parts": Series(side.line_name(line), points), "total": _one(total, "total")}
        if line in held and line in weighed.rounded:
            values["slack"] = HALF * (len(points) + 1)
        note = _explained(side, pattern.total, line)
        rule = BoundRule("footing", "", values, severity=Severity.NOTE if note else None, note=note)
        yield Discovered(rule, pattern.bits, line in held, weighed.breaks.get(line, 1.0))


def _explained(side: Side, item: int, line: int) -> str:
    """The notes of a table whose total refers to one: they may say why it is no sum of what is printed."""
    return " ".join(side.table.notes) if side.table.notes and side.marked(item, line) else ""


def _ratios(side: Side, ratio: Ratio, settings: Settings) -> Iterator[Discovered]:
    meant = len(ratio.holds) >= settings.quotient_support * len(ratio.fails)
    confidence = (len(ratio.holds) + 1) / (len(ratio.holds) + len(ratio.fails) + 2)
    for line in (*ratio.holds, *(ratio.fails if meant else ())):
        stated = side.figure(ratio.stated, line)
        top = [f for i in ratio.top if (f := side.figure(i, line)) is not None]
        bottom = [f for i in ratio.bottom if (f := side.figure(i, line)) is not None]
        if stated is None or not top or (ratio.bottom and not bottom):
            continue
        kind, values = _quotient(ratio, stated, top, bottom)
        yield Discovered(BoundRule(kind, "", values), ratio.bits, line in ratio.holds, confidence)


def _quotient(ratio: Ratio, stated: Figure, top: list[Figure], bottom: list[Figure]) -> tuple[str, dict[str, object]]:
    """The kind of check that a ratio amounts to, with its values; a quotient in whole numbers is rounded too."""
    values: dict[str, object] = {"stated": _one(stated, "stated")}
    if stated.kind is NumeralKind.COUNT:
        values["slack"] = HALF
    if not ratio.bottom:
        total = Sum(tuple(Term(figure, ONE, "part") for figure in top))
        return "mean", {**values, "total": total, "count": Sum(constant=Decimal(len(top)))}
    if ratio.offset:
        return "change", {**values, "new": _one(top[0], "new"), "old": _one(bottom[0], "old"), "as": "percent"}
    operands = {"part": _one(top[0], "part"), "whole": _one(bottom[0], "whole")}
    return "share", {**values, **operands, "scale": Decimal(int(ratio.scale))}


def _one(figure: Figure, role: str) -> Sum:
    return Sum((Term(figure, ONE, role),))
