"""What data sources answered, as figures that stand beside printed ones: reckoned amounts in, figures and series out.

A figure of data is located on the column that it is reckoned from. The same aggregate is the same figure everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

from validator.model.aggregates import Function
from validator.model.figures import Figure, NumeralKind
from validator.model.labels import STEP
from validator.model.locations import Box, CellBox, Location, Reference
from validator.model.relations import ZERO
from validator.model.rules import Point, Series

if TYPE_CHECKING:
    from validator.model.aggregates import Aggregate, Amount, Reckoned
    from validator.model.rules import Position
    from validator.model.settings import Settings

_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)
_MEAN_DECIMALS = 4  # shown of a mean; what is compared is exact
_ADDITIVE = (Function.COUNT, Function.DISTINCT, Function.SUM)
_NOWHERE = Box(0, 0, 0, 0)


@dataclass(slots=True, eq=False)
class Ledger:
    """Amounts by aggregate, and the places of rules that the sources have answered altogether."""

    settings: Settings
    reckoned: Mapping[Aggregate, Reckoned] = field(default_factory=dict)
    answered: Set[Position] = frozenset()
    _points: dict[Aggregate, tuple[Point, ...]] = field(default_factory=dict)

    def figures(self, one: Aggregate) -> tuple[Point, ...] | None:
        """Each group with its figure; None where the source could not be asked."""
        if one not in self.reckoned:
            return None
        if one not in self._points:
            found = self.reckoned[one]
            self._points[one] = tuple(
                Point(label, _figure(amount, found, label))
                for label, amount in sorted((STEP.join(group), amount) for group, amount in found.groups.items())
            )
        return self._points[one]

    def series(self, one: Aggregate) -> Series | str | None:
        """The groups as a series, or why they cannot be one; None where the source could not be asked."""
        if one not in self.reckoned:
            return None
        found = self.reckoned[one]
        many = found.too_many or len(found.groups)
        if many > self.settings.group_figures:
            said = f"more than {many - 1:,}" if found.too_many else f"{many:,}"
            return f"“{one.text}” has {said} groups; at most {self.settings.group_figures:,} can stand beside figures"
        points = self.figures(one) or ()
        return Series(one.text, points, reckoned=True, lacking=ZERO if one.function in _ADDITIVE else None)


def _figure(amount: Amount, found: Reckoned, label: str) -> Figure:
    one = found.aggregate
    place = CellBox.around(_NOWHERE, Reference(0, 0, name=one.column, unit="row"))
    named = f"{label}{STEP}{one.text}" if label else one.text
    where = Location(found.file, 1, place)
    if amount.value is None:
        reason = f"{named} ({amount.reason})"
        return Figure("", None, amount.interval, NumeralKind.UNREADABLE, where, label=reason)
    text, decimals = _shown(amount.value, amount.decimals, mean=one.function is Function.MEAN)
    whole = amount.interval.exact and not decimals
    kind = NumeralKind.COUNT if whole else NumeralKind.DECIMAL
    return Figure(text, amount.value, amount.interval, kind, where, decimals=decimals, quote=text, label=named)


def _shown(value: Decimal, decimals: int, *, mean: bool) -> tuple[str, int]:
    """A value as printed and its decimals: those of its column, of a mean a few more."""
    places = max(decimals, _MEAN_DECIMALS) if mean else decimals
    shown = _WIDE.quantize(value, Decimal(1).scaleb(-places))
    text = f"{shown:f}"
    if mean and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text, len(text.partition(".")[2])
