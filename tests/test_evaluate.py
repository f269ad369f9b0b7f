"""A relation is violated exactly when no values inside the printed intervals satisfy it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from validator.evaluate import evaluate
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.relations import Attainable, Comparison, Label, Labels, Linear, Quotient, SetMode, Sum, Term
from validator.model.verdicts import Verdict

HERE = Location("report.pdf", 1, Box(0, 0, 1, 1))


def exact(value: object) -> Figure:
    number = Decimal(str(value))
    return Figure(str(value), number, Interval.exactly(number), NumeralKind.COUNT, HERE)


def rounded(value: object, decimals: int) -> Figure:
    number = round(Decimal(str(value)), decimals)
    kind = NumeralKind.DECIMAL
    return Figure(str(number), number, Interval.rounded(number, decimals), kind, HERE, decimals=decimals)


def between(low: object, high: object, *, low_open: bool = False, high_open: bool = False) -> Figure:
    ends = [None if end is None else Decimal(str(end)) for end in (low, high)]
    known = [end for end in ends if end is not None]
    value = sum(known) / len(known)
    return Figure("hedged", value, Interval(*ends, low_open, high_open), NumeralKind.COUNT, HERE, hedge="about")


def unreadable() -> Figure:
    return Figure("####", None, Interval(None, None), NumeralKind.UNREADABLE, HERE, label="Total")


def add(*figures: Figure, weights: tuple[int, ...] = (), constant: object = 0) -> Sum:
    pairs = zip(figures, weights or (1,) * len(figures), strict=True)
    return Sum(tuple(Term(figure, Decimal(weight)) for figure, weight in pairs), Decimal(str(constant)))


def verdict(relation: object) -> Verdict:
    return evaluate(relation).verdict  # type: ignore[arg-type]


# Nothing is rounded by the arithmetic


@given(st.integers(10**59, 10**60 - 2), st.sampled_from((-1, 1)))
def test_long_numbers_are_compared_to_the_last_digit(number: int, sign: int) -> None:
    one, same, next_one = exact(sign * number), exact(sign * number), exact(sign * (number + 1))
    assert verdict(Linear(add(one), Comparison.EQUAL, add(same))) is Verdict.HOLDS
    assert verdict(Linear(add(one), Comparison.EQUAL, add(next_one))) is Verdict.VIOLATED


# What is printed from true values holds

values = st.decimals(min_value=-500, max_value=500, places=4)
places = st.integers(0, 3)


@given(st.lists(st.tuples(values, places), min_size=1, max_size=8), places)
def test_a_true_sum_printed_rounded_holds(parts: list[tuple[Decimal, int]], decimals: int) -> None:
    figures = [rounded(value, digits) for value, digits in parts]
    total = rounded(sum(value for value, _ in parts), decimals)
    assert verdict(Linear(add(total), Comparison.EQUAL, add(*figures))) is Verdict.HOLDS


@given(st.lists(st.tuples(values, places), min_size=1, max_size=8), places, st.booleans())
def test_a_total_beyond_what_rounding_allows_is_violated(parts: list, decimals: int, up: bool) -> None:
    figures = [rounded(value, digits) for value, digits in parts]
    room = sum(Decimal(5).scaleb(-digits - 1) for _, digits in parts) + Decimal(5).scaleb(-decimals - 1)
    step = Decimal(1).scaleb(-decimals)
    off = sum(figure.value for figure in figures) + (room + step if up else -room - step)
    total = rounded(off, decimals)
    relation = Linear(add(total), Comparison.EQUAL, add(*figures))
    outcome = evaluate(relation)
    assert outcome.verdict is Verdict.VIOLATED
    assert outcome.difference == outcome.stated - outcome.implied
    assert outcome.stated not in outcome.allowed


@given(st.integers(0, 400), st.integers(1, 400), places)
def test_a_true_share_printed_rounded_holds(part: int, whole: int, decimals: int) -> None:
    share = rounded(Decimal(part) / Decimal(whole) * 100, decimals)
    relation = Quotient(add(share), add(exact(part)), add(exact(whole)), scale=Decimal(100))
    assert verdict(relation) is Verdict.HOLDS


@given(st.integers(0, 60), st.integers(1, 60), st.integers(0, 1100), st.integers(0, 1))
def test_a_share_is_violated_exactly_when_it_is_farther_off_than_its_rounding(
    part: int, whole: int, tenths: int, decimals: int
) -> None:
    share = rounded(Decimal(tenths) / 10, decimals)
    relation = Quotient(add(share), add(exact(part)), add(exact(whole)), scale=Decimal(100))
    off = abs(Fraction(part * 100, whole) - Fraction(share.value))
    expected = Verdict.HOLDS if off <= Fraction(1, 2 * 10**decimals) else Verdict.VIOLATED
    assert verdict(relation) is expected


# Verdicts against exhaustive search: all grid points of small intervals, and their bounds

ends = st.integers(-6, 6)
small = st.tuples(ends, ends).map(sorted)
comparisons = st.sampled_from(Comparison)
COMPARE = {
    Comparison.EQUAL: lambda a, b: a == b,
    Comparison.LESS: lambda a, b: a < b,
    Comparison.LESS_EQUAL: lambda a, b: a <= b,
    Comparison.GREATER: lambda a, b: a > b,
    Comparison.GREATER_EQUAL: lambda a, b: a >= b,
}


@given(small, st.lists(st.tuples(small, st.integers(-2, 2)), min_size=1, max_size=3), comparisons)
def test_a_sum_against_the_corners_of_its_box(stated: list[int], parts: list, comparison: Comparison) -> None:
    """A sum is linear: it takes every value between the least and the greatest of its corners, and no other."""
    relation = Linear(
        add(between(*stated)),
        comparison,
        add(*(between(*span) for span, _ in parts), weights=tuple(weight for _, weight in parts)),
    )
    corners = [
        chosen[0] - sum(weight * value for (_, weight), value in zip(parts, chosen[1:], strict=True))
        for chosen in product(stated, *(span for span, _ in parts))
    ]
    low, high = min(corners), max(corners)
    possible = {
        Comparison.EQUAL: low <= 0 <= high,
        Comparison.LESS: low < 0,
        Comparison.LESS_EQUAL: low <= 0,
        Comparison.GREATER: high > 0,
        Comparison.GREATER_EQUAL: high >= 0,
    }[comparison]
    assert (verdict(relation) is Verdict.HOLDS) == possible


@given(small, small, st.tuples(st.integers(1, 6), st.integers(1, 6)).map(sorted), comparisons, st.sampled_from((1, -1)))
def test_a_quotient_against_the_corners_of_its_box(
    stated: list[int], top: list[int], bottom: list[int], comparison: Comparison, sign: int
) -> None:
    bottom = sorted(sign * end for end in bottom)
    relation = Quotient(
        add(between(*stated)), add(between(*top)), add(between(*bottom)), comparison, Decimal(2), Decimal(1)
    )
    ratios = [Fraction(2 * a, b) + 1 for a, b in product(top, bottom)]
    low, high = min(ratios), max(ratios)
    possible = {
        Comparison.EQUAL: stated[0] <= high and low <= stated[1],
        Comparison.LESS: stated[0] < high,
        Comparison.LESS_EQUAL: stated[0] <= high,
        Comparison.GREATER: stated[1] > low,
        Comparison.GREATER_EQUAL: stated[1] >= low,
    }[comparison]
    assert (verdict(relation) is Verdict.HOLDS) == possible


@given(small, st.tuples(st.integers(1, 5), st.integers(1, 5)).map(sorted), st.integers(0, 10))
def test_a_part_of_its_own_whole_is_one_figure(part: list[int], rest: list[int], tenths: int) -> None:
    """share = a / (a + b): a is the same number above and below the line."""
    assume(part[0] >= 0)
    a, b = between(*part), between(*rest)
    share = exact(Decimal(tenths) / 10)
    relation = Quotient(add(share), add(a), add(a, b))
    ratios = [Fraction(x, x + y) for x, y in product(part, rest)]
    assert (verdict(relation) is Verdict.HOLDS) == (min(ratios) <= Fraction(tenths, 10) <= max(ratios))


@given(values, places)
def test_a_figure_on_both_sides_cancels(value: Decimal, decimals: int) -> None:
    a, b = rounded(value, decimals), exact(3)
    assert verdict(Linear(add(a, b), Comparison.EQUAL, add(a, constant=3))) is Verdict.HOLDS
    assert verdict(Linear(add(a, b), Comparison.EQUAL, add(a, constant=4))) is Verdict.VIOLATED


@pytest.mark.parametrize("comparison", list(Comparison))
@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 2), (3, 2)])
def test_exact_figures_compare_as_numbers(comparison: Comparison, one: int, other: int) -> None:
    expected = Verdict.HOLDS if COMPARE[comparison](one, other) else Verdict.VIOLATED
    assert verdict(Linear(add(exact(one)), comparison, add(exact(other)))) is expected


def test_an_open_end_excludes_its_bound() -> None:
    over = between(500, None, low_open=True)
    assert verdict(Linear(add(over), Comparison.EQUAL, add(exact(500)))) is Verdict.VIOLATED
    assert verdict(Linear(add(over), Comparison.EQUAL, add(exact(501)))) is Verdict.HOLDS
    under = between("0.2", "0.25", high_open=True)
    assert verdict(Quotient(add(under), add(exact(1)), add(exact(4)))) is Verdict.VIOLATED
    assert verdict(Quotient(add(under), add(exact(24)), add(exact(100)))) is Verdict.HOLDS


def test_slack_widens_the_computed_side() -> None:
    share, part, whole = rounded("34", 0), exact(39), exact(112)
    strict = Quotient(add(share), add(part), add(whole), scale=Decimal(100))
    loose = Quotient(add(share), add(part), add(whole), scale=Decimal(100), slack=Decimal("0.5"))
    assert (verdict(strict), verdict(loose)) == (Verdict.VIOLATED, Verdict.HOLDS)


# Undecidable


def test_a_figure_that_cannot_be_read_decides_nothing() -> None:
    outcome = evaluate(Linear(add(exact(3)), Comparison.EQUAL, add(unreadable(), exact(2))))
    assert outcome.verdict is Verdict.UNDECIDABLE
    assert outcome.reason == "“####” (Total) cannot be read"
    assert outcome.implied is None


@pytest.mark.parametrize("divisor", [exact(0), between(-1, 2), between(0, 3), between(None, 3)])
def test_a_divisor_that_may_be_zero_decides_nothing(divisor: Figure) -> None:
    outcome = evaluate(Quotient(add(exact(1)), add(exact(1)), add(divisor)))
    assert (outcome.verdict, outcome.reason) == (Verdict.UNDECIDABLE, "the divisor may be zero")


# Means of whole numbers


@given(st.lists(st.integers(0, 99), min_size=1, max_size=30), st.integers(0, 3))
def test_the_mean_of_whole_numbers_is_attainable(ages: list[int], decimals: int) -> None:
    mean = rounded(Decimal(sum(ages)) / len(ages), decimals)
    assert verdict(Attainable(mean, add(exact(len(ages))))) is Verdict.HOLDS


@given(st.integers(1, 40), st.integers(0, 999), st.integers(1, 2))
def test_a_mean_is_attainable_when_some_whole_sum_rounds_to_it(count: int, steps: int, decimals: int) -> None:
    mean = rounded(Decimal(steps).scaleb(-decimals), decimals)
    half = Fraction(1, 2 * 10**decimals)
    possible = any(
        abs(Fraction(whole, count) - Fraction(mean.value)) <= half for whole in range(1000 * count // 10 + 2)
    )
    outcome = evaluate(Attainable(mean, add(exact(count))))
    assert (outcome.verdict is Verdict.HOLDS) == possible
    if not possible:
        assert (outcome.implied * count) % 1 < Decimal("1e-20") or (outcome.implied * count) % 1 > 1 - Decimal("1e-20")


def test_a_mean_needs_a_count_that_says_something() -> None:
    mean = rounded("2.41", 2)
    assert verdict(Attainable(mean, add(exact(6)))) is Verdict.VIOLATED
    assert verdict(Attainable(mean, add(between(6, 17)))) is Verdict.HOLDS  # 41 / 17
    assert verdict(Attainable(mean, add(between(0, 12)))) is Verdict.UNDECIDABLE
    assert verdict(Attainable(mean, add(between(6, None)))) is Verdict.UNDECIDABLE
    assert verdict(Attainable(mean, add(between("6.2", "6.8")))) is Verdict.UNDECIDABLE
    assert verdict(Attainable(mean, add(between(5, 6, low_open=True, high_open=True)))) is Verdict.UNDECIDABLE
    assert verdict(Attainable(mean, add(between(5, 7, low_open=True, high_open=True)))) is Verdict.VIOLATED


# Labels


def labels(*texts: str) -> tuple[Label, ...]:
    return tuple(Label(text, HERE) for text in texts)


@pytest.mark.parametrize(
    ("relation", "expected", "missing"),
    [
        (Labels(SetMode.SAME, labels("a", "B"), labels("b", "A")), Verdict.HOLDS, ()),
        (Labels(SetMode.SAME, labels("a", "b"), labels("a", "c")), Verdict.VIOLATED, ("b", "c")),
        (Labels(SetMode.SUBSET, labels("a"), labels("a", "c")), Verdict.HOLDS, ()),
        (Labels(SetMode.SUBSET, labels("a", "d"), labels("a", "c")), Verdict.VIOLATED, ("d",)),
        (Labels(SetMode.SAME, labels("Dominica", "b"), labels("Dominican Republic", "b")), Verdict.UNDECIDABLE, ()),
        (
            Labels(SetMode.SAME, labels("Dominica", "b"), labels("Dominican Republic", "c")),
            Verdict.VIOLATED,
            ("b", "c"),
        ),
        (Labels(SetMode.UNIQUE, labels("a", "b")), Verdict.HOLDS, ()),
        (Labels(SetMode.UNIQUE, labels("a", "b", "A ")), Verdict.VIOLATED, ()),
        (Labels(SetMode.UNIQUE, labels("a", "b", "…")), Verdict.UNDECIDABLE, ()),
        (Labels(SetMode.UNIQUE, labels("a", "a", "…")), Verdict.VIOLATED, ()),
        (Labels(SetMode.SAME, labels("a", "…"), labels("a", "b")), Verdict.UNDECIDABLE, ()),
        (Labels(SetMode.SORTED, labels("a", "b"), order=("1", "2")), Verdict.HOLDS, ()),
        (Labels(SetMode.SORTED, labels("a", "b"), order=("2", "1")), Verdict.VIOLATED, ()),
        (Labels(SetMode.SAME, labels(), labels("a")), Verdict.UNDECIDABLE, ()),
    ],
)
def test_labels(relation: Labels, expected: Verdict, missing: tuple[str, ...]) -> None:
    outcome = evaluate(relation)
    assert (outcome.verdict, outcome.missing) == (expected, missing)
