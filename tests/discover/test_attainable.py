"""Means of small counts that no whole numbers give, and percentages that were cut off instead of rounded."""

from __future__ import annotations

import random
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discover.strings import accused, found, kept


def _means(seed: int, rows: int) -> list[list[str]]:
    """Homes with their persons' mean number of rooms, of whole rooms."""
    chance = random.Random(seed)
    table = [["Town", "Homes", "Rooms, mean"]]
    for index in range(rows):
        count = chance.randint(7, 19)
        total = sum(chance.randint(1, 6) for _ in range(count))
        table.append([f"Town {index}", str(count), f"{total / count:.2f}"])
    return table


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(6, 14))
def test_true_means_of_whole_numbers_raise_nothing(seed: int, rows: int) -> None:
    assert accused(found(_means(seed, rows))) == set()


def test_a_mean_that_no_whole_numbers_give_is_accused() -> None:
    table = _means(1, 12)
    assert kept(found(table), "mean") >= 10
    table[5][1:] = ["11", "3.50"]  # 38 of 11 is 3.45, 39 is 3.55
    assert accused(found(table)) == {(5, 2)}


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.integers(6, 14))
def test_means_of_anything_else_are_not_held_to_whole_numbers(seed: int, rows: int) -> None:
    chance = random.Random(seed)
    table = [["Town", "Homes", "Income, mean"]]
    table += [[f"Town {i}", str(chance.randint(7, 19)), f"{chance.uniform(1, 40):.2f}"] for i in range(rows)]
    assert accused(found(table)) == set()


def _shares(seed: int, rows: int) -> list[list[str]]:
    chance = random.Random(seed)
    table = [["Town", "Votes", "Voters", "Turnout"]]
    for index in range(rows):
        voters = chance.randint(900, 9_000)
        votes = chance.randint(voters // 3, voters - 1)  # a share of all says nothing, and is not counted
        table.append([f"Town {index}", str(votes), str(voters), f"{floor(1000 * votes / voters) / 10:.1f} %"])
    return table


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6), st.integers(9, 20))
def test_percentages_that_are_all_cut_off_raise_nothing(seed: int, rows: int) -> None:
    relations = found(_shares(seed, rows))
    assert accused(relations) == set()
    assert kept(relations, "share") == rows


def test_a_wrong_percentage_among_those_cut_off_is_accused() -> None:
    table = _shares(4, 14)
    table[6][3] = f"{float(table[6][3][:-2]) + 9:.1f} %"
    assert accused(found(table)) == {(6, 3)}


def test_the_same_mean_of_the_same_count_again_and_again_proves_nothing() -> None:
    table = [["Model", "Poles", "Width"]]
    table += [[f"No. {index}", "2", "7.50"] for index in range(6)]
    table += [["No. 7", "3", "7.50"]]
    assert accused(found(table)) == set()
