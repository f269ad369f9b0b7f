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


def _offices() -> list[list[str]]:
    """Two offices in one table, each with votes and shares of its own total."""
    offices = {"Mayor": [512, 311, 208, 177, 96, 71], "Sheriff": [1_204, 655, 402, 187, 93, 58]}
    rows = [["Candidate", "Votes", "Share"]]
    for office, votes in offices.items():
        rows += [
            [f"{office} {chr(65 + k)}", f"{vote:,}", f"{100 * vote / sum(votes):.2f}%"] for k, vote in enumerate(votes)
        ]
        rows.append([f"All votes for {office.lower()}", f"{sum(votes):,}", "100.00%"])
    return rows


def test_shares_are_of_the_whole_that_they_stand_beside() -> None:
    rows = _offices()
    assert accused(found(rows)) == set()
    assert kept(found(rows), "share") == 12
    rows[3][2] = "51.12%"
    assert {cell for cell in accused(found(rows)) if cell[1] == 2 and cell[0] < 7} == {(3, 2)}
