"""Exit statuses, as the README and every help text promise them. Must decide nothing about figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CLEAN = 0  # nothing violated
VIOLATED = 1  # a finding of severity error that nobody accepted
UNUSABLE = 2  # the command, a rule book or a document could not be used
INTERRUPTED = 130  # as shells have it: 128 and the number of the signal


def status(unusable: Sequence[str], *, fails: bool) -> int:
    """What a run ends with: one that could not use a document says so, whatever it found in the others."""
    return UNUSABLE if unusable else VIOLATED if fails else CLEAN
