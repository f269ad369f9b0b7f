"""Operands to model values: a book's parsed operands and the tables and figures found for it in, sums and series out.

Faults are told with the place of the reference that is wrong; what could not be resolved is None. A name whose table
or phrase was not found has been told already and is passed over in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.model.locations import Location
from validator.model.relations import ZERO, Label, Linear, Sum, Term
from validator.model.rules import Point, Series, Takes
from validator.rulebook.aggregates import AggregateOf
from validator.rulebook.book import Formula, Relationship, Text, Written
from validator.rulebook.grid import NoCellError
from validator.rulebook.operands_tree import (
    Added,
    Constant,
    CountOf,
    LabelPattern,
    Operand,
    Reference,
    Scaled,
    SumOf,
    singles,
)
from validator.rulebook.spread import EXCEPT, left_out, unknown, unlike
from validator.rulebook.squash import squash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.model.figures import Figure
    from validator.model.rules import Position
    from validator.rulebook.faults import Faults
    from validator.rulebook.grid import Grid
    from validator.rulebook.ledger import Ledger
    from validator.rulebook.squash import SquashedText

ANY = (LabelPattern(("", "")),)


class _SkipError(Exception):
    """A name that was not found, which has been told already."""


class _WrongError(Exception):
    """A reference that does not fit; told once, where it is caught."""

    def __init__(self, message: str, reference: Reference | AggregateOf) -> None:
        super().__init__(message)
        self.reference = reference


@dataclass(slots=True, eq=False)
class Resolver:
    """Resolves what a book says on the documents that it applies to.

    ``grids`` and ``figures`` lack the names that were not found.
    """

    grids: Mapping[str, Grid]
    figures: Mapping[str, Figure]
    texts: Sequence[SquashedText]
    faults: Faults
    ledger: Ledger
    given: dict[Reference, Figure] = field(default_factory=dict)  # of rows and columns, while a rule is of one label
    # What was found once: a rule of a column asks for the same sum at each of its rows.
    _found: dict[Reference, list[tuple[int, int]]] = field(default_factory=dict)
    _summed: dict[Reference, Sum] = field(default_factory=dict)

    def values(self, written: Sequence[Written]) -> dict[str, object] | None:
        """The parameters of a rule; None if one of them has a fault."""
        found = {one.parameter.name: self._value(one) for one in written}
        return None if any(value is None for value in found.values()) else found

    def each(self, written: Sequence[Written], position: Position) -> list[dict[str, object]]:
        """The parameters of a rule, once for each label where operands are whole rows or columns; none after a fault.

        What is a single figure stands for every label: the whole that all shares are of.
        """
        spread = {one: self.series(Formula(one, source)) for one, source in self._spread(written)}
        if any(series is None for series in spread.values()):
            return []
        found = {one: series.points for one, series in spread.items() if series is not None}
        several = {one: points for one, points in found.items() if len(points) > 1}
        self.given = {one: points[0].figure for one, points in found.items() if one not in several}
        try:
            return self._for_each(written, position, several)
        finally:
            self.given = {}

    def _for_each(
        self, written: Sequence[Written], position: Position, several: Mapping[Reference, Sequence[Point]]
    ) -> list[dict[str, object]]:
        """The parameters for each label of ``several`` rows or columns with the same; once where there are none."""
        own = {one.value.operand: one.parameter.name for one in written if isinstance(one.value, Formula)}
        if fault := _misfit({own.get(one, str(one)): points for one, points in several.items()}):
            self.faults.add(position, fault)
            return []
        labels = [point.label for point in next(iter(several.values()), ())]
        rest = [one for one in written if one.parameter.name != EXCEPT]
        given = next((self._value(one) for one in written if one.parameter.name == EXCEPT), ())
        out = self._left_out(labels, given, written)
        if out is None or not several:
            common = None if out is None else self.values(rest)
            return [] if common is None else [common]
        rules: list[dict[str, object]] = []
        for place, each in enumerate(zip(*several.values(), strict=True)):
            if place in out:
                continue
            self.given |= {one: point.figure for one, point in zip(several, each, strict=True)}
            values = self.values(rest)
            if values is None:
                return []
            rules.append(values)
        return rules

    def _left_out(self, labels: Sequence[str], given: object, written: Sequence[Written]) -> frozenset[int] | None:
        """The places of the labels that a rule leaves out; None after a fault."""
        texts = tuple(map(str, given)) if isinstance(given, tuple) else ()
        fault = unknown(labels, texts)
        out = left_out(labels, texts)
        if texts and not fault and len(out) == len(labels):
            fault = f"{EXCEPT!r} leaves nothing to check"
        if fault:
            self.faults.add(next(one.position for one in written if one.parameter.name == EXCEPT), fault)
        return None if fault else out

    def _spread(self, written: Sequence[Written]) -> Iterator[tuple[Reference, Text]]:
        """The rows and columns where a single figure could stand; none where a rule takes a series as a whole."""
        if any(one.parameter.takes is Takes.SERIES and isinstance(one.value, Formula) for one in written):
            return
        for one in written:
            if one.parameter.takes in (Takes.OPERAND, Takes.SERIES, Takes.RELATION):
                for operand, source in _operands(one.value):
                    yield from ((each, source) for each in singles(operand) if self._is_series(each))

    def _is_series(self, one: Reference) -> bool:
        return one.name in self.grids and any(label.glob for label in (*one.row, *one.column))

    def _value(self, written: Written) -> object:
        if written.parameter.many and isinstance(written.value, tuple):
            values = tuple(self._single(written.parameter.takes, value) for value in written.value)
            return None if any(value is None for value in values) else values
        return self._single(written.parameter.takes, written.value)

    def _single(self, takes: Takes, value: object) -> object:
        match takes, value:
            case Takes.OPERAND, Formula():
                return self.sum(value)
            case Takes.OPERANDS, tuple():
                sums = tuple(self.sum(one) for one in value)
                return None if None in sums else sums
            case Takes.SERIES, Formula() | tuple():
                return self.series(value)
            case Takes.LABELS, Formula() | tuple():
                return self.labels(value)
            case Takes.TABLE, Text(text=name):
                return self.grids[name].table if name in self.grids else None
            case Takes.RELATION, Relationship():
                return self.linear(value)
        return value

    def sum(self, formula: Formula) -> Sum | None:
        """A weighted sum of figures."""
        try:
            return self._sum(formula.operand)
        except _WrongError as error:
            self.faults.add(formula.source.place(error.reference.at), str(error))
        except _SkipError:
            pass
        return None

    def linear(self, relationship: Relationship) -> Linear | None:
        """Two sums compared."""
        equation, source = relationship.equation, relationship.source
        left, right = self.sum(Formula(equation.left, source)), self.sum(Formula(equation.right, source))
        return None if left is None or right is None else Linear(left, equation.comparison, right)

    def _sum(self, operand: Operand) -> Sum:
        match operand:
            case Reference():
                return Sum((Term(self._figure(operand)),))
            case Constant(value=value):
                return Sum(constant=value)
            case AggregateOf():
                return Sum((Term(self._of_data(operand)),))
            case CountOf(reference=reference):
                number = len(self._cells(reference))
                return Sum(constant=Decimal(number), name=f"{number} rows of {reference.name}")
            case Scaled(weight=weight, operand=inner):
                return _weighted(self._sum(inner), weight)
            case Added(terms=terms):
                return _joined([_weighted(self._sum(o), Decimal(1 if plus else -1)) for plus, o in terms])
            case SumOf(arguments=arguments):
                return _joined([self._all(argument) for argument in arguments])

    def _of_data(self, one: AggregateOf) -> Figure:
        """The figure of an aggregate that is not grouped; a source that was not read has been told already."""
        if one.aggregate.by:
            raise _WrongError(f"“{one}” gives a figure for each group: it is a series, not one figure", one)
        found = self.ledger.figures(one.aggregate)
        if found is None:
            raise _SkipError
        return found[0].figure

    def _groups(self, one: AggregateOf) -> Series:
        found = self.ledger.series(one.aggregate)
        if found is None:
            raise _SkipError
        if isinstance(found, str):
            raise _WrongError(found, one)
        return found

    def _all(self, operand: Operand) -> Sum:
        """An argument of sum( ): every figure that a reference matches."""
        if isinstance(operand, Reference) and operand.name in self.grids:
            if operand not in self._summed:
                grid = self.grids[operand.name]
                self._summed[operand] = Sum(tuple(Term(grid.figure(*cell)) for cell in self._cells(operand)))
            return self._summed[operand]
        return self._sum(operand)

    def _figure(self, reference: Reference) -> Figure:
        if reference in self.given:
            return self.given[reference]
        if reference.name in self.figures:
            return self.figures[reference.name]
        try:
            return self._grid(reference).one(reference)
        except NoCellError as error:
            raise _WrongError(str(error), reference) from error

    def _grid(self, reference: Reference) -> Grid:
        if reference.name not in self.grids:
            raise _SkipError
        return self.grids[reference.name]

    def _cells(self, reference: Reference) -> list[tuple[int, int]]:
        """The cells of a reference to a table; all body rows where no row is named."""
        if reference.name in self.figures:
            raise _WrongError(f"{reference.name!r} is a single figure, not a table", reference)
        if reference not in self._found:
            whole = Reference(reference.name, reference.row or ANY, reference.column, reference.at)
            try:
                self._found[reference] = self._grid(reference).cells(whole)
            except NoCellError as error:
                raise _WrongError(str(error), reference) from error
        return self._found[reference]

    def series(self, value: Formula | tuple[Formula, ...]) -> Series | None:
        """Labelled figures: the cells of one reference, or a list of single figures."""
        if isinstance(value, tuple):
            return self._listed(value)
        reference = value.operand
        try:
            if isinstance(reference, Reference):
                return self._row_or_column(reference)
            if isinstance(reference, AggregateOf):
                return self._groups(reference)
        except _WrongError as error:
            self.faults.add(value.source.place(error.reference.at), str(error))
        except _SkipError:
            pass
        else:
            self.faults.add(value.source.position, "a series is a row or a column, such as ages[Total, *], or a list")
        return None

    def _row_or_column(self, reference: Reference) -> Series:
        if reference.name in self.figures:
            figure = self.figures[reference.name]
            return Series(reference.name, (Point(figure.label or reference.name, figure),))
        cells, grid = self._cells(reference), self._grid(reference)
        rows, columns = {row for row, _ in cells}, {column for _, column in cells}

        def label(row: int, column: int) -> str:
            if len(columns) == 1:
                return grid.matched_label(row, reference.row)
            return grid.printed_column_label(column).text if len(rows) == 1 else grid.label(row, column)

        points = tuple(Point(label(*cell), grid.figure(*cell)) for cell in cells)
        blanks = tuple(label(*cell) for cell in cells if grid.blank(*cell))
        first_row, first_column = cells[0]
        name = grid.table.headers[first_column].label if len(columns) == 1 else grid.row_label(first_row, whole=True)
        return Series(name or grid.name, points, blanks)

    def _listed(self, formulas: tuple[Formula, ...]) -> Series | None:
        points: list[Point] = []
        for formula in formulas:
            found = self.sum(formula)
            if found is None:
                return None
            if len(found.terms) != 1 or found.constant or found.terms[0].weight != 1:
                self.faults.add(formula.source.position, "each item of a series is one figure")
                return None
            figure = found.terms[0].figure
            points.append(Point(self._short_label(formula, figure), figure))
        return Series(", ".join(point.label for point in points), tuple(points))

    def _short_label(self, formula: Formula, figure: Figure) -> str:
        """A figure's label in a series: its row and column, or for prose its name in the book."""
        named = isinstance(formula.operand, Reference) and formula.operand.name in self.figures
        return formula.source.text if named else figure.label or formula.source.text

    def labels(self, value: Formula | tuple[Text, ...]) -> tuple[Label, ...] | None:
        """Printed labels: of rows, of columns where the reference runs over columns, or texts found on the pages."""
        if isinstance(value, tuple):
            found = [self._printed(text) for text in value]
            return None if None in found else tuple(label for label in found if label is not None)
        reference = value.operand
        try:
            if isinstance(reference, Reference):
                return self._row_or_column_labels(reference)
            if isinstance(reference, AggregateOf):
                groups = self._groups(reference)
                return tuple(Label(p.label, p.figure.location, p.figure, groups.name) for p in groups.points)
        except _WrongError as error:
            self.faults.add(value.source.place(error.reference.at), str(error))
        except _SkipError:
            pass
        else:
            self.faults.add(value.source.position, "labels are a table, its rows (ages[*]) or columns (ages[Total, *])")
        return None

    def _row_or_column_labels(self, reference: Reference) -> tuple[Label, ...]:
        grid = None if reference.name in self.figures else self._grid(reference)
        if grid is not None and not any(pattern.glob for pattern in reference.column):
            try:
                return tuple(grid.printed_row_label(row) for row in grid.rows(reference.row or ANY))
            except NoCellError as error:
                raise _WrongError(str(error), reference) from error
        cells = self._cells(reference)
        columns = dict.fromkeys(column for _, column in cells)
        grid = self._grid(reference)
        return tuple(grid.printed_column_label(column) for column in columns)

    def _printed(self, text: Text) -> Label | None:
        """A text of the book as a label, placed where it is first printed."""
        wanted = squash(text.text)
        for document in self.texts:
            passage = document.passage_of(wanted)
            if passage is not None:
                return Label(text.text, Location(*passage.location))
        self.faults.add(text.position, f"{text.text!r} is printed nowhere in the document")
        return None

    def unchecked(self, formula: Formula) -> tuple[Figure, ...]:
        """The figures of an ``unchecked`` entry: everything that a reference matches, a whole table included."""
        reference = formula.operand
        if isinstance(reference, Reference) and not reference.row and reference.name in self.grids:
            return tuple(self.grids[reference.name].table.figures())
        found = self.sum(Formula(SumOf((reference,)), formula.source))
        return tuple(found.figures()) if found is not None else ()


