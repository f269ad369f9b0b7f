"""Numbers in percent by what the labels or the title of their table say."""

from __future__ import annotations

import pytest

from validator import languages
from validator.extract import grid
from validator.model.figures import NumeralKind
from validator.model.settings import DEFAULT
from validator.model.tables import Table

ROWS = [["North", "12", "37"], ["South", "20", "63"], ["Total", "32", "100"]]


def read(rows: list[list[str]], language: str = "en") -> Table:
    return grid(rows, "table.csv", languages.load(language), DEFAULT)


def kinds(table: Table, column: int) -> set[NumeralKind]:
    return {row[column].figure.kind for row in table.cells if row[column].figure is not None}


@pytest.mark.parametrize(
    ("label", "language"),
    [("%", "en"), ("in %", "de"), ("Pct.", "da"), ("Part (%)", "fr"), ("Per cent", "en"), ("col. %", "en"),
     ("Prozent", "de"), ("Porcentaje", "es"), ("Andel", "da"), ("2022, Share", "en"), ("Persons in 2022 %", "en")],
)  # fmt: skip
def test_a_header_of_percent_makes_rounded_shares(label: str, language: str) -> None:
    table = read([["Region", "Number", label], *ROWS], language)
    assert kinds(table, 0) == {NumeralKind.COUNT}
    assert kinds(table, 1) == {NumeralKind.PERCENT}
    figure = table.cells[0][1].figure
    assert figure is not None
    assert (figure.unit, figure.interval.low, figure.interval.high) == ("%", 36.5, 37.5)


def test_years_with_the_unit_of_their_column_are_headers() -> None:
    table = read([["Region", "1991%", "2001 %"], ["North", "16.1", "17.4"], ["South", "5", "3.2"]])
    assert [header.label for header in table.headers] == ["1991%", "2001 %"]
    assert kinds(table, 0) == kinds(table, 1) == {NumeralKind.PERCENT}


@pytest.mark.parametrize("label", ["5 % loans", "No. and %", "Shares sold"])
def test_a_header_that_only_mentions_percent_counts(label: str) -> None:
    assert kinds(read([["Region", "Number", label], *ROWS]), 1) == {NumeralKind.COUNT}


def test_a_spanner_of_percent_holds_for_the_columns_below_it() -> None:
    table = read(
        [["", "N", "", "%", ""], ["Region", "2022", "2023", "2022", "2023"], ["North", "12", "20", "37", "63"]]
    )
    assert [kinds(table, column) for column in range(4)] == [{NumeralKind.COUNT}] * 2 + [{NumeralKind.PERCENT}] * 2


def test_what_heads_the_stub_holds_for_the_table_except_for_the_base() -> None:
    table = read([["Per cent", "2022"], ["North", "37"], ["South", "63"], ["Persons asked", "1,204"]])
    assert [row[0].figure.kind for row in table.cells if row[0].figure is not None] == [
        NumeralKind.PERCENT,
        NumeralKind.PERCENT,
        NumeralKind.COUNT,
    ]
