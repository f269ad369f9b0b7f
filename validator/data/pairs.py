"""Two aggregates that must agree: their amounts in, exact counts and the first pairs of each sort out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.answers import Pair, PairOutcome
from validator.model.intervals import Interval

if TYPE_CHECKING:
    from validator.model.aggregates import Agreement, Reckoned
    from validator.model.settings import Settings


def paired(agreement: Agreement, left: Reckoned, right: Reckoned, settings: Settings) -> PairOutcome:
    """Every group of either side, in the order of its key; a group that a side lacks is told apart."""
    sorts: dict[str, list[Pair]] = {"differing": [], "only_left": [], "only_right": []}
    agreed = unsure = 0
    for group in sorted(dict.fromkeys((*left.groups, *right.groups))):
        pair = Pair(group, left.groups.get(group), right.groups.get(group))
        verdict = _verdict(agreement, pair)
        if verdict == "agreed":
            agreed += 1
        elif verdict == "unsure":
            unsure += 1
        else:
            sorts[verdict].append(pair)
    return PairOutcome(
        agreement,
        left,
        right,
        agreed=agreed,
        unsure=unsure,
        differing=len(sorts["differing"]),
        only_left=len(sorts["only_left"]),
        only_right=len(sorts["only_right"]),
        examples=tuple(pair for pairs in sorts.values() for pair in pairs[: settings.pairs_kept]),
    )


def _verdict(agreement: Agreement, pair: Pair) -> str:
    if pair.right is None:
        return "only_left"
    if pair.left is None:
        return "only_right"
    if pair.left.value is None or pair.right.value is None:
        return "unsure"
    allowed = pair.right.interval
    if agreement.tolerance is not None:
        allowed = Interval.exactly(pair.right.value) + Interval(-agreement.tolerance, agreement.tolerance)
        return "agreed" if pair.left.value in allowed else "differing"
    return "agreed" if pair.left.interval.meets(allowed) else "differing"
