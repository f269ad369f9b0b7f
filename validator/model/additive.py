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
    return added is not None and satisfiable(Linear(Sum((Term(total),)), Comparison.EQUAL, parts, slack)) is True


AVERAGE = "the total lies among what it should add up, as an average does; name the column in “columns” if it is a sum"


def averaging(total: Figure, parts: Sum) -> bool:
    """Whether a total looks like the average of a column: it lies among figures that are of one size.

    Rates and averages of groups are of one size more often than counts are, and are printed with decimals.
    """
    values = [figure.value for figure in parts.figures()]
    known = [value for value in values if value is not None]
    if total.value is None or len(known) < len(values) or len(known) < 2 or min(known) <= 0:
        return False
    fine = bool(total.decimals) and any(figure.decimals for figure in parts.figures())
    spread = DEFAULT.spread_of_rates if fine else DEFAULT.spread_of_averages
    return min(known) <= total.value <= max(known) <= spread * min(known)


def of_proportions(table: Table, column: int) -> bool:
    """Whether all that can be read in a column is a percentage, a fraction or a multiple."""
    figures = (row[column].figure for row in table.cells)
    kinds = [figure.kind for figure in figures if figure is not None and figure.readable]
    return bool(kinds) and all(kind in _WHOLE for kind in kinds)
