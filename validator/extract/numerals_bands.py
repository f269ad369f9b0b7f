"""What a printed number may stand for: its interval, hedge included.

In: value, kind, printed precision, the hedge's effect. Out: an `Interval`. The widths come from the settings.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.model.figures import NumeralKind
from validator.model.intervals import Interval
from validator.model.language import Effect

if TYPE_CHECKING:
    from validator.model.settings import Settings

_HALF = Decimal("0.5")


def plain(value: Decimal, kind: NumeralKind, decimals: int, settings: Settings) -> Interval:
    """The interval of a number without a hedge."""
    if kind is NumeralKind.FRACTION:
        return _around(value, abs(value) * settings.fraction_share)
    if kind is NumeralKind.MULTIPLE and decimals == 0:
        return _around(value, abs(value) * settings.multiple_share)
    if kind in (NumeralKind.COUNT, NumeralKind.RANGE, NumeralKind.ORDINAL, NumeralKind.YEAR) and decimals == 0:
        return Interval.exactly(value)
    return Interval.rounded(value, decimals)


# A hedge on a reduction: "more than halved" leaves less than half.
REVERSED = {
    Effect.MORE_THAN: Effect.LESS_THAN,
    Effect.LESS_THAN: Effect.MORE_THAN,
    Effect.AT_LEAST: Effect.AT_MOST,
    Effect.AT_MOST: Effect.AT_LEAST,
    Effect.JUST_ABOVE: Effect.JUST_BELOW,
    Effect.JUST_BELOW: Effect.JUST_ABOVE,
}


def hedged(value: Decimal, kind: NumeralKind, decimals: int, effect: Effect | None, settings: Settings) -> Interval:
    """The interval of a number with a hedge; without one (None) that of `plain`."""
    match effect:
        case None:
            return plain(value, kind, decimals, settings)
        case Effect.MORE_THAN:
            return Interval(value, None, low_open=True)
        case Effect.AT_LEAST:
            return Interval(value, None)
        case Effect.LESS_THAN:
            return Interval(None, value, high_open=True)
        case Effect.AT_MOST:
            return Interval(None, value)
    band = _band(value, kind, decimals, settings)
    match effect:
        case Effect.JUST_BELOW:
            return Interval(value - band, value, high_open=True)
        case Effect.JUST_ABOVE:
            return Interval(value, value + band, low_open=True)
    return Interval(value - band, value + band)


def _around(value: Decimal, half: Decimal) -> Interval:
    return Interval(value - half, value + half)


def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def _band(value: Decimal, kind: NumeralKind, decimals: int, settings: Settings) -> Decimal:
    """How far a hedge such as "about" reaches to one side: the print's own half unit and the hedge's share on top."""
    share = abs(value) * settings.about_share
    if kind is NumeralKind.FRACTION:
        return share + abs(value) * settings.fraction_share
    if kind is NumeralKind.MULTIPLE:
        return share + abs(value) * settings.multiple_share
    return min(share, settings.about_units * _last_digit(value, decimals)) + _unit(decimals) * _HALF


def _last_digit(value: Decimal, decimals: int) -> Decimal:
    """The unit of the last digit that is not zero: 100 for 48,300; that of the print for a zero."""
    if value == 0 or decimals > 0:
        return _unit(decimals)
    normal = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(normal))
