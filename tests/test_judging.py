"""What rules come to: verdicts as the relations have them, and none that the second reader does not bear out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator import checks
from validator.doubts import SecondOpinion
from validator.evaluate import evaluate
from validator.judging import explained, judged
from validator.model.building import single
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.relations import ONE, Comparison, Linear, Sum, Term
from validator.model.rules import Binding, BoundRule
from validator.model.settings import DEFAULT
from validator.model.verdicts import Doubt, Verdict


def figure(text: str, x: float) -> Figure:
    value = Decimal(text)
    place = Location("report.pdf", 1, Box(x, 0, x + 9, 9))
    return Figure(text, value, Interval(value, value), NumeralKind.COUNT, place)


class Reader:
    """A second reader that sees everything but some texts."""

    def __init__(self, *unseen: str) -> None:
        self.unseen = unseen
        self.asked: list[str] = []

    def ask(self, figures):
        asked = list(figures)
        self.asked += [one.text for one in asked]
        return lambda: {one: Doubt.DIFFERS for one in asked if one.text in self.unseen}


def binding(total: str) -> Binding:
    """One rule: 3 + 4 = total."""
    parts = Sum(tuple(Term(figure(text, 20.0 * at), ONE, text) for at, text in enumerate(("3", "4"))))
    relation = Linear(single(figure(total, 60), "total"), Comparison.EQUAL, parts)
    return Binding(rules=(BoundRule("linear", "", {"relation": relation}),), relations=((relation,),))


@pytest.mark.parametrize(("total", "verdict"), [("7", Verdict.HOLDS), ("8", Verdict.VIOLATED)])
def test_a_relation_has_the_verdict_of_its_evaluation(total, verdict):
    (one,) = judged(binding(total))
    ((relation,),) = binding(total).relations
    assert one.outcome.verdict is verdict is evaluate(relation).verdict


@pytest.mark.parametrize(
    ("total", "unseen", "verdict", "asked"),
    [
        ("8", (), Verdict.VIOLATED, {"3", "4", "8"}),
        ("8", ("4",), Verdict.UNDECIDABLE, {"3", "4", "8"}),
        ("7", ("4",), Verdict.HOLDS, set()),  # of what holds nobody is asked
    ],
)
def test_a_violation_that_the_second_reader_does_not_see_is_undecidable(total, unseen, verdict, asked):
    reader = Reader(*unseen)
    bound = binding(total)
    seen = explained(judged(bound), bound, SecondOpinion(reader), checks.kinds(), [], DEFAULT)
    assert [one.outcome.verdict for one in seen.judged] == [verdict]
    assert {one.verdict for one in seen.findings} == {verdict} - {Verdict.HOLDS}
    assert set(reader.asked) == asked
    assert {one.text for one in seen.doubted} == (set(unseen) & asked)
