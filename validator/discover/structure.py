"""Sums that a table's labels announce: total rows and columns, rows with deeper rows below, groups under a spanner.

In: a `Side`. Out: `Pattern`s, few of them, so that little evidence is enough: even one column proves them. Where a
line breaks one, its distance from the sum counts: a total off by one digit is nearer than chance would have it.
Must not decide a verdict, and knows no words: extraction has read the labels.
"""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from dataclasses import replace
from math import log2
from typing import TYPE_CHECKING

import numpy as np

from validator.discover.evidence import line_bits
from validator.discover.sums import pattern_of
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from validator.discover.side import Side
    from validator.discover.sums import Pattern
    from validator.model.settings import Settings

    Floats = NDArray[np.float64]
    Reading = tuple[int, tuple[int, ...]]  # a total and its parts

_WHOLE, _THREES = (False, 0), (False, 3)  # no percentages, with so many decimals
_TOTALS = (Role.TOTAL, Role.SUBTOTAL)


def announced(side: Side, settings: Settings) -> list[Pattern]:
    """The readings of the labels that the figures bear out, or nearly so; of those of one total row the best."""
    kinds = _kinds(side)
    found: dict[frozenset[int], Pattern] = {}
    for readings in _readings(side, list(kinds)):
        patterns = list(_patterns(side, readings, kinds, settings))
        good = [one for one in patterns if one.bits > settings.announced_bits]
        good += _together(patterns, settings)
        found.update((one.rows, one) for one in good)
    for readings in _by_roles(side, list(kinds)):
        patterns = list(_patterns(side, readings, kinds, settings))
        if patterns:
            best = max(patterns, key=lambda one: one.bits)
            if not best.lines:  # none holds: the one that comes nearest is the one that is meant
                best = max(patterns, key=lambda one: _near(side, one))
            best = replace(best, tried=len({one.rows for one in patterns}))
            if not best.exact:
                best = next(_after_subtotal(side, best.total, kinds, settings), best)
            found.setdefault(best.rows, best)
    return list(found.values())


def _after_subtotal(
    side: Side, total: int, kinds: Mapping[int, tuple[bool, int]], settings: Settings
) -> Iterator[Pattern]:
    """A total with a subtotal next to it, whose own parts follow without a word where they end: the end that fits.

    Only where every line fits exactly; one of so many ends does by accident, so that many bits are taken off.
    """
    for order in (list(kinds), list(kinds)[::-1]):
        ahead = order[order.index(total) + 1 :]
        if not ahead or side.role(ahead[0]) not in _TOTALS:
            continue
        ends = [(total, (ahead[0], *ahead[place:])) for place in range(2, len(ahead))]
        for one in _patterns(side, ends, kinds, settings):
            bits = one.bits - log2(len(ends))
            if bits > settings.announced_bits and not one.near and not one.fails:
                yield replace(one, bits=bits)


def _patterns(
    side: Side, readings: Iterable[Reading], kinds: Mapping[int, tuple[bool, int]], settings: Settings
) -> Iterator[Pattern]:
    """Readings with the parts that are printed like their total, and their evidence."""
    for total, members in readings:
        parts = tuple(part for part in members if part != total and kinds[part] == kinds[total])
        if len(parts) > 1:
            yield pattern_of(side.numbers, total, parts, _bits(side, total, parts, kinds[total], settings))


def _together(patterns: Sequence[Pattern], settings: Settings) -> list[Pattern]:
    """Sums of one layout too small to prove anything alone; where none is broken they prove one another."""
    small = [one for one in patterns if one.exact and 0 < one.bits <= settings.announced_bits]
    bits = sum(one.bits for one in small)
    if bits <= settings.announced_bits or any(one.fails or one.near for one in patterns):
        return []
    return [replace(one, bits=bits) for one in small]


def _kinds(side: Side) -> dict[int, tuple[bool, int]]:
    """What most figures of each item are; items without figures are left out.

    Three decimals among whole numbers may be thousands with a wrong separator: such an item is taken for whole.
    """
    numbers, there = side.numbers, ~np.isnan(side.numbers.value)
    kinds = {}
    for item in map(int, np.flatnonzero(there.any(axis=1))):
        here = there[item]
        own = zip(numbers.percent[item, here].tolist(), numbers.decimals[item, here].tolist(), strict=True)
        kinds[item] = Counter(own).most_common(1)[0][0]
    whole = sum(kind == _WHOLE for kind in kinds.values())
    if 2 * whole > len(kinds):
        kinds = {item: _WHOLE if kind == _THREES else kind for item, kind in kinds.items()}
    return kinds


