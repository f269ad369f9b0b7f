"""The body of a table as plain columns of values: what a frame is made from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.frames.cells import Body
    from validator.model.tables import Table

Value = int | Decimal | str | None
LARGEST = 2**63 - 1  # what a 64-bit column holds


class Holds(StrEnum):
    """What the values of a column are."""

    WHOLE = "whole"  # int
    DECIMAL = "decimal"  # Decimal
    TEXT = "text"  # str: words and no figure; a column of blanks holds no words


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a value is None where the cell is blank or cannot be read. ``index`` is its place in the table."""

    name: str
    holds: Holds
    values: tuple[Value, ...]
    index: int


def columns_of(body: Body) -> tuple[Column, ...]:
    """The columns of the body of a table."""
    return tuple(_column(body.table, body.rows, index) for index in range(len(body.names)))


def _column(table: Table, rows: tuple[int, ...], index: int) -> Column:
    cells = [table.cells[row][index] for row in rows]
    name = table.headers[index].label
    if all(cell.figure is None for cell in cells) and any(cell.text and not cell.sign for cell in cells):
        return Column(name, Holds.TEXT, tuple(cell.text or None for cell in cells), index)
    numbers = [cell.figure.value if cell.figure is not None else None for cell in cells]
    if all(number is None or _whole(number) for number in numbers):
        return Column(name, Holds.WHOLE, tuple(None if n is None else int(n) for n in numbers), index)
    return Column(name, Holds.DECIMAL, tuple(numbers), index)


def _whole(number: Decimal) -> bool:
    return number == number.to_integral_value() and abs(number) <= LARGEST
