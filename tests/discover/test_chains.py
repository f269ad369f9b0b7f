"""Rows that follow another from year to year: changes and indices, one wrong cell of which is told."""

from __future__ import annotations

import pytest

from tests.discover.strings import accused, found, involved, kept

HEAD = ["", "2020", "2021", "2022", "2023", "2024"]
LOANS = ["Loans", "21,399", "23,376", "24,452", "25,846", "27,330"]
INDEX = ["Index (2020=100)", "100.0", "109.2", "114.3", "120.8", "127.7"]
CHANGE = ["Change (%)", "–", "9.2", "4.6", "5.7", "5.7"]


def _with(row: list[str], column: int, text: str) -> list[str]:
    return [*row[:column], text, *row[column + 1 :]]


def _turned(rows: list[list[str]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]


@pytest.mark.parametrize("turn", [False, True])
def test_changes_and_an_index_hold(turn: bool) -> None:
    rows = [HEAD, LOANS, INDEX, CHANGE]
    relations = found(_turned(rows) if turn else rows)
    assert accused(relations) == set()
    assert kept(relations, "change") == 4
    assert kept(relations, "share") == 4


def test_the_latest_year_may_come_first() -> None:
    rows = [HEAD, LOANS, INDEX, CHANGE]
    relations = found([[row[0], *row[:0:-1]] for row in rows])
    assert accused(relations) == set()
    assert kept(relations, "change") == 4


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([LOANS, _with(INDEX, 3, "141.3"), CHANGE], (2, 3)),
        ([LOANS, INDEX, _with(CHANGE, 4, "7.5")], (3, 4)),
        ([LOANS, _with(INDEX, 2, "104.2")], (2, 2)),
    ],
)
def test_one_wrong_cell_is_told(rows: list[list[str]], cell: tuple[int, int]) -> None:
    assert accused(found([HEAD, *rows])) == {cell}


def test_a_wrong_level_is_in_its_index_and_in_two_changes() -> None:
    relations = found([HEAD, _with(LOANS, 3, "24,852"), INDEX, CHANGE])
    assert {(2, 3), (3, 3), (3, 4)} <= accused(relations)
    assert (1, 3) in involved(relations)


def test_without_a_label_two_years_show_nothing_of_a_third() -> None:
    head, rows = ["", "2020", "2021", "2022", "2023"], [["Loans", "21,399", "23,376", "24,452", "25,846"]]
    rows.append(["Other", "–", "9.2", "4.6", "7.5"])
    assert accused(found([head, *rows])) == set()


def test_changes_of_figures_that_were_rounded_are_no_misprints() -> None:
    rows = [["Revenue, EUR million", "12", "14", "17", "19", "23"], ["Change (%)", "–", "13.9", "22.7", "10.1", "22.6"]]
    assert accused(found([HEAD, *rows])) == set()


def test_an_index_without_decimals_is_rounded() -> None:
    rows = [LOANS, ["Index (2020=100)", "100", "109", "114", "121", "128"]]
    assert accused(found([HEAD, *rows])) == set()
    assert accused(found([HEAD, LOANS, ["Index (2020=100)", "100", "109", "114", "112", "128"]])) == {(2, 4)}
