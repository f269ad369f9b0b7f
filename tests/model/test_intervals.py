"""Interval arithmetic: every result holds every value that its operands can give, and no wider than that."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from validator.model.intervals import Interval

numbers = st.decimals(min_value=-1000, max_value=1000, places=2, allow_nan=False, allow_infinity=False)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    ends = draw(st.tuples(st.booleans(), st.booleans())) if low < high else (False, False)
    unbounded = draw(st.sampled_from(("", "", "", "low", "high")))
    if unbounded == "low":
        return Interval(None, high, high_open=ends[1])
    return Interval(low, None, ends[0]) if unbounded == "high" else Interval(low, high, *ends)


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    one = draw(intervals())
    low = one.low if one.low is not None else Decimal(-2000)
    high = one.high if one.high is not None else Decimal(2000)
    share = Decimal(draw(st.integers(0, 16))) / 16
    value = low + (high - low) * share
    if value not in one:
        value = (low + high) / 2
    return one, value


@given(members(), members())
def test_sums_and_differences_hold_their_members(
    one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]
) -> None:
    assert one[1] + other[1] in one[0] + other[0]
    assert one[1] - other[1] in one[0] - other[0]
    assert -one[1] in -one[0]


@given(members(), numbers)
def test_scaling_holds_its_members(one: tuple[Interval, Decimal], weight: Decimal) -> None:
    assert one[1] * weight in one[0].scaled(weight)


@given(intervals(), intervals(), intervals())
def test_sums_do_not_depend_on_order(a: Interval, b: Interval, c: Interval) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a.scaled(Decimal(-1)).scaled(Decimal(-1)) == a


@given(intervals(), intervals(), numbers)
def test_an_intersection_holds_what_both_hold(a: Interval, b: Interval, value: Decimal) -> None:
    assert (value in a.intersection(b)) == (value in a and value in b)
    assert a.intersection(b) == b.intersection(a)


@given(members(), members())
def test_quotients_hold_their_members(top: tuple[Interval, Decimal], bottom: tuple[Interval, Decimal]) -> None:
    found = top[0].divided(bottom[0])
    if found is None:
        low, high = bottom[0].low, bottom[0].high
        assert low is None or low <= 0
        assert high is None or high >= 0
    else:
        # The exact quotient may have no finite expansion: multiply out instead.
        low, high = found.low, found.high
        value = top[1] / bottom[1]
        slack = abs(value) * Decimal("1e-25")
        assert low is None or low <= value + slack
        assert high is None or high >= value - slack


@given(numbers, st.integers(0, 3))
def test_what_rounds_to_a_print_lies_in_its_interval(value: Decimal, decimals: int) -> None:
    printed = round(value, decimals)
    assert value in Interval.rounded(printed, decimals)
    assert printed + Decimal(1).scaleb(-decimals) not in Interval.rounded(printed, decimals)


@given(st.integers(-(10**60), 10**60), st.integers(0, 3))
def test_long_numbers_keep_every_digit(number: int, decimals: int) -> None:
    one = Interval.rounded(Decimal(number), decimals)
    assert [int(end * 10**4) for end in map(Fraction, (one.low, one.high))] == [  # type: ignore[arg-type]
        number * 10**4 - 5 * 10 ** (3 - decimals),
        number * 10**4 + 5 * 10 ** (3 - decimals),
    ]
    assert -Interval.exactly(number) == Interval.exactly(-number)
    assert str(-Interval.exactly(0)) == "[0, 0]"
