"""Rules of single figures that are the same in every row, as one rule of whole columns (or in every column, of rows).

In: what is `Known`, where its figures stand, and their operands. Out: `General` rules. Must not give a rule that means
more than was discovered: rows of the pattern that discovery says nothing of, or that break the rule with another
severity than others, are left out by name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from validator.model.relations import ONE, Linear, Sum
from validator.model.rules import Series
from validator.model.verdicts import Verdict
from validator.rulebook.grid import path_of
from validator.rulebook.operands_tree import LabelPattern, Reference
from validator.rulebook.spread import EXCEPT, told
from validator.rulebook.suggest_known import General
from validator.rulebook.suggest_operands import followed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from validator.model.discovered import Discovered
    from validator.model.figures import Figure
    from validator.model.rules import Kind
    from validator.rulebook.suggest_known import Known
    from validator.rulebook.suggest_operands import Operands
    from validator.rulebook.suggest_tables import Named
    from validator.rulebook.suggest_yaml import Value

    Cell = tuple[Named, int, int]
    Path = tuple[LabelPattern, ...]
    Lines = dict[int, Hashable]  # what is said of each row, or of each column

ANY = LabelPattern(("", ""))
EVERY = LabelPattern(("", "", ""))
_FEW = 2  # rows left out of a rule of every row at most: more make rules by depth easier to read
_LEAST = 3  # rows that one rule must say, to be shorter than a rule for each


class _Equation(NamedTuple):
    """Two sides of weighted columns that are compared."""

    left: tuple[tuple[Decimal, int], ...]
    comparison: str
    right: tuple[tuple[Decimal, int], ...]


class _Listed(NamedTuple):
    """Columns of a list."""

    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the rules of a column have in common: the columns of their figures, and whatever else they say.

    ``turned`` says that rows and columns are exchanged. ``values`` are a column's number, or a text, by parameter.
    """

    kind: str
    named: Named
    turned: bool
    values: tuple[tuple[str, int | str | _Listed | _Equation], ...]
    names: tuple[str, ...]  # of tables and figures that take part


def columnwise(
    known: Known, kinds: Mapping[str, Kind], cells: Mapping[Figure, Cell], operands: Operands
) -> Iterator[General]:
    """A rule for each column (or row) in which enough of what was discovered is the same."""
    groups: defaultdict[_Shape, Lines] = defaultdict(dict)
    for what, (discovered, _) in known.by.items():
        if kinds[discovered.bound.kind].each:
            for turned in (False, True):
                found = _shape(discovered, kinds[discovered.bound.kind], cells, operands, turned=turned)
                if found is not None:
                    groups[found[0]].setdefault(found[1], what)
    for shape, lines in groups.items():
        whole = _of_every(shape, lines, known, operands)
        if whole is not None:
            yield _short(whole, kinds)
            continue
        for path in _paths(shape, lines):
            rule = _rule(shape, path, lines, known, operands)
            if rule is not None:
                yield _short(rule, kinds)


def _short(rule: General, kinds: Mapping[str, Kind]) -> General:
    """The rule with its main parameter alone, where it has no other."""
    main = kinds[rule.kind].shorthand
    return replace(rule, value=rule.value[main]) if isinstance(rule.value, dict) and set(rule.value) == {main} else rule


def _of_every(shape: _Shape, lines: Lines, known: Known, operands: Operands) -> General | None:
    """One rule of all rows, nested ones and totals too, where the pattern of one depth would leave some of them out."""
    rule = _rule(shape, (EVERY,), lines, known, operands)
    if rule is None or not isinstance(rule.value, dict):
        return None
    left, said = rule.value.get(EXCEPT, []), set(rule.said)
    grid = shape.named.grid
    paths = [(ANY,)] if shape.turned else _paths(shape, lines)
    met = (followed(grid.cols if shape.turned else grid.rows, path) for path in paths)
    most = max((len(said & {lines.get(line) for line in one}) for one in met), default=0)
    return rule if len(left) <= _FEW and most < len(said) else None


def _shape(
    discovered: Discovered, kind: Kind, cells: Mapping[Figure, Cell], operands: Operands, *, turned: bool
) -> tuple[_Shape, int] | None:
    """The shape of a rule and the row that it is of: that of its first figure; None where it cannot be one of many."""
    values = discovered.bound.values
    given = (values.get(one.name) for one in kind.parameters)
    first = next((value for value in given if isinstance(value, (Sum, Linear))), None)
    start = _cell(first.stated if isinstance(first, Linear) else first, cells)
    if start is None:
        return None
    named, line = start[0], start[2] if turned else start[1]
    shared: list[tuple[str, int | str | _Listed | _Equation]] = []
    names: dict[str, None] = {named.name: None}
    for name, value in values.items():
        place = _cell(value, cells)
        if place is not None and place[0] is named and (place[2] if turned else place[1]) == line:
            shared.append((name, place[1] if turned else place[2]))
            continue
        written: str | _Listed | _Equation | None
        if isinstance(value, Series):
            written = _listed(value, named, line, cells, operands, turned=turned)
        elif isinstance(value, Linear):
            written = _equation(value, named, line, cells, turned=turned)
        else:
            written = operands.sum(value) if isinstance(value, Sum) else _text(value)
        if written is None:
            return None
        shared.append((name, written))
        names |= dict.fromkeys(operands.names(value.figures()) if isinstance(value, Sum) else ())
    return _Shape(kind.name, named, turned, tuple(shared), tuple(names)), line


