"""A Parquet file → one sheet: column names, then the values as text. DuckDB reads it.

In: a path. Out: a sheet; ``ReadError`` for a file that is damaged, or longer than a table for readers: such data is
for the rules on sources, which never load it. Rows are counted from 1 below the names. Null is a blank cell, NaN and
the infinities are numbers that cannot be read.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.model.errors import ReadError
from validator.model.pages import Number, Sheet
from validator.read.data import Tables
from validator.read.delimited import check_limits
from validator.read.displays import shown_number

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.settings import Settings

_FLOATS = ("FLOAT", "DOUBLE", "DECIMAL")


def read_columnar(name: str, file: Path, settings: Settings) -> Tables:
    """The one sheet of a Parquet file. Raises ``ReadError``."""
    import duckdb

    try:
        # The reader of Parquet is built in: no extension is to be fetched, whatever a broken file asks for.
        with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"}) as engine:
            source = [_literal(file)]
            described = engine.execute("DESCRIBE SELECT * FROM read_parquet(?)", source).fetchall()
            names, types = [str(one[0]) for one in described], [str(one[1]) for one in described]
            counted = engine.execute("SELECT count(*) FROM read_parquet(?)", source).fetchone()
            rows = int(counted[0]) if counted else 0
            check_limits(name, rows, len(names), rows * len(names), settings)
            wanted = ", ".join(f"CAST({_quoted(one)} AS VARCHAR)" for one in names)
            texts = engine.execute(f"SELECT {wanted} FROM read_parquet(?)", source).fetchall()  # noqa: S608 - quoted
    except duckdb.Error as error:
        raise ReadError(f"{name}: the Parquet file cannot be read: {str(error).splitlines()[0]}") from error
    numbers: dict[tuple[int, int], Number] = {}
    body = []
    for r, row in enumerate(texts, 1):
        cells = []
        for c, (text, kind) in enumerate(zip(row, types, strict=True)):
            shown = _shown(text, kind)
            cells.append(shown[0])
            if shown[1] is not None:
                numbers[r, c] = shown[1]
        body.append(tuple(cells))
    heads = tuple(one.strip() for one in names)
    sheet = Sheet((heads, *body), tuple(range(rows + 1)), unit="row", numbers=numbers)
    return Tables((sheet,))


def _shown(text: str | None, kind: str) -> tuple[str, Number | None]:
    """A value as text, and its number where the text could be read in two ways."""
    if text is None:
        return "", None
    if not kind.startswith(_FLOATS):
        return " ".join(text.split()), None
    if kind.startswith("DECIMAL"):
        value = Decimal(text)
        exponent = value.as_tuple().exponent
        decimals = -exponent if isinstance(exponent, int) else 0
        return text, Number(value, decimals) if decimals else None
    shown = shown_number(Decimal(text))
    return shown.text, shown.number


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _literal(file: Path) -> str:
    """A path without signs that would be read as a pattern of several files."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(file.absolute()))
