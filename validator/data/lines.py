"""Which line of a CSV file a row stands on: numbers of rows in, line numbers out.

A row is one line except where a text runs over several, where lines are blank, or where titles stand above the header.
Only the files of rules that fail are looked at.
"""

from __future__ import annotations

import csv
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.data.delimited import Layout

_CHUNK = 1 << 20
_LONGEST = 1 << 27  # characters of one field; the csv module's own limit is 128 KB


def row_a_line(layout: Layout, total: int) -> bool:
    """Whether each of ``total`` rows is a line: the usual file, found out at the speed of the disk."""
    return _line_count(layout.path) == total + layout.skip + int(layout.header)


def lines_of(layout: Layout, rows: Iterable[int], *, plain: bool) -> dict[int, int]:
    """The 1-based line of each 0-based row of a file, in which each row is a line if it is ``plain``."""
    wanted = set(rows)
    above = layout.skip + int(layout.header)
    if plain:
        return {row: row + above + 1 for row in wanted}
    found: dict[int, int] = {}
    for row, (line, _) in enumerate(_rows(layout)):
        if row in wanted:
            found[row] = line
            if len(found) == len(wanted):
                break
    return {row: found.get(row, row + above + 1) for row in wanted}


def fields_of(layout: Layout, rows: Iterable[int]) -> dict[int, list[str]]:
    """What stands in each of these 0-based rows, field by field."""
    wanted = set(rows)
    found: dict[int, list[str]] = {}
    for row, (_, fields) in enumerate(_rows(layout)):
        if row in wanted:
            found[row] = fields
            if len(found) == len(wanted):
                break
    return found


def header_of(layout: Layout) -> list[str]:
    """The heads of the columns as they are written; empty where there are none."""
    return next((fields for _, fields in _rows(replace(layout, header=False))), []) if layout.header else []


def _line_count(path: str) -> int:
    count, last = 0, b"\n"
    with Path(path).open("rb") as file:
        while part := file.read(_CHUNK):
            count += part.count(b"\n")
            last = part[-1:]
    return count + (last != b"\n")


def _rows(layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """The line on which each row begins, and its fields."""
    with long_fields(), Path(layout.path).open(encoding="utf-8-sig", newline="", errors="replace") as file:
        for _ in range(layout.skip):
            file.readline()
        reader = csv.reader(file, delimiter=layout.delimiter, quotechar=layout.quote)
        before, header = 0, layout.header
        for fields in reader:
            line, before = before + 1, reader.line_num
            if not fields:
                continue
            if header:
                header = False
                continue
            yield layout.skip + line, fields


@contextmanager
def long_fields() -> Iterator[None]:
    """Fields of any length for as long as this lasts: the limit is one of the whole process, and others count on it."""
    usual = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(usual)
