"""A relation that nobody wrote: the rule it amounts to, and how well it is supported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.model.rules import BoundRule


@dataclass(frozen=True, slots=True)
class Discovered:
    """``bits`` is the evidence that the relation is meant at all; ``agrees`` what the floats that found it think."""

    bound: BoundRule
    bits: float
    agrees: bool
