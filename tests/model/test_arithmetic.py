"""Sums of what figures may stand for: no value that figures can make is left out, and none is added."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.model.arithmetic import combined, may, span, value_of
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.relations import Comparison, Sum, Term

WEIGHTS = st.sampled_from([Decimal(w) for w in ("1", "-1", "2", "-0.5", "3")])
WIDTHS = st.sampled_from([Decimal(w) for w in ("0", "0.5", "2")])


@st.composite
def sums(draw: st.DrawFn, most: int = 4) -> Sum:
    """A weighted sum of figures, each of which may be a little more or less than it says."""
    terms = []
    for place in range(draw(st.integers(1, most))):
        value, width = Decimal(draw(st.integers(-50, 50))), draw(WIDTHS)
        location = Location("report.pdf", 1, Box(place, 0, place + 1, 1))
        figure = Figure(str(value), value, Interval(value - width, value + width), NumeralKind.COUNT, location)
        terms.append(Term(figure, draw(WEIGHTS)))
    return Sum(tuple(terms), Decimal(draw(st.integers(-5, 5))))


@given(sums())
def test_a_sum_spans_what_the_ends_of_its_figures_make(one: Sum) -> None:
    ends = [(term.figure.interval.low, term.figure.interval.high) for term in one.terms]
    made = [
        one.constant + sum(value * term.weight for value, term in zip(values, one.terms, strict=True))
        for values in product(*ends)
    ]
    assert (span(one).low, span(one).high) == (min(made), max(made))


@given(sums(), sums())
def test_sums_of_sums_are_worth_what_they_are_together(one: Sum, other: Sum) -> None:
    both = combined((one, Decimal(2)), (other, Decimal(-1)))
    assert value_of(both) == 2 * value_of(one) - value_of(other)
    assert len({term.figure for term in both.terms}) == len(both.terms)


@given(sums())
def test_a_sum_less_itself_is_nothing_whatever_its_figures_stand_for(one: Sum) -> None:
    gone = combined((one, Decimal(1)), (one, Decimal(-1)))
    assert gone.terms == ()
    assert span(gone) == Interval(Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("low", "high", "comparisons"),
    [
        ("0", "0", {"=", "<=", ">="}),
        ("1", "2", {">", ">=", "!="}),
        ("-2", "-1", {"<", "<=", "!="}),
        ("-1", "1", {"=", "<", "<=", ">", ">=", "!="}),
        ("0", "1", {"=", "<=", ">", ">=", "!="}),
    ],
)
def test_what_values_may_stand_to_zero_as(low: str, high: str, comparisons: set[str]) -> None:
    values = Interval(Decimal(low), Decimal(high))
    known = {one for one in Comparison if one.value in comparisons}
    assert {one for one in Comparison if may(values, one)} == known
