"""A small batch as a table of a document: a data frame in, an `Extract` out, each figure placed on its cell.

A number is worth what it is; one with decimals is taken as rounded at the precision of its column, like a printed
one, unless the column is said to be exact. A text is a number only where it is written as one; what else stands in a
column of numbers cannot be read. No verdict is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.model.extracts import Extract
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.labels import STEP
from validator.model.locations import Box, Location
from validator.model.pages import Document, Sheet
from validator.model.tables import Cell, Header, Role, Stub, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd

NAME = "batch"
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Shape:
    """What is what in a batch: the columns of labels, and which rows and column are totals."""

    labels: Sequence[str]
    total_rows: Collection[str] = ()
    total_columns: Collection[str] = ()
    exact: Collection[str] = ()


class Place(NamedTuple):
    """A column of the batch as a document: its path, the column's name and number, and whether decimals are exact."""

    path: str
    name: str
    column: int
    exact: bool


def extract_of(frame: pd.DataFrame, shape: Shape, language: str, path: str = NAME) -> Extract:
    """The rows of ``frame`` as the one table, with the caption `NAME`, of a document of that path."""
    values = frame.astype(object).where(frame.notna(), None)
    columns = [name for name in frame.columns if name not in shape.labels]
    rows = [tuple(map(_plain, row)) for row in values[list(shape.labels)].itertuples(index=False, name=None)]
    stubs = tuple(_stub(row, shape) for row in rows)
    sheet = Sheet(tuple(() for _ in range(len(rows))), tuple(range(1, len(rows) + 1)), unit="row")
    cells = [
        _cells([_plain(value) for value in values[name]], Place(path, name, at, _exact(name, shape)), stubs, sheet)
        for at, name in enumerate(frame.columns)
        if name in columns
    ]
    headers = tuple(Header((name,), Role.TOTAL if name in shape.total_columns else Role.BODY) for name in columns)
    body = tuple(tuple(column[row] for column in cells) for row in range(len(stubs)))
    table = Table(path, 1, Box(0, 0, 0, 0), headers, stubs, body, stub_head=STEP.join(shape.labels), caption=NAME)
    return Extract(Document(path, "", ()), language, (table,), figures=tuple(table.figures()))


def _exact(name: str, shape: Shape) -> bool:
    return name in shape.exact or "*" in shape.exact


def _stub(row: Sequence[Any], shape: Shape) -> Stub:
    parts = tuple(_shown(value) for value in row)
    label = STEP.join(part for part in parts if part)
    return Stub(label, path=(label,), role=Role.TOTAL if label in shape.total_rows else Role.BODY, page=1)


def _cells(values: Sequence[Any], place: Place, stubs: Sequence[Stub], sheet: Sheet) -> list[Cell]:
    """The cells of a column; one without any number holds no figures."""
    places = [_places(value) for value in values]
    decimals = max((found for found in places if found is not None), default=-1)
    cells = []
    for row, (value, stub) in enumerate(zip(values, stubs, strict=True)):
        box = sheet.box(row, place.column, place.name)
        text = _shown(value, decimals)
        figure = None
        if decimals >= 0 and text:
            where, label = Location(place.path, 1, box), f"{stub.label}{STEP}{place.name}"
            figure = _figure(text, value, decimals, where, label, exact=place.exact)
        cells.append(Cell(text, box, figure))
    return cells


def _figure(text: str, value: Any, decimals: int, where: Location, label: str, *, exact: bool) -> Figure:
    number = _number(value)
    if number is None:
        unknown = Interval(None, None)
        return Figure(text, None, unknown, NumeralKind.UNREADABLE, where, quote=text, label=label)
    own = _written(value) if isinstance(value, str) else decimals
    if own and not exact:
        interval, kind = Interval.rounded(number, own), NumeralKind.DECIMAL
    else:
        interval, kind = Interval.exactly(number), NumeralKind.COUNT
    return Figure(text, number, interval, kind, where, decimals=own, quote=text, label=label)


def _plain(value: Any) -> Any:
    """A value of Python instead of numpy's."""
    return value.item() if hasattr(value, "item") else value


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        return Decimal(value.strip()) if _NUMBER.fullmatch(value.strip()) else None
    if isinstance(value, float):  # the shortest number that is read as it; a whole one without a point
        value = int(value) if value.is_integer() else Decimal(repr(value))
    number = Decimal(value) if isinstance(value, int | Decimal) else None
    return number if number is not None and number.is_finite() else None


def _places(value: Any) -> int | None:
    """The decimals that a value is written with; None where it is no number."""
    number = _number(value)
    if number is None:
        return None
    if isinstance(value, str):
        return _written(value)
    exponent = (number.normalize() if isinstance(value, float) else number).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _written(value: str) -> int:
    found = _NUMBER.fullmatch(value.strip())
    return len(found.group(1) or "") if found else 0


def _shown(value: Any, decimals: int = 0) -> str:
    """A value as it would be printed, with the decimals of its column; "" where it is missing."""
    if value is None:
        return ""
    number = _number(value)
    if number is None or isinstance(value, str):
        day = isinstance(value, datetime) and value.time() == time()  # which pandas makes of a date
        return " ".join(str(value.date() if day else value).split())
    return f"{number:.{max(decimals, _places(value) or 0)}f}"
