"""A figure shows its worst decided verdict; what no check could decide is unchecked."""

from __future__ import annotations

from types import SimpleNamespace

from tests.explain.figures import blank, count, judge, same
from validator.coverage import covered
from validator.model.verdicts import Verdict

A, B, C, D = count(1, top=1), count(1, top=2), count(2, top=3), count(9, top=4)
EMPTY = blank()


def coverage(*relations, unchecked=()):
    extract = SimpleNamespace(figures=(A, B, C, D), numerals=(SimpleNamespace(reason="year"),) * 2, missed=())
    return covered([extract], [judge(one) for one in relations], SimpleNamespace(unchecked=unchecked))[0]


def test_the_worst_decided_verdict_is_shown():
    found = coverage(same(A, B), same(B, C), same(A, EMPTY))
    assert found.verdicts == {A: Verdict.HOLDS, B: Verdict.VIOLATED, C: Verdict.VIOLATED}
    assert (found.coverage.checked, found.coverage.unchecked, found.coverage.total) == (3, 1, 6)
    assert found.coverage.not_figures == {"year": 2}


def test_what_could_not_be_decided_is_unchecked():
    found = coverage(same(A, EMPTY))
    assert found.verdicts == {A: Verdict.UNDECIDABLE}
    assert found.coverage.checked == 0


def test_a_reason_is_given_only_for_what_is_in_no_check():
    entry = SimpleNamespace(figures=(A, D), reason="a page number")
    assert coverage(same(A, B), unchecked=(entry,)).reasons == {D: "a page number"}


def test_an_entry_without_a_reason_yet_gives_none():
    entry = SimpleNamespace(figures=(D,), reason="")
    found = coverage(same(A, B), unchecked=(entry,))
    assert found.reasons == {}
    assert found.unchecked == (C, D)
