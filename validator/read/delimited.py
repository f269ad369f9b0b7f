"""CSV, TSV and their like → one sheet of texts: encoding, delimiter and quotation marks found out from the file.

In: the bytes of a file. Out: its rows as written, each with the line on which it begins; ``ReadError`` where the bytes
are no table. Numbers stay text: what sign begins their decimals is judged where figures are read.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.model.errors import ReadError
from validator.model.markup import is_markup
from validator.model.pages import DETECTED, Sheet
from validator.read.data import Tables
from validator.read.encodings import decoded

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterator, Sequence

    from validator.model.pages import Manner
    from validator.model.settings import Settings

_DELIMITERS = "\t;,|"  # the order decides between equals: a comma is also a sign of prose and of numbers
_NUMBER = re.compile(r"[-+]?[\d.,' \u00a0\u202f]*\d\s*%?")
_TABLE_NAMES = (".csv", ".tsv", ".tab", ".txt")
_LISTED = 5  # lines named in a warning; who mends these sees what is wrong with the rest


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written. ``escape`` is the sign before a quotation mark inside quotes, "" where it is doubled."""

    delimiter: str
    quote: str = '"'
    escape: str = ""


@dataclass(frozen=True, slots=True)
class _Record:
    line: int  # 1-based, on which it begins
    fields: tuple[str, ...]


def read_delimited(name: str, data: bytes, settings: Settings, manner: Manner | None = None) -> Tables:
    """The one sheet of a delimited file; what ``manner`` does not say is found out."""
    manner = manner or DETECTED
    text, warnings = decoded(name, data, settings, manner.encoding or None)
    if is_markup(text):
        raise ReadError(f"{name}: this is markup or JSON, not a PDF, CSV, XLSX or Parquet file")
    if not text.strip():
        raise ReadError(f"{name}: the file holds nothing but white space")
    found = _told(text, manner.delimiter, settings) if manner.delimiter else dialect_of(text, settings)
    if found is None:
        if not name.lower().endswith(_TABLE_NAMES):
            raise ReadError(f"{name}: neither a PDF nor a table: no sign parts its lines into the same columns")
        found = Dialect(_unused(text))
    records = list(_records(name, text, found, settings))
    broken = _broken(records)
    if broken:
        warnings = (*warnings, _ragged(records, broken))
    rows = tuple(tuple(field.strip() for field in record.fields) for record in records)
    return Tables((Sheet(rows, tuple(record.line for record in records), broken=broken),), warnings)


# --- dialect ----------------------------------------------------------------------------------------------------


def dialect_of(text: str, settings: Settings) -> Dialect | None:
    """The dialect by which most lines have the same columns and these hold whole values; None where none does."""
    sample = _sample(text, settings)
    scored = []
    for delimiter in _DELIMITERS:
        if delimiter in sample:
            dialect = _with(delimiter, sample)
            scored.append((_score(sample, dialect, settings), -_DELIMITERS.index(delimiter), dialect))
    best = max(scored, default=None, key=lambda one: one[:2])
    return best[2] if best is not None and best[0] > 0 else None


def _told(text: str, delimiter: str, settings: Settings) -> Dialect:
    """The dialect of a file whose delimiter is known."""
    return _with(delimiter, _sample(text, settings))


def _sample(text: str, settings: Settings) -> str:
    return "".join(text.splitlines(keepends=True)[: settings.delimiter_sample])


def _with(delimiter: str, sample: str) -> Dialect:
    escape = "\\" if '\\"' in sample and '""' not in sample.replace('\\""', "") else ""
    return Dialect(delimiter, _quote(sample, delimiter), escape)


def _quote(sample: str, delimiter: str) -> str:
    """A single quotation mark where fields stand in such and none in double ones."""
    sign = re.escape(delimiter)
    single = re.findall(rf"(?:^|{sign})'[^'\n]*'(?={sign}|$)", sample, re.MULTILINE)
    double = re.search(rf'(?:^|{sign})"', sample, re.MULTILINE)
    return "'" if len(single) > 1 and not double else '"'


