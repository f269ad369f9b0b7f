"""Which rows of a table are sums of other rows: candidates with the evidence for each.

In: `Numbers`. Out: `Pattern`s (a total row, its parts, and in which columns that holds). Columns are treated by
turning the table. Must not decide a verdict, and knows no words.

The evidence is counted in bits. That a total agrees with its parts by accident has a chance of about the width of the
tolerance over the spread of the parts, so a column in which they agree brings log2(spread / width) bits, where the
spread is what the largest part leaves to explain: a + 0 = a brings nothing. A column in which they disagree costs
what a misprint costs. A candidate is kept when its bits exceed those of all the candidates that were tried.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from validator.discover.arrays import affordable
from validator.discover.evidence import line_bits, needed, noise, rounding, surprise
from validator.discover.sums_reach import hopeful

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from validator.discover.arrays import Numbers
    from validator.model.settings import Settings

    Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Row ``total`` is the sum of the rows ``parts``, with ``bits`` of evidence.

    In the columns ``exact`` it is to the last digit, in those of ``near`` within rounding, in those of ``fails`` not.
    ``beside`` says that total and parts stand together, as readers expect; others hold by what they are, and a
    column that breaks them is no misprint yet.
    """

    total: int
    parts: tuple[int, ...]
    bits: float
    exact: tuple[int, ...] = ()
    near: tuple[int, ...] = ()
    fails: tuple[int, ...] = ()
    beside: bool = True
    tried: int = 1  # readings of the labels among which it is the best

    @property
    def lines(self) -> tuple[int, ...]:
        """Where it holds."""
        return (*self.exact, *self.near)

    @property
    def rows(self) -> frozenset[int]:
        """All rows that take part."""
        return frozenset((self.total, *self.parts))


def sums(numbers: Numbers, settings: Settings) -> list[Pattern]:
    """All supported sums of rows: of the run beside the total, of every n-th row, and of any two rows."""
    rows = np.flatnonzero(~np.isnan(numbers.value).all(axis=1))
    runs: dict[frozenset[int], Pattern] = {}
    steps: dict[frozenset[int], Pattern] = {}
    for alike in (rows, *_alike(numbers, rows)):
        for pattern in nested(numbers, alike, settings):
            runs.setdefault(pattern.rows, pattern)
        for pattern in strided(numbers, alike, settings):
            steps.setdefault(pattern.rows, pattern)
    apart: dict[frozenset[int], Pattern] = {}
    for pattern in (*detached(numbers, rows, settings), *pairs(numbers, rows, settings)):
        apart.setdefault(pattern.rows, replace(pattern, beside=False))
    return _telling(len(numbers.value), runs, steps, apart)


def _telling(
    rows: int,
    runs: Mapping[frozenset[int], Pattern],
    steps: Mapping[frozenset[int], Pattern],
    apart: Mapping[frozenset[int], Pattern],
) -> list[Pattern]:
    """The sums that do not follow from shorter ones: runs always, what stands apart also not from equally long ones.

    Of a total, its subtotals and their parts any sum follows from the others; the shorter is what a table means.
    """
    known = _Implied(rows)
    kept: dict[frozenset[int], Pattern] = {}
    by_size = [_by_size(several.values()) for several in (runs, steps, apart)]
    for size in sorted({size for several in by_size for size in several}):
        run, step, single = (several[size] for several in by_size)
        told = [*run, *(one for one in step if one.rows not in runs and known.tells_more(one))]
        for one in told:
            known.add(one)
        for one in single:
            if one.rows not in runs and one.rows not in steps and known.tells_more(one):
                known.add(one)
                told.append(one)
        kept.update((one.rows, one) for one in told)
    return list(kept.values())


def _by_size(patterns: Iterable[Pattern]) -> defaultdict[int, list[Pattern]]:
    found: defaultdict[int, list[Pattern]] = defaultdict(list)
    for one in patterns:
        found[len(one.parts)].append(one)
    return found


