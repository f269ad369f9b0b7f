"""Numbers as precise as they mean anything, and corrections in the manner of the figures beside them.

In: a reckoned value with the figures of its relation. Out: the same value with fewer digits. Must not change what a
value says: a suspect's value is only written otherwise, and an implied one keeps more digits than are printed.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

from validator.explain.system import decimals_of
from validator.model.arithmetic import EXACT
from validator.model.labels import STEP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.figures import Figure

    Placed = tuple[Figure, str]  # a figure with its role

_SPARE = 2  # decimals beyond the printed ones: enough to see on which side of a rounding a quotient lies
_TINY = Context(prec=2)  # of a difference that is smaller than that: it is small, but never nothing
_FEW = 2  # figures that show how a column is printed; one may itself be the slip


def meaningful(value: Decimal | None, figures: Iterable[Figure]) -> Decimal | None:
    """``value`` with at most two decimals more than the figures are printed with."""
    if value is None:
        return None
    most = max((decimals_of(figure) for figure in figures), default=0) + _SPARE
    if not _longer(value, most):
        return value
    short = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_EVEN, EXACT)
    return _plain(short) if short else _TINY.plus(value)


def rounded(value: Decimal, figure: Figure) -> Decimal:
    """``value`` as the figure would print it."""
    places = decimals_of(figure)
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN, EXACT) if _longer(value, places) else value


def decimals_like(value: Decimal, figure: Figure, among: Iterable[Placed]) -> int:
    """The decimals to write a figure's correction with: its own, or those of its column or series.

    Where a column prints 3,417 and one of its figures reads 3.417, that one has three decimals by the same slip that
    makes it wrong.
    """
    own, placed = decimals_of(figure), list(among)
    roles = {role for one, role in placed if one is figure}
    peers = [one for one, role in placed if one is not figure and (role in roles or _column(one) == _column(figure))]
    most = max((decimals_of(peer) for peer in peers), default=own)
    return most if len(peers) >= _FEW and most < own and not _longer(_plain(value), most) else own


def in_manner(value: Decimal, figure: Figure, among: Iterable[Placed]) -> Decimal:
    """A figure's correction without decimals that its column or series does not have."""
    places = decimals_like(value, figure, among)
    return value.quantize(Decimal(1).scaleb(-places), context=EXACT) if _longer(value, places) else value


def _column(figure: Figure) -> str | None:
    """The column of a figure of a table; something that no other has where it is in none."""
    head, step, column = figure.label.rpartition(STEP)
    return column if step and head else None


def _longer(value: Decimal, decimals: int) -> bool:
    """Whether a value has more decimals than these, and can be cut to them."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and -exponent > decimals and value.adjusted() + decimals < EXACT.prec


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros, and without an exponent above zero."""
    short = value.normalize(EXACT)
    return short.quantize(Decimal(1), context=EXACT) if short == short.to_integral_value() else short
