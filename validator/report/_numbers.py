"""Numbers for people, written as the report itself writes them. In: decimals and a finding's exhibits. Out: strings.

The separators are taken from the figures that the finding names: where they print 7,980 a suspect should be 7,890,
and where they print 7.980 it should be 7.890. JSON does not use this: it has plain decimals.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from validator.model.figures import NumeralKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.figures import Signs
    from validator.model.findings import Exhibit

_GROUPED = {NumeralKind.COUNT, NumeralKind.DECIMAL, NumeralKind.PERCENT, NumeralKind.POINTS, NumeralKind.MULTIPLE}
_NUMBER = re.compile(r"\d+(?:\D\d+)*")
_TINY = Context(prec=2)  # a difference is small, but never nothing
_SPARE = 2  # decimals shown beyond the printed ones: enough to see on which side of a rounding a quotient lies


class Hand(NamedTuple):
    """How a report writes numbers: its separators, and the decimals of the figures at hand."""

    group: str = ""
    decimal: str = "."
    decimals: int = 0

    def write(self, value: Decimal, *, sign: bool = False) -> str:
        """``value`` with these separators; a quotient is rounded to a little more than the printed decimals."""
        whole, _, rest = f"{abs(self._rounded(value)):f}".partition(".")
        if self.group:
            whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", self.group, whole)
        mark = "-" if value < 0 else "+" if sign and value > 0 else ""
        return f"{mark}{whole}{self.decimal}{rest}" if rest else f"{mark}{whole}"

    def _rounded(self, value: Decimal) -> Decimal:
        exponent = value.as_tuple().exponent
        most = self.decimals + _SPARE
        if not isinstance(exponent, int) or -exponent <= most:
            return value
        short = value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_EVEN)
        return short.normalize() if short else _TINY.plus(value)


def hand(exhibits: Iterable[Exhibit]) -> Hand:
    """The separators and decimals that these figures are printed with."""
    group = decimal = ""
    decimals = 0
    usual: Signs | None = None
    for exhibit in exhibits:
        figure = exhibit.figure
        if figure is None or figure.value is None or figure.kind not in _GROUPED:
            continue
        usual = usual or figure.signs
        found = _NUMBER.search(figure.text)
        marks = re.sub(r"\d", "", found[0]) if found else ""
        decimals = max(decimals, figure.decimals)
        if figure.decimals and marks:
            decimal, marks = marks[-1], marks[:-1]
        group = group or marks[:1]
    if usual is not None:
        group = group or (usual.group if usual.group != decimal else "")
        decimal = decimal or (usual.point if usual.point != group else "")
    return Hand(group, decimal or ("," if group == "." else "."), decimals)