def _operands(value: object) -> Iterator[tuple[Operand, Text]]:
    """The operands of a parameter's value, each with the text that it stands in."""
    match value:
        case Formula(operand=operand, source=source):
            yield operand, source
        case Relationship(equation=equation, source=source):
            yield from ((equation.left, source), (equation.right, source))
        case tuple():
            for one in value:
                yield from _operands(one)


def _misfit(several: Mapping[str, Sequence[Point]]) -> str:
    """What is wrong with rows or columns that are taken label by label; "" where they have the same labels."""
    (first, ours), *others = several.items() or [("", ())]
    for name, theirs in others:
        if found := unlike([one.label for one in ours], [one.label for one in theirs]):
            said = f"{first!r} has {found[0]} and {name!r} {found[1]}"
            return f"{said}: taken one by one, they need the same labels in the same order"
    return ""


def _weighted(one: Sum, weight: Decimal) -> Sum:
    terms = tuple(term._replace(weight=term.weight * weight) for term in one.terms)
    return Sum(terms, one.constant * weight, one.name)


def _joined(sums: Sequence[Sum]) -> Sum:
    terms = tuple(term for one in sums for term in one.terms)
    name = sums[0].name if len(sums) == 1 else ""
    return Sum(terms, sum((one.constant for one in sums), ZERO), name)
