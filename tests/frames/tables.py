"""Tables for these tests, each cell with a box of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.tables import Cell, Header, Role, Stub, Table

if TYPE_CHECKING:
    from pathlib import Path

BOX = Box(0, 0, 1, 1)
PLACE = Location("report.pdf", 1, BOX)


def cell(value: object, box: Box = BOX) -> Cell:
    if isinstance(value, int | Decimal):
        number = Decimal(value)
        kind = NumeralKind.COUNT if isinstance(value, int) else NumeralKind.DECIMAL
        return Cell(str(value), box, Figure(str(value), number, Interval.exactly(number), kind, PLACE))
    return Cell(str(value or ""), box)


def table(names: list[str], rows: dict[tuple[str, ...], list[object]], *, header: str = "(none)") -> Table:
    """Rows by the path of their label; the row labelled ``header`` is a header band."""
    return tabled(names, list(rows), list(rows.values()), header=header)


def tabled(
    names: list[str], paths: list[tuple[str, ...]], rows: list[list[object]], *, header: str = "(none)"
) -> Table:
    """The same where labels repeat."""
    stubs = tuple(
        Stub(
            path[-1],
            len(path) - 1,
            path,
            Role.HEADER if path[-1] == header else Role.BODY,
            page=2,
            box=Box(0, r, 1, r + 1),
        )
        for r, path in enumerate(paths)
    )
    cells = tuple(
        tuple(cell(value, Box(5 + i, r, 6 + i, r + 1)) for i, value in enumerate(row)) for r, row in enumerate(rows)
    )
    return Table("report.pdf", 1, Box(0, 0, 9, 9), tuple(Header((name,)) for name in names), stubs, cells)


def write(text: str, tmp_path: Path, name: str = "schema.yml") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)
