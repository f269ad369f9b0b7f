"""Footing: the rows of a column add up to its total row; or any series adds up to a figure that states its total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.additive import AVERAGE, additive, averages
from validator.model.errors import Unfit
from validator.model.labels import key, match
from validator.model.relations import ZERO, Comparison, Linear, Sum
from validator.model.rules import Kind, Parameter, Series, Takes
from validator.model.tables import Role, Table

if TYPE_CHECKING:
    from validator.model.figures import Figure
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome

_FEW = 3  # figures that a sentence spells out, so that nobody need look which they are


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """One relation per total row and column, per total that stands elsewhere, or for the series."""
    table, totals = bound.values.get("table"), building.series(bound, "totals")
    slack = building.amount(bound, "slack", ZERO)
    if not isinstance(table, Table):
        series = building.series(bound, "parts")
        if series is None or not series.points:
            raise Unfit("footing needs a table, or parts and a total")
        if len(series.points) < 2:
            raise Unfit(f"{series.name} is a single figure: there is nothing to add up")
        figures = (point.figure for point in series.points)
        parts = building.added(figures, "part", wording.several(len(series.points), "figure", series.name))
        return (Linear(building.needed(bound, "total"), Comparison.EQUAL, parts, slack),)
    pairs = _pairs(bound, table) if totals is None else _elsewhere(bound, table, totals)
    named = bool(building.texts(bound, "columns"))
    if not named:
        pairs = [(total, parts) for total, parts in pairs if additive(total, parts, slack)]
    if not pairs:
        raise Unfit("the columns are percentages that do not add up to their totals; name those that should in columns")
    doubted = [False] * len(pairs) if named else averages(pairs, slack)
    return tuple(
        Linear(building.single(total, "total"), Comparison.EQUAL, parts, slack, doubt=AVERAGE if doubt else "")
        for (total, parts), doubt in zip(pairs, doubted, strict=True)
    )


def _pairs(bound: BoundRule, table: Table) -> list[tuple[Figure, Sum]]:
    """Each figure of a total row with what it sums."""
    segments = _segments(table, building.texts(bound, "total-row"))
    several = [(total_row, rows) for total_row, rows in segments if len(rows) > 1]
    if segments and not several:
        raise Unfit("the total row has a single row to add up; name another with total-row")
    found = [
        (total, parts)
        for total_row, rows in several
        for column in building.columns_named(table, building.texts(bound, "columns"))
        if (total := table.cells[total_row][column].figure) is not None
        and building.summed(total)
        and (parts := _parts(table, rows, column)).terms
    ]
    if not found:
        raise Unfit("the table has no total row with rows to add up; name it with total-row")
    return found


def _elsewhere(bound: BoundRule, table: Table, totals: Series) -> list[tuple[Figure, Sum]]:
    """Each total that is printed elsewhere with the column of its label."""
    rows = building.outermost(table)
    if len(rows) < 2:
        raise Unfit("the table has a single row to add up")
    columns = {key(table.headers[c].label): c for c in building.columns_named(table, building.texts(bound, "columns"))}
    points = {key(point.label): point for point in totals.points}
    found = [
        (points[one].figure, parts)
        for one, other in match(points, columns).items()
        if (parts := _parts(table, rows, columns[other])).terms
    ]
    if not found:
        raise Unfit("no total has the label of a column of the table")
    return found


def _parts(table: Table, rows: list[int], column: int) -> Sum:
    figures = building.figures_in(table, rows, column)
    name = wording.several(len(figures), "row", table.headers[column].label or table.stub_head)
    return building.added(figures, "part", name)


def _segments(table: Table, named: tuple[str, ...]) -> list[tuple[int, list[int]]]:
    """Each total row with the rows that it sums.

    A total sums the rows above it, back to the previous total; where the first row is a total, each sums the rows
    below it. A last total with no rows of its own is the grand total of the others.
    """
    totals = [row for row, stub in enumerate(table.stubs) if stub.role is Role.TOTAL]
    if named:
        totals = building.rows_named(table, named)
    rows = [row for row in building.outermost(table) if row not in totals]
    if not totals or not rows:
        return []
    if totals[0] < rows[0]:
        ends = [*totals[1:], len(table.stubs)]
        groups = [[row for row in rows if start < row < end] for start, end in zip(totals, ends, strict=True)]
    else:
        starts = [-1, *totals[:-1]]
        groups = [[row for row in rows if start < row < end] for start, end in zip(starts, totals, strict=True)]
    if len(totals) > 1 and not groups[-1]:
        groups[-1] = totals[:-1]
    return [(total, group) for total, group in zip(totals, groups, strict=True) if group]


def message(bound: BoundRule, outcome: Outcome) -> str:
    """The 35 rows of Persons add up to 112; the total row prints 115."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    total = building.only(relation.stated)
    implied = wording.total(relation.other)
    if implied is None or total is None:
        reason = outcome.reason or f"they add up to {wording.amount(relation.other)}"
        return f"The {relation.other.name} should add up to {wording.amount(relation.stated)}; {reason}."
    stated_apart = "table" not in bound.values or "totals" in bound.values
    said = "the stated total is" if stated_apart else "the total row prints"
    joint = "; " if outcome.verdict.value == "violated" else ", and "
    if outcome.verdict.value == "undecidable":
        return f"The {relation.other.name} should add up to {wording.printed(total)}; {outcome.reason}."
    parts = list(relation.other.figures())
    if stated_apart and len(parts) <= wording.SPELT_OUT and all(wording.around(part) for part in parts):
        where = "sentence" if all(part.label == total.label for part in parts) else "report"
        return f"{wording.amount(relation.other)}{joint}the {where} states {wording.printed(total)}."
    added = wording.like(implied, total, parts)
    series = building.series(bound, "parts")
    if series is not None and "table" not in bound.values and len(parts) <= _FEW:
        of = f" ({wording.short(series.name)})" if series.name else ""
        return f"{wording.spelt(relation.other)} = {added}{of}{joint}{said} {wording.printed(total)}."
    verb = "adds" if len(parts) == 1 else "add"
    return f"The {relation.other.name} {verb} up to {added}{joint}{said} {wording.printed(total)}."


KIND = Kind(
    name="footing",
    summary="The rows of a column add up to its total row, or a series adds up to a stated total.",
    parameters=(
        Parameter("table", Takes.TABLE, "the table whose total rows are checked, column by column"),
        Parameter("columns", Takes.TEXT, "only these columns, percentages or not", many=True),
        Parameter("total-row", Takes.TEXT, "the label of the total row, where the table does not show it", many=True),
        Parameter(
            "totals", Takes.SERIES, "the totals of the columns, where they stand elsewhere under the same labels"
        ),
        Parameter("parts", Takes.SERIES, "instead of a table: the figures that are added up"),
        Parameter("total", Takes.OPERAND, "the total that the parts must give"),
        Parameter(
            "slack",
            Takes.NUMBER,
            least=0,
            summary="how far the sum of parts may be off, where counts were rounded one by one",
        ),
        building.EXCEPT,
    ),
    relations=relations,
    message=message,
    shorthand="table",
    forms=(("table",), ("parts", "total")),
    each=True,
)
