"""How rarely chance would put a printed total where one slip of the hand explains it.

In: a total as printed, and what its parts come to. Out: bits. Must not know where the numbers come from, nor decide
whether they are meant to be the same.
"""

from __future__ import annotations

from math import log2

_BASE = 10


def slip_of(printed: float, implied: float, decimals: int) -> float:
    """The bits by which a slip explains a total: two digits swapped, one changed, one left out or put in; else 0.

    Of all numbers of that many digits so few are such neighbours of the right one: log2(all / neighbours).
    """
    if printed < 0 or implied < 0:
        return 0.0
    stated, right = (str(round(value * _BASE**decimals)) for value in (printed, implied))
    size = len(right)
    if stated == right:
        return 0.0
    if len(stated) == size:
        return _same_length(stated, right)
    if len(stated) == size - 1 and _without_one(stated, right):
        return max(0.0, log2(_BASE ** (size - 1) / size))
    if len(stated) == size + 1 and _without_one(right, stated):
        return max(0.0, log2(_BASE ** (size + 1) / (_BASE * (size + 1))))
    return 0.0


def _same_length(stated: str, right: str) -> float:
    size = len(right)
    apart = [place for place in range(size) if stated[place] != right[place]]
    swapped = [right[:i] + right[i + 1] + right[i] + right[i + 2 :] for i in range(size - 1)]
    if stated in swapped:
        return log2(_BASE**size / len(swapped))
    return log2(_BASE**size / ((_BASE - 1) * size)) if len(apart) == 1 else 0.0


def _without_one(short: str, long: str) -> bool:
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
