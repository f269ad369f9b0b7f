"""Runs of digits: where a number printed in digits begins and ends, and what it is worth.

In: the text from a digit on, and the separators in force. Out: `Digits`. It knows nothing of words beside the number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from validator.extract.separators import APOSTROPHES, POINTS, SPACES, ZERO_WIDTH, Separators

_RUN = re.compile(rf"\d(?:[{ZERO_WIDTH}]*\d)*")
_NEXT = re.compile(rf"[{ZERO_WIDTH}]*([{POINTS}{APOSTROPHES}{SPACES}])[{ZERO_WIDTH}]*(\d(?:[{ZERO_WIDTH}]*\d)*)")
_GROUP = 3  # digits
_MOST_GROUPS = 40  # of one number; a longer row of them is a line of figures
_NOTHING = dict.fromkeys(map(ord, ZERO_WIDTH))


class Digits(NamedTuple):
    """A number at ``text[start:stop]``; ``value`` is None where its separators make no sense ("1.23.4")."""

    start: int
    stop: int
    value: Decimal | None
    decimals: int = 0
    grouped: bool = False
    doubtful: bool = False  # one separator and three digits: read by custom, not by proof


class _Part(NamedTuple):
    sign: str  # what stands before these digits; "" for the first
    digits: str
    stop: int


def read_digits(text: str, start: int, usual: Separators, seen: Separators) -> Digits:
    """The longest number that begins at ``start``. ``seen`` is the evidence, ``usual`` the custom of the language."""
    parts = _parts(text, start)
    threes = _threes(parts)
    if threes and _groups(parts, threes, usual, seen):
        return _grouped(start, parts, threes)
    if len(parts) > 1 and parts[1].sign in POINTS:
        if len(parts) > 2 and parts[2].sign in POINTS:
            stop = next((i for i in range(2, len(parts)) if parts[i].sign not in POINTS), len(parts))
            return Digits(start, parts[stop - 1].stop, None)
        return _with_decimals(start, parts, 1, doubtful=threes == 1)
    return Digits(start, parts[0].stop, Decimal(parts[0].digits))


def _parts(text: str, start: int) -> list[_Part]:
    """The first digits and what may belong to their number, up to the first part that no longer groups nor points."""
    first = _RUN.match(text, start)
    if first is None:
        raise ValueError("no digit here")
    parts = [_Part("", first.group().translate(_NOTHING), first.end())]
    grouping = len(parts[0].digits) <= _GROUP and not parts[0].digits.startswith("0")
    pointed = True
    while (pointed or (grouping and len(parts) <= _MOST_GROUPS)) and (match := _NEXT.match(text, parts[-1].stop)):
        parts.append(_Part(match.group(1), match.group(2).translate(_NOTHING), match.end()))
        grouping = grouping and parts[-1].sign == parts[1].sign and len(parts[-1].digits) == _GROUP
        pointed = pointed and parts[-1].sign in POINTS
    return parts


def _threes(parts: list[_Part]) -> int:
    """How many groups of exactly three digits follow the first part, all behind the same sign."""
    if len(parts) < 2 or len(parts[0].digits) > _GROUP or parts[0].digits.startswith("0"):
        return 0
    count = 0
    for part in parts[1:]:
        if part.sign != parts[1].sign or len(part.digits) != _GROUP:
            break
        count += 1
    return count


def _groups(parts: list[_Part], threes: int, usual: Separators, seen: Separators) -> bool:
    """Whether the sign before the groups of three groups digits, rather than beginning decimals or parting numbers."""
    sign = parts[1].sign
    after = parts[threes + 1].sign if len(parts) > threes + 1 else ""
    if sign in POINTS and after == sign:
        return False  # "1.234.56": no number
    if sign == " ":
        return " " in usual.group or (bool(seen.group) and seen.group in SPACES)
    if sign not in POINTS:
        return True
    if threes > 1 or (after in POINTS and after):
        return True
    if sign in (seen.group, seen.decimal):
        return sign == seen.group
    if seen.group in POINTS and seen.group:  # the other sign groups here, so this one begins decimals
        return False
    if seen.decimal:
        return True
    return sign != usual.decimal


def _grouped(start: int, parts: list[_Part], threes: int) -> Digits:
    last = parts[threes]
    whole = "".join(part.digits for part in parts[: threes + 1])
    if len(parts) > threes + 1 and parts[threes + 1].sign in POINTS:
        return _with_decimals(start, parts, threes + 1, grouped=True)
    return Digits(start, last.stop, Decimal(whole), grouped=True, doubtful=threes == 1 and parts[1].sign in POINTS)


def _with_decimals(start: int, parts: list[_Part], at: int, *, grouped: bool = False, doubtful: bool = False) -> Digits:
    whole = "".join(part.digits for part in parts[:at])
    fraction = parts[at].digits
    return Digits(start, parts[at].stop, Decimal(f"{whole}.{fraction}"), len(fraction), grouped, doubtful)
