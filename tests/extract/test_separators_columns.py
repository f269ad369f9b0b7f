"""Separators judged by a column, and figures that offices flag with a letter."""

from __future__ import annotations

from validator import languages
from validator.extract import grid
from validator.extract.separators import observe_column
from validator.model.settings import DEFAULT


def _column(*cells: str) -> list[str]:
    rows = [["Topic", "Enquiries"], *([f"Topic {n}", cell] for n, cell in enumerate(cells))]
    return [str(figure.value) for figure in grid(rows, "a.csv", languages.load("en"), DEFAULT).figures()]


def test_a_sign_only_from_a_thousand_on_groups() -> None:
    assert observe_column(["3.841", "512", "77"], DEFAULT).group == "."
    assert _column("3.841", "512", "77", "12.306") == ["3841", "512", "77", "12306"]


def test_negative_numbers_tell_what_groups_as_others_do() -> None:
    assert observe_column(["-456", "\u20131.148", "- 94", "2.512"], DEFAULT).group == "."
    assert _column("-456", "-1.148", "94", "2.512") == ["-456", "-1148", "94", "2512"]


def test_hundreds_amid_numbers_of_three_decimals_are_whole() -> None:
    assert observe_column(["1.156", "2.111", "1.785", "806"], DEFAULT).group == "."
    assert observe_column(["1.156", "2.111", "1.785", "3"], DEFAULT).group == ""


def test_what_one_column_proves_goes_for_the_table() -> None:
    rows = [["Year", "Begun", "Done"], *([f"Class {n}", f"{n}.251", str(310 + n)] for n in range(1, 5))]
    rows += [["Class 5", "2.118", "1.204"], ["Class 6", "1.771", "1.162"]]
    values = [row[0].figure.value for row in grid(rows, "a.csv", languages.load("en"), DEFAULT).cells if row[0].figure]
    assert values == [1251, 2251, 3251, 4251, 2118, 1771]


def test_decimals_stay_decimals() -> None:
    assert observe_column(["0.841", "512", "77"], DEFAULT).group == ""
    assert observe_column(["3.841", "4.112"], DEFAULT).group == ""
    assert observe_column(["3.841", "1512", "77"], DEFAULT).group == ""


def test_one_kind_of_space_vouches_for_another() -> None:
    assert _column("3\u00a0841", "12 306", "512") == ["3841", "12306", "512"]


def test_a_flag_of_quality_is_a_mark() -> None:
    assert _column("1,000", "9,904E", "2,000", "643E", "3,000") == ["1000", "9904", "2000", "643", "3000"]


def test_written_indents_are_levels() -> None:
    rows = [["Spending", "2008"], ["Persons", "120"], ["\u00a0\u00a0Goods", "70"], ["\u00a0\u00a0Services", "50"]]
    table = grid(rows, "a.csv", languages.load("en"), DEFAULT)
    assert [stub.level for stub in table.stubs] == [0, 1, 1]