def _bits(side: Side, total: int, parts: Sequence[int], kind: tuple[bool, int], settings: Settings) -> float:
    """The evidence of all lines that are printed alike; one that is broken costs less the nearer it comes.

    A line whose total lies within the range of its parts is an average or a rate, and says nothing.
    """
    numbers = side.numbers
    value = numbers.value[list(parts)]
    target, unit = numbers.value[total], numbers.unit[total]
    terms = np.count_nonzero(~np.isnan(value), axis=0)
    live = ~np.isnan(target) & (terms > 1)
    live &= (numbers.percent[total] == kind[0]) & (numbers.decimals[total] == kind[1])
    filled = np.abs(np.nan_to_num(value[:, live]))
    spread = filled.sum(axis=0) - filled.max(axis=0, initial=0.0)
    residual = np.abs(np.nansum(value[:, live], axis=0) - target[live])
    bits = line_bits(target[live], spread, terms[live], residual, unit[live], settings)
    gap = numbers.gap[list(parts)][:, live].any(axis=0)
    close = nearness(residual, spread, unit[live]) - settings.misprint_bits
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a line without parts has no range
        inside = (np.nanmin(value[:, live], axis=0) <= target[live]) & (
            target[live] <= np.nanmax(value[:, live], axis=0)
        )
    broken = np.where(inside | gap, 0.0, np.maximum(bits, close))
    bits = np.where(gap, np.maximum(bits, 0.0), bits)
    if int(np.count_nonzero(bits < 0)) > max(int(np.count_nonzero(bits >= 0)), 1):
        broken = np.minimum(broken, bits)  # more lines break it than keep it: it is not meant at all
    return float(np.where(bits < 0, broken, bits).sum())


def _near(side: Side, pattern: Pattern) -> float:
    """The bits by which the sums of a pattern come near its totals, in all lines together."""
    value, lines = side.numbers.value, list(pattern.fails)
    parts = np.abs(np.nan_to_num(value[list(pattern.parts)][:, lines]))
    residual = np.abs(np.nansum(value[list(pattern.parts)][:, lines], axis=0) - value[pattern.total, lines])
    spread = parts.sum(axis=0) - parts.max(axis=0, initial=0.0)
    return float(nearness(residual, spread, side.numbers.unit[pattern.total, lines]).sum())


def nearness(residual: Floats, spread: Floats, unit: Floats) -> Floats:
    """The bits by which a broken sum comes nearer to its total than chance would bring it."""
    bits: Floats = np.maximum(np.log2(np.maximum(spread, unit) / (2 * residual + unit)), 0.0)
    return bits


def _readings(side: Side, items: list[int]) -> Iterator[tuple[Reading, ...]]:
    """Totals with what they may sum, by levels, group headings and spanners."""
    if side.turned:
        yield tuple(_by_spanners(side, items))
    else:
        yield tuple(_by_levels(side, items))
        yield tuple(_by_headings(side, items))


def _by_roles(side: Side, items: list[int]) -> Iterator[tuple[Reading, ...]]:
    """For each total the parts since the total before, those that no total has summed, and all that are no totals.

    Of a nested stub also its outermost rows, or those below the only one: deeper ones are in them already.
    """
    totals = {item for item in items if side.role(item) in _TOTALS}
    outer = _outermost(side, items, totals)
    readings: defaultdict[int, list[Reading]] = defaultdict(list)
    for order in (items, items[::-1]):
        still: list[int] = []
        since: list[int] = []
        for place, item in enumerate(order):
            if item not in totals:
                still.append(item)
                since.append(item)
                continue
            plain = tuple(one for one in order[:place] if one not in totals)
            readings[item] += [(item, tuple(since)), (item, tuple(still)), (item, plain)]
            if outer and side.table.stubs[item].level == 0:
                readings[item].append((item, tuple(one for one in plain if one in outer)))
            still = [*(still[: -len(since)] if since else still), item]
            since = []
    yield from (tuple(own) for own in readings.values())


def _outermost(side: Side, items: Iterable[int], totals: Collection[int]) -> frozenset[int]:
    """The outermost rows of a stub that has deeper ones, or those below the only such row; else nothing."""
    if side.turned:
        return frozenset()
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for item in items:
        if item not in totals:
            rows[side.table.stubs[item].level].append(item)
    several = [level for level in sorted(rows) if len(rows[level]) > 1]
    return frozenset(rows[several[0]]) if several and len(rows) > 1 else frozenset()


def _by_levels(side: Side, items: Sequence[int]) -> Iterator[Reading]:
    """A row with the rows one level below it."""
    level = [stub.level for stub in side.table.stubs]
    for place, item in enumerate(items):
        below: list[int] = []
        for other in items[place + 1 :]:
            if level[other] <= level[item]:
                break
            below.append(other)
        if below:
            top = min(level[one] for one in below)
            yield item, tuple(one for one in below if level[one] == top)


def _by_headings(side: Side, items: Sequence[int]) -> Iterator[Reading]:
    """A breakdown under its heading, which makes the total that the whole table has."""
    totals = [item for item in items if side.role(item) is Role.TOTAL]
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for item in items:
        stub = side.table.stubs[item]
        if item not in totals and len(stub.path) > 1:
            groups[stub.path[:-1]].append(item)
    for total in totals:
        for group in groups.values():
            yield total, tuple(group)


def _by_spanners(side: Side, items: Sequence[int]) -> Iterator[Reading]:
    """The first or last column under a spanner with the others under it."""
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for item in items:
        path = side.table.headers[item].path
        for depth in range(1, len(path)):
            groups[path[:depth]].append(item)
    for group in groups.values():
        yield group[0], tuple(group[1:])
        yield group[-1], tuple(group[:-1])
