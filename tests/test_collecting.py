"""How often unused values are looked for: seldom, and still soon enough for cycles not to pile up."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest

from validator.collecting import seldom


class Held:
    """A value that holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def thresholds():
    before = gc.get_threshold()
    seldom()
    yield gc.get_threshold()
    gc.set_threshold(*before)


def collections() -> int:
    return sum(one["collections"] for one in gc.get_stats())


def test_many_small_values_are_not_walked_over(thresholds):
    gc.collect()
    before = collections()
    kept = [[] for _ in range(100_000)]
    assert collections() == before
    assert len(kept) == 100_000


def test_values_that_hold_one_another_are_found_all_the_same(thresholds):
    assert gc.isenabled()
    cycle = weakref.ref(Held())
    kept = [[] for _ in range(2 * thresholds[0])]
    assert cycle() is None
    assert kept


def test_the_program_collects_so_before_it_reads_anything():
    program = """
import gc
from validator import cli
from validator.__main__ import main
cli.main = lambda: print(gc.get_threshold()[0]) or 0
main()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert int(done.stdout) >= 100_000
