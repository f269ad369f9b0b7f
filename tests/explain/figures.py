"""Figures and judged relations made by hand, for the tests of explanations."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.evaluate import evaluate
from validator.model.figures import Figure, NumeralKind
from validator.model.findings import Severity, Source
from validator.model.intervals import Interval
from validator.model.judged import Judged
from validator.model.locations import Box, Location
from validator.model.relations import Comparison, Linear, Quotient, Sum, Term
from validator.model.rules import BoundRule, Position

if TYPE_CHECKING:
    from validator.model.relations import Relation


def count(value: int, label: str = "", *, page: int = 1, top: float = 0) -> Figure:
    where = Location("report.pdf", page, Box(0, top, 1, top + 1))
    return Figure(str(value), Decimal(value), Interval.exactly(value), NumeralKind.COUNT, where, label=label)


def percent(text: str, label: str = "") -> Figure:
    value, decimals = Decimal(text), len(text.partition(".")[2])
    where = Location("report.pdf", 1, Box(0, 0, 1, 1))
    allowed = Interval.rounded(value, decimals)
    return Figure(text, value, allowed, NumeralKind.PERCENT, where, decimals, "%", quote=f"{text} %", label=label)


def blank(label: str = "") -> Figure:
    where = Location("report.pdf", 1, Box(0, 0, 1, 1))
    return Figure("", None, Interval(None, None), NumeralKind.UNREADABLE, where, label=label)


def total(of: Figure, *parts: Figure) -> Linear:
    return Linear(one(of, "total"), Comparison.EQUAL, Sum(tuple(Term(part, Decimal(1), "part") for part in parts)))


def same(a: Figure, b: Figure) -> Linear:
    return Linear(one(a, "stated"), Comparison.EQUAL, one(b, "stated"))


def share(stated: Figure, part: Figure, whole: Figure) -> Quotient:
    return Quotient(one(stated, "stated"), one(part, "part"), one(whole, "whole"), scale=Decimal(100))


def one(figure: Figure, role: str) -> Sum:
    return Sum((Term(figure, Decimal(1), role),))


def judge(
    relation: Relation,
    rule: str = "a-rule",
    *,
    kind: str = "footing",
    severity: Severity | None = None,
    source: Source = Source.DECLARED,
) -> Judged:
    bound = BoundRule(kind, rule, {}, Position("book.yml", 3, 5), severity)
    return Judged(bound, evaluate(relation), f"what {rule} says", source, "the row as printed", 0.75)