class _Implied:
    """What sums imply together: a total of totals is also the sum of their parts, and that says nothing new."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._basis: list[NDArray[np.float64]] = []

    def tells_more(self, pattern: Pattern) -> bool:
        """Whether a sum does not follow from those added before."""
        return self._rest(pattern) is not None

    def add(self, pattern: Pattern) -> None:
        """From now on a sum counts among those that are known."""
        rest = self._rest(pattern)
        if rest is not None:
            self._basis.append(rest / float(np.linalg.norm(rest)))

    def _rest(self, pattern: Pattern) -> NDArray[np.float64] | None:
        vector = np.zeros(self._rows)
        vector[pattern.total] = -1.0
        vector[list(pattern.parts)] = 1.0
        size = float(np.linalg.norm(vector))
        for one in self._basis:
            vector = vector - one * float(one @ vector)
        return None if float(np.linalg.norm(vector)) < _DEPENDENT * size else vector


_DEPENDENT = 1e-6  # what float errors leave of a vector that lies in the span of others


def _alike(numbers: Numbers, rows: Rows) -> list[Rows]:
    """The rows in groups that are printed alike, where there is more than one: counts apart from their percentages."""
    groups: defaultdict[tuple[bool, float], list[int]] = defaultdict(list)
    for row in rows:  # by most of its figures: one slip of a separator makes no other kind of row
        there = np.flatnonzero(~np.isnan(numbers.value[row]))
        percent, unit = np.sort(numbers.percent[row, there]), np.sort(numbers.unit[row, there])
        middle = len(there) // 2
        groups[(bool(percent[middle]), float(unit[middle])) if len(there) else (False, 0.0)].append(int(row))
    return [np.array(group, dtype=np.intp) for group in groups.values()] if len(groups) > 1 else []


def _independent(numbers: Numbers, pattern: Pattern, need: float, settings: Settings) -> bool:
    """Whether the lines of a candidate prove it together, and not each the same again (see `surprise`)."""
    lines = list(pattern.lines)
    if not lines:
        return False
    parts = np.nan_to_num(numbers.value[list(pattern.parts)][:, lines])
    target, unit = numbers.value[pattern.total, lines], numbers.unit[pattern.total, lines]
    terms = np.count_nonzero(parts, axis=0)
    spread = np.abs(parts).sum(axis=0) - np.abs(parts).max(axis=0)
    residual = np.abs(parts.sum(axis=0) - target)
    alone = line_bits(target, spread, terms, residual, unit, settings)
    told = line_bits(target, np.minimum(spread, surprise(target, parts)), terms, residual, unit, settings)
    first = int(np.argmax(alone))
    lost = float(np.maximum(alone - told, 0.0).sum() - max(alone[first] - told[first], 0.0))
    return pattern.bits - lost > need


def nested(numbers: Numbers, rows: Rows, settings: Settings) -> Iterator[Pattern]:
    """Sums of adjacent runs, innermost first; the parts of a found total are set aside before the next level."""
    while len(rows) > 2:
        need = needed(len(rows) * len(rows), settings)
        found = _compatible(_proven(numbers, (rows,), need, settings))
        yield from found
        spent = {part for pattern in found for part in pattern.parts}
        if not spent:
            return
        rows = np.array([row for row in rows if int(row) not in spent], dtype=np.intp)


def strided(numbers: Numbers, rows: Rows, settings: Settings) -> Iterator[Pattern]:
    """Sums of every n-th row: the groups of a table whose rows come in a repeated order (all, men, women, all, …)."""
    for step in range(2, min(settings.longest_stride, len(rows) // 3) + 1):
        need = needed(len(rows) * len(rows) * step, settings)
        phases = [rows[phase::step] for phase in range(step)]
        by_phase: defaultdict[int, list[Pattern]] = defaultdict(list)
        place = {int(row): index % step for index, row in enumerate(rows)}
        for one in _proven(numbers, phases, need, settings):
            by_phase[place[one.total]].append(one)
        for phase in sorted(by_phase):
            yield from _compatible(by_phase[phase])


def _proven(numbers: Numbers, strands: Sequence[Rows], need: float, settings: Settings) -> Iterator[Pattern]:
    """The candidates within each strand of rows, read downwards and upwards, with more evidence than is needed."""
    for turn in (slice(None), slice(None, None, -1)):
        ordered = [rows[turn] for rows in strands]
        for rows, places in zip(ordered, hopeful(numbers, ordered, need, settings), strict=True):
            for one in adjacent(numbers, rows, places, need, settings):
                if _independent(numbers, one, need, settings):
                    yield one


def adjacent(numbers: Numbers, rows: Rows, places: Rows, need: float, settings: Settings) -> Iterator[Pattern]:
    """Rows at ``places`` of ``rows`` that equal the sum of the run right after them, with more bits than ``need``."""
    if not len(places):
        return
    value, unit, gap = numbers.value[rows], numbers.unit[rows], numbers.gap[rows]
    there = ~np.isnan(value)
    filled = np.where(there, value, 0.0)
    for first in places:
        run = slice(first + 1, first + 1 + settings.longest_run)
        live = there[first]
        target, last_digit = value[first, live], unit[first, live]
        parts = filled[run][:, live]
        residual = np.abs(np.cumsum(parts, axis=0) - target)
        terms = np.cumsum(there[run][:, live], axis=0)
        blocked = np.logical_or.accumulate(gap[run][:, live], axis=0)  # agrees all the same, or cannot be told
        size = np.abs(parts)
        spread = np.cumsum(size, axis=0) - np.maximum.accumulate(size, axis=0)
        bits = line_bits(target, spread, terms, residual, last_digit, settings)
        score = np.where(blocked, np.maximum(bits, 0.0), bits)
        score = np.where(terms == 0, 0.0, score).sum(axis=1)
        for k in np.flatnonzero((score > need) & (terms.max(axis=1) >= 2)):
            members = tuple(map(int, rows[first + 1 : first + 2 + k]))
            yield pattern_of(numbers, int(rows[first]), members, float(score[k]))


def pairs(numbers: Numbers, rows: Rows, settings: Settings) -> list[Pattern]:
    """Rows that equal the sum of two others, wherever they stand; none where rows are multiples of one another."""
    if not 3 <= len(rows) <= settings.most_rows_for_pairs:
        return []
    seen = affordable(numbers, len(rows), settings)
    value, unit, gap = seen.value[rows], seen.unit[rows], seen.gap[rows]
    need = needed(len(rows) ** 3, settings)
    left, right = np.triu_indices(len(rows), 1)
    summed = value[left] + value[right]
    spread = np.nan_to_num(np.minimum(np.abs(value[left]), np.abs(value[right])))
    found: dict[frozenset[int], Pattern] = {}
    for total in range(len(rows)):
        residual = np.abs(summed - value[total])
        there = ~(np.isnan(residual) | gap[left] | gap[right])
        bits = line_bits(value[total], spread, there * 2, np.nan_to_num(residual), unit[total], settings)
        score = np.where(there, bits, 0.0).sum(axis=1)
        score[(left == total) | (right == total)] = 0
        for k in _best(score, need, settings.most_pairs_tried):
            parts = (int(rows[left[k]]), int(rows[right[k]]))
            one = pattern_of(seen, int(rows[total]), parts, float(score[k]))
            new = one.rows not in found or found[one.rows].bits < one.bits
            if new and _independent(seen, one, need, settings):
                found[one.rows] = pattern_of(numbers, one.total, parts, one.bits)
    return _distinct(list(found.values()), settings)


def detached(numbers: Numbers, rows: Rows, settings: Settings) -> Iterator[Pattern]:
    """Rows that equal the sum of a run which stands elsewhere; the best run for each row."""
    if not 4 <= len(rows) <= settings.most_rows_for_pairs:
        return
    seen = affordable(numbers, len(rows), settings)
    value, unit, gap = seen.value[rows], seen.unit[rows], seen.gap[rows]
    need = needed(len(rows) ** 3, settings)
    first, last = np.triu_indices(len(rows), 2)  # runs of three and more; pairs are found wherever they stand
    filled = np.nan_to_num(value)
    total = _span(filled, first, last)
    size = _span(np.abs(filled), first, last)
    terms = _span(~np.isnan(value), first, last).astype(np.intp)
    largest = _largest(np.abs(filled))[first, last]
    blocked = (_span(gap, first, last) > 0) | (terms == 0)
    for row in range(len(rows)):
        live = ~np.isnan(value[row])
        apart = (row < first - 1) | (row > last + 1)
        if not (live.any() and apart.any()):
            continue
        residual = np.abs(total - filled[row])
        bits = line_bits(filled[row], size - largest, terms, residual, unit[row], settings)
        score = np.where(live & ~blocked, bits, 0.0).sum(axis=1)
        score[~apart] = 0.0
        k = int(np.argmax(score))
        if score[k] > need:
            parts = tuple(map(int, rows[first[k] : last[k] + 1]))
            one = pattern_of(seen, int(rows[row]), parts, float(score[k]))
            if _independent(seen, one, need, settings):
                yield pattern_of(numbers, one.total, parts, one.bits)


def _best(score: NDArray[np.float64], need: float, most: int) -> Rows:
    """The candidates with more bits than ``need``, in order; of too many the best."""
    enough: Rows = np.flatnonzero(score > need)
    if len(enough) > most:
        enough = np.sort(enough[np.argsort(-score[enough], kind="stable")[:most]])
    return enough


def _span(values: NDArray[np.float64 | np.bool_], first: Rows, last: Rows) -> NDArray[np.float64]:
    """The sums of the runs from ``first`` to ``last``, both included."""
    before = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    run: NDArray[np.float64] = before[last + 1] - before[first]
    return run


def _largest(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The largest value of each run, (first, last, lines)."""
    most = np.zeros((len(values), *values.shape))
    for first in range(len(values)):
        most[first, first:] = np.maximum.accumulate(values[first:], axis=0)
    return most


