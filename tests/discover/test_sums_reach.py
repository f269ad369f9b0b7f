"""The cheap look at rows never passes over a sum that a full reckoning finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from validator.discover.arrays import Numbers
from validator.discover.evidence import needed
from validator.discover.sums import adjacent
from validator.discover.sums_reach import hopeful
from validator.model.settings import DEFAULT

_FIGURES = st.one_of(st.none(), st.integers(0, 9), st.integers(0, 99_999))


@st.composite
def tables(draw: st.DrawFn) -> Numbers:
    """Random figures with a true total of the rows after it, in a random place; some blank, some cells no numbers."""
    rows, lines = draw(st.integers(4, 30)), draw(st.integers(1, 5))
    cells = [[draw(_FIGURES) for _ in range(lines)] for _ in range(rows)]
    value = np.array([[np.nan if cell is None else float(cell) for cell in row] for row in cells])
    gap = np.isnan(value) & draw(st.booleans())
    first = draw(st.integers(0, rows - 3))
    last = draw(st.integers(first + 2, rows - 1))
    value[first] = np.nansum(value[first + 1 : last + 1], axis=0)
    if draw(st.booleans()):  # one line of differences
        value[:, 0] *= -1
    shape = value.shape
    return Numbers(
        value, np.ones(shape), gap & np.isnan(value), np.zeros(shape, dtype=bool), np.zeros(shape, dtype=int)
    )


@given(tables())
def test_no_supported_sum_is_passed_over(numbers: Numbers) -> None:
    rows = np.flatnonzero(~np.isnan(numbers.value).all(axis=1))
    need = needed(len(rows) ** 2, DEFAULT)
    for ordered in (rows, rows[::-1]):
        everywhere = np.arange(len(rows) - 2)
        full = {one.total for one in adjacent(numbers, ordered, everywhere, need, DEFAULT)}
        (places,) = hopeful(numbers, (ordered,), need, DEFAULT)
        assert full <= {int(ordered[place]) for place in places}


def test_few_rows_of_a_long_list_are_looked_at() -> None:
    generator = np.random.default_rng(1)
    value = generator.integers(1_000, 9_999, (2_000, 3)).astype(float)
    value[100] = value[101:140].sum(axis=0)
    plain = Numbers(
        value, np.ones_like(value), np.zeros(value.shape, bool), np.zeros(value.shape, bool), np.zeros(value.shape, int)
    )
    (places,) = hopeful(plain, (np.arange(2_000),), needed(2_000**2, DEFAULT), DEFAULT)
    assert 100 in places
    assert len(places) < 20
