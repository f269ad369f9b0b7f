"""Falling order: whether figures are meant to fall, and where one stands out of place.

In: values in printed order. Out: places. Must not know what the values are of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from math import lgamma, log, log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model.settings import Settings


def misplaced(values: Sequence[float], settings: Settings) -> list[int] | None:
    """The places after which a value rises, in a list that falls otherwise; None where it is in no falling order.

    A list of n values falls by accident once in n! (less for equal ones), and each value that may stand anywhere makes
    it n² times as likely. A last value that rises is a rest, put there on purpose.
    """
    if len(values) < settings.sorted_rows:
        return None
    out = len(values) - _longest_fall(values)
    if out > settings.sorted_exceptions:
        return None
    bits = (lgamma(len(values) + 1) - sum(lgamma(run + 1) for run in Counter(values).values())) / log(2)
    if bits - 2 * out * log2(len(values)) < settings.sorted_bits:
        return None
    rises = [place for place, (one, other) in enumerate(pairwise(values)) if other > one]
    last = len(values) - 2
    return [place for place in rises if place != last]


def _longest_fall(values: Sequence[float]) -> int:
    """The most values that can stay where they are in an order that never rises."""
    ends: list[float] = []
    for value in values:
        place = bisect_right(ends, -value)
        ends[place : place + 1] = [-value]
    return len(ends)
