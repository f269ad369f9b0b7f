"""Rank: a figure is the highest, lowest or n-th of a series, or the highest (lowest) since an earlier point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import building, wording
from validator.model.errors import Unfit
from validator.model.relations import ONE, ZERO, Comparison, Linear
from validator.model.rules import Kind, Parameter, Series, Takes

if TYPE_CHECKING:
    from decimal import Decimal

    from validator.model.relations import Relation
    from validator.model.rules import BoundRule, Point
    from validator.model.verdicts import Outcome


def relations(bound: BoundRule) -> tuple[Relation, ...]:
    """The named points against the others, one relation per pair."""
    series = building.series(bound, "series")
    if series is None or not series.points:
        raise Unfit("rank needs a series")
    lowest = building.text(bound, "order", "highest") == "lowest"
    if since := building.text(bound, "since"):
        return _since(bound, series, since, lowest=lowest)
    at = [building.index_of(series, label) for label in building.texts(bound, "at")] or [len(series.points) - 1]
    place = int(building.amount(bound, "rank", ONE))
    others = [point for index, point in enumerate(series.points) if index not in at]
    if place > len(others) + 1:
        raise Unfit(f"{series.name} has no number {place} among {len(others) + 1} figures")
    ahead, behind = _ranked(others, place, lowest=lowest)
    compare = _strictly(bound, lowest=lowest)
    return tuple(
        _pair(other, compare, series.points[index]) if other in ahead else _pair(series.points[index], compare, other)
        for index in at
        for other in others
        if other in ahead or other in behind
    )


def _ranked(others: list[Point], place: int, *, lowest: bool) -> tuple[list[Point], list[Point]]:
    """Those that must be ahead of a place and those that must not.

    Each figure that cannot be read may be ahead or not: as many of the others are in neither, and it is compared, so
    that the rank is not decided without it.
    """
    known = sorted((one for one in others if one.figure.readable), key=_size, reverse=not lowest)
    unknown = [one for one in others if not one.figure.readable]
    return known[: max(place - 1 - len(unknown), 0)], known[place - 1 :] + unknown


def _since(bound: BoundRule, series: Series, since: str, *, lowest: bool) -> tuple[Relation, ...]:
    """Above every value after ``since`` and before the figure itself, and not above the value at ``since``."""
    at = building.text(bound, "at")
    current = building.index_of(series, at) if at else len(series.points) - 1
    start = building.index_of(series, since)
    if start >= current:
        raise Unfit(f"“{since}” does not come before “{series.points[current].label}” in {series.name}")
    now, then = series.points[current], series.points[start]
    beyond = Comparison.LESS if lowest else Comparison.GREATER
    between = tuple(_pair(now, beyond, point) for point in series.points[start + 1 : current])
    return (*between, _pair(then, Comparison.LESS_EQUAL if lowest else Comparison.GREATER_EQUAL, now))


def _pair(one: Point, comparison: Comparison, other: Point) -> Linear:
    return Linear(
        building.single(one.figure, "stated", one.label),
        comparison,
        building.single(other.figure, "other", other.label),
    )


def _strictly(bound: BoundRule, *, lowest: bool) -> Comparison:
    """Ties are allowed unless the rule says that the place is held alone."""
    if building.flag(bound, "alone"):
        return Comparison.LESS if lowest else Comparison.GREATER
    return Comparison.LESS_EQUAL if lowest else Comparison.GREATER_EQUAL


def _size(point: Point) -> Decimal:
    return ZERO if point.figure.value is None else point.figure.value


def message(bound: BoundRule, outcome: Outcome) -> str:
    """112 (2023) should be the highest since 2016; 121 (2020) is higher."""
    relation = outcome.relation
    if not isinstance(relation, Linear):
        return outcome.reason
    one = f"{wording.amount(relation.stated)}{wording.place(relation.stated)}"
    other = f"{wording.amount(relation.other)}{wording.place(relation.other)}"
    claim = _claim(bound)
    match outcome.verdict.value:
        case "holds":
            return f"{one} and {other} stand as {claim} requires."
        case "violated":
            return f"{one} is {_words(relation.comparison)} {other}, which {claim} does not allow."
        case _:
            return f"{one} and {other} cannot be ranked for {claim}; {outcome.reason}."


def _claim(bound: BoundRule) -> str:
    order = building.text(bound, "order", "highest")
    place = int(building.amount(bound, "rank", ONE))
    since = building.text(bound, "since")
    name = f"“{order}”" if place == 1 else f"“number {place} from the {order}”"
    return f"“{order} since {since}”" if since else name


def _words(broken: Comparison) -> str:
    """What the figures are instead of what was claimed."""
    return {
        Comparison.GREATER: "not above",
        Comparison.GREATER_EQUAL: "below",
        Comparison.LESS: "not below",
        Comparison.LESS_EQUAL: "above",
        Comparison.EQUAL: "not",
    }[broken]


KIND = Kind(
    name="rank",
    summary="A figure is the highest, lowest or n-th of a series, or the highest or lowest since an earlier point.",
    parameters=(
        Parameter("series", Takes.SERIES, "the figures that are compared", required=True),
        Parameter(
            "at", Takes.TEXT, "the label of the figure that ranks; several share the top; else the last", many=True
        ),
        Parameter("order", Takes.CHOICE, "highest unless given", choices=("highest", "lowest")),
        Parameter("rank", Takes.NUMBER, least=1, whole=True, summary="2 for the second highest, and so on"),
        Parameter("since", Takes.TEXT, "the label of the last earlier figure that is at least as high (or low)"),
        Parameter("alone", Takes.FLAG, "no other figure may be equal"),
    ),
    relations=relations,
    message=message,
)
