"""What is wrong with a file that the engine cannot read, in one line: a path and the engine's error in, words out.

The engine's own texts run over thirty lines, most of them advice for its programmers. What a user needs of them is the
line and what stands there. Nothing here decides whether a file is read.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING

from validator.data.lines import long_fields
from validator.model.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model.settings import Settings

SIGNS = ",;\t|"  # that part the fields of a line
_LINE = re.compile(r"CSV Error on Line: (\d+)")
_FIELDS = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
_TOO_LONG = "Maximum line size"
_QUOTE = "unterminated quote"
_ORIGINAL = re.compile(r"Original Line: (.*?)\n(?:Value with|Expected|Possible)", re.DOTALL)
_FAILED = re.compile(r'Failed to read file "(?P<file>.+?)": (?P<reason>.*)')
_KIND = re.compile(r"^[A-Z][A-Za-z -]* Error: ")


def csv_error(path: str, error: Exception) -> ReadError:
    """A CSV file that the engine gave up; ``path`` is what the user calls it."""
    said = str(error)
    line, fields = _LINE.search(said), _FIELDS.search(said)
    where = f"{path}: line {int(line[1]):,}" if line else path
    if fields:
        return ReadError(_ragged(where, int(fields[2]), int(fields[1])))
    if _QUOTE in said:
        original = _ORIGINAL.search(said)
        runs_on = original is None or "\n" in original[1].strip()
        what = "opened and never closed" if runs_on else "closed before its field ends, or never; one within is doubled"
        return ReadError(f"{where}: a quotation mark is {what}")
    if _TOO_LONG in said:
        return ReadError(f"{where}: the line is too long; is a quotation mark opened and never closed?")
    return ReadError(f"{where}: cannot be read as CSV: {reason(error)}; say delimiter: or encoding: of the source")


def is_broken(error: Exception) -> bool:
    """Whether a line is no row of the table, whatever its columns hold."""
    said = str(error)
    return _FIELDS.search(said) is not None or _QUOTE in said or _TOO_LONG in said


def _ragged(where: str, found: int, wanted: int) -> str:
    return f"{where}: {found:,} {'field' if found == 1 else 'fields'}, where the header has {wanted:,}"


def ragged(path: str, name: str, delimiter: str, settings: Settings) -> ReadError | None:
    """The first line that has not as many fields as the first one; None where that is not what is wrong.

    Without a delimiter it is the sign that most of the first lines have.
    """
    with long_fields(), Path(path).open(encoding="utf-8-sig", newline="", errors="replace") as file:
        head = [line for _, line in zip(range(settings.delimiter_sample), file, strict=False)]
        sign = delimiter or _common(head, settings)
        if not sign:
            return None
        file.seek(0)
        reader = csv.reader(file, delimiter=sign)
        before, width = 0, 0
        for fields in reader:
            line, before = before + 1, reader.line_num
            if fields and not width:
                width = len(fields)
            elif fields and len(fields) != width:
                return ReadError(_ragged(f"{name}: line {line:,}", len(fields), width))
    return None


def _common(head: Sequence[str], settings: Settings) -> str:
    """The sign that stands in the header and in enough of the lines below it; "" where none does."""
    first, *rest = [line for line in head if line.strip()] or [""]
    for sign in SIGNS:
        lines = sum(sign in line for line in rest)
        if sign in first and lines and lines >= settings.delimiter_share * len(rest):
            return sign
    return ""


def parquet_error(path: str, error: Exception) -> ReadError:
    """A Parquet file that the engine gave up; of several ``path`` names those that it may be."""
    found = _FAILED.search(str(error))
    file, why = (found["file"], found["reason"]) if found else (path, reason(error))
    return ReadError(f"{file}: the Parquet file is cut off or damaged; export it again ({why})")


def reason(error: Exception) -> str:
    """What the engine says first, without the kind of its error."""
    first = next(iter(str(error).splitlines()), type(error).__name__)
    return _KIND.sub("", first).rstrip(".")
