"""What may have been misread accuses nobody; what was read well still does."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.explain.figures import count, judge, same, total
from validator.doubts import complete, confirmed, second_opinion
from validator.model.verdicts import Verdict

WRONG = judge(total(count(9, page=2), count(2, page=2, top=5), count(3, page=3)))
RIGHT = judge(same(count(4), count(4, top=5)))


def extracts(*pages: int) -> list[SimpleNamespace]:
    missed = [SimpleNamespace(page=page) for page in pages]
    return [SimpleNamespace(document=SimpleNamespace(path="report.pdf"), missed=missed)]


@pytest.mark.parametrize(
    ("missed", "verdict", "named"), [((), "violated", ""), ((4,), "violated", ""), ((3,), "undecidable", "page 3")]
)
def test_a_violation_on_a_page_that_was_not_read_in_full_is_undecidable(missed, verdict, named):
    wrong, right = complete([WRONG, RIGHT], extracts(*missed))
    assert wrong.outcome.verdict.value == verdict
    assert named in (wrong.outcome.reason or "")
    assert right == RIGHT


def test_only_the_figures_of_violations_are_asked_for():
    asked = []
    second = SimpleNamespace(ask=lambda figures: asked.extend(figures))
    second_opinion([WRONG, RIGHT], second)
    assert sorted(figure.text for figure in asked) == ["2", "3", "9"]


def test_a_violation_with_a_figure_that_the_second_reader_does_not_see_is_undecidable():
    doubted = frozenset({count(3, page=3)})
    wrong, right = confirmed([WRONG, RIGHT], doubted)
    assert wrong.outcome.verdict is Verdict.UNDECIDABLE
    assert "“3”" in wrong.outcome.reason
    assert right == RIGHT
    assert confirmed([WRONG], frozenset({count(9, page=7)})) == [WRONG]
