"""All numeric relations of a run as one system: which figure stands where, and what changing it would do.

Outcomes in; answers to "which value of this figure would satisfy that relation" and "which relations break" out.
Changed figures are read at their printed precision. It must not choose among changes: that is `localise`.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from validator.model.arithmetic import EXACT, satisfiable
from validator.model.figures import NumeralKind
from validator.model.intervals import ZERO, Interval
from validator.model.relations import Attainable, Labels, Linear, Quotient, Sum, terms_of
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.figures import Figure
    from validator.model.relations import Relation
    from validator.model.verdicts import Outcome

    Changes = Mapping[Figure, Decimal]

# Words are not printed to a number of places; a change of one is reckoned this finely.
_WORD_DECIMALS = {NumeralKind.FRACTION: 4, NumeralKind.MULTIPLE: 2}


class System:
    """The decided numeric relations of a run, by index, and the figures that stand in them."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self.relations: tuple[Relation, ...] = tuple(outcome.relation for outcome in outcomes)
        self.violated: set[int] = set()
        self._figures: dict[int, tuple[Figure, ...]] = {}
        self.standing: defaultdict[Figure, list[int]] = defaultdict(list)
        for index, outcome in enumerate(outcomes):
            if outcome.verdict is Verdict.UNDECIDABLE or isinstance(outcome.relation, Labels):
                continue
            if outcome.verdict is Verdict.VIOLATED:
                self.violated.add(index)
            for figure in dict.fromkeys(term.figure for term in terms_of(outcome.relation)):
                self.standing[figure].append(index)

    def figures_of(self, index: int) -> tuple[Figure, ...]:
        """The figures of a relation, each once, the stated side first."""
        if index not in self._figures:
            self._figures[index] = tuple(dict.fromkeys(term.figure for term in terms_of(self.relations[index])))
        return self._figures[index]

    def candidates(self, index: int, limit: int) -> tuple[Figure, ...]:
        """The figures worth suspecting: all of a relation, or of a very wide one the stated and the doubly violated.

        A row of a long table that stands in no other violated relation is no more suspect than all its neighbours.
        """
        figures = self.figures_of(index)
        if len(figures) <= limit:
            return figures
        stated = figures[0]
        return tuple(one for one in figures if one is stated or len(self.violated.intersection(self.standing[one])) > 1)

    def holds(self, index: int, changes: Changes) -> bool:
        """Whether a relation can be satisfied with some figures changed; one that cannot be decided does not fail."""
        return satisfiable(self.relations[index], partial(_reading, changes)) is not False

    def broken_by(self, violated: frozenset[int], figure: Figure, changes: Changes) -> frozenset[int]:
        """The relations that are violated once ``changes``, of which ``figure`` is the latest, are made."""
        touched = self.standing[figure]
        return violated.difference(touched).union(index for index in touched if not self.holds(index, changes))

    def repairs(self, index: int, figure: Figure, changes: Changes) -> tuple[Decimal, ...]:
        """Values of ``figure`` that satisfy the relation, nearest to its exact solution first; most often one."""
        printed = changes.get(figure, figure.value)
        if printed is None:
            return ()
        exact = _solution(self.relations[index], figure, changes)
        step = Decimal(1).scaleb(-decimals_of(figure))
        candidates = [-printed]
        if exact is not None:
            nearest = exact.quantize(step, context=EXACT)
            candidates = [nearest, nearest - step, nearest + step, -printed]
        good = [
            value
            for value in dict.fromkeys(EXACT.add(candidate, ZERO) for candidate in candidates)  # no minus zero
            if value != printed and _possible(figure, value) and self.holds(index, {**changes, figure: value})
        ]
        return tuple(good[:1])


def decimals_of(figure: Figure) -> int:
    """The places at which a figure is reckoned with when it is changed."""
    return max(figure.decimals, _WORD_DECIMALS.get(figure.kind, 0))


def _reading(changes: Changes, figure: Figure) -> Interval:
    value = changes.get(figure)
    if value is None:
        return figure.interval
    return Interval.exactly(value) if figure.interval.exact else Interval.rounded(value, decimals_of(figure))


def _possible(figure: Figure, value: Decimal) -> bool:
    """A count, a share or a fraction that is printed without a sign is not negative."""
    return value >= 0 or (figure.value is not None and figure.value < 0)


def _value(one: Sum, changes: Changes, without: Figure | None = None) -> Decimal:
    total = one.constant
    for term in one.terms:
        if term.figure is not without:
            value = changes.get(term.figure, term.figure.value) or ZERO
            total = EXACT.add(total, EXACT.multiply(term.weight, value))
    return total


def _weight(one: Sum, figure: Figure) -> Decimal:
    return sum((term.weight for term in one.terms if term.figure is figure), ZERO)


def _solution(relation: Relation, figure: Figure, changes: Changes) -> Decimal | None:
    """The value of ``figure`` at which both sides are equal, all others at their printed values."""
    match relation:
        case Linear(stated=stated, other=other):
            weight = _weight(stated, figure) - _weight(other, figure)
            rest = _value(other, changes, figure) - _value(stated, changes, figure)
            return EXACT.divide(rest, weight) if weight else None
        case Quotient():
            return _quotient_solution(relation, figure, changes)
        case Attainable(mean=mean, count=count):
            items = _value(count, changes)
            if figure is not mean or mean.value is None or items <= 0:
                return None
            grains = EXACT.divide(EXACT.multiply(mean.value, items), relation.grain).to_integral_value()
            return EXACT.divide(EXACT.multiply(grains, relation.grain), items)
        case Labels():
            return None


def _quotient_solution(relation: Quotient, figure: Figure, changes: Changes) -> Decimal | None:
    """(stated - offset) · denominator = scale · numerator, which is linear in a figure that stands in one of them."""
    places = (relation.stated, relation.numerator, relation.denominator)
    weights = [_weight(place, figure) for place in places]
    if sum(1 for weight in weights if weight) != 1:
        return None
    stated = _value(relation.stated, changes) - relation.offset
    top, bottom = _value(relation.numerator, changes), _value(relation.denominator, changes)
    if weights[0]:
        wanted = EXACT.divide(relation.scale * top, bottom) + relation.offset if bottom else None
    elif weights[1]:
        wanted = EXACT.divide(EXACT.multiply(stated, bottom), relation.scale) if relation.scale else None
    else:
        wanted = EXACT.divide(relation.scale * top, stated) if stated else None
    if wanted is None:
        return None
    index = next(index for index, weight in enumerate(weights) if weight)
    return EXACT.divide(wanted - _value(places[index], changes, figure), weights[index])
