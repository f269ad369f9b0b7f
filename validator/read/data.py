"""A file that is no PDF → a document of sheets, by what the file holds and not by its name alone.

In: a path. Out: a ``Document`` whose pages are sheets, or a ``ReadError`` with one clear line. Opens the library of a
format only for a file of that format, and must not understand what a table says.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from validator.model.errors import ReadError
from validator.model.pages import DETECTED, Document, page_of
from validator.read.kind import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model.pages import Manner, Sheet
    from validator.model.settings import Settings

_ZIP, _PARQUET, _OLE = b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of an OLE container that holds a locked workbook
# Beginnings of what people give by mistake, each with what it is.
_OTHERS = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file; unpack it first",
    b"BZh": "a compressed file; unpack it first",
    b"7z\xbc\xaf": "a compressed file; unpack it first",
    b"SQLite format 3": "a database; export the table as CSV",
    b"{\\rtf": "a word processor's file; export it as PDF",
}


class Tables(NamedTuple):
    """What a reader of one format gives: the sheets in order, and what the user should know of them."""

    sheets: tuple[Sheet, ...]
    warnings: tuple[str, ...] = ()


def read_data(path: str | Path, settings: Settings, manner: Manner | None = None) -> Document:
    """The sheets of a CSV, XLSX or Parquet file. Raises ``ReadError``."""
    manner = manner or DETECTED
    name = str(path)
    file = Path(path)
    try:
        head = _head(file)
        reader = _reader(name, head)
        size = file.stat().st_size
        if size > settings.max_table_bytes and reader is not _columnar:
            raise ReadError(
                f"{name}: {size:,} bytes are more than the {settings.max_table_bytes:,} of a table in a report; "
                "name the file under sources: in a rule book, which is for data of any size"
            )
        if reader is not _delimited and (manner.delimiter or manner.encoding):
            raise ReadError(f"{name}: a rule book gives its delimiter or encoding, but this is no CSV file")
        tables = reader(name, file, settings, manner)
        digest = _digest(file)
    except OSError as error:
        raise ReadError(f"{name}: cannot be read: {error.strerror or error}") from error
    pages = tuple(page_of(sheet, number) for number, sheet in enumerate(tables.sheets, 1))
    return Document(name, digest, pages, warnings=tables.warnings, manner=manner)


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(HEAD)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _reader(name: str, head: bytes) -> Callable[[str, Path, Settings, Manner], Tables]:
    """Who reads a file that begins like this. Raises ``ReadError`` for what nobody reads."""
    if head.startswith(_ZIP):
        return _workbook
    if head.startswith(_PARQUET):
        return _columnar
    if head.startswith(_OLE):
        return _refuse_ole
    for start, what in _OTHERS.items():
        if head.startswith(start):
            raise ReadError(f"{name}: this is {what}, not a PDF, CSV, XLSX or Parquet file")
    return _delimited


def _delimited(name: str, file: Path, settings: Settings, manner: Manner) -> Tables:
    from validator.read.delimited import read_delimited

    return read_delimited(name, file.read_bytes(), settings, manner)


def _workbook(name: str, file: Path, settings: Settings, _: Manner) -> Tables:
    from validator.read.workbook import read_workbook

    return read_workbook(name, file, settings)


def _columnar(name: str, file: Path, settings: Settings, _: Manner) -> Tables:
    from validator.read.columnar import read_columnar

    return read_columnar(name, file, settings)


def _refuse_ole(name: str, file: Path, settings: Settings, _: Manner) -> Tables:
    """A workbook with a password, or one of the formats before 2007."""
    if _ENCRYPTED in file.read_bytes():
        raise ReadError(f"{name}: the workbook is protected by a password; save it without one and check that")
    raise ReadError(f"{name}: an office file in the format before 2007; save a workbook as .xlsx, or export it as PDF")
