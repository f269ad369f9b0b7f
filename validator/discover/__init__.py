"""Extracts → the relations that nobody wrote: `discover`. Floats propose them; `evaluate` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model.discovered import Discovered
    from validator.model.extracts import Extract
    from validator.model.settings import Settings


def discover(extracts: Sequence[Extract], settings: Settings) -> tuple[Discovered, ...]:
    """What the figures of these documents support: relations that hold, for coverage, and those that do not."""
    from validator.discover.within import tables

    return tuple(one for extract in extracts for one in tables(extract, settings))
