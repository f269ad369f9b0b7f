"""A sheet of an XLSX workbook, rewritten as delimited text that the engine can load: values as saved, row numbers kept.

The first row that is not empty heads the columns. A cell that holds an error value is missing, and told of. Formulas
are not calculated: what counts is the value that the spreadsheet program saved with them.
"""

from __future__ import annotations

import csv
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from validator.archives import damage, no_workbook
from validator.data.sql import text
from validator.model.errors import ReadError
from validator.model.locations import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from validator.model.data import Source
    from validator.model.settings import Settings

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!"})
_SMALL = 1 << 20  # bytes: whatever it holds is read at once
_HEAD = 1 << 12  # bytes: a document type stands before the first element
_NULL = "\x1fnull"  # stands for an empty cell in the copy; no cell of a sheet holds this sign
_REFUSALS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, ParseError, KeyError, IndexError, ValueError, TypeError, AttributeError,
    NotImplementedError, OverflowError, RecursionError, EOFError, RuntimeError, OSError, zlib.error,
)  # fmt: skip
_STYLES, _MARKUP, _ENTITIES = "xl/styles.xml", (".xml", ".rels"), b"<!DOCTYPE"


@dataclass(frozen=True, slots=True)
class Copy:
    """A sheet as rewritten; ``types`` are the engine's names of types, by column in the order of the sheet."""

    path: str  # of the workbook
    sheet: str
    copy: str  # of the text
    types: Mapping[str, str]
    repeated: Mapping[str, str]  # columns that are called otherwise in the sheet, where another has their name
    warnings: tuple[str, ...]

    def scan(self, types: Mapping[str, str], row: str) -> str:
        """The call that reads the copy; ``row`` is what the column of row numbers shall be called."""
        listed = {**{key: types[key] for key in self.types}, row: "BIGINT"}
        columns = ", ".join(f"{text(key)}: {text(kind)}" for key, kind in listed.items())
        return (
            f"read_csv({text(self.copy)}, auto_detect = false, columns = {{{columns}}}, delim = ',', quote = '\"', "
            f"escape = '\"', header = false, nullstr = {text(_NULL)})"
        )


def rewritten(path: str, source: Source, folder: Path, settings: Settings) -> Copy:
    """One sheet of a workbook as text in ``folder``. Raises ``ReadError``."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _check_archive(path, settings)
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = _sheet(path, book, source.sheet)
        return _rewritten(path, sheet, folder, settings)
    except (*_REFUSALS, InvalidFileException) as error:
        raise ReadError(f"{path}: the workbook is damaged: {damage(error)}; open and save it again") from error


def _check_archive(path: str, settings: Settings) -> None:
    """Refuse what is no workbook, or not the whole of one. Raises ``ReadError``."""
    try:
        with zipfile.ZipFile(path) as archive:
            if (instead := no_workbook(archive)) is not None:
                raise ReadError(f"{path}: {instead}")
            _check_parts(path, archive, settings)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        raise ReadError(f"{path}: the workbook is cut off or damaged; export it again") from error


def _check_parts(path: str, archive: zipfile.ZipFile, settings: Settings) -> None:
    """Refuse what a library would expand or keep in memory; sheets themselves are read row by row. Raises ReadError."""
    for part in archive.infolist():
        if part.file_size > _SMALL and part.file_size > settings.max_unpacking * part.compress_size:
            raise ReadError(
                f"{path}: {part.filename} unpacks to {part.file_size:,} bytes of next to nothing; save it again"
            )
        if part.filename == _STYLES and part.file_size > settings.max_workbook_styles:
            raise ReadError(
                f"{path}: {_STYLES} has {part.file_size:,} bytes of formats; save the values alone, or as CSV"
            )
        if part.filename.endswith(_MARKUP):
            with archive.open(part) as stream:
                if _ENTITIES in stream.read(_HEAD).upper():
                    raise ReadError(f"{path}: {part.filename} defines XML entities, which no workbook does; not opened")


def _sheet(path: str, book: Any, wanted: str) -> Any:
    names = list(book.sheetnames)
    if wanted and wanted not in names:
        raise ReadError(f"{path}: there is no sheet {wanted!r}; there are {', '.join(names)}")
    if not wanted and len(names) > 1:
        raise ReadError(f"{path}: the workbook has several sheets; say which with sheet: {', '.join(names)}")
    return book[wanted or names[0]]


def _rewritten(path: str, sheet: Any, folder: Path, settings: Settings) -> Copy:
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    header = next(((number, row) for number, row in rows if any(cell is not None for cell in row)), None)
    if header is None:
        raise ReadError(f"{path}: the sheet {sheet.title!r} is empty")
    names, repeated = _names(header[1])
    if len(names) > settings.max_source_columns:
        raise ReadError(f"{path}: {len(names):,} columns; at most {settings.max_source_columns:,} are read")
    kinds: list[set[str]] = [set() for _ in names]
    errors: list[str] = []
    target = folder / f"{len(list(folder.iterdir()))}-sheet.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, row in rows:
            cells = list(row[: len(names)]) + [None] * (len(names) - len(row))
            if all(cell is None for cell in cells):
                continue
            for at, cell in enumerate(cells):
                if isinstance(cell, str) and cell in _ERRORS:
                    errors.append(str(Reference(number, at + 1, sheet.title)))
                    cells[at] = None
            writer.writerow([*(_spelt(cell, kinds[at]) for at, cell in enumerate(cells)), number])
    types = {name: _type(found) for name, found in zip(names, kinds, strict=True)}
    return Copy(path, sheet.title, str(target), types, repeated, _told(path, errors))


def _names(row: Sequence[object]) -> tuple[list[str], dict[str, str]]:
    """The heads of the columns up to the last that has one; a blank one is called by its number, a repeat numbered.

    The repeats are given apart, too, each with its head. The engine does not tell capitals from small letters.
    """
    last = max(at for at, cell in enumerate(row) if cell is not None)
    names: dict[str, str] = {}  # without capitals
    repeated: dict[str, str] = {}
    for at, cell in enumerate(row[: last + 1], start=1):
        stem = name = str(cell).strip() if cell is not None else f"column {at}"
        number = 1
        while name.lower() in names:
            number += 1
            name = f"{stem} {number}"
        if number > 1:
            repeated[name] = stem
        names[name.lower()] = name
    return list(names.values()), repeated


def _spelt(cell: object, kinds: set[str]) -> str:
    """A value as the engine reads it; its type is added to those of the column."""
    if cell is None or cell == "":
        return _NULL
    if isinstance(cell, bool):
        kinds.add("BOOLEAN")
        return str(cell).lower()
    if isinstance(cell, int):
        kinds.add("BIGINT")
        return str(cell)
    if isinstance(cell, float):
        kinds.add("BIGINT" if cell.is_integer() else "DOUBLE")
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        kinds.add("DATE" if cell.time().isoformat() == "00:00:00" else "TIMESTAMP")
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        kinds.add("DATE")
        return cell.isoformat()
    kinds.add("VARCHAR")
    return str(cell)


def _type(kinds: set[str]) -> str:
    if len(kinds) == 1:
        return next(iter(kinds))
    if kinds == {"BIGINT", "DOUBLE"}:
        return "DOUBLE"
    return "TIMESTAMP" if kinds == {"DATE", "TIMESTAMP"} else "VARCHAR"


def _told(path: str, errors: Iterable[str]) -> tuple[str, ...]:
    found = list(errors)
    if not found:
        return ()
    cells = "cell holds an error value" if len(found) == 1 else "cells hold an error value"
    return (f"{path}: {len(found):,} {cells} and counts as missing, first {found[0]}",)
