"""From what an engine counts of a group to a figure: parts in, an amount with its interval out. Exact throughout."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from validator.data.values import as_number
from validator.model.aggregates import Amount, Function
from validator.model.intervals import Interval
from validator.model.relations import ZERO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.aggregates import Aggregate

_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)  # twice the digits of an engine; only the quotient of a mean rounds
_OPEN = Interval(None, None)


class Parts(NamedTuple):
    """What an engine finds of one group: rows, values there, those that are numbers, and what they come to."""

    rows: int
    size: int
    value: Decimal | None = None
    read: int | None = None
    decimals: int = 0


def parts_of(one: Aggregate, found: Mapping[str, object]) -> Parts:
    """The parts of an aggregate as an engine gives them, null where there was nothing to count."""
    rows, size = _whole(found["rows"]), _whole(found["size"])
    if one.function is Function.COUNT:
        return Parts(rows, size)
    read = _whole(found["read"]) if "read" in found else None
    return Parts(rows, size, as_number(found.get("value")), read, _whole(found.get("decimals")))


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | Decimal) else 0


def amount_of(function: Function, parts: Parts, decimals: int, *, exact: bool) -> Amount:
    """The figure of a group whose values are printed with so many decimals."""
    match function:
        case Function.COUNT:
            return _exactly(Decimal(parts.size), parts.size)
        case Function.DISTINCT:
            return _exactly(parts.value or ZERO, parts.size)
    if parts.read is not None and parts.read < parts.size:
        many = parts.size - parts.read
        reason = f"{many:,} of its values {'is no number' if many == 1 else 'are no numbers'} that can be added up"
        return Amount(None, _OPEN, 0, parts.size, reason)
    if parts.value is None or not parts.size:
        return Amount(None, _OPEN, 0, parts.size, "no value is there")
    half = ZERO if exact or not decimals else Decimal(5).scaleb(-decimals - 1)
    return _reckoned(function, parts.value, parts.size, half, decimals)


def _reckoned(function: Function, value: Decimal, size: int, half: Decimal, decimals: int) -> Amount:
    if function is Function.SUM:
        return Amount(value, _around(value, half * size), decimals, size)
    if function is Function.MEAN:
        count = Interval.exactly(size)
        interval = _around(value, half * size).divided(count) or _OPEN
        return Amount(_WIDE.divide(value, Decimal(size)), interval, decimals, size)
    return Amount(value, _around(value, half), decimals, size)


def _exactly(value: Decimal, size: int) -> Amount:
    return Amount(value, Interval.exactly(value), 0, size)


def _around(value: Decimal, half: Decimal) -> Interval:
    return Interval(_WIDE.subtract(value, half), _WIDE.add(value, half))
