"""Figures told in different units: which reading of a relation is taken, and where nothing may be said."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from validator.evaluate import evaluate
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.relations import Comparison, Linear, Quotient, Sum, Term
from validator.model.scales import DOUBT, NOT_ALL, ROUNDED_AWAY, in_one_unit
from validator.model.verdicts import Verdict

WHERE = Location("report.pdf", 1, Box(0, 0, 9, 9))


def cell(text: str, scale: int = 1, words: str = "", label: str = "") -> Figure:
    """A figure of a table that is told in ``scale``."""
    value = Decimal(text)
    decimals = len(text.partition(".")[2])
    interval = Interval.rounded(value, decimals) if decimals else Interval.exactly(value)
    kind = NumeralKind.DECIMAL if decimals else NumeralKind.COUNT
    return Figure(text, value, interval, kind, WHERE, decimals, label=label, scale=Decimal(scale), scale_words=words)


def prose(number: str, scale: int) -> Figure:
    """A figure of a sentence with a word of scale."""
    decimals = len(number.partition(".")[2]) - (len(str(scale)) - 1)
    value = Decimal(number) * scale
    return Figure(number, value, Interval.rounded(value, decimals), NumeralKind.DECIMAL, WHERE, decimals)


def percent(text: str) -> Figure:
    value, decimals = Decimal(text), len(text.partition(".")[2])
    return Figure(text, value, Interval.rounded(value, decimals), NumeralKind.PERCENT, WHERE, decimals)


def one(figure: Figure, weight: int | str = 1) -> Sum:
    return Sum((Term(figure, Decimal(weight)),))


def verdict(relation: Linear | Quotient) -> Verdict:
    return evaluate(in_one_unit(relation)).verdict


def tied(left: Sum, right: Sum, comparison: Comparison = Comparison.EQUAL) -> Verdict:
    return verdict(Linear(left, comparison, right))


K, M, G = 10**3, 10**6, 10**9


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # a sentence and a table
        (prose("59855", K), cell("59855", K), Verdict.HOLDS),
        (prose("59.9", M), cell("59855", K), Verdict.HOLDS),
        (prose("59.8", M), cell("59855", K), Verdict.VIOLATED),
        (prose("59856", K), cell("59855", K), Verdict.VIOLATED),
        (prose("14.7", M), cell("14.7", M), Verdict.HOLDS),
        (prose("14.7", M), cell("17.4", M), Verdict.VIOLATED),
        (prose("14.7", G), cell("14.7", M), Verdict.VIOLATED),  # both say what they are told in
        # a sentence that speaks in the unit of the table, and a column that the words above it do not mean
        (cell("14.7"), cell("14.7", M), Verdict.HOLDS),
        (cell("245"), cell("245", K), Verdict.HOLDS),
        (cell("254"), cell("245", K), Verdict.VIOLATED),
        # nothing says what the table is told in
        (prose("14.7", M), cell("14.7"), Verdict.UNDECIDABLE),
        (prose("59.9", M), cell("59855"), Verdict.UNDECIDABLE),
        (prose("14.7", M), cell("17.4"), Verdict.VIOLATED),
        # two tables, and a report that rounds what the data count
        (cell("59855", K), cell("59.9", M), Verdict.HOLDS),
        (cell("59855", K), cell("58.9", M), Verdict.VIOLATED),
        (cell("59855", K), cell("59855321"), Verdict.HOLDS),
        (cell("59855", K), cell("59855621"), Verdict.VIOLATED),
        # told alike: nothing is changed
        (cell("59855", K), cell("59856", K), Verdict.VIOLATED),
    ],
)
def test_two_figures(left: Figure, right: Figure, expected: Verdict) -> None:
    assert tied(one(left), one(right)) is expected
    assert tied(one(right), one(left)) is expected


@pytest.mark.parametrize(
    ("stated", "weight", "expected"),
    [
        (prose("59855", K), 1000, Verdict.HOLDS),
        (prose("59.9", M), 1000, Verdict.HOLDS),
        (prose("58.9", M), 1000, Verdict.VIOLATED),
        (cell("59855321"), 1000, Verdict.HOLDS),
    ],
)
def test_a_rule_that_weighs_the_figure_itself_is_taken_at_its_word(
    stated: Figure, weight: int, expected: Verdict
) -> None:
    assert tied(one(stated), one(cell("59855", K), weight)) is expected


def test_so_is_one_that_weighs_the_other_figure() -> None:
    spent = one(cell("59855", K))
    assert tied(one(prose("59.9", M), "0.001"), spent) is Verdict.HOLDS
    assert tied(one(prose("58.9", M), "0.001"), spent) is Verdict.VIOLATED


def test_sums_are_weighed_term_by_term() -> None:
    parts = Sum((Term(cell("20655", K)), Term(cell("11.7", M))))
    assert tied(one(prose("32.4", M)), parts) is Verdict.HOLDS
    assert tied(one(prose("34.2", M)), parts) is Verdict.VIOLATED


def test_an_order_of_figures_that_only_one_reading_keeps_is_undecidable() -> None:
    small, large = cell("3", M), cell("40000", K)
    assert tied(one(small), one(large), Comparison.LESS) is Verdict.HOLDS
    assert tied(one(large), one(small), Comparison.LESS) is Verdict.VIOLATED
    assert tied(one(cell("500")), one(cell("3", K)), Comparison.GREATER) is Verdict.UNDECIDABLE


def test_a_share_of_amounts_in_different_units() -> None:
    part, whole = prose("14.7", M), cell("59", M)  # 59 may be 58.5 to 59.5: 24.6 % to 25.2 %
    for stated, expected in (("25", Verdict.HOLDS), ("52", Verdict.VIOLATED)):
        assert verdict(Quotient(one(percent(stated)), one(part), one(whole), scale=Decimal(100))) is expected


def test_what_is_undecidable_says_why() -> None:
    outcome = evaluate(in_one_unit(Linear(one(prose("14.7", M)), Comparison.EQUAL, one(cell("14.7")))))
    assert outcome.reason == DOUBT


def test_a_relation_of_figures_told_alike_is_left_as_it_is() -> None:
    relation = Linear(one(cell("5", K)), Comparison.EQUAL, one(cell("6", K)))
    assert in_one_unit(relation) is relation


def reason(relation: Linear | Quotient) -> str:
    return evaluate(in_one_unit(relation)).reason


def test_a_figure_that_the_caption_does_not_mean_accuses_nobody() -> None:
    """Revenue and employees stand in one table "in thousand euros"; the sentence tells the revenue per employee."""
    revenue, employees = one(cell("59855", K)), one(cell("26", K))
    assert reason(Quotient(one(prose("2.3", M)), revenue, employees)) == NOT_ALL
    assert verdict(Quotient(one(prose("3.2", M)), revenue, employees)) is Verdict.VIOLATED


@pytest.mark.parametrize("lines", [("row", "column"), ("column", "row")])
def test_neither_does_a_row_or_a_column(lines: tuple[str, str]) -> None:
    """Two years of a table told in thousands, one line of which prints its amounts in full."""

    def table(*prints: str) -> list[Term]:
        labels = [(part, year) for part in ("Sales", "Fees") for year in ("2023", "2024")]
        paths = [(a, b) if lines[0] == "row" else (b, a) for a, b in labels]
        return [Term(cell(text, K, label=f"{a} › {b}")) for text, (a, b) in zip(prints, paths, strict=True)]

    terms = table("20655", "11712", "2100000", "1900000")
    assert reason(Linear(one(prose("36.4", M)), Comparison.EQUAL, Sum(tuple(terms)))) == NOT_ALL
    assert tied(one(prose("34.6", M)), Sum(tuple(terms))) is Verdict.VIOLATED
    crossed = table("20655", "2100000", "1900000", "11712")  # no one line has both that would have to go
    assert tied(one(prose("36.4", M)), Sum(tuple(crossed))) is Verdict.VIOLATED


def reckoned(length: int, stated: Figure, scale: int) -> float:
    """Seconds for a long sum that does not give what is stated."""
    parts = Sum(tuple(Term(cell(str(1_000 + at), scale, label=f"Town {at} › Sum")) for at in range(length)))
    start = time.process_time()
    assert tied(one(stated), parts) is Verdict.VIOLATED
    return time.process_time() - start


@pytest.mark.parametrize(("stated", "scale"), [(prose("1.1", M), K), (prose("1.1", M), 1)])
def test_a_long_sum_takes_time_as_its_length(stated: Figure, scale: int) -> None:
    reckoned(100, stated, scale)
    short, long = (min(reckoned(length, stated, scale) for _ in range(3)) for length in (400, 4_000))
    assert long < 50 * max(short, 0.002)  # its square: a hundred times


@pytest.mark.parametrize(
    ("part", "whole", "stated", "expected"),
    [
        (cell("0", M), cell("300120", K), "0.1", Verdict.HOLDS),  # 0 may be up to half a million, 0.17 %
        (cell("0", M), cell("300120", K), "0.2", Verdict.HOLDS),
        (cell("0", M), cell("300120", K), "0.3", Verdict.VIOLATED),
        (cell("-1", M), cell("300120", K), "-0.3", Verdict.HOLDS),
        # told alike: both are rounded to millions, 14.5 of 59.5 is 24.4 %, 15.5 of 58.5 is 26.5 %
        (cell("15", M), cell("59", M), "24.9", Verdict.HOLDS),
        (cell("15", M), cell("59", M), "24.2", Verdict.VIOLATED),
        (cell("15", M), cell("59", M), "26.4", Verdict.HOLDS),
        (cell("15", M), cell("59", M), "26.8", Verdict.VIOLATED),
        (cell("15"), cell("59"), "24.9", Verdict.VIOLATED),  # told in nothing: whole numbers are exact
    ],
)
def test_a_share_of_rounded_whole_numbers(part: Figure, whole: Figure, stated: str, expected: Verdict) -> None:
    assert verdict(Quotient(one(percent(stated)), one(part), one(whole), scale=Decimal(100))) is expected


@pytest.mark.parametrize(("part", "whole"), [(15, 59), (1, 4), (0, 7), (58, 59), (4_120, 6_200)])
def test_no_share_of_amounts_that_round_to_the_print_is_accused(part: int, whole: int) -> None:
    for above in ("-0.5", "-0.25", "0", "0.5"):
        for below in ("-0.5", "0.125", "0.5"):
            ratio = (part + Decimal(above)) / (whole + Decimal(below)) * 100
            stated = percent(str(ratio.quantize(Decimal("0.1"))))
            share = Quotient(one(stated), one(cell(str(part), M)), one(cell(str(whole), M)), scale=Decimal(100))
            assert verdict(share) is Verdict.HOLDS


def test_a_divisor_that_may_be_rounding_alone_decides_nothing() -> None:
    divisor = Sum((Term(cell("1", M)), Term(cell("0", M))))
    relation = Quotient(one(percent("31")), one(cell("5", M)), divisor, scale=Decimal(100))
    assert reason(relation) == ROUNDED_AWAY


def test_a_rule_can_say_that_a_figure_stands_for_itself() -> None:
    revenue, employees = one(cell("59855", K)), one(cell("26", K), "0.001")
    assert verdict(Quotient(one(prose("2.3", M)), revenue, employees)) is Verdict.HOLDS
    assert verdict(Quotient(one(prose("3.2", M)), revenue, employees)) is Verdict.VIOLATED
