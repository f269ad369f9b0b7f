"""What a schema says of a table: a table and a schema in, failures with their place in the table out.

Every cell that fails is a failure of its own, whatever else fails; one demand of one column is told of so many cells
and then summed up, so that a result stays bounded. Two cells that are both blank are no duplicates: what a missing
value means is the same for tables as for data (docs/data.md).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.frames.cells import State, Value, body_of, occurs, test_of
from validator.frames.faults import MisfitError
from validator.frames.misfits import misfits
from validator.frames.schema import Part, load
from validator.model.answers import ColumnFault
from validator.model.errors import Problem, RuleError
from validator.model.locations import Location
from validator.model.row_rules import Occurs
from validator.model.schemas import SchemaFailure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validator.frames.cells import Body
    from validator.frames.demands import Demand
    from validator.frames.schema import Schema
    from validator.model.settings import Settings
    from validator.model.tables import Table

_ANY = Part("")  # asks nothing of values
_LABELS = -1  # stands for the column of row labels


def check(table: Table, named: str, settings: Settings) -> tuple[SchemaFailure, ...]:
    """Everything in ``table`` that the schema refuses, or cannot decide; nothing where it passes.

    ``named`` is a file, or the name of a schema in a Python file. Raises RuleError where the schema cannot be used.
    """
    schema = load(named)
    teller = _Teller(body_of(table), settings)
    found = [*_of_columns(schema, teller)]
    for part, index in _asked(schema, teller.body):
        try:
            found += _of_part(part, index, teller)
        except MisfitError as misfit:
            raise RuleError((Problem(schema.file, *part.place, str(misfit)),)) from misfit
    for columns in schema.unique:
        found += _together(columns, teller)
    return tuple(found)


class _Teller:
    """Makes failures of one table, with their places and their words."""

    def __init__(self, body: Body, settings: Settings) -> None:
        self.body = body
        self._most = settings.schema_cells_kept

    def whole(self, message: str, column: int | None = None) -> SchemaFailure:
        """A failure of the table, or of a whole column."""
        table = self.body.table
        if column is None or column == _LABELS:
            return SchemaFailure(table, "", "", message, Location(table.document, table.page, table.box))
        header = table.headers[column]
        where = Location(table.document, table.page, header.box or table.box)
        return SchemaFailure(table, "", header.label, message, where)

    def cells(
        self, places: Sequence[int], column: int, messages: Iterable[str], *, unread: bool = False, warns: bool = False
    ) -> Iterator[SchemaFailure]:
        """A failure for each of these rows, by their place in the body; of more than are kept, how many more."""
        for place, message in zip(places[: self._most], messages, strict=False):
            yield self._cell(place, column, message, unread=unread, warns=warns)
        if (more := len(places) - self._most) > 0:
            cells = f"{more:,} more {'cells' if more > 1 else 'cell'}"
            message = f"{self.named(column)} {self.verb(column)} {cells} of which the same is true"
            yield self.whole(message, column)._replace(unread=unread, warns=warns)

    def _cell(self, place: int, column: int, message: str, *, unread: bool, warns: bool) -> SchemaFailure:
        body, table = self.body, self.body.table
        row, label = body.rows[place], body.labels[place]
        page = table.stubs[row].page or table.page
        if column == _LABELS:
            where = Location(table.document, page, table.stubs[row].box or table.box)
            return SchemaFailure(table, label, "", message, where, unread=unread, warns=warns)
        cell = table.cells[row][column]
        where = Location(table.document, page, cell.box)
        return SchemaFailure(table, label, body.names[column], message, where, cell.figure, unread, warns)

    def named(self, column: int) -> str:
        """How a message calls a column."""
        return "the row labels" if column == _LABELS else f"column {self.body.names[column]!r}"

    def verb(self, column: int) -> str:
        """“has”, or “have”."""
        return "have" if column == _LABELS else "has"


# --- columns ------------------------------------------------------------------------------------------------------


def _asked(schema: Schema, body: Body) -> Iterator[tuple[Part, int]]:
    """Every part of a schema with every column that it is about, the row labels last."""
    for part in (*schema.columns, *((schema.everywhere,) if schema.everywhere else ())):
        yield from ((part, index) for index, name in enumerate(body.names) if part.matches(name))
    yield from ((part, _LABELS) for part in schema.index[:1])


def _of_columns(schema: Schema, teller: _Teller) -> Iterator[SchemaFailure]:
    """Columns that are missing, too many, out of their order or of one name."""
    for one in misfits(schema, teller.body.names):
        wording = _MATCHES_NONE if one.pattern else _WORDING[one.fault]
        yield teller.whole(wording.format(repr(one.name)), one.at)
    if len(schema.index) > 1:
        yield teller.whole(f"the table has one column of row labels, and the schema wants {len(schema.index)}")


_MATCHES_NONE = "no column of the table matches {}"
_WORDING = {
    ColumnFault.MISSING: "the table has no column {}",
    ColumnFault.UNKNOWN: "the table has a column {} that the schema does not know",
    ColumnFault.REPEATED: "the table has more than one column {}",
    ColumnFault.ELSEWHERE: "column {} is not where the schema has it",
}


# --- cells --------------------------------------------------------------------------------------------------------


def _of_part(part: Part, index: int, teller: _Teller) -> Iterator[SchemaFailure]:
    """Everything that one column fails."""
    values = teller.body.index(part) if index == _LABELS else teller.body.column(index, part)
    named, verb = teller.named(index), teller.verb(index)
    by_state: dict[State, list[int]] = {state: [] for state in State}
    for place, value in enumerate(values):
        by_state[value.state].append(place)
    if part.demands or part.unique or not part.nullable:
        unread = by_state[State.UNREAD] + ([] if part.nullable else by_state[State.WITHHELD])
        unread.sort()
        texts = (f"{named} {verb} {values[place].text!r}, which cannot be read" for place in unread)
        yield from teller.cells(unread, index, texts, unread=True)
    if not part.nullable:
        blank = by_state[State.BLANK]
        texts = (f"{named} {verb} {_blank(values[place])} where the schema wants a value" for place in blank)
        yield from teller.cells(blank, index, texts)
    there = by_state[State.VALUE]
    if part.unique:
        yield from _duplicates(there, [values[place].key for place in there], values, index, teller)
    for demand in part.demands:
        yield from _demanded(demand, there, values, index, teller)


def _blank(value: Value) -> str:
    return repr(value.text) if value.text else "a blank cell"


def _duplicates(
    places: Sequence[int], keys: Sequence[object], values: Sequence[Value], index: int, teller: _Teller
) -> Iterator[SchemaFailure]:
    many = Counter(keys)
    twice = [place for place, key in zip(places, keys, strict=True) if many[key] > 1]
    named, verb = teller.named(index), teller.verb(index)
    yield from teller.cells(twice, index, (f"{named} {verb} {values[place].text!r} more than once" for place in twice))


def _demanded(
    demand: Demand, there: Sequence[int], values: Sequence[Value], index: int, teller: _Teller
) -> Iterator[SchemaFailure]:
    """The values that do not satisfy a demand, and those of which nobody can say."""
    named, verb = teller.named(index), teller.verb(index)
    if isinstance(demand.rule, Occurs):
        if not occurs(demand.rule, [values[place] for place in there]):
            message = f"{named} {verb} nowhere the value {demand.rule.value!r}, which the schema wants among its values"
            yield teller.whole(message, index)._replace(warns=demand.warns)
        return
    test = test_of(demand.rule, [values[place] for place in there])
    for verdict, unread in ((False, False), (None, True)):
        failing = [place for place in there if test(values[place]) is verdict]
        doubt = "the schema wants {}, and it cannot be told whether it is" if unread else "the schema wants {}"
        wanted = doubt.format(demand.told)
        texts = (f"{named} {verb} {values[place].text!r} where {wanted}" for place in failing)
        yield from teller.cells(failing, index, texts, unread=unread, warns=demand.warns)


def _together(columns: tuple[str, ...], teller: _Teller) -> Iterator[SchemaFailure]:
    """Rows that share their values in these columns; one that lacks a value shares it with none."""
    body = teller.body
    indices = [body.names.index(name) for name in columns if name in body.names]
    if len(indices) < len(columns):
        return
    values = [body.column(index, _ANY) for index in indices]
    rows = [tuple(one[place] for one in values) for place in range(len(body.rows))]
    there = [place for place, row in enumerate(rows) if all(value.state is State.VALUE for value in row)]
    many = Counter(tuple(value.key for value in rows[place]) for place in there)
    named = " and ".join(map(repr, columns))
    twice = [place for place in there if many[tuple(value.key for value in rows[place])] > 1]
    texts = (f"columns {named} have {', '.join(repr(v.text) for v in rows[p])} more than once" for p in twice)
    yield from teller.cells(twice, indices[0], texts)
