"""Computed numbers are written as the report writes its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from validator.model import wording
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.relations import Sum, Term


def figure(text: str, value: str, kind: NumeralKind = NumeralKind.COUNT, label: str = "") -> Figure:
    number, decimals = Decimal(value), len(value.partition(".")[2])
    where = Location("report.pdf", 1, Box(0, 0, 1, 1))
    return Figure(text, number, Interval.rounded(number, decimals), kind, where, decimals, quote=text, label=label)


@pytest.mark.parametrize(
    ("text", "value", "computed", "expected"),
    [
        ("1,234", "1234", "98765", "98,765"),
        ("1.234", "1234", "98765", "98.765"),
        ("1 234", "1234", "98765", "98 765"),
        ("1.234,5", "1234.5", "98765.43", "98.765,4"),
        ("10,3", "10.3", "9.81", "9,8"),
        ("12", "12", "98765", "98765"),
        ("12", "12", "12.4", "12.4"),
        ("-3", "-3", "-7", "-7"),
    ],
)
def test_a_number_like_another(text: str, value: str, computed: str, expected: str) -> None:
    assert wording.like(Decimal(computed), figure(text, value)) == expected


def test_separators_are_learnt_from_the_neighbours() -> None:
    stated = figure("35", "35", NumeralKind.PERCENT)
    assert wording.like(Decimal("34.82"), stated, [figure("0,5", "0.5")]) == "34,8 %"


def test_a_fraction_is_told_in_percent() -> None:
    stated = figure("a quarter", "0.25", NumeralKind.FRACTION)
    assert wording.like(Decimal("0.2321"), stated) == "23.2 %"


def test_sums_are_spelt_out_while_they_are_short() -> None:
    terms = tuple(Term(figure(str(n), str(n))) for n in (76, 35, 1))
    assert wording.amount(Sum(terms)) == "76 + 35 + 1 = 112"
    assert wording.amount(Sum(terms[:1])) == "76"
    weighted = Sum((terms[0], terms[1]._replace(weight=Decimal(-2))), Decimal(4))
    assert wording.amount(weighted) == "76 - 2 × 35 + 4 = 10"
    assert wording.amount(Sum(terms * 3)) == "336 (the sum of 9 figures)"


def test_long_labels_are_cut_at_a_word() -> None:
    cut = wording.short("the number of persons " * 9)
    assert len(cut) <= wording.LABEL_LENGTH + 1
    assert cut.endswith(("the number …", "number of …", "of persons …", "persons the …"))


def test_lists_are_counted_where_they_are_long() -> None:
    assert wording.listed("a") == "a"
    assert wording.listed("abc") == "a, b and c"
    assert wording.listed("abcdefgh") == "a, b, c, d, e, f and 2 more"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a/2011.pdf", "b/2023.pdf", ("2011.pdf", "2023.pdf")),
        ("a/2011/report.pdf", "a/2023/report.pdf", ("2011/report.pdf", "2023/report.pdf")),
        ("report.pdf", "new/report.pdf", ("report.pdf", "new/report.pdf")),
        ("report.pdf", "report.pdf", ("report.pdf", "report.pdf")),
    ],
)
def test_documents_are_told_apart(one: str, other: str, expected: tuple[str, str]) -> None:
    assert wording.told_apart(one, other) == expected


def placed(value: str, label: str, page: int, document: str = "a/report.pdf") -> Term:
    plain = figure(value, value, label=label)
    return Term(replace(plain, location=Location(document, page, Box(0, 0, 1, 1))))


def test_operands_are_told_with_what_tells_them_apart() -> None:
    here, there = Sum((placed("2", "Algeria › Persons", 12),)), Sum((placed("1", "Algeria › Number", 14),))
    assert wording.told(here, here) == "2 (Algeria › Persons)"
    assert wording.told(here, there) == "2 (Algeria › Persons, page 12)"
    elsewhere = Sum((placed("1", "", 3, "b/report.pdf"),))
    assert wording.told(elsewhere, here) == "1 (b/report.pdf page 3)"
    many = Sum(tuple(placed("1", f"{n} › Women › Number", 14) for n in range(8)))
    assert wording.told(many, here) == "8 (the sum of 8 figures of Women › Number, page 14)"


SENTENCE = "Of all 120 persons who were met in that year, as many as 58 were in the north, and the rest in the south."


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("58", SENTENCE, "58 (“… year, as many as 58 were in the north, and the …”)"),
        ("120", SENTENCE, "120 (“Of all 120 persons who were met in that year …”)"),
        ("3", "3 women and 2 men.", "3 (“3 women and 2 men”)"),
        ("20", "Visits in 2011", "20 (Visits in 2011)"),
        ("2", "North › Women in 2 towns", "2 (North › Women in 2 towns)"),
    ],
)
def test_a_sentence_is_quoted_around_its_figure(text: str, label: str, expected: str) -> None:
    one = Sum((Term(figure(text, text, label=label)),))
    assert wording.told(one, one) == expected


def test_two_labels_are_told_with_their_common_end_once() -> None:
    women, men = (Term(figure("1", "1", label=f"{sex} › Number")) for sex in ("Women", "Men"))
    both = Sum((women, men))
    assert wording.told(both, both) == "1 + 1 = 2 (Women and Men › Number)"
    assert wording.reckoned(both) == "2 (1 + 1)"
    assert wording.reckoned(Sum((women,))) == "1"


def test_a_number_printed_in_millions_is_written_out() -> None:
    assert wording.number(Decimal(2449999999), -8) == "2400000000"


def test_things_are_counted_with_their_name_and_in_the_right_number() -> None:
    assert wording.several(6, "row", "Persons") == "6 rows of Persons"
    assert wording.several(1, "row", "Persons") == "1 row of Persons"
    assert wording.several(6, "figure", " ") == "6 figures"


@pytest.mark.parametrize(
    ("quote", "value", "said"),
    [
        ("(100 %)", 100, "100 %"),
        ("(100 %", 100, "100 %"),
        ("100 %)", 100, "100 %"),
        ("(12)", -12, "(12)"),
        ("35", 35, "35"),
    ],
)
def test_brackets_of_the_sentence_are_not_quoted_and_those_of_a_loss_are(quote: str, value: int, said: str) -> None:
    number = Decimal(value)
    here = Location("a.pdf", 1, Box(0, 0, 1, 1))
    figure = Figure(quote.strip("()% "), number, Interval.exactly(number), NumeralKind.COUNT, here, quote=quote)
    assert wording.printed(figure) == said
