"""A number is looked for no further than it can reach: a line of a thousand figures is not one number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.extract.numerals_digits import read_digits
from validator.extract.separators import Separators

ENGLISH = Separators(",", ".")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,567.5 and", "1234567.5"),
        ("12345 6789 " * 9, "12345"),
        ("123 456 " * 500, "123"),
        ("1.2.3.4.5 on", None),
        ("1." * 500 + "2", None),
    ],
)
def test_how_far_a_number_reaches(text: str, value: str | None) -> None:
    number = read_digits(text, 0, ENGLISH, Separators())
    assert number.value == (None if value is None else Decimal(value))


def test_a_row_of_groups_without_end_is_cut() -> None:
    spaced = Separators(" ", ",")
    assert read_digits("1" + " 234" * 1000, 0, spaced, spaced).stop < 200
