"""Slips of the keyboard: how one printed number may have become another. Numbers in, the name of the slip out."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

# A number of one digit becomes any other by one wrong digit, so that would prove nothing.
_MIN_DIGITS = 2
_POWERS = (1, 2, 3, 6)  # a decimal separator moved by one or two places, thousands or millions mixed up


class Slip(StrEnum):
    """What happened on the way to the page."""

    SIGN = "sign"
    FACTOR = "decimal separator"
    TRANSPOSED = "transposed digits"
    ONE_DIGIT = "one digit wrong"
    DROPPED = "a digit left out"
    ADDED = "a digit too many"


def slip_between(printed: Decimal, meant: Decimal, decimals: int) -> Slip | None:
    """How ``meant`` could have come to be printed as ``printed``; both have ``decimals`` places in print."""
    if printed == meant:
        return None
    if printed == -meant:
        return Slip.SIGN
    if meant and any(printed in (meant.scaleb(power), meant.scaleb(-power)) for power in _POWERS):
        return Slip.FACTOR
    if (printed < 0) != (meant < 0):
        return None
    return _by_digits(_digits(printed, decimals), _digits(meant, decimals))


def _digits(value: Decimal, decimals: int) -> str:
    return f"{abs(value):.{max(decimals, 0)}f}".replace(".", "")


def _by_digits(printed: str, meant: str) -> Slip | None:
    if min(len(printed), len(meant)) < _MIN_DIGITS:
        return None
    if len(printed) == len(meant):
        wrong = [index for index, (one, other) in enumerate(zip(printed, meant, strict=True)) if one != other]
        if len(wrong) == 1:
            return Slip.ONE_DIGIT
        neighbours = len(wrong) == _MIN_DIGITS and wrong[1] == wrong[0] + 1
        swapped = neighbours and [printed[index] for index in wrong] == [meant[index] for index in reversed(wrong)]
        return Slip.TRANSPOSED if swapped else None
    if len(printed) == len(meant) + 1:
        return Slip.ADDED if _without_one(printed, meant) else None
    if len(printed) + 1 == len(meant):
        return Slip.DROPPED if _without_one(meant, printed) else None
    return None


def _without_one(long: str, short: str) -> bool:
    """Whether ``short`` is ``long`` with one digit left out."""
    return any(long[:index] + long[index + 1 :] == short for index in range(len(long)))


def doubled(printed: str) -> bool:
    """Whether two neighbouring digits are the same, as when a key is held too long."""
    return any(one == other for one, other in pairwise(printed))
