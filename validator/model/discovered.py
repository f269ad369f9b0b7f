"""A relation that nobody wrote: the rule it amounts to, and how well it is supported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.model.sent import sent

if TYPE_CHECKING:
    from validator.model.rules import BoundRule


@sent
@dataclass(frozen=True, slots=True)
class Discovered:
    """``bits`` is the evidence that the relation is meant at all; ``agrees`` what the floats that found it think.

    ``confidence`` (0 to 1) is how sure a contradiction is one, should the relation not hold. The rule's ``severity``
    is the most that a finding may be, its ``note`` what the page itself says of the gap.
    """

    bound: BoundRule
    bits: float
    agrees: bool
    confidence: float = 1.0
