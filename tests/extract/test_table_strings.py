"""Tables given as rows of strings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator import languages
from validator.extract import grid
from validator.model.locations import Box
from validator.model.settings import DEFAULT
from validator.model.tables import Role, Table


def read(rows: list[list[str]], language: str = "en") -> Table:
    return grid(rows, "table.csv", languages.load(language), DEFAULT)


def test_header_stub_and_figures() -> None:
    table = read(
        [["Town", "Cases", "Share"], ["Alma", "1,204", "60.2%"], ["Bree", "796", ""], ["Total", "2,000", "100%"]]
    )
    assert table.stub_head == "Town"
    assert [header.label for header in table.headers] == ["Cases", "Share"]
    assert [stub.label for stub in table.stubs] == ["Alma", "Bree", "Total"]
    assert table.stubs[2].role is Role.TOTAL
    assert [figure.value for figure in table.figures()] == [
        Decimal(1204),
        Decimal("60.2"),
        Decimal(796),
        Decimal(2000),
        Decimal(100),
    ]


def test_boxes_are_positions_in_the_input() -> None:
    table = read([["Town", "Cases"], ["Alma", "12"], ["Bree", ""]])
    assert table.cells[0][0].box == Box(1, 1, 2, 2)
    assert table.cells[1][0].box == Box(1, 2, 2, 3)
    assert table.stubs[1].box == Box(0, 2, 1, 3)


def test_spanner_over_blank_cells() -> None:
    table = read(
        [["", "Exports", "", "Imports", ""], ["Year", "2007", "2008", "2007", "2008"], ["Fish", "1", "2", "3", "4"]]
    )
    assert [header.path for header in table.headers] == [
        ("Exports", "2007"),
        ("Exports", "2008"),
        ("Imports", "2007"),
        ("Imports", "2008"),
    ]


def test_years_name_the_rows() -> None:
    table = read([["", "Cases"], ["2007", "12"], ["2008", "15"], ["2009", "11"]])
    assert [stub.label for stub in table.stubs] == ["2007", "2008", "2009"]
    assert [figure.value for figure in table.figures()] == [12, 15, 11]


def test_rows_without_figures_are_kept() -> None:
    table = read([["Town", "Cases"], ["North", ""], ["Alma", "3"], ["South", ""], ["Bree", "4"]])
    assert [stub.role for stub in table.stubs] == [Role.HEADER, Role.BODY, Role.HEADER, Role.BODY]
    assert table.stubs[3].path == ("South", "Bree")


def test_short_rows_are_filled_up() -> None:
    table = read([["Town", "Cases", "Tests"], ["Alma", "3"], ["Bree", "4", "9"]])
    assert [len(row) for row in table.cells] == [2, 2]


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one cell"):
        read([])


def test_a_row_that_numbers_the_columns_is_a_header() -> None:
    body = [["Alma", "26", "23", "51"], ["Bree", "27", "33", "40"]]
    bare = read([["", "1", "2", "3"], *body])
    assert [header.label for header in bare.headers] == ["1", "2", "3"]
    assert [stub.label for stub in bare.stubs] == ["Alma", "Bree"]
    for numbers in (["1", "2", "3", "4"], ["", "(1)", "(2)", "(3)"]):
        below = read([["Town", "Low", "Middle", "High"], numbers, *body])
        assert [header.label for header in below.headers] == ["Low", "Middle", "High"]
        assert [stub.label for stub in below.stubs] == ["Alma", "Bree"]


def test_counts_that_run_on_are_no_numbers_of_columns() -> None:
    table = read([["Town", "Low", "Middle", "High"], ["Alma", "1", "2", "3"], ["Bree", "27", "33", "40"]])
    assert [stub.label for stub in table.stubs] == ["Alma", "Bree"]


def test_brackets_are_minus_signs_where_a_column_has_numbers_without() -> None:
    some = read([["Item", "2024"], ["Fees", "40"], ["Wages", "(31)"], ["Rent", "(12)"], ["Nil", "0"], ["Net", "(3)"]])
    assert [figure.value for figure in some.figures()] == [40, -31, -12, 0, -3]
    every = read([["Sex", "n", "%"], ["Men", "40", "(57.1)"], ["Women", "30", "(42.9)"], ["Unknown", "0", "0.0"]])
    assert [figure.value for figure in every.figures() if figure.decimals] == [
        Decimal("57.1"), Decimal("42.9"), Decimal("0.0"),
    ]  # fmt: skip
