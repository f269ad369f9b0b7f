"""What may have been misread accuses nobody; what was read well still does."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.explain.figures import count, judge, same, total
from validator.doubts import SecondOpinion, complete, confirmed, doubtful, unanswered, unreadable
from validator.model.verdicts import Doubt, Verdict

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
    second = SimpleNamespace(ask=lambda figures: asked.extend(figures) or {count(9, page=2): Doubt.DIFFERS}.copy)
    opinion = SecondOpinion(second)
    opinion.ask([WRONG, RIGHT])
    assert sorted(figure.text for figure in asked) == ["2", "3", "9"]
    opinion.ask([WRONG])
    assert len(asked) == 3
    assert [(figure.text, doubt) for figure, doubt in opinion.doubts().items()] == [("9", Doubt.DIFFERS)]


@pytest.mark.parametrize(
    ("doubt", "reason"),
    [
        (Doubt.DIFFERS, "a second reading does not agree on “3”"),
        (Doubt.UNREADABLE, "the second reader cannot read the page of “3”"),
        (Doubt.UNANSWERED, "the second reader did not answer for “3”"),
    ],
)
def test_a_violation_with_a_figure_that_is_not_confirmed_is_undecidable(doubt, reason):
    wrong, right = confirmed([WRONG, RIGHT], {count(3, page=3): doubt})
    assert wrong.outcome.verdict is Verdict.UNDECIDABLE
    assert wrong.outcome.reason == reason
    assert right == RIGHT
    assert confirmed([WRONG], {count(9, page=7): doubt}) == [WRONG]


def test_no_answer_is_told_page_by_page():
    doubted = {count(page, page=page): Doubt.UNANSWERED for page in (5, 3)} | {count(9, page=4): Doubt.UNREADABLE}
    assert [line.split(",")[0] for line in unanswered(doubted)] == [
        "report.pdf: the second reader did not answer for pages 3"
    ]
    (line,) = unreadable(doubted)
    assert "cannot read page 4" in line
    assert unanswered({count(1): Doubt.DIFFERS}) == unreadable({count(1): Doubt.DIFFERS}) == []


def test_a_figure_is_doubtful_wherever_its_print_is_doubted():
    other = count(9, page=2)
    asked: list[list[str]] = []
    second = SimpleNamespace(ask=lambda figures: asked.append([f.text for f in figures]) or {other: Doubt.DIFFERS}.copy)
    opinion = SecondOpinion(second)
    opinion.ask([WRONG])
    opinion.look([count(9, page=2), count(7, page=2)])
    assert asked[1:] == [["7"]]
    seven, nine = count(7, page=2), count(9, page=2)
    assert doubtful([seven, nine], opinion.doubts()) == {nine}
