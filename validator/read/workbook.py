"""An XLSX workbook → its visible sheets, each cell as its number format displays it.

In: the path of a zip archive. Out: sheets with texts and the numbers behind them; ``ReadError`` for an archive that is
no workbook, or that would unpack to more than any has. Formulas are not calculated: what counts is the value that the
spreadsheet program saved with them. Nothing outside the file is opened.
"""

from __future__ import annotations

import warnings
import zipfile
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from validator.archives import damage, no_workbook
from validator.model.errors import ReadError
from validator.model.pages import Merge, Sheet
from validator.read.data import Tables
from validator.read.delimited import check_limits
from validator.read.displays import display
from validator.read.sheet_parts import Pass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from validator.model.pages import Number
    from validator.model.settings import Settings

_CHUNK = 1 << 20
_OVERLAP = 16  # bytes of a chunk looked at again with the next: longer than what is looked for
_LISTED = 5
_REFUSALS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError,
    NotImplementedError, OverflowError, RecursionError, EOFError, RuntimeError,
)  # fmt: skip


def read_workbook(name: str, file: Path, settings: Settings) -> Tables:
    """The visible sheets of a workbook, in order. Raises ``ReadError``."""
    formulas, broken = _inspect(name, file, settings)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a library thinks of a file is no message for users
        try:
            with file.open("rb") as stream:
                book = load_workbook(stream, data_only=True, keep_links=False)
            uncached = _uncached(file, book) if formulas else {}
            return _tables(name, book, uncached, settings)
        except (*_REFUSALS, InvalidFileException) as error:
            raise ReadError(
                f"{name}: the workbook is damaged: {broken or damage(error)}; open and save it again"
            ) from error


def _tables(name: str, book: Any, uncached: dict[str, set[tuple[int, int]]], settings: Settings) -> Tables:
    sheets: list[Sheet] = []
    told: list[str] = []
    cells = 0
    for one in book.worksheets:
        if one.sheet_state != "visible":
            told.append(f"sheet {one.title} is hidden and was not read")
            continue
        cells += one.max_row * one.max_column
        check_limits(name, one.max_row, one.max_column, cells, settings)
        sheets.append(_sheet(one, uncached.get(one.title, set())))
        told += _hidden(one)
        if missing := len(uncached.get(one.title, ())):
            told.append(
                f"sheet {one.title}: {missing} {'formula has' if missing == 1 else 'formulas have'} no saved value and "
                "cannot be read; open the workbook in a spreadsheet program and save it"
            )
    if not sheets:
        raise ReadError(f"{name}: the workbook has no visible sheet with cells")
    return Tables(tuple(sheets), tuple(told))


def _sheet(one: Any, uncached: set[tuple[int, int]]) -> Sheet:
    """A worksheet with what its cells display; a formula without a saved value is a number that cannot be read."""
    from validator.read.displays import UNREADABLE

    rows: list[tuple[str, ...]] = []
    numbers: dict[tuple[int, int], Number] = {}
    bold: set[tuple[int, int]] = set()
    for r, cells in enumerate(one.iter_rows()):
        texts: list[str] = []
        for c, cell in enumerate(cells):
            shown = (
                UNREADABLE if (r + 1, c + 1) in uncached else display(cell.value, cell.number_format, cell.data_type)
            )
            texts.append(shown.text)
            if shown.number is not None:
                numbers[r, c] = shown.number
            if cell.value is not None and cell.font is not None and cell.font.b:
                bold.add((r, c))
        while texts and not texts[-1]:
            texts.pop()
        rows.append(tuple(texts))
    while rows and not rows[-1]:
        rows.pop()
    merges = tuple(
        Merge(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        for area in one.merged_cells.ranges
        if area.min_row <= len(rows)
    )
    counted = tuple(range(1, len(rows) + 1))
    return Sheet(tuple(rows), counted, one.title, "row", numbers, merges, frozenset(bold))


def _hidden(one: Any) -> list[str]:
    """What to say of hidden rows and columns: totals count them, so they are read."""
    rows = sorted(index for index, row in one.row_dimensions.items() if row.hidden)
    columns = sorted(index for index, column in one.column_dimensions.items() if column.hidden)
    return [
        f"sheet {one.title}: hidden {what} {_listed(found)} {'was' if len(found) == 1 else 'were'} read like the others"
        for what, found in (
            ("row" if len(rows) == 1 else "rows", rows),
            ("column" if len(columns) == 1 else "columns", columns),
        )
        if found
    ]


def _listed(found: Sequence[object]) -> str:
    shown = ", ".join(map(str, found[:_LISTED]))
    return f"{shown} and {len(found) - _LISTED} more" if len(found) > _LISTED else shown


def _uncached(file: Path, book: Any) -> dict[str, set[tuple[int, int]]]:
    """By sheet, the cells (1-based row and column) with a formula and no saved value."""
    from openpyxl import load_workbook

    blank = {
        one.title: {(cell.row, cell.column) for row in one.iter_rows() for cell in row if cell.value is None}
        for one in book.worksheets
        if one.sheet_state == "visible"
    }
    if not any(blank.values()):
        return {}
    with file.open("rb") as stream:
        written = load_workbook(stream, keep_links=False)
    return {
        title: {place for place in places if written[title].cell(*place).data_type == "f"}
        for title, places in blank.items()
    }


# --- before it is opened ----------------------------------------------------------------------------------------


def _inspect(name: str, file: Path, settings: Settings) -> tuple[bool, str]:
    """Whether there are formulas, and where the first part that should be XML is none.

    Refuses, unopened, what is no workbook or would unpack to too much.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            if (instead := no_workbook(archive)) is not None:
                raise ReadError(f"{name}: {instead}")
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > settings.max_workbook_parts or size > settings.max_workbook_bytes:
                raise ReadError(
                    f"{name}: unpacks to {size:,} bytes in {len(parts):,} parts, more than a workbook of tables for "
                    "readers; export the sheet that matters as CSV"
                )
            return _scan(name, archive, settings)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise ReadError(f"{name}: not a PDF, and as a workbook damaged or cut off; export it again") from error


def _scan(name: str, archive: zipfile.ZipFile, settings: Settings) -> tuple[bool, str]:
    """Read every part once, whatever it is called: how many cells, whether formulas; `Pass` refuses what it must."""
    cells, formulas, broken = 0, False, ""
    for part in archive.infolist():
        sheet = part.filename.startswith("xl/worksheets/")
        read = Pass(name, part.filename, settings)
        with archive.open(part) as stream:
            tail = b""
            while chunk := stream.read(_CHUNK):
                read.feed(chunk)
                window = tail + chunk
                if sheet:
                    cells += sum(window.count(sign) - tail.count(sign) for sign in (b"<c ", b"<c>", b":c "))
                    formulas = formulas or b"<f" in window or b":f>" in window
                tail = window[-_OVERLAP:]
        read.close()
        check_limits(name, 0, 0, cells, settings)
        if read.broken and part.filename.endswith((".xml", ".rels")):
            broken = broken or f"{read.broken}, is no XML"
    return formulas, broken
