"""What holds, for formats that list that too: judged relations and answers of data in, holdings out. No verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.explain.data import exhibits_of_data
from validator.explain.exhibits import exhibits_of
from validator.model.findings import Source
from validator.model.results import Holding
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.model.answers import SourceOutcome
    from validator.model.judged import Judged
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


def holding(
    judged: Sequence[Judged],
    told: Sequence[tuple[BoundRule, SourceOutcome, Verdict, str]],
    said: Callable[[BoundRule, Outcome], str],
) -> tuple[Holding, ...]:
    """Everything that holds, in the order given; ``said`` is what the kind of a rule says of an outcome."""
    of_data = [
        Holding(bound.kind, _origin(bound, Source.DECLARED), message, exhibits_of_data(outcome))
        for bound, outcome, verdict, message in told
        if verdict is Verdict.HOLDS
    ]
    printed = [
        Holding(one.bound.kind, _origin(one.bound, one.source), said(one.bound, one.outcome), exhibits_of(one.outcome))
        for one in judged
        if one.outcome.verdict is Verdict.HOLDS
    ]
    return (*of_data, *printed)


def _origin(bound: BoundRule, source: Source) -> str:
    """The rule and its line in the book, or that it was discovered."""
    name = bound.rule or ("" if bound.position else f"{source.value} {bound.kind}")
    if bound.position is None:
        return name
    return f"{name} ({bound.position})" if name else str(bound.position)