def _distinct(patterns: list[Pattern], settings: Settings) -> list[Pattern]:
    """Those whose total has few explanations: in a table of multiples (a price list) everything is a sum."""
    often: dict[int, int] = {}
    for pattern in patterns:
        for row in pattern.rows:
            often[row] = often.get(row, 0) + 1
    return [one for one in patterns if max(often[row] for row in one.rows) <= settings.most_pairs_of_a_row]


def _compatible(candidates: Iterable[Pattern]) -> list[Pattern]:
    """The best candidates that share no part and no total; of equals the longer: zeros at its end belong to a run.

    The total of one may be a part of another: a subtotal.
    """
    taken: list[Pattern] = []
    parts: set[int] = set()
    totals: set[int] = set()
    for one in sorted(candidates, key=lambda c: (-c.bits, -len(c.parts))):
        if one.total not in totals and parts.isdisjoint(one.parts):
            taken.append(one)
            totals.add(one.total)
            parts.update(one.parts)
    return taken


def pattern_of(numbers: Numbers, total: int, parts: tuple[int, ...], bits: float) -> Pattern:
    """The candidate with the columns in which it holds and fails; columns that cannot tell are in neither.

    A column with a gap holds where the figures that are there make the total: what is lacking is then nothing.
    """
    target, rows = numbers.value[total], list(parts)
    terms = np.count_nonzero(~np.isnan(numbers.value[rows]), axis=0)
    residual = np.abs(np.nansum(numbers.value[rows], axis=0) - target)
    live = ~np.isnan(target) & (terms > 0)
    whole = ~numbers.gap[rows].any(axis=0)
    exact = residual <= noise(target, numbers.unit[total])
    near = residual <= rounding(terms, numbers.unit[total]) + noise(target, numbers.unit[total])
    columns = [tuple(map(int, np.flatnonzero(live & mask))) for mask in (exact, near & ~exact, ~near & whole)]
    return Pattern(total, parts, bits, columns[0], columns[1], columns[2])
