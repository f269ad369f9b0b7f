"""Which column a box stands in, however many there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from validator.extract.table_cells import covers, joined, place
from validator.extract.table_raw import RawColumn
from validator.model.locations import Box

STEPS = st.tuples(st.integers(0, 9), st.integers(1, 20), st.booleans())


@given(st.lists(STEPS, min_size=17, max_size=40), st.integers(-30, 500), st.integers(0, 200))
def test_of_many_columns_the_same_is_found_as_by_looking_at_each(
    steps: list[tuple[int, int, bool]], left: int, width: int
) -> None:
    columns: list[RawColumn] = []
    for step, extent, numeric in steps:
        start = (columns[-1].x1 if columns else 0) + step
        columns.append(RawColumn(start, start + extent, numeric))
    box = Box(left, 0, left + width, 9)

    def key(i: int) -> tuple[bool, float, float]:
        one = columns[i]
        shared = min(one.x1, box.x1) - max(one.x0, box.x0)
        return one.numeric and covers(one, box), shared, -abs((one.x0 + one.x1) - (box.x0 + box.x1))

    assert place(columns, box) == max(range(len(columns)), key=key)


def test_a_hyphen_at_a_line_end_breaks_a_word_or_joins_two() -> None:
    assert joined(["Immi-", "gration"]) == "Immigration"
    assert joined(["Rivas-", "Vaciamadrid"]) == "Rivas-Vaciamadrid"
    assert joined(["Covid-", "19 deaths"]) == "Covid-19 deaths"
    assert joined(["2019 -", "2020"]) == "2019 - 2020"
