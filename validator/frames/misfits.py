"""Which columns there are, beside which a schema wants: a schema and the names of the columns in, misfits out.

The same for a table of a report and for a data source; how they are told is for those who ask. Nothing here looks at
a value.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from validator.model.answers import ColumnFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.frames.schema import Schema


class Misfit(NamedTuple):
    """One column that is not as a schema has it, at ``at`` (None: it is not there).

    ``pattern`` says that ``name`` is a pattern that the name of no column matches.
    """

    fault: ColumnFault
    name: str
    at: int | None = None
    pattern: bool = False


def misfits(schema: Schema, names: Sequence[str]) -> Iterator[Misfit]:
    """Columns that are missing, too many, of one name with another, or out of their order."""
    yield from _missing(schema, names)
    known = [any(part.matches(name) for part in schema.columns) for name in names]
    for index, name in enumerate(names):
        if schema.strict and not known[index]:
            yield Misfit(ColumnFault.UNKNOWN, name, index)
        if schema.unique_names and name in names[:index]:
            yield Misfit(ColumnFault.REPEATED, name, index)
    if schema.ordered:
        once = [name for name, _ in groupby(names)]  # of one name beside each other they count as one, as to pandera
        yield from _elsewhere(schema, [name for name in once if known[names.index(name)]], names)


def _missing(schema: Schema, names: Sequence[str]) -> Iterator[Misfit]:
    for part in schema.columns:
        if part.required and not any(map(part.matches, names)):
            yield Misfit(ColumnFault.MISSING, part.name, pattern=part.regex)
    for name in dict.fromkeys(name for columns in schema.unique for name in columns):
        if name not in names and all(part.regex or part.name != name or not part.required for part in schema.columns):
            yield Misfit(ColumnFault.MISSING, name)


def _elsewhere(schema: Schema, found: Sequence[str], names: Sequence[str]) -> Iterator[Misfit]:
    """The columns that the schema knows and has elsewhere."""
    order = iter(dict.fromkeys(name for part in schema.columns for name in names if part.matches(name)))
    for name in found:
        if next(order, None) != name:
            yield Misfit(ColumnFault.ELSEWHERE, name, names.index(name))
