"""A relation with everything that `explain` needs to make a finding of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.model.findings import Source

if TYPE_CHECKING:
    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule, what one of its relations came to, and that in words.

    ``message`` is what the rule's kind says of the outcome (needed only where the relation does not hold);
    ``context`` is the sentence or row as printed around the stated figure; ``confidence`` (0 to 1) is how sure the
    relation is meant at all, which only discovery doubts; ``titles`` are those of the tables that its figures stand in.
    """

    bound: BoundRule
    outcome: Outcome
    message: str = ""
    source: Source = Source.DECLARED
    context: str = ""
    confidence: float = 1.0
    titles: tuple[str, ...] = ()
