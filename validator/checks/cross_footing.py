"""Cross-footing: the columns of a row add up to its total column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.additive import additive, of_proportions
from validator.model.errors import Unfit
from validator.model.relations import Comparison, Linear, Sum
from validator.model.rules import Kind, Parameter, Takes
from validator.model.tables import Role, Table

if TYPE_CHECKING:
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """One relation per row and total column."""
    table = bound.values.get("table")
    if not isinstance(table, Table):
        raise Unfit("cross-footing needs a table")
    rows = building.rows_named(table, building.texts(bound, "rows"))
    groups = _groups(bound, table)
    several = [(column, others) for column, others in groups if len(others) > 1]
    if groups and not several:
        raise Unfit("the total column has a single column to add up; name others with parts")
    found = tuple(
        Linear(building.single(total, "total"), Comparison.EQUAL, parts)
        for row in rows
        if table.stubs[row].role is not Role.HEADER
        for column, others in several
        if (total := table.cells[row][column].figure) is not None
        and building.summed(total)
        and (parts := _parts(table, row, others)).terms
    )
    if not found:
        raise Unfit("the table has no total column with columns to add up; name it with total-column")
    if building.texts(bound, "parts"):
        return found
    meant = tuple(one for one in found if additive(one.stated.terms[0].figure, one.other))
    if not meant:
        raise Unfit("the columns are percentages that do not add up to their totals; name those that should with parts")
    return meant


def _parts(table: Table, row: int, columns: list[int]) -> Sum:
    cells = (table.cells[row][column].figure for column in columns)
    figures = [figure for figure in cells if figure is not None and building.summed(figure)]
    return building.added(figures, "part", table.stubs[row].label)


def _groups(bound: BoundRule, table: Table) -> list[tuple[int, list[int]]]:
    """Each total column with the columns that it sums: those under its own spanner, else the totals of the spanners."""
    totals = [c for c, header in enumerate(table.headers) if header.role is Role.TOTAL]
    if named := building.texts(bound, "total-column"):
        totals = building.columns_named(table, named)
    chosen = building.texts(bound, "parts")
    body = [c for c in range(len(table.headers)) if c not in totals and table.headers[c].role is Role.BODY]
    if chosen:
        return [(total, [c for c in building.columns_named(table, chosen) if c != total]) for total in totals]
    return [(total, _summed_by(table, total, totals, body)) for total in totals]


def _summed_by(table: Table, total: int, totals: list[int], body: list[int]) -> list[int]:
    """The columns that a total column sums: percentages where it is one of percentages, else all others."""
    spanner, proportions = table.headers[total].path[:-1], of_proportions(table, total)
    alike = [c for c in (*body, *totals) if c != total and of_proportions(table, c) == proportions]
    under = [c for c in alike if c in body and table.headers[c].path[:-1] == spanner]
    inner = [c for c in alike if c in totals and len(table.headers[c].path[:-1]) > len(spanner)]
    return under or inner or [c for c in alike if c in body]


def message(bound: BoundRule, outcome: Outcome) -> str:
    """The columns of North add up to 41; the total column prints 42."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    row = wording.short(relation.other.name)
    printed = wording.amount(relation.stated)
    total = building.only(relation.stated)
    if outcome.implied is None or total is None:
        return f"The columns of {row} should add up to {printed}; {outcome.reason}."
    joint = "; " if outcome.verdict.value == "violated" else ", and "
    added = wording.like(outcome.implied, total, relation.other.figures())
    count = len(relation.other.terms)
    verb = "adds" if count == 1 else "add"
    return f"The {wording.several(count, 'column', row)} {verb} up to {added}{joint}the total column prints {printed}."


KIND = Kind(
    name="cross-footing",
    summary="The columns of each row add up to the row's total column.",
    parameters=(
        Parameter("table", Takes.TABLE, "the table whose total columns are checked, row by row", required=True),
        Parameter("rows", Takes.TEXT, "only these rows", many=True),
        Parameter("total-column", Takes.TEXT, "the total column, where the table does not show it", many=True),
        Parameter("parts", Takes.TEXT, "the columns that are added up, where not all are", many=True),
    ),
    relations=relations,
    message=message,
    shorthand="table",
)
