"""Nested subtotals: in a nested stub each parent is the sum of its children, and the total of the outermost rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.labels import STEP
from validator.model.relations import Comparison, Linear
from validator.model.rules import Kind, Parameter, Takes
from validator.model.tables import Role, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.figures import Figure
    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """One relation per parent row and column, and one per total row and column."""
    table = bound.values.get("table")
    if not isinstance(table, Table):
        raise Unfit("nested-subtotals needs a table")
    columns = building.columns_named(table, building.texts(bound, "columns"))
    found = tuple(relation for column in columns for relation in _column(table, column))
    if not found:
        raise Unfit("the table has no rows below other rows")
    return found


def _column(table: Table, column: int) -> Iterator[Linear]:
    """The relations of one column, from the top of the table."""
    rows = [row for row, stub in enumerate(table.stubs) if stub.role not in (Role.TOTAL, Role.HEADER)]
    for row in rows:
        parent = table.cells[row][column].figure
        children = _children(table, rows, row, column)
        if parent is not None and building.summed(parent) and children:
            name = f"{len(children)} rows below {STEP.join(building.path_of(table.stubs[row]))}"
            yield Linear(building.single(parent, "total"), Comparison.EQUAL, building.added(children, "part", name))
    for row, stub in enumerate(table.stubs):
        total = table.cells[row][column].figure
        if stub.role is Role.TOTAL and total is not None and building.summed(total):
            outer = _children(table, [other for other in rows if other < row] or rows, None, column)
            if outer:
                parts = building.added(outer, "part", f"{len(outer)} outermost rows")
                yield Linear(building.single(total, "total"), Comparison.EQUAL, parts)


def _children(table: Table, rows: list[int], parent: int | None, column: int) -> list[Figure]:
    """The figures directly below a parent (or the outermost ones); a blank row stands for its children."""
    level = -1 if parent is None else table.stubs[parent].level
    below = rows if parent is None else rows[rows.index(parent) + 1 :]
    found: list[Figure] = []
    covered: int | None = None
    for row in below:
        depth = table.stubs[row].level
        if depth <= level:
            break
        if covered is not None and depth > covered:
            continue
        covered = None
        figure = table.cells[row][column].figure
        if figure is not None and building.summed(figure):
            found.append(figure)
            covered = depth
    return found


def message(bound: BoundRule, outcome: Outcome) -> str:
    """The 2 rows below North › Men add up to 7; North › Men prints 8."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    rows, printed = relation.other.name, wording.amount(relation.stated)
    total = building.only(relation.stated)
    if outcome.implied is None or total is None:
        return f"The {rows} should add up to {printed}; {outcome.reason}."
    joint = "; " if outcome.verdict.value == "violated" else ", and "
    added = wording.like(outcome.implied, total, relation.other.figures())
    return (
        f"The {rows} add up to {added}{joint}{printed} is printed above them."
        if " below " in rows
        else (f"The {rows} add up to {added}{joint}the total row prints {printed}.")
    )


KIND = Kind(
    name="nested-subtotals",
    summary="In a nested stub each row is the sum of the rows below it, and the total row of the outermost rows.",
    parameters=(
        Parameter("table", Takes.TABLE, "the table with the nested stub", required=True),
        Parameter("columns", Takes.TEXT, "only these columns", many=True),
    ),
    relations=relations,
    message=message,
    shorthand="table",
)
