"""Columns of changes and shares: one cell that its counts do not give is told, true columns raise nothing."""

from __future__ import annotations

import pytest

from tests.discover.strings import accused, found, kept

HEAD = ["Region", "2023", "2024", "Change", "Share"]
ROWS = [
    ["North", "412", "455", "+10.4 %", "16.9 %"],
    ["East", "388", "371", "-4.4 %", "13.7 %"],
    ["South", "530", "602", "+13.6 %", "22.3 %"],
    ["West", "275", "264", "-4.0 %", "9.8 %"],
    ["Capital", "901", "1,008", "+11.9 %", "37.3 %"],
    ["Total", "2,506", "2,700", "+7.7 %", "100.0 %"],
]


def test_true_changes_and_shares_hold() -> None:
    relations = found([HEAD, *ROWS])
    assert accused(relations) == set()
    assert kept(relations, "share") == 5
    assert kept(relations, "change") >= 6


@pytest.mark.parametrize(("row", "column", "text"), [(0, 3, "+14.0 %"), (0, 4, "19.6 %")])
def test_one_cell_that_its_counts_do_not_give(row: int, column: int, text: str) -> None:
    rows = [list(one) for one in ROWS]
    rows[row][column] = text
    assert (row + 1, column) in accused(found([HEAD, *rows]))


def test_one_wrong_count_leaves_the_other_lines_checked() -> None:
    rows = [list(one) for one in ROWS]
    rows[2][2] = "620"
    relations = found([HEAD, *rows])
    assert kept(relations, "share") == 4
    assert kept(relations, "change") >= 5
