"""The figures and labels that a finding shows, and the fingerprint by which a waiver refers to it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from validator.model.arithmetic import combined
from validator.model.findings import Exhibit
from validator.model.labels import key
from validator.model.relations import ONE, Comparison, Labels, Linear, SetMode, terms_of
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.relations import Label, Relation
    from validator.model.verdicts import Outcome

_FINGERPRINT = 12  # hexadecimal digits: two among a million findings agree with a chance of one in five hundred


def exhibits_of(outcome: Outcome) -> tuple[Exhibit, ...]:
    """Every figure of the relation once, in its role; of a relation of labels those at fault, else the first."""
    relation = outcome.relation
    if isinstance(relation, Labels):
        shown = outcome.labels or (*relation.left, *relation.right)[:1]
        return tuple(_label(label, relation) for label in shown)
    seen = {term.figure: term.role for term in reversed(terms_of(relation))}
    figures = dict.fromkeys(term.figure for term in terms_of(relation))
    exhibits = tuple(Exhibit(seen[f], f.text, f.value, f.location, f.label, f) for f in figures)
    counted = relation.other.counted if isinstance(relation, Linear) else ()
    return (*exhibits, *(_label(label) for label in counted))


def _label(label: Label, relation: Labels | None = None) -> Exhibit:
    if relation is None or relation.mode in (SetMode.UNIQUE, SetMode.SORTED):
        role = "label"
    else:
        role = "left" if label in relation.left else "right"
    value = label.figure.value if label.figure else None
    return Exhibit(role, label.text, value, label.location, label.text, label.figure)


def fingerprint(kind: str, verdict: Verdict, exhibits: Iterable[Exhibit], among: Iterable[str]) -> str:
    """A name that survives another layout: the kind, and every figure's role, label and print; no places.

    ``among`` tells it from what is printed in the same way elsewhere: its rule, or the titles of its tables.
    """
    parts = sorted("\x1f".join((one.role, key(one.label), key(one.text))) for one in exhibits)
    whole = "\x1e".join((kind, verdict.value, *sorted({key(one) for one in among}), *parts))
    return hashlib.sha256(whole.encode(errors="surrogatepass")).hexdigest()[:_FINGERPRINT]


def unique(names: Iterable[str]) -> list[str]:
    """The same names, with -2, -3 … after those that came before."""
    counts: dict[str, int] = {}
    found = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        found.append(name if counts[name] == 1 else f"{name}-{counts[name]}")
    return found


def sameness(relation: Relation) -> object:
    """What two relations have in common when they say the same thing of the same figures."""
    if isinstance(relation, Labels):
        sides = frozenset((relation.left, relation.right)) if relation.mode is SetMode.SAME else relation.left
        return (relation.mode, sides)
    if not isinstance(relation, Linear):
        return (type(relation), terms_of(relation))
    gap = combined((relation.stated, ONE), (relation.other, -ONE))
    ways = [frozenset((term.figure, term.weight * sign) for term in gap.terms) for sign in (1, -1)]
    if relation.comparison is not Comparison.EQUAL:
        ways = ways[:1]
    return (relation.comparison, abs(gap.constant), frozenset(ways))
