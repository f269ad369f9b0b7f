"""The lines of a supported sum by what they say: kept with evidence, kept within rounding only, broken.

In: a supported `Pattern`. Out: `Lines`. Must not weigh them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from validator.model.building import HUNDRED

if TYPE_CHECKING:
    from validator.discover.side import Side
    from validator.discover.sums import Pattern


@dataclass(frozen=True, slots=True)
class Supported:
    """A pattern on a side; ``announced`` where the labels call for it."""

    side: Side
    pattern: Pattern
    announced: bool = False
    weak: bool = False  # announced, but without the evidence to vouch for anything else


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a pattern by what they say: kept with evidence, kept within rounding only, broken.

    ``shares`` are kept within rounding as well, and no counts: their total is 100.
    """

    kept: frozenset[int]
    near: frozenset[int]
    broken: frozenset[int]
    shares: frozenset[int] = frozenset()


def lines_of(one: Supported) -> Lines:
    """Lines in which one part is the total and the rest nothing prove nothing and are left out of all three."""
    side, pattern = one.side, one.pattern
    parts = np.abs(np.nan_to_num(side.numbers.value[list(pattern.parts)]))
    telling = set(map(int, np.flatnonzero(parts.sum(axis=0) - parts.max(axis=0) > 0)))
    gap = np.atleast_1d(side.numbers.gap[list(pattern.parts)].any(axis=0))  # a count that is withheld is no rounding
    near = {line for line in pattern.near if not gap[line] or side.kind(pattern.total, line)[1]}
    counts = {line for line in near if side.kind(pattern.total, line)[1] == 0}
    # Whole numbers that nearly make 100 are shares rounded one by one, though nothing says that they are.
    shares = {line for line in counts if side.numbers.value[pattern.total, line] == HUNDRED and _shares(one, line)}
    return Lines(
        frozenset(telling & ({*pattern.exact, *near} - counts)),
        frozenset(counts - shares),
        frozenset(line for line in pattern.fails if not _withheld(one, line)),
        frozenset(shares),
    )


def _withheld(one: Supported, line: int) -> bool:
    """Whether a blank among the parts may be what the total has more: in a row that is filled it need not be zero."""
    width = one.side.numbers.value.shape[1]
    filled = (2 * int(np.isnan(one.side.numbers.value[part]).sum()) < width for part in _blank(one, line))
    return any(filled) and float(one.side.numbers.value[one.pattern.total, line]) > sum_of(one, line)


def may_lack(one: Supported, line: int) -> bool:
    """Whether a total is larger than its sum and a part is blank: by a little, any row may stand for that."""
    return bool(_blank(one, line)) and float(one.side.numbers.value[one.pattern.total, line]) > sum_of(one, line)


def _blank(one: Supported, line: int) -> list[int]:
    """The parts without anything in a line."""
    side = one.side
    return [part for part in one.pattern.parts if side.figure(part, line) is None and not side.cell(part, line).text]


def _shares(one: Supported, line: int) -> bool:
    """Whether figures that nearly make 100 may be shares: of what no other line prints, or of what one does.

    Beside counts that make other totals a line of percentages is their distribution; one that is not is of counts too.
    """
    side, pattern = one.side, one.pattern
    value = np.nan_to_num(side.numbers.value[list(pattern.parts)])
    if not (value[:, line] >= 0).all():
        return False
    totals = side.numbers.value[pattern.total]
    counted = [other for other in pattern.exact if totals[other] != HUNDRED and totals[other] > 0]
    counted = [other for other in counted if side.kind(pattern.total, other) == (False, 0)]
    if not counted or side.kind(pattern.total, line)[0]:
        return True
    spread = float(HUNDRED) * value[:, counted] / totals[counted]
    return bool((np.abs(spread - value[:, [line]]) <= 1).all(axis=0).any())


def sum_of(one: Supported, line: int) -> float:
    """What the parts of a line come to."""
    return float(np.nansum(one.side.numbers.value[list(one.pattern.parts), line]))
