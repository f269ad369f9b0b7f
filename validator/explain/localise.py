"""Error localisation (Fellegi-Holt): the lightest set of figures whose change satisfies every violated relation.

A system of relations in, changes and ranked suspects out. Changing a figure that stands in relations that hold breaks
them, and they must be mended too: so every repeat of a figure votes for its value. The search is best-first over sets
of changes and bounded in changes, states and relations reckoned, never by the clock: the same report gives the same
suspects on every machine. What it cannot finish is ranked by single changes.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from validator.explain.slips import Slip, slip_between
from validator.explain.system import decimals_of
from validator.model.figures import NumeralKind
from validator.model.relations import ONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.explain.system import System
    from validator.model.figures import Figure
    from validator.model.settings import Settings

_DERIVED = (NumeralKind.PERCENT, NumeralKind.POINTS, NumeralKind.FRACTION, NumeralKind.MULTIPLE)
_WEAK = (Slip.ONE_DIGIT,)  # a single wrong digit happens to fit more often than the other slips do
_HALF = Decimal("0.5")
_REPEATED = 2  # figures: one and its repeat
_LOOK_AHEAD = 2  # figures: whether three or more could touch everything costs more to know than it saves


class Change(NamedTuple):
    """A figure with the value that would satisfy the violated relations ``mends``, at the price of ``breaks``."""

    figure: Figure
    value: Decimal
    mends: frozenset[int]
    breaks: frozenset[int]
    score: Decimal
    solves: bool = False  # it belongs to a lightest set of changes that mends everything


class _State(NamedTuple):
    """A set of changes on the way to a solution, ordered by the least that a solution with them can cost."""

    bound: Decimal
    left: int
    order: int
    cost: Decimal
    changes: dict[Figure, Decimal]
    violated: frozenset[int]


def tangles(system: System) -> list[frozenset[int]]:
    """The violated relations in groups that share figures, directly or through one another."""
    leaders: dict[int, int] = {}  # of each group the relation that came last; from any other the way leads there
    first: dict[Figure, int] = {}

    def leader(index: int) -> int:
        while leaders[index] != index:
            leaders[index] = index = leaders[leaders[index]]
        return index

    for index in sorted(system.violated):
        leaders[index] = index
        for figure in system.figures_of(index):
            leaders[leader(first.setdefault(figure, index))] = index
    groups: defaultdict[int, set[int]] = defaultdict(set)
    for index in leaders:
        groups[leader(index)].add(index)
    return [frozenset(groups[last]) for last in sorted(groups)]


def cost_of(system: System, figure: Figure, value: Decimal, settings: Settings) -> Decimal:
    """The reliability weight of a figure, less what a slip of the keyboard would explain."""
    weight = settings.derived_weight if figure.kind in _DERIVED else ONE
    if figure in system.vouched:
        weight = settings.vouched_weight
    slip = None if figure.value is None else slip_between(figure.value, value, decimals_of(figure))
    if slip is None:
        return weight
    return weight - (settings.typing_credit * _HALF if slip in _WEAK else settings.typing_credit)


def solve(system: System, tangle: frozenset[int], settings: Settings) -> list[dict[Figure, Decimal]]:
    """All lightest sets of changes that mend a tangle and break nothing else; empty where the bounds are reached."""
    return _Search(system, tangle, settings).solutions()


class _Search:
    """The way through the sets of changes of one tangle.

    A set is come to in as many orders as it has changes, and from every relation that asks for the same value; what it
    leaves violated does not depend on that, so each is weighed once. Each coming counts towards the bound on states.
    """

    def __init__(self, system: System, tangle: frozenset[int], settings: Settings) -> None:
        self._system = system
        self._tangle = tangle
        self._settings = settings
        # Each misprint breaks something; only a figure that is misprinted with its repeat may break a single relation.
        self._most = min(settings.max_changes, max(len(tangle), _REPEATED))
        self._order = count()
        self._weighed: dict[frozenset[tuple[Figure, Decimal]], bool] = {}  # and whether it may lead to a solution
        self._touchable: dict[tuple[frozenset[int], int, frozenset[Figure]], bool] = {}

    def solutions(self) -> list[dict[Figure, Decimal]]:
        """See `solve`."""
        system, settings, order = self._system, self._settings, self._order
        if not self._reachable(self._tangle, self._most, frozenset()):
            return []
        heap = [_State(Decimal(0), len(self._tangle), next(order), Decimal(0), {}, self._tangle)]
        found: list[dict[Figure, Decimal]] = []
        best: Decimal | None = None
        while heap and next(order) < settings.max_states and system.reckoned < settings.max_reckoned:
            state = heapq.heappop(heap)
            if best is not None and state.bound > best:
                break
            if not state.violated:
                best = state.cost
                found.append(state.changes)
            elif len(state.changes) < self._most:
                for step in self._steps(state):
                    if best is None or step.bound <= best:
                        heapq.heappush(heap, step)
        return found

    def _steps(self, state: _State) -> Iterator[_State]:
        """Every new way to mend one more violated relation by changing one more figure.

        All violated relations are tried and not one alone, because the relation that is mended decides the new value.
        """
        system, settings = self._system, self._settings
        left = self._most - len(state.changes) - 1
        changed = frozenset(state.changes)
        hopeful: dict[Figure, bool] = {}  # whether the changes left could touch what a figure leaves violated
        for index in sorted(state.violated):
            for figure in system.candidates(index, settings.max_candidates):
                if figure in changed:
                    continue
                if figure not in hopeful:
                    unfelt = state.violated.difference(system.standing[figure])
                    hopeful[figure] = self._reachable(unfelt, left, changed)
                value = system.repair(index, figure, state.changes) if hopeful[figure] else None
                step = None if value is None else self._step(state, figure, value, left)
                if step is not None:
                    yield step

    def _step(self, state: _State, figure: Figure, value: Decimal, left: int) -> _State | None:
        """The state with one change more, if it is a new one from which ``left`` more changes can mend all."""
        changes = {**state.changes, figure: value}
        name = frozenset(changes.items())
        if name in self._weighed:
            if self._weighed[name]:
                next(self._order)
            return None
        violated = self._system.broken_by(state.violated, figure, changes)
        self._weighed[name] = self._reachable(violated, left, frozenset(changes))
        if not self._weighed[name]:
            return None
        settings = self._settings
        cost = state.cost + cost_of(self._system, figure, value, settings)
        least = min(settings.derived_weight, ONE) - settings.typing_credit
        bound = cost + _apart(self._system, violated) * least
        return _State(bound, len(violated), next(self._order), cost, changes, violated)

    def _reachable(self, violated: frozenset[int], left: int, changed: frozenset[Figure]) -> bool:
        """Whether ``left`` more figures might touch all of these relations: one that none touches stays violated."""
        if not violated or not left:
            return not violated
        if left > _LOOK_AHEAD:
            return _apart(self._system, violated) <= left
        asked = (violated, left, changed)
        if asked not in self._touchable:
            self._touchable[asked] = self._touches(violated, left, changed)
        return self._touchable[asked]

    def _touches(self, violated: frozenset[int], left: int, changed: frozenset[Figure]) -> bool:
        """`_reachable`, by trying the figures of the relation that has fewest."""
        system = self._system
        narrow = min(violated, key=lambda index: len(system.figures_of(index)))
        return any(
            self._reachable(violated.difference(system.standing[figure]), left - 1, changed)
            for figure in system.candidates(narrow, self._settings.max_candidates)
            if figure not in changed
        )


def _apart(system: System, violated: frozenset[int]) -> int:
    """How many of these relations share no figure: so many changes are needed at the very least."""
    met: set[Figure] = set()
    groups = 0
    for index in sorted(violated):
        figures = system.set_of(index)
        if met.isdisjoint(figures):
            groups += 1
            met |= figures
    return groups


def single_changes(system: System, tangle: frozenset[int], settings: Settings) -> dict[Figure, Change]:
    """For each figure of a tangle the best change of it alone: the value implied by the most relations."""
    best: dict[Figure, Change] = {}
    weighed: set[tuple[Figure, Decimal]] = set()  # many relations ask for the same value
    for index in sorted(tangle):
        if system.reckoned > settings.max_reckoned:
            break
        for figure in system.candidates(index, settings.max_candidates):
            value = system.repair(index, figure, {})
            if value is None or (figure, value) in weighed:
                continue
            weighed.add((figure, value))
            change = _weighed(system, tangle, figure, value, settings)
            if figure not in best or change.score > best[figure].score:
                best[figure] = change
    return best


def _weighed(system: System, tangle: frozenset[int], figure: Figure, value: Decimal, settings: Settings) -> Change:
    """One relation mended for each, less one for each that breaks, and the reliability weight against it."""
    after = system.broken_by(tangle, figure, {figure: value})
    mends, breaks = tangle - after, after - tangle
    score = len(mends) - len(breaks) + ONE - cost_of(system, figure, value, settings)
    return Change(figure, value, mends, breaks, score)


def ranked(system: System, tangle: frozenset[int], settings: Settings) -> dict[Figure, Change]:
    """The figures of a tangle with their best change, those of a lightest solution ahead of all others."""
    changes = single_changes(system, tangle, settings)
    solutions = solve(system, tangle, settings)
    lead = Decimal(len(tangle) + 1)
    for solution in solutions:
        for figure, value in solution.items():
            change = _weighed(system, tangle, figure, value, settings)
            other = changes.get(figure)
            if other is None or other.score < change.score + lead:
                changes[figure] = change._replace(score=change.score + lead, solves=True)
    return changes