def _equation(
    relation: Linear, named: Named, line: int, cells: Mapping[Figure, Cell], *, turned: bool
) -> _Equation | None:
    """A relation by the columns of its figures; None where one of them stands elsewhere than in this row."""
    sides: list[tuple[tuple[Decimal, int], ...]] = []
    for one in (relation.stated, relation.other):
        places = [cells.get(term.figure) for term in one.terms]
        if one.constant or not places:
            return None
        found = [(place[1], place[2]) for place in places if place is not None and place[0] is named]
        if len(found) < len(places) or any(at[1 if turned else 0] != line for at in found):
            return None
        sides.append(tuple((term.weight, at[0 if turned else 1]) for term, at in zip(one.terms, found, strict=True)))
    return _Equation(sides[0], relation.comparison.value, sides[1])


def _listed(
    series: Series, named: Named, line: int, cells: Mapping[Figure, Cell], operands: Operands, *, turned: bool
) -> _Listed | None:
    """A list of figures by their columns; None where one stands in another row, or where a pattern names them all."""
    places = [cells.get(point.figure) for point in series.points]
    found = [(place[1], place[2]) for place in places if place is not None and place[0] is named]
    if len(found) < len(places) or any(at[1 if turned else 0] != line for at in found):
        return None
    return None if isinstance(operands.series(series), str) else _Listed(tuple(at[0 if turned else 1] for at in found))


def _cell(value: object, cells: Mapping[Figure, Cell]) -> Cell | None:
    """Where a sum of one figure stands in a table."""
    alone = isinstance(value, Sum) and len(value.terms) == 1 and not value.constant and value.terms[0].weight == ONE
    return cells.get(value.terms[0].figure) if alone and isinstance(value, Sum) else None


def _text(value: object) -> str | None:
    """A number or a word as it is written."""
    return value if isinstance(value, str) else f"{value:f}" if hasattr(value, "as_tuple") else None


def _paths(shape: _Shape, lines: Lines) -> list[Path]:
    """The patterns of the rows: all of one depth, for every depth there is. Columns have but one."""
    if shape.turned:
        return [(ANY,)]
    stubs = shape.named.table.stubs
    return [(ANY,) * depth for depth in sorted({len(path_of(stubs[row])) for row in lines})]


def _rule(shape: _Shape, path: Path, lines: Lines, known: Known, operands: Operands) -> General | None:
    """The rule of all rows that a pattern means, but for those of which it would say too much."""
    grid = shape.named.grid
    met = followed(grid.cols if shape.turned else grid.rows, path)
    said = _alike({line: lines[line] for line in met if line in lines and lines[line] not in known.spent}, known)
    left = [place for place, line in enumerate(met) if line not in said]
    if len(said) < _LEAST or len(left) > len(said):
        return None
    left_out = told([_label(shape, line, path) for line in met], left)
    if left_out is None:
        return None
    value: dict[str, Value] = {}
    for name, one in shape.values:
        written = one if isinstance(one, str) else _written(shape, path, one, operands)
        if written is None:
            return None
        value[name] = written
    if left_out:
        value[EXCEPT] = list(left_out)
    return General(shape.kind, value, shape.names, tuple(said.values()))


def _alike(said: Lines, known: Known) -> Lines:
    """What holds, and what does not where all of that is equally serious: a rule has one severity."""
    if len(known.severities(said.values())) < 2:
        return said
    return {line: what for line, what in said.items() if known.by[what][1].outcome.verdict is Verdict.HOLDS}


def _label(shape: _Shape, line: int, path: Sequence[LabelPattern]) -> str:
    """The label of a row or column as binding gives it to a point of the series."""
    grid = shape.named.grid
    return grid.printed_column_label(line).text if shape.turned else grid.matched_label(line, path)


def _written(shape: _Shape, path: Path, one: int | _Listed | _Equation, operands: Operands) -> Value | None:
    """A column, a list or a relation of columns, as it is written."""
    if isinstance(one, int):
        return _operand(shape, path, one, operands)
    if isinstance(one, _Listed):
        each = [_operand(shape, path, column, operands) for column in one.columns]
        return None if None in each else [operand for operand in each if operand is not None]
    left, right = (_side(shape, path, side, operands) for side in (one.left, one.right))
    return None if left is None or right is None else f"{left} {one.comparison} {right}"


def _side(shape: _Shape, path: Path, terms: Sequence[tuple[Decimal, int]], operands: Operands) -> str | None:
    """Weighted columns added up."""
    parts: list[str] = []
    for weight, column in terms:
        own = _operand(shape, path, column, operands)
        if own is None:
            return None
        sign = "- " if weight < 0 else "+ "
        parts.append(f"{sign}{own}" if abs(weight) == ONE else f"{sign}{abs(weight):f} * {own}")
    return " ".join(parts).removeprefix("+ ")


def _operand(shape: _Shape, path: Path, other: int, operands: Operands) -> str | None:
    """The whole column, or row, as an operand."""
    own = operands.row(shape.named, other) if shape.turned else operands.column(shape.named, other)
    if own is None:
        return None
    return str(Reference(shape.named.name, own, path) if shape.turned else Reference(shape.named.name, path, own))
