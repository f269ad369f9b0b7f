"""Which totals look like averages of what they should add up, and what tells them apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.model.additive import additive, averages
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.relations import Sum, Term

WHERE = Location("report.pdf", 1, Box(0, 0, 9, 9))


def figure(text: str) -> Figure:
    number = text.removesuffix(" %")
    if not number:
        return Figure("", None, Interval(None, None), NumeralKind.UNREADABLE, WHERE)
    value, decimals = Decimal(number), len(number.partition(".")[2])
    kind = NumeralKind.PERCENT if number != text else NumeralKind.DECIMAL if decimals else NumeralKind.COUNT
    interval = Interval.exactly(value) if kind is NumeralKind.COUNT else Interval.rounded(value, decimals)
    return Figure(number, value, interval, kind, WHERE, decimals)


def column(*prints: str) -> tuple[Figure, Sum]:
    """A total, printed last, with its parts."""
    *parts, total = map(figure, prints)
    return total, Sum(tuple(Term(part) for part in parts))


@pytest.mark.parametrize(
    ("columns", "doubted"),
    [
        # a single column may be one of mean ages, of two groups or more, printed with decimals or not
        ([("40", "45", "50", "46")], [True]),
        ([("40", "46", "43")], [True]),
        ([("11.4", "12.1", "11.6")], [True]),
        ([("2.1", "9.8", "4.4")], [True]),
        ([("400", "450", "460", "1320")], [False]),  # a misprint of a sum does not lie among the parts
        ([("21", "98", "44")], [False]),  # nor are counts of one size
        ([("40", "45", "", "46")], [False]),  # decided by what cannot be read
        # the years before and after add up: the column is one of counts
        ([("40", "45", "50", "135"), ("41", "46", "52", "46"), ("44", "47", "51", "142")], [False] * 3),
        ([("40", "45", "85"), ("41", "46", "45")], [False, False]),
        ([("11.4", "12.1", "23.5"), ("11.6", "12.3", "11.9")], [False, False]),
        # columns that are of another kind: persons of another size, amounts printed with decimals, shares
        ([("400", "450", "850"), ("40", "46", "43")], [False, True]),
        ([("40.5", "45.5", "86.0"), ("40", "46", "43")], [False, True]),
        ([("40 %", "60 %", "100 %"), ("40", "46", "43")], [False, True]),
        # neither of two adds up
        ([("40", "45", "43"), ("41", "46", "44")], [True, True]),
    ],
)
def test_averages(columns: list[tuple[str, ...]], doubted: list[bool]) -> None:
    assert averages([column(*prints) for prints in columns]) == doubted


def test_a_column_adds_up_within_the_slack_of_the_rule() -> None:
    pairs = [column("40", "45", "50", "136"), column("41", "46", "52", "46")]
    assert averages(pairs) == [False, True]
    assert averages(pairs, Decimal(1)) == [False, False]


@pytest.mark.parametrize(
    ("prints", "expected"),
    [
        (("40", "45", "46"), True),  # counts are added up whatever comes of it
        (("40 %", "59 %", "100 %"), True),
        (("80 %", "85 %", "100 %"), False),  # rates of two groups
        (("12 %", "13 %", "25 %"), True),
        (("12 %", "13 %", "12 %"), False),
        (("12 %", "", "12 %"), False),
    ],
)
def test_shares_add_up_and_rates_do_not(prints: tuple[str, ...], expected: bool) -> None:
    assert additive(*column(*prints)) is expected
