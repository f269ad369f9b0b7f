"""How often rounded figures make their rounded total exactly, and what that tells of a small gap."""

from __future__ import annotations

from random import Random

import pytest

from validator.discover.exactness import Habit, agreeing, confidence, counting
from validator.model.settings import DEFAULT


def sure_of(exact: list[int], near: list[int]) -> float:
    """How sure a small gap is a misprint, in a document of one table."""
    bits = counting(exact, near, len(near), DEFAULT)
    return confidence(bits, Habit(0, bits), DEFAULT)


@pytest.mark.parametrize("terms", [2, 3, 6, 15, 16, 40])
def test_as_often_as_figures_that_are_rounded_one_by_one(terms: int) -> None:
    chance, tried = Random(terms), 20_000
    exact = 0
    for _ in range(tried):
        figures = [chance.uniform(10, 1000) for _ in range(terms)]
        exact += round(sum(figures)) == sum(map(round, figures))
    assert agreeing(terms) == pytest.approx(exact / tried, abs=0.015)


def test_the_more_sums_are_exact_the_surer_is_a_small_gap_a_misprint() -> None:
    sure = [sure_of([6] * many, [6]) for many in (3, 6, 9, 30)]
    assert sure == sorted(sure)
    assert sure[0] < DEFAULT.note_confidence
    assert sure[-1] > DEFAULT.error_confidence


def test_many_small_gaps_are_rounding() -> None:
    assert sure_of([2] * 12, [2] * 4) < DEFAULT.note_confidence


def test_the_rest_of_a_document_tells_what_to_expect() -> None:
    bits = counting([6] * 3, [6], 1, DEFAULT)
    assert confidence(bits, Habit(0, bits + 20), DEFAULT) > sure_of([6] * 3, [6])
