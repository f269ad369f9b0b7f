"""General rules that say in one line what was discovered relation by relation.

In: the tables of a book and what is `Known`. Out: `General` rules. Must not give a rule that means more than was
discovered: each is tried by making its relations, and taken only when every one of them is known. Where only some
columns or rows are sums it is restricted to those.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from validator.model.errors import Unfit
from validator.model.relations import Linear
from validator.model.rules import BoundRule, Takes
from validator.rulebook.suggest_columns import columnwise
from validator.rulebook.suggest_known import General, meaning

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from validator.model.figures import Figure
    from validator.model.relations import Relation
    from validator.model.rules import Kind
    from validator.rulebook.suggest_known import Known
    from validator.rulebook.suggest_operands import Operands
    from validator.rulebook.suggest_tables import Named
    from validator.rulebook.suggest_yaml import Value

_LEAST = 3  # relations that a rule with a list of rows or columns must replace, to be shorter than they are


@dataclass(frozen=True, slots=True)
class _Try:
    """A rule that may be meant: parameters as texts, and the tables among them."""

    kind: Kind
    tables: Mapping[str, Named]
    texts: Mapping[str, tuple[str, ...]]
    flags: tuple[str, ...] = ()
    least: int = 1  # relations that it must say

    def relations(self, **more: tuple[str, ...]) -> tuple[Relation, ...]:
        """What it means; nothing where it does not fit."""
        tables = {name: named.grid.table for name, named in self.tables.items()}
        values = {**tables, **self.texts, **more, **dict.fromkeys(self.flags, True)}
        try:
            return self.kind.meant(BoundRule(self.kind.name, "", values))
        except Unfit:
            return ()

    def general(self, known: Known) -> General | None:
        """The rule, where all it says is known, none of it was said before, and what fails is equally serious."""
        said = tuple(dict.fromkeys(known.all(self.relations())))
        if len(said) < self.least or known.spent.intersection(said) or len(known.severities(said)) > 1:
            return None
        return General(self.kind.name, self._value(), tuple(named.name for named in self.tables.values()), said)

    def _value(self) -> Value:
        names = {name: named.name for name, named in self.tables.items()}
        texts = {name: [" ".join(text.split()) for text in several] for name, several in self.texts.items()}
        shown = {name: several[0] if len(several) == 1 else several for name, several in texts.items()}
        whole: dict[str, Value] = {**names, **shown, **dict.fromkeys(self.flags, "true")}
        return names[self.kind.shorthand] if set(whole) == {self.kind.shorthand} else whole


def general(tables: Sequence[Named], known: Known, kinds: Mapping[str, Kind], operands: Operands) -> Iterator[General]:
    """General rules, each relation said once: of one table by itself, then of two, then of whole columns."""
    cells = {figure: (named, r, c) for named in tables for figure, r, c in _cells(named)}
    tries = [
        *(one for named in tables for kind in kinds.values() for one in _of_table(named, kind)),
        *_crossed(known, kinds, cells),
        *_tied(known, kinds, cells),
    ]
    for one in tries:
        for candidate in (one, *_restricted(one, known, cells)):
            rule = candidate.general(known)
            if rule is not None:
                known.spent.update(rule.said)
                yield rule
                break
    for rule in columnwise(known, kinds, cells, operands):
        known.spent.update(rule.said)
        yield rule


def _cells(named: Named) -> Iterator[tuple[Figure, int, int]]:
    for r, row in enumerate(named.table.cells):
        yield from ((cell.figure, r, c) for c, cell in enumerate(row) if cell.figure is not None)


def _of_table(named: Named, kind: Kind) -> Iterator[_Try]:
    """A kind whose main parameter is a table, for this one."""
    if any(parameter.name == kind.shorthand and parameter.takes is Takes.TABLE for parameter in kind.parameters):
        yield _Try(kind, {kind.shorthand: named}, {})


def _restricted(one: _Try, known: Known, cells: Mapping[Figure, tuple[Named, int, int]]) -> Iterator[_Try]:
    """The same for those columns or rows for which all it says is known."""
    if len(one.tables) > 1:
        return
    (named,) = one.tables.values()
    parameters = {parameter.name for parameter in one.kind.parameters}
    relations = [relation for relation in one.relations() if isinstance(relation, Linear)]
    for name, axis in (("columns", 1), ("rows", 0)):
        if name not in parameters or name in one.texts:
            continue
        each: defaultdict[str, list[Hashable]] = defaultdict(list)
        for relation in relations:
            cell = next((cells[figure] for figure in relation.stated.figures() if figure in cells), None)
            if cell is not None and cell[0] is named:
                label = (named.table.stubs[cell[1]], named.table.headers[cell[2]])[axis].label
                each[label].append(meaning(relation))
        good = tuple(
            label
            for label, said in each.items()
            if label and known.by.keys() >= {*said} and known.spent.isdisjoint(said)
        )
        if sum(len(each[label]) for label in good) >= _LEAST:
            yield _Try(one.kind, one.tables, {**one.texts, name: good})


# --- rules with named totals ------------------------------------------------------------------------------------


def _crossed(known: Known, kinds: Mapping[str, Kind], cells: Mapping[Figure, tuple[Named, int, int]]) -> Iterator[_Try]:
    """Columns that are the sum of others in several rows, and rows that are totals in several columns."""
    across: defaultdict[tuple[Named, int, tuple[int, ...]], int] = defaultdict(int)
    down: defaultdict[tuple[Named, int], int] = defaultdict(int)
    for _, judged in known.by.values():
        relation = judged.outcome.relation
        places = _places(relation, cells)
        if not isinstance(relation, Linear) or places is None or len(relation.stated.terms) != 1:
            continue
        named, row, column = places[0]
        if len({r for _, r, _ in places}) == 1:
            across[named, column, tuple(sorted(c for _, _, c in places[1:]))] += 1
        elif len({c for _, _, c in places}) == 1:
            down[named, row] += 1
    for (named, total, parts), often in across.items():
        texts = {"total-column": (_column(named, total),), "parts": tuple(_column(named, part) for part in parts)}
        named_all = all(text for several in texts.values() for text in several)
        if often >= _LEAST and named_all and "cross-footing" in kinds:
            yield _Try(kinds["cross-footing"], {"table": named}, texts)
    for (named, row), often in down.items():
        label = named.table.stubs[row].label
        if often > 1 and label and "footing" in kinds:
            yield _Try(kinds["footing"], {"table": named}, {"total-row": (label,)})


def _places(relation: Relation, cells: Mapping[Figure, tuple[Named, int, int]]) -> list[tuple[Named, int, int]] | None:
    """Table, row and column of each figure of a sum with its total first; None where they are of several tables."""
    if not isinstance(relation, Linear):
        return None
    places = [cells.get(figure) for figure in (*relation.stated.figures(), *relation.other.figures())]
    known = [place for place in places if place is not None]
    return known if len(known) == len(places) and len({id(place[0]) for place in known}) == 1 else None


def _column(named: Named, column: int) -> str:
    return named.table.headers[column].label


# --- rules of two tables ----------------------------------------------------------------------------------------


def _tied(known: Known, kinds: Mapping[str, Kind], cells: Mapping[Figure, tuple[Named, int, int]]) -> Iterator[_Try]:
    """Pairs of tables that are tied row by row, in all columns or in one of each."""
    pairs: defaultdict[tuple[Named, Named], dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    for _, judged in known.by.values():
        relation = judged.outcome.relation
        if isinstance(relation, Linear):
            places = [cells[f] for f in (*relation.stated.figures(), *relation.other.figures()) if f in cells]
            for one, other in combinations(places, 2):
                if one[0] is not other[0]:
                    pairs[one[0], other[0]][one[2], other[2]] += 1
    for (left, right), columns in pairs.items():
        tables = {"left": left, "right": right}
        if "tie-out" not in kinds or sum(columns.values()) < _LEAST:
            continue
        yield _Try(kinds["tie-out"], tables, {}, least=_LEAST)
        yield _Try(kinds["tie-out"], tables, {}, ("columns",), least=_LEAST)
        for (ours, theirs), often in columns.items():
            texts = {"left-column": (_column(left, ours),), "right-column": (_column(right, theirs),)}
            if often >= _LEAST and all(name for (name,) in texts.values()):
                yield _Try(kinds["tie-out"], tables, texts, least=_LEAST)
