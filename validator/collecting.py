"""How often a process of ours looks for unused values that hold one another. Imported before anything else."""

from __future__ import annotations

import gc


def seldom() -> None:
    """Look after every 200,000 new values.

    A run builds many small values that live until it ends and few cycles. Looking for cycles after every 700 new
    values, as Python does, is time spent on walking over live values; so many still bound what cycles hold.
    """
    gc.set_threshold(200_000, 20, 50)
