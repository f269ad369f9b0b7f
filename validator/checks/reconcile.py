"""Reconcile: figures of groups agree, label by label, with what the data give; or what two sources give agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import asking, building, wording
from validator.model.aggregates import Aggregate, Agreement
from validator.model.answers import PairOutcome
from validator.model.errors import Unfit
from validator.model.labels import key, match
from validator.model.relations import ZERO, Comparison, Label, Labels, Linear, SetMode, Sum
from validator.model.rules import Kind, Parameter, Series, Takes

if TYPE_CHECKING:
    from decimal import Decimal

    from validator.model.aggregates import Amount
    from validator.model.answers import RowOutcome
    from validator.model.relations import Relation
    from validator.model.row_rules import RowCheck
    from validator.model.rules import BoundRule, Point
    from validator.model.verdicts import Outcome


def asks(bound: BoundRule) -> tuple[RowCheck | Agreement, ...]:
    """Two sides that both come from data are compared where the data are, whatever the number of groups."""
    sides = bound.values.get("sides")
    if not isinstance(sides, tuple) or len(sides) != 2:
        return ()
    left, right = sides
    if not isinstance(left, Aggregate) or not isinstance(right, Aggregate):
        return ()
    return (Agreement(left, right, _tolerance(bound), bound.position),)


def _tolerance(bound: BoundRule) -> Decimal | None:
    return building.amount(bound, "tolerance", ZERO) if "tolerance" in bound.values else None


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """Each printed figure against the data's of the same label; each label that only one side has by itself."""
    sides = bound.values.get("sides")
    if not isinstance(sides, tuple) or len(sides) != 2:
        raise Unfit("a reconciliation has two sides")
    printed, data = sides
    if not isinstance(printed, Series) or not isinstance(data, Series) or printed.reckoned is data.reckoned:
        raise Unfit("one side is printed, and the other reckoned from a source: count(cases) by country")
    if printed.reckoned:
        printed, data = data, printed
    slack = _tolerance(bound) or ZERO
    theirs, ours = _by_label(data), _by_label(printed)
    same = match(ours, theirs)
    found: list[Relation] = []
    for one, points in ours.items():
        stated = _sum(points, "stated", printed)
        if one in same:
            found.append(Linear(stated, Comparison.EQUAL, _sum(theirs[same[one]], "data", data), slack))
        elif data.lacking is not None:
            found.append(Linear(stated, Comparison.EQUAL, Sum(constant=data.lacking, name=data.name), slack))
        else:
            found.append(Labels(SetMode.SUBSET, _labels(points, printed), _all_labels(data)))
    matched = set(same.values())
    found += [
        Labels(SetMode.SUBSET, _labels(points, data), _all_labels(printed))
        for one, points in theirs.items()
        if one not in matched and not _nothing(points)
    ]
    return tuple(found)


def _by_label(series: Series) -> dict[str, list[Point]]:
    """The points of each label; one that is listed twice is taken as the sum of its rows."""
    found: dict[str, list[Point]] = {}
    for point in series.points:
        found.setdefault(key(point.label), []).append(point)
    return found


def _sum(points: list[Point], role: str, series: Series) -> Sum:
    return building.added((point.figure for point in points), role, f"{points[0].label}, {series.name}")


def _labels(points: list[Point], series: Series) -> tuple[Label, ...]:
    return tuple(Label(point.label, point.figure.location, point.figure, series.name) for point in points[:1])


def _all_labels(series: Series) -> tuple[Label, ...]:
    return tuple(Label(point.label, point.figure.location, point.figure, series.name) for point in series.points)


def _nothing(points: list[Point]) -> bool:
    """Whether a group of the data comes to nothing, so that a table need not print it."""
    return all(point.figure.value == 0 for point in points)


def message(bound: BoundRule, outcome: Outcome) -> str:
    """12 is printed for Norway; count(cases) by country gives 13."""
    relation = outcome.relation
    if isinstance(relation, Labels):
        return _of_labels(relation, outcome)
    if not isinstance(relation, Linear):
        return outcome.reason
    label = relation.stated.name.rpartition(", ")[0]
    given = wording.amount(relation.other) if relation.other.terms else "nothing"
    name = relation.other.name.removeprefix(f"{label}, ")
    name = name.partition(", ")[2] if relation.other.terms and name == relation.other.name else name
    said = f"{wording.amount(relation.stated)} is printed for {label}"
    match outcome.verdict.value:
        case "holds":
            return f"{said}, and {name} gives {given}."
        case "violated":
            return f"{said}; {name} gives {given}."
        case _:
            return f"{said} and should be what {name} gives; {outcome.reason}."


def _of_labels(relation: Labels, outcome: Outcome) -> str:
    label = relation.left[0]
    figure = wording.printed(label.figure) if label.figure is not None else "a figure"
    if outcome.verdict.value == "undecidable":
        return f"{label.of} gives {figure} for “{label.text}”, which may be printed or not; {outcome.reason}."
    if outcome.verdict.value == "holds":
        return f"“{label.text}” stands on both sides."
    if label.location.cell is not None and label.location.cell.row == 0:
        return f"{label.of} gives {figure} for “{label.text}”, which is not printed."
    return f"{figure} is printed for “{label.text}”, of which {relation.right[0].of} has nothing."


def tells(bound: BoundRule, outcome: RowOutcome | PairOutcome) -> str:
    """2 of 50 groups differ: R03 is 5 in sum(pub.total) by region and 6 in sum(micro.total) by region."""
    if not isinstance(outcome, PairOutcome):
        return ""
    left, right = outcome.left.aggregate.text, outcome.right.aggregate.text
    shown = outcome.examples[0] if outcome.examples else None
    groups = asking.in_groups(outcome)
    if outcome.left.too_many or outcome.right.too_many:
        return f"{left} and {right} have too many groups to be compared."
    if outcome.differing and shown is not None:
        verb = "differs" if outcome.differing == 1 else "differ"
        said = f"{asking.of_group(shown)} is {_value(shown.left)} in {left} and {_value(shown.right)} in {right}"
        return f"{outcome.differing:,} of {groups} {verb}: {said}."
    if outcome.only_left and shown is not None:
        return _only(outcome.only_left, left, right, asking.of_groups(outcome))
    if outcome.only_right and shown is not None:
        return _only(outcome.only_right, right, left, asking.of_groups(outcome))
    if outcome.unsure or not outcome.agreed:
        return f"{outcome.unsure:,} of {groups} of {left} and {right} could not be decided."
    return f"All {groups} agree in {left} and {right}."


def _only(many: int, has: str, lacks: str, names: tuple[str, ...]) -> str:
    groups = f"{many:,} {'group' if many == 1 else 'groups'}"
    rest = (f"{many - len(names):,} more",) if many > len(names) else ()
    return f"{has} has {groups} that {lacks} lacks: {wording.listed((*names, *rest), most=None)}."


def _value(amount: Amount | None) -> str:
    return "nothing" if amount is None or amount.value is None else wording.plain(amount.value)


KIND = Kind(
    name="reconcile",
    summary="Printed figures agree, label by label, with what the data give; or two data sources with each other.",
    parameters=(
        Parameter(
            "sides",
            Takes.SERIES,
            "two sides: rows of a table or of data, at least one of them reckoned from data: count(cases) by country",
            required=True,
            many=True,
        ),
        Parameter(
            "tolerance",
            Takes.NUMBER,
            least=0,
            summary="how far the sides may be apart; what rounding leaves open if not given",
        ),
    ),
    relations=relations,
    message=message,
    shorthand="sides",
    asks=asks,
    tells=tells,
)
