"""Very wide tables: the search for pairs stays within its bounds, and still finds a sum that every column keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from validator.discover import sums
from validator.discover.arrays import Numbers
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    import pytest


def wide(value: np.ndarray) -> Numbers:
    shape = value.shape
    no = np.zeros(shape, dtype=bool)
    return Numbers(value.astype(float), np.ones(shape), no, no, np.zeros(shape, dtype=int))


def test_a_pair_is_found_in_a_table_too_wide_to_try_whole() -> None:
    value = np.random.default_rng(1).integers(1_000, 99_999, (8, 50))
    value[6] = value[1] + value[4]
    found = sums.pairs(wide(value), np.arange(8), replace(DEFAULT, most_pair_figures=8**3 * 10))
    assert [(one.total, one.parts, len(one.exact)) for one in found] == [(6, (1, 4), 50)]


def test_figures_that_are_all_alike_are_tried_no_oftener_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    monkeypatch.setattr(sums, "_independent", lambda _, one, *__: tried.append(one.total))
    rows, most = 12, 5
    sums.pairs(wide(np.ones((rows, 100))), np.arange(rows), replace(DEFAULT, most_pairs_tried=most))
    assert 0 < max(tried.count(row) for row in range(rows)) <= most
