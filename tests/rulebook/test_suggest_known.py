"""What a relation says, so that a rule is written only where it says what discovery found."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.relations import Comparison, Linear, Quotient, Sum, Term
from validator.rulebook.suggest_known import meaning

WHERE = Location("report.pdf", 1, Box(0, 0, 9, 9))


def one(number: int) -> Sum:
    value = Decimal(number)
    return Sum((Term(Figure(str(number), value, Interval.exactly(value), NumeralKind.COUNT, WHERE)),))


A, B, C = one(25), one(15), one(60)


@pytest.mark.parametrize("relation", [Linear(A, Comparison.EQUAL, B), Quotient(A, B, C, scale=Decimal(100))])
def test_slack_and_doubt_are_part_of_what_a_relation_says(relation: Linear | Quotient) -> None:
    same, slack, doubt = replace(relation), replace(relation, slack=Decimal(1)), replace(relation, doubt="no unit")
    assert meaning(same) == meaning(relation)
    assert len({meaning(relation), meaning(slack), meaning(doubt)}) == 3


def test_the_sides_of_an_equation_may_be_exchanged_and_those_of_an_order_not() -> None:
    assert meaning(Linear(A, Comparison.EQUAL, B)) == meaning(Linear(B, Comparison.EQUAL, A))
    assert meaning(Linear(A, Comparison.LESS, B)) != meaning(Linear(B, Comparison.LESS, A))
    assert meaning(Quotient(A, B, C)) != meaning(Quotient(A, C, B))
