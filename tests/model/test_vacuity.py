"""Relations that no misprint could break are known for what they are, and all others are not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.relations import Attainable, Comparison, Label, Labels, Linear, Quotient, SetMode, Sum, Term
from validator.model.vacuity import COARSE, HEDGED, ONE_LABEL, SAME, SAME_LABELS, SIGNS, cannot_fail

PLACE = Location("report.pdf", 1, Box(0, 0, 1, 1))


def figure(value: str | None, interval: Interval | None = None) -> Figure:
    number = None if value is None else Decimal(value)
    exact = Interval(None, None) if number is None else Interval.exactly(number)
    return Figure(value or "####", number, interval or exact, NumeralKind.COUNT, PLACE)


def over(value: int) -> Figure:
    return figure(str(value), Interval(Decimal(value), None, low_open=True))


def under(value: int) -> Figure:
    return figure(str(value), Interval(None, Decimal(value), high_open=True))


def rounded(value: str, decimals: int) -> Figure:
    return figure(value, Interval.rounded(Decimal(value), decimals))


def one(*figures: Figure, constant: int = 0) -> Sum:
    return Sum(tuple(Term(figure) for figure in figures), Decimal(constant))


A, B = figure("3"), figure("5")


@pytest.mark.parametrize(
    ("left", "comparison", "right", "reason"),
    [
        (one(A), Comparison.EQUAL, one(A), SAME),
        (one(A, B), Comparison.EQUAL, one(B, A), SAME),
        (one(A), Comparison.LESS, one(A), ""),  # never holds
        (one(A), Comparison.LESS, one(A, constant=1), SAME),
        (one(A), Comparison.EQUAL, one(B), ""),
        (one(over(18)), Comparison.EQUAL, one(over(81)), HEDGED),
        (one(over(18)), Comparison.EQUAL, one(B), ""),
        (one(over(18)), Comparison.EQUAL, one(under(81)), ""),
        (one(B), Comparison.LESS_EQUAL, one(over(18)), HEDGED),
        (one(B), Comparison.GREATER_EQUAL, one(over(18)), ""),
        (one(B), Comparison.GREATER_EQUAL, one(under(18)), HEDGED),
        (one(A), Comparison.LESS_EQUAL, one(A, B), SIGNS),
        (one(A, B), Comparison.GREATER_EQUAL, one(A), SIGNS),
        (one(A, B), Comparison.GREATER, one(A), ""),  # B may be zero
        (one(A), Comparison.LESS_EQUAL, one(A, figure("-5")), ""),
        (one(A), Comparison.LESS_EQUAL, one(B), ""),
        (one(A), Comparison.EQUAL, one(figure(None)), ""),  # undecidable, which is told in its own way
    ],
)
def test_sums(left: Sum, comparison: Comparison, right: Sum, reason: str) -> None:
    assert cannot_fail(Linear(left, comparison, right)) == reason


def test_quotients() -> None:
    assert cannot_fail(Quotient(one(A), one(A), one(B))) == ""
    assert cannot_fail(Quotient(one(over(2)), one(A), one(B))) == ""
    assert cannot_fail(Quotient(one(over(2)), one(over(9)), one(B))) == HEDGED
    assert cannot_fail(Quotient(one(over(2)), one(A), one(B), Comparison.GREATER_EQUAL)) == HEDGED
    assert cannot_fail(Quotient(one(A), one(A), one(figure("0")))) == ""


@pytest.mark.parametrize(("count", "decimals", "reason"), [(9, 1, ""), (10, 1, COARSE), (99, 2, ""), (100, 2, COARSE)])
def test_a_mean_of_many_whole_numbers_may_be_any(count: int, decimals: int, reason: str) -> None:
    assert cannot_fail(Attainable(rounded("3.1", decimals), one(figure(str(count))))) == reason


def test_labels() -> None:
    here, there = Label("Spain", PLACE), Label("Spain", Location("report.pdf", 2, Box(0, 0, 1, 1)))
    assert cannot_fail(Labels(SetMode.UNIQUE, (here,))) == ONE_LABEL
    assert cannot_fail(Labels(SetMode.UNIQUE, (here, there))) == ""
    assert cannot_fail(Labels(SetMode.SAME, (here,), (here,))) == SAME_LABELS
    assert cannot_fail(Labels(SetMode.SAME, (here,), (there,))) == ""
