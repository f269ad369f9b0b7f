"""Quotients of rows: in tables too wide to try whole, and borne out by all of their lines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from validator.discover import ratios
from validator.discover.arrays import Numbers
from validator.model.settings import DEFAULT

LINES = 40
FEW = replace(DEFAULT, most_pair_figures=4**3 * 8)  # of four rows the first eight lines are tried


def table(*, percent: bool = False) -> tuple[np.ndarray, Numbers]:
    """Counts, those among them, something else and a share, (4, 40); and the same to be searched."""
    draw = np.random.default_rng(7)
    whole, other = draw.integers(2_000, 90_000, (2, LINES))
    part = np.rint(whole * draw.uniform(0.1, 0.9, LINES))
    value = np.array([whole, part, other, np.rint(1000 * part / whole) / 10], dtype=float)
    return value, numbers(value, percent=percent)


def numbers(value: np.ndarray, *, percent: bool = False) -> Numbers:
    share = np.zeros(value.shape, dtype=bool)
    share[3] = percent
    unit = np.ones(value.shape)
    unit[3] = 0.1
    return Numbers(value, unit, np.zeros(value.shape, dtype=bool), share, np.zeros(value.shape, dtype=int))


@pytest.mark.parametrize("percent", [True, False])
@pytest.mark.parametrize("settings", [DEFAULT, FEW])
def test_a_share_is_found_and_told_of_every_line(settings, percent):
    (found,) = ratios.quotients(table(percent=percent)[1], settings)
    assert (found.stated, found.top, found.bottom, found.scale) == (3, (1,), (0,), 100.0)
    assert (found.holds, found.fails) == (tuple(range(LINES)), ())


@pytest.mark.parametrize("settings", [DEFAULT, FEW])
def test_a_slip_is_told_wherever_it_stands(settings):
    value, _ = table()
    value[3, LINES - 1] += 7
    (found,) = ratios.quotients(numbers(value), settings)
    assert found.fails == (LINES - 1,)


def test_what_the_rest_of_a_wide_table_does_not_bear_out_is_none():
    value, _ = table()
    value[3, 8:] = np.random.default_rng(8).uniform(1, 99, LINES - 8).round(1)
    assert list(ratios.quotients(numbers(value[:, :8]), FEW))
    assert not list(ratios.quotients(numbers(value), FEW))


def test_no_more_lines_are_tried_than_can_be_afforded(monkeypatch):
    shapes = []
    made = ratios._Pairs.__init__

    def counted(self, value, *rest):
        shapes.append(value.shape)
        made(self, value, *rest)

    monkeypatch.setattr(ratios._Pairs, "__init__", counted)
    assert list(ratios.quotients(table()[1], FEW))
    assert shapes == [(4, 8), (3, LINES)]