def _score(sample: str, dialect: Dialect, settings: Settings) -> float:
    """Share of the lines with the usual number of columns, times the share of fields that are one value."""
    try:
        records = [fields for fields in _reader(sample, dialect) if any(fields)]
    except csv.Error:
        return 0.0
    widths = Counter(len(fields) for fields in records if len(fields) > 1)
    if not widths:
        return 0.0
    width, many = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = many / len(records)
    if share < settings.delimiter_share:
        # Several tables in one file have columns of their own; what then counts is that most lines are parted at all.
        share = widths.total() / len(records) / 2
        if share < settings.delimiter_share / 2:
            return 0.0
    fields = [field for record in records if len(record) == width for field in record]
    return share * sum(_whole(field, dialect.delimiter) for field in fields) / len(fields)


def _whole(field: str, delimiter: str) -> bool:
    """Whether a field is one value, and not several that another sign parts."""
    text = field.strip()
    if _NUMBER.fullmatch(text):
        return True
    others = "".join(sign for sign in _DELIMITERS if sign != delimiter)
    return re.search(rf"\S[{others}]\S|\t", text) is None


def _unused(text: str) -> str:
    """A sign that parts nothing, for a file of one column."""
    return next((sign for sign in _DELIMITERS if sign not in text), "\x1f")


def _reader(text: str, dialect: Dialect, *, strict: bool = False) -> Reader:
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape or None,
        doublequote=not dialect.escape,
        skipinitialspace=dialect.delimiter != "\t",
        strict=strict,
    )


# --- records ----------------------------------------------------------------------------------------------------


def _records(name: str, text: str, dialect: Dialect, settings: Settings) -> Iterator[_Record]:
    """Every line of the table, blank ones included. Raises ``ReadError`` where there are too many or one cannot end."""
    lines = list(io.StringIO(text, newline=""))
    reader = _reader(text, dialect)
    line, cells, rows = 1, 0, 0
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ReadError(f"{name}: line {line}: {error}; is a quotation mark opened and never closed?") from error
        if line < reader.line_num == len(lines):
            _check_closed(name, lines, line, dialect)
        rows += 1
        cells += len(fields)
        check_limits(name, rows, len(fields), cells, settings)
        yield _Record(line, tuple(fields))
        line = reader.line_num + 1


def _check_closed(name: str, lines: Sequence[str], first: int, dialect: Dialect) -> None:
    """Refuse a last record that only the end of the file ends: its quotation mark was never closed."""
    try:
        list(_reader("".join(lines[first - 1 :]), dialect, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            message = f"{name}: line {first}: a quotation mark is opened and never closed"
            raise ReadError(message) from error


def check_limits(name: str, rows: int, columns: int, cells: int, settings: Settings) -> None:
    """Refuse what is no table for readers. Raises ``ReadError``."""
    for count, limit, what in (
        (columns, settings.max_table_columns, "columns"),
        (rows, settings.max_table_rows, "rows"),
        (cells, settings.max_table_cells, "cells"),
    ):
        if count > limit:
            raise ReadError(
                f"{name}: more than the {limit:,} {what} of a table in a report; "
                "name the file under sources: in a rule book, which is for data of any size"
            )


# --- rows that do not fit ---------------------------------------------------------------------------------------


def _broken(records: Sequence[_Record]) -> frozenset[int]:
    """Rows, by index, that have not the columns of the lines around them; lines of one field are titles and notes."""
    broken: set[int] = set()
    block: list[int] = []
    for index in range(len(records) + 1):
        if index < len(records) and any(field.strip() for field in records[index].fields):
            block.append(index)
            continue
        widths = Counter(len(records[i].fields) for i in block if len(records[i].fields) > 1)
        if widths:
            usual = max(widths, key=lambda width: (widths[width], width))
            broken.update(i for i in block if len(records[i].fields) not in (1, usual))
        block = []
    return frozenset(broken)


def _ragged(records: Sequence[_Record], broken: frozenset[int]) -> str:
    lines = sorted(records[index].line for index in broken)
    shown = ", ".join(map(str, lines[:_LISTED])) + (f" and {len(lines) - _LISTED} more" if len(lines) > _LISTED else "")
    many = len(lines) > 1
    return (
        f"{'lines' if many else 'line'} {shown} {'have' if many else 'has'} not as many fields as the lines around; "
        f"{'their' if many else 'its'} figures are not used"
    )
