"""Shares that make 100, and shares that cannot be."""

from __future__ import annotations

from tests.discover.strings import accused, found, involved, kept

SHARES = [
    ["Sector", "2018", "2019", "2020", "2021", "2022"],
    ["Farming", "12.4 %", "12.1 %", "11.7 %", "11.9 %", "10.2 %"],
    ["Industry", "31.0 %", "30.2 %", "29.8 %", "28.4 %", "28.8 %"],
    ["Trade", "20.3 %", "21.5 %", "22.0 %", "21.6 %", "22.7 %"],
    ["Services", "36.3 %", "36.2 %", "36.6 %", "38.1 %", "38.2 %"],
]


def _changed(row: int, column: int, text: str) -> list[list[str]]:
    changed = [list(cells) for cells in SHARES]
    changed[row][column] = text
    return changed


def test_shares_of_a_partition_make_100_within_rounding() -> None:
    relations = found(SHARES)
    assert kept(relations, "linear") == 5  # 2020 comes to 100.1
    assert accused(relations) == set()


def test_one_share_that_spoils_the_100_is_involved() -> None:
    assert (3, 4) in involved(found(_changed(3, 4, "26.1 %")))


def test_a_share_above_100_whose_separator_slipped_is_impossible() -> None:
    assert accused(found(_changed(2, 3, "2980.0 %"))) == {(2, 3)}


def test_answers_of_which_several_may_be_given_make_no_100() -> None:
    table = [["Answer", "Men", "Women", "All"], ["Price", "61 %", "57 %", "59 %"], ["Taste", "48 %", "55 %", "52 %"],
             ["Origin", "22 %", "31 %", "27 %"], ["Looks", "9 %", "12 %", "11 %"]]  # fmt: skip
    relations = found(table)
    assert kept(relations, "linear") == 0
    assert accused(relations) == set()


def test_changes_above_100_are_no_shares() -> None:
    table = [["Town", "2020", "2021"], ["Ash", "12.4 %", "3700 %"], ["Elm", "31.0 %", "-4.5 %"],
             ["Oak", "8.3 %", "22.1 %"], ["Yew", "140.2 %", "7.7 %"]]  # fmt: skip
    assert accused(found(table)) == set()


def test_lines_that_print_the_same_say_it_once() -> None:
    table = [["Model", "Ultimate", "Service"]]
    pairs = [("60", "40"), ("80", "20")] * 5
    table += [[f"No. {index}", *pair] for index, pair in enumerate(pairs)]
    table += [["No. 10", "65", "17"]]
    assert involved(found(table)) == set()
