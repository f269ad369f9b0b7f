"""A table's figures as arrays: the step to which the counts of each column were rounded."""

from __future__ import annotations

import pytest

from validator import languages
from validator.discover.arrays import numbers
from validator.extract import grid
from validator.model.settings import DEFAULT

TENS = ["130", "2,450", "770", "3,010", "640", "990"]


def steps(*columns: list[str]) -> list[float]:
    """The step that is found for each column."""
    rows = [[f"Town {'ABCDEFGH'[number]}", *row] for number, row in enumerate(zip(*columns, strict=True))]
    head = ["Town", *(f"Group {'ABCDEFGH'[number]}" for number in range(len(columns)))]
    read = numbers(grid([head, *rows], "report.csv", languages.load("en"), DEFAULT), DEFAULT)
    return [float(step) for step in read.unit[-1]]


@pytest.mark.parametrize(
    ("column", "step"),
    [
        (TENS, 10),
        (["125", "2,455", "770", "3,010", "645", "990"], 5),
        (["125", "2,455", "770", "3,010", "645", "991"], 1),
        (["240", "2,460", "780", "3,120", "660", "960"], 1),  # sixties: a pack size, which nobody rounds to
        (["13,000", "0", "0", "2,000", "0", "0"], 1),  # too few to tell
    ],
)
def test_a_column_shows_its_own_step(column: list[str], step: float) -> None:
    assert steps(column)[-1] == step


@pytest.mark.parametrize(
    ("column", "step"),
    [
        (["120", "2,460", "780", "3,000", "660", "960"], 10),  # by chance sixties
        (["0", "0", "120", "0", "40", "0"], 10),  # too few to tell by themselves
        (["126", "2,460", "780", "3,000", "660", "960"], 1),  # not rounded to tens, whatever stands beside it
        (["12.0", "24.0", "36.0", "60.0", "12.0", "24.0"], 0.1),  # printed in another way
        (["20%", "40%", "0%", "60%", "40%", "0%"], 1),
    ],
)
def test_a_column_was_rounded_as_those_beside_it(column: list[str], step: float) -> None:
    assert steps(TENS, column)[-1] == step
