"""Tie-out: the same quantity is the same everywhere, between figures, sums of figures, and tables row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.labels import key, match
from validator.model.relations import Comparison, Linear, Sum
from validator.model.rules import Kind, Parameter, Series, Takes
from validator.model.tables import Role, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.relations import Relation
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome

Side = "dict[str, Sum]"
_STATED = "stated"
_BETWEEN = "\x1f"  # joins the keys of a path; it occurs in no label


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """Each further operand against the first; each label of one side against the same label of the other."""
    figures = [_named(one) for one in building.operands(bound, "figures", _STATED)]
    if figures:
        if len(figures) < 2:
            raise Unfit("a tie-out needs at least two figures")
        return tuple(Linear(figures[0], Comparison.EQUAL, other) for other in figures[1:])
    left, right = bound.values.get("left"), bound.values.get("right")
    if isinstance(left, Table) and isinstance(right, Table):
        sides = _tables(bound, left, right)
    else:
        series = bound.values.get("series")
        if not isinstance(series, tuple) or len(series) != 2:
            raise Unfit("a tie-out needs figures, a left and a right table, or two series")
        if building.flag(bound, "in-order"):
            return _one_by_one(*series)
        sides = [(_by_point(series[0]), _by_point(series[1]))]
    found = tuple(relation for one, other in sides for relation in _tied(one, other))
    if not found:
        raise Unfit("the two sides have no label in common")
    return found


def _named(one: Sum) -> Sum:
    """What a single figure states; what is added up to be held against it are parts of that."""
    if len(one.terms) < 2:
        return one
    return replace(one, terms=tuple(t._replace(role="part") if t.role == _STATED else t for t in one.terms))


def _tied(left: Mapping[str, Sum], right: Mapping[str, Sum]) -> list[Linear]:
    same = match(left, right)
    return [Linear(left[one], Comparison.EQUAL, right[other]) for one, other in same.items()]


def _one_by_one(left: Series, right: Series) -> tuple[Relation, ...]:
    """The points of two series in printed order, where one of them is printed without its labels."""
    if len(left.points) != len(right.points):
        raise Unfit(f"one series has {len(left.points)} figures and the other {len(right.points)}")
    return tuple(
        Linear(building.single(one.figure, _STATED), Comparison.EQUAL, building.single(other.figure, _STATED))
        for one, other in zip(left.points, right.points, strict=True)
    )


def _by_point(series: Series) -> dict[str, Sum]:
    """The figures of a series by label; figures of one label are added up."""
    found: dict[str, Sum] = {}
    for point in series.points:
        _put(found, key(point.label), building.single(point.figure, _STATED, f"{point.label}, {series.name}"))
    return found


def _put(sums: dict[str, Sum], label: str, one: Sum) -> None:
    before = sums.get(label)
    sums[label] = Sum(before.terms + one.terms, name=before.name) if before else one


def _tables(bound: BoundRule, left: Table, right: Table) -> list[tuple[dict[str, Sum], dict[str, Sum]]]:
    """Pairs of columns to compare, each by row label."""
    depth = 1 + min(max((stub.level for stub in table.stubs), default=0) for table in (left, right))
    pairs = _column_pairs(bound, left, right)
    return [(_by_row(left, one, depth), _by_row(right, other, depth)) for one, other in pairs]


def _column_pairs(bound: BoundRule, left: Table, right: Table) -> list[tuple[int, int]]:
    lefts = building.columns_named(left, building.texts(bound, "left-column"))
    rights = building.columns_named(right, building.texts(bound, "right-column"))
    if building.flag(bound, "columns"):
        ours = {key(left.headers[column].label): column for column in lefts}
        theirs = {key(right.headers[column].label): column for column in rights}
        return [(ours[one], theirs[other]) for one, other in match(ours, theirs).items()]
    lefts = [column for column in lefts if _printed(left, column)]
    rights = [column for column in rights if _printed(right, column)]
    if len(lefts) == len(rights) == 1:
        return [(lefts[0], rights[0])]
    raise Unfit("a table has several columns: say left-column and right-column, or columns: true")


def _printed(table: Table, column: int) -> bool:
    return any(building.summed(row[column].figure) for row in table.cells)


def _by_row(table: Table, column: int, depth: int) -> dict[str, Sum]:
    """The figures of a column by the path of their row, down to ``depth`` levels; a total row under a name of its own.

    Rows of one label are added up, as a reader would who looks for the country in a table that lists it twice.
    """
    found: dict[str, Sum] = {}
    for stub, row in zip(table.stubs, table.cells, strict=True):
        figure = row[column].figure
        if figure is None or not building.summed(figure) or stub.level >= depth or stub.role is Role.HEADER:
            continue
        path = _BETWEEN.join(map(key, building.path_of(stub)))
        name = _BETWEEN if stub.role is Role.TOTAL else path
        _put(found, name, building.single(figure, _STATED))
    return found


def message(bound: BoundRule, outcome: Outcome) -> str:
    """112 (All, page 3) and 115 (All, page 5) should be the same."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    one, other = wording.told(relation.stated, relation.other), wording.told(relation.other, relation.stated)
    match outcome.verdict.value:
        case "holds":
            return f"{one} and {other} agree."
        case "violated":
            return f"{one} and {other} should be the same."
        case _:
            return f"{one} and {other} should be the same; {outcome.reason}."


KIND = Kind(
    name="tie-out",
    summary="The same quantity is the same wherever it is printed.",
    parameters=(
        Parameter("figures", Takes.OPERANDS, "figures or sums of figures that must all be equal"),
        Parameter("left", Takes.TABLE, "a table whose rows are tied to the rows of the same label in another"),
        Parameter("right", Takes.TABLE, "the other table"),
        Parameter("left-column", Takes.TEXT, "the column to take, where the left table has several"),
        Parameter("right-column", Takes.TEXT, "the column to take, where the right table has several"),
        Parameter("columns", Takes.FLAG, "tie the columns of the same label, too"),
        Parameter("series", Takes.SERIES, "two series, tied label by label", many=True),
        Parameter("in-order", Takes.FLAG, "tie the two series figure by figure, where one is printed without labels"),
    ),
    relations=relations,
    message=message,
    shorthand="figures",
    forms=(("figures",), ("left", "right"), ("series",)),
)
