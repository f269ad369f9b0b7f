"""Sums told level by level: a subtotal stands for its parts in every total above it.

In: the supported sums of one side of a table. Out: the same, without those that skip over a subtotal to its parts, and
without those that only add to another sum what breaks it. A total of leaves and a total of subtotals say the same; a
reader adds up what stands nearest. Must not decide a verdict.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.discover.sums import pattern_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.discover.sums import Pattern
    from validator.discover.support_lines import Supported


def by_level(found: Sequence[Supported]) -> list[Supported]:
    """Each sum with its subtotals in place of their parts; those that another sum then says already are gone.

    A sum stays as it is where that would break lines that it keeps: then the subtotal is what is wrong there.
    """
    before: list[Supported] = []
    told = list(found)
    while [one.pattern for one in before] != [one.pattern for one in told]:  # each round brings a sum one level up
        before, told = told, list(_once(told))
    return told


def _once(found: Sequence[Supported]) -> Iterator[Supported]:
    patterns = [one.pattern for one in found if not one.weak]
    inner = sorted(patterns, key=lambda one: -len(one.parts))
    known = {one.pattern.rows for one in found}
    below = _below(patterns)
    for one in found:
        pattern = one.pattern
        if _worse(pattern, patterns):
            continue
        parts = _folded(pattern, inner, below)
        if parts == pattern.parts or len(parts) < 2:
            yield one
            continue
        shorter = pattern_of(one.side.numbers, pattern.total, parts, pattern.bits)
        if not set(shorter.fails) <= set(pattern.fails):
            yield one
        elif shorter.rows not in known:
            known.add(shorter.rows)
            yield replace(one, pattern=replace(shorter, beside=pattern.beside))


def _worse(pattern: Pattern, others: Sequence[Pattern]) -> bool:
    """Whether some of its parts make the total wherever all do, and also where all do not."""
    return any(
        one.total == pattern.total
        and set(one.parts) < set(pattern.parts)
        and set(pattern.lines) <= set(one.lines)
        and not set(pattern.fails) <= set(one.fails)
        for one in others
    )


def _folded(pattern: Pattern, inner: Sequence[Pattern], below: Mapping[int, frozenset[int]]) -> tuple[int, ...]:
    """The parts of a sum, in printed order, with those of a subtotal that stands among them folded into it.

    Not where another subtotal among them would stand outside: quarters that run on from January overlap, and are no
    levels.
    """
    first, last = min(pattern.rows), max(pattern.rows)
    parts = set(pattern.parts)
    while fold := next((one for one in inner if first < one.total < last and _inside(one, parts)), None):
        parts = (parts - set(fold.parts)) | {fold.total}
    covered = parts.union(*(below.get(part, frozenset()) for part in parts))
    if any(first < total < last and total not in covered for total in below if total != pattern.total):
        return pattern.parts
    return tuple(sorted(parts)) if parts != set(pattern.parts) else pattern.parts


def _inside(one: Pattern, parts: set[int]) -> bool:
    return one.total not in parts and parts > set(one.parts)


def _below(patterns: Sequence[Pattern]) -> dict[int, frozenset[int]]:
    """All rows that are parts of each total, parts of parts included."""
    parts: defaultdict[int, set[int]] = defaultdict(set)
    for one in patterns:
        parts[one.total].update(one.parts)
    found = {}
    for total in parts:
        reached: set[int] = set()
        ahead = [total]
        while ahead:
            new = parts.get(ahead.pop(), set()) - reached
            reached |= new
            ahead.extend(new)
        found[total] = frozenset(reached)
    return found
