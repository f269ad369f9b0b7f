"""The three verdicts and what an evaluation found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from validator.model.intervals import Interval
    from validator.model.relations import Label, Relation


class Verdict(StrEnum):
    """Holds when values inside the printed intervals satisfy the relation, violated when none do."""

    HOLDS = "holds"
    VIOLATED = "violated"
    UNDECIDABLE = "undecidable"


class Doubt(StrEnum):
    """Why a second reading does not confirm what the first has read."""

    DIFFERS = "differs"  # something else stands there
    UNREADABLE = "unreadable"  # the second reader cannot read that page
    UNANSWERED = "unanswered"  # no answer came in time


@dataclass(frozen=True, slots=True)
class Outcome:
    """A relation with its verdict. Numbers are None where the relation has none (labels) or an operand is missing.

    ``stated`` is the printed side's value, ``implied`` what the other side gives, ``allowed`` its whole interval,
    ``difference`` stated minus implied. ``labels`` are those at fault in a label relation; ``reason`` says why a
    relation is undecidable.
    """

    relation: Relation
    verdict: Verdict
    stated: Decimal | None = None
    implied: Decimal | None = None
    allowed: Interval | None = None
    difference: Decimal | None = None
    labels: tuple[Label, ...] = ()
    missing: tuple[str, ...] = ()  # label texts that one side has and the other lacks
    reason: str = ""
