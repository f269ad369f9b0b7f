from __future__ import annotations

from decimal import Decimal

import pytest

from validator.model.figures import Figure, NumeralKind
from validator.model.findings import Exhibit
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.report._numbers import hand

HERE = Location("a.pdf", 1, Box(0, 0, 1, 1))


def exhibit(text: str, value: str, decimals: int = 0, kind: str = "count") -> Exhibit:
    number = Decimal(value)
    figure = Figure(text, number, Interval.exactly(number), NumeralKind(kind), HERE, decimals)
    return Exhibit("part", text, number, HERE, "", figure)


@pytest.mark.parametrize(
    ("texts", "value", "written"),
    [
        ([("7,980", "7980")], "7890", "7,890"),
        ([("7.980", "7980")], "1234567", "1.234.567"),
        ([("7 980", "7980")], "7890", "7 890"),
        ([("980", "980")], "7890", "7890"),
        ([("10,3", "10.3", 1, "decimal")], "12.25", "12,25"),
        ([("1.234,5", "1234.5", 1, "decimal")], "4321.5", "4.321,5"),
        ([("35", "35", 0, "percent"), ("1.234", "1234")], "34.9397590361", "34,94"),
        ([("35", "35", 0, "percent")], "34.9397590361", "34.94"),
        ([("1-2", "1", 0, "range")], "1500", "1500"),
        ([("5", "5")], "-0.00123456", "-0.0012"),
        ([("5", "5")], "1E+3", "1000"),
    ],
)
def test_numbers_are_written_as_the_report_writes_them(texts: list[tuple[str, ...]], value: str, written: str) -> None:
    assert hand([exhibit(*text) for text in texts]).write(Decimal(value)) == written


def test_a_difference_has_its_sign() -> None:
    own = hand([exhibit("7,980", "7980")])
    assert own.write(Decimal(1200), sign=True) == "+1,200"
    assert own.write(Decimal(-90), sign=True) == "-90"
