"""Where one grid holds two tables, one below the other, that share nothing but their columns."""

from __future__ import annotations

from functools import partial

import pytest

from validator import languages
from validator.extract.layout_shapes import is_numeric
from validator.extract.table_panels import split_at_bands
from validator.extract.table_raw import RawGrid, Slot
from validator.extract.table_strings import raw_grid
from validator.extract.table_understand import names_total
from validator.model.locations import Box
from validator.model.settings import DEFAULT

FIRST = [["Region", "Men", "", "All"], ["North", "1,260", "", "1,836"], ["South", "", "200", "776"],
         ["Total", "1,460", "", "2,612"]]  # fmt: skip


def parts(rows: list[list[str]]) -> list[RawGrid]:
    slots = [
        [Slot(t, Box(c, r, c + 1, r + 1), numeric=is_numeric(t)) if t else None for c, t in enumerate(row)]
        for r, row in enumerate(rows)
    ]
    return split_at_bands(raw_grid(slots), partial(names_total, language=languages.load("en")), DEFAULT)


@pytest.mark.parametrize(
    "head", [["0-17", "18-64", "65+"], ["0-17", "18+", "All"], ["2020", "2021", "2022"], ["2022", "2021", "2020"]]
)
def test_bands_or_years_after_a_total_head_another_table(head: list[str]) -> None:
    grids = parts([*FIRST, ["Region", *head], ["North", "512", "388", "936"], ["South", "313", "264", "199"]])
    assert len(grids) == 2
    assert [span.slot.text for row in grids[1].rows for span in row.spans] == ["Region", *head]


def test_columns_that_only_the_other_table_needs_are_joined() -> None:
    first, second = parts([*FIRST, ["Region", "0-17", "18-64", "65+"], ["North", "512", "388", "936"]])
    assert [len(first.columns), len(second.columns)] == [3, 4]
    assert [row.slots[1].text for row in first.rows if row.slots[1] is not None] == ["1,260", "200", "1,460"]


@pytest.mark.parametrize("row", [["1998", "2003", "2001"], ["12-16", "14-19", "15-20"]])
def test_years_of_events_and_ranges_amid_the_body_are_no_head(row: list[str]) -> None:
    body = [["North", "512", "388", "936"], ["Founded", *row], ["South", "313", "264", "199"]]
    assert len(parts([["Region", "A", "B", "C"], *body])) == 1


def test_running_numbers_without_a_label_head_columns_wherever_they_stand() -> None:
    body = [["North", "512", "388", "936"], ["", "1", "2", "3"], ["South", "313", "264", "199"]]
    assert len(parts([["Region", "A", "B", "C"], *body])) == 2
    assert len(parts([["Region", "A", "B", "C"], *body[:1], ["East", "1", "2", "3"], body[2]])) == 1


def test_numbers_of_weeks_after_a_total_head_another_table() -> None:
    first = [["Region", *"ABCDE"], ["North", "512", "388", "936", "12", "9"], ["Total", "512", "388", "936", "12", "9"]]
    weeks = [["Week", "45", "46", "47", "48", "49"], ["North", "31", "28", "40", "35", "22"]]
    assert len(parts([*first, *weeks])) == 2
    assert len(parts([*first[:2], *weeks])) == 1
