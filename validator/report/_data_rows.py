"""The rows or groups of data that a finding is about, as a small table.

In: a finding about data, whose exhibits are values of its first rows, or what two sources give for its first groups.
Out: a grid with a line for each, or None where the message has said it all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.data import MISSING
from validator.model.labels import STEP
from validator.report._excerpts import Grid, Line, Piece

if TYPE_CHECKING:
    from validator.model.findings import Exhibit, Finding
    from validator.model.settings import Settings

_ROW, _SIDES = "cell", ("left", "right")
_NAMED = 3  # rows that a message names with their values (`model.asking`)


def data_grid(finding: Finding, settings: Settings) -> Grid | None:
    """The first rows or groups of a finding; None where it is about no data, or its message names them all."""
    shown = [one for one in finding.exhibits if one.role == _ROW or one.role in _SIDES]
    rows = finding.rows or 0
    if not shown or rows <= (_NAMED if shown[0].role == _ROW else 1):
        return None
    columns = tuple(dict.fromkeys(_column(one) for one in shown))
    lines: list[tuple[str, dict[str, str]]] = []
    for one in shown:
        name, column = _name(one), _column(one)
        if not lines or lines[-1][0] != name or column in lines[-1][1]:
            lines.append((name, {}))
        lines[-1][1][column] = one.text or MISSING
    kept = lines[: settings.excerpt_rows]
    absent = "" if shown[0].role == _ROW else "–"
    where = shown[0].location
    return Grid(
        where.document,
        where.page,
        "",
        columns,
        tuple(Line(name, tuple(Piece(values.get(column, absent)) for column in columns)) for name, values in kept),
        where.place,
        max(0, rows - len(kept)),
    )


def _name(one: Exhibit) -> str:
    """What a value belongs to: a row of a file or a group; "" where rows have no numbers, or there are no groups."""
    return one.label.rpartition(STEP)[0]


def _column(one: Exhibit) -> str:
    return one.label.rpartition(STEP)[2]
