"""Which figures may be meant to add up: counts are, changes and rates are not, and shares of a whole are.

In: a total and its parts, or the column of a table. Out: whether a check that nobody told so may add them up. Must not
decide whether they do.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.model import wording
from validator.model.arithmetic import satisfiable
from validator.model.figures import NumeralKind
from validator.model.relations import ONE, ZERO, Comparison, Linear, Sum, Term
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from validator.model.figures import Figure
    from validator.model.tables import Table

_WHOLE = {  # what everything comes to, by how it is printed; None where that says nothing
    NumeralKind.PERCENT: Decimal(100),
    NumeralKind.FRACTION: ONE,
    NumeralKind.POINTS: None,
    NumeralKind.MULTIPLE: None,
}
_NEAR = Decimal("0.5")  # of the whole: rates of several groups come to more than one and a half of their mean


def additive(total: Figure, parts: Sum, slack: Decimal = ZERO) -> bool:
    """Whether figures that no rule names may be meant to add up.

    Shares are known by a total of 100 % that their sum comes near to, or by adding up to whatever their total is.
    """
    figures = (total, *parts.figures())
    if not all(figure.kind in _WHOLE or not figure.readable for figure in figures) or total.kind not in _WHOLE:
        return True
    added, whole = wording.total(parts), _WHOLE[total.kind]
    if whole is not None and total.value == whole:
        return added is None or abs(added - whole) < whole * _NEAR
    return added is not None and _adds_up(total, parts, slack)


def _adds_up(total: Figure, parts: Sum, slack: Decimal) -> bool:
    readable = all(figure.readable for figure in (total, *parts.figures()))
    return readable and satisfiable(Linear(Sum((Term(total),)), Comparison.EQUAL, parts, slack)) is True


AVERAGE = "the total lies among what it should add up, as an average does; name the column in “columns” if it is a sum"


def averages(pairs: Sequence[tuple[Figure, Sum]], slack: Decimal = ZERO) -> list[bool]:
    """Whether each total of a rule looks like the average of its parts and no other total tells it apart.

    Another does that adds up and is like it, print and size: columns of one kind are added up all or none. Persons that
    add up beside their mean ages are no reason to add up the ages.
    """
    doubted = [averaging(total, parts) for total, parts in pairs]
    if not any(doubted):
        return doubted
    footed: dict[Hashable, set[tuple[Decimal, Decimal]]] = {}
    for total, parts in pairs:
        if _adds_up(total, parts, slack):
            footed.setdefault(_print_of(total), set()).add(_sizes(parts))
    return [
        looks and not any(_of_one_size(_sizes(parts), other) for other in footed.get(_print_of(total), ()))
        for (total, parts), looks in zip(pairs, doubted, strict=True)
    ]


def averaging(total: Figure, parts: Sum) -> bool:
    """Whether a total looks like the average of a column: it lies among figures that are of one size.

    Rates and averages of groups are of one size more often than counts are, and are printed with decimals.
    """
    values = _values(parts)
    if total.value is None or len(values) < 2 or min(values) <= 0:
        return False
    fine = bool(total.decimals) and any(figure.decimals for figure in parts.figures())
    spread = DEFAULT.spread_of_rates if fine else DEFAULT.spread_of_averages
    return min(values) <= total.value <= max(values) <= spread * min(values)


def _print_of(total: Figure) -> Hashable:
    return total.kind, total.unit, total.decimals


def _sizes(parts: Sum) -> tuple[Decimal, Decimal]:
    """The smallest and the largest of readable parts."""
    values = _values(parts)
    return min(values), max(values)


def _of_one_size(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    low, high = min(one[0], other[0]), max(one[1], other[1])
    return low > 0 and high <= DEFAULT.spread_of_averages * low


def _values(parts: Sum) -> list[Decimal]:
    """The printed values of parts; none where one of them cannot be read."""
    values = [figure.value for figure in parts.figures()]
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else []


def of_proportions(table: Table, column: int) -> bool:
    """Whether all that can be read in a column is a percentage, a fraction or a multiple."""
    figures = (row[column].figure for row in table.cells)
    kinds = [figure.kind for figure in figures if figure is not None and figure.readable]
    return bool(kinds) and all(kind in _WHOLE for kind in kinds)
