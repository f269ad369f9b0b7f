"""Rows of a table in a terminal: headings wrap between words, and what a figure should be stands beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.model.findings import Exhibit
from validator.model.locations import Box, Location
from validator.report import _grid
from validator.report._context import Context
from validator.report._excerpts import Grid, Line, Piece
from validator.report._grid import grid
from validator.report._ink import paint

COLUMNS = ("Budget 2024", "Budget 2025", "Revised appropriation")
LINES = (
    Line("Contributions of other municipalities", (Piece("39,605"), Piece("40,855"), Piece("1,250"))),
    Line("Grants", (Piece("11,820"), Piece("11,650", 0), Piece("-260"))),
)


def drawn(width: int, *, culprits: dict[int, str] | None = None) -> list[str]:
    one = Grid("report.pdf", 1, "", COLUMNS, LINES, "page 1")
    exhibits = (Exhibit("total", "11,650", Decimal(11_650), Location("report.pdf", 1, Box(0, 0, 9, 9)), "Grants"),)
    context = Context(width=width)
    return [paint(line, colour=False).rstrip() for line in grid(one, exhibits, culprits or {}, context)]


def test_headings_wrap_before_labels_or_words_are_cut() -> None:
    heading, second, first, *_ = drawn(90)
    assert (heading.split(), second.split()) == (["Budget", "Budget", "Revised"], ["2024", "2025", "appropriation"])
    assert "Contributions of other municipalities" in first


def test_where_there_is_room_headings_keep_to_one_line() -> None:
    assert drawn(120)[0].split("   ")[-3:] == ["Budget 2024", "Budget 2025", "Revised appropriation"]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_correction_stands_beside_its_figure(width: int) -> None:
    assert drawn(width, culprits={0: "11,560"})[-1].split("→")[1].split()[0] == "11,560"


def test_headings_are_as_wide_as_fits() -> None:
    heads, widest, label = ["Budget for the whole year 2024", "Change on the year before in per cent"], [8, 8], 12

    def used(found: list[list[str]]) -> int:
        return label + sum(2 + wide for wide in _grid._widths(found, widest))

    for width in range(40, 100):
        wrapped = ([_grid._stacked(head, max(most, 7)) for head in heads] for most in range(40, 0, -1))
        assert _grid._headings(heads, widest, width, label) == next(one for one in wrapped if used(one) <= width)


def test_the_width_of_long_headings_is_found_in_few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    stacked, tries = _grid._stacked, []
    monkeypatch.setattr(_grid, "_stacked", lambda head, most: tries.append(most) or stacked(head, most))
    heads = [" ".join(f"word{i}{j}" for j in range(50)) for i in range(20)]
    _grid._headings(heads, [9] * 20, 100, 30)
    assert max(map(len, heads)) > 300
    assert len(tries) <= 20 * (4 * 10 + 1)
