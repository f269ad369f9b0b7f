"""One pass over a part of a workbook before it is opened: what its XML declares, without building any of it.

In: the bytes of a part, in chunks. Out: nothing, or `ReadError` for what would cost more than it is worth: merged cells
without end, which the library that opens workbooks makes one by one, rows and other elements without end, which it
keeps, XML entities, numbers and cells that are none. Memory is bounded by the length of a chunk. That a part is no XML
is not refused here: most are no tables.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from validator.model.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.settings import Settings

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_CELL, _VALUE, _MERGE, _ROW = (_MAIN + tag for tag in ("c", "v", "mergeCell", "row"))
_PLACE = re.compile(r"[A-Za-z]{1,3}[0-9]{1,7}")  # XFD1048576 is the last cell of a sheet
_DEEPEST = 200  # elements within one another; drawings of programs have some twenty
_LONGEST = 2 << 20  # bytes of one tag or comment: parsers begin a longer one anew with every chunk
_SHOWN = 40  # characters of a value or reference that a message repeats


class Pass:
    """Feed it the chunks of ``part``, a member of the workbook that the user calls ``name``."""

    def __init__(self, name: str, part: str, settings: Settings) -> None:
        self._name, self._part, self._settings = name, part, settings
        self._merges = self._merged = 0
        self._cell = ""  # the place of the cell being read, where it holds a number
        self._number = False
        self._text: list[str] | None = None  # of the value being read
        self._rows = self._marks = self._depth = 0
        self.broken = ""  # where the part ends to be XML
        self._fed = 0
        self._parser = ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._said

    def feed(self, chunk: bytes) -> None:
        """Read on. Raises ``ReadError``; what is no XML is left to who opens the workbook."""
        if not self.broken:
            try:
                self._parser.Parse(chunk)
            except ExpatError as error:
                self.broken = f"{self._part}, line {error.lineno:,}"
                return
            self._fed += len(chunk)
            if self._fed - self._parser.CurrentByteIndex > _LONGEST:
                raise ReadError(
                    f"{self._name}: {self._part} holds a mark without an end; open and save the workbook again"
                )

    def close(self) -> None:
        """There is no more of the part: what is open now never ends."""
        if not self.broken:
            try:
                self._parser.Parse(b"", True)
            except ExpatError as error:
                self.broken = f"{self._part}, line {error.lineno:,}"

    def _doctype(self, *_: object) -> None:
        raise ReadError(f"{self._name}: {self._part} defines XML entities, which no workbook does; not opened")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._marks += 1
        self._depth += 1
        if self._marks > self._settings.max_workbook_marks or self._depth > _DEEPEST:
            raise ReadError(
                f"{self._name}: {self._part} holds more, or deeper nested, than any part of a workbook of tables for "
                "readers; export the sheet that matters as CSV"
            )
        if tag == _CELL:
            self._cell, self._number = attributes.get("r", ""), attributes.get("t", "n") == "n"
            if self._cell and not _PLACE.fullmatch(self._cell):
                raise ReadError(
                    f"{self._name}: {self._part} has a cell {self._cell[:_SHOWN]!r}, which is no place of a sheet; "
                    "open and save the workbook again"
                )
        elif tag == _ROW:
            self._rows += 1
            if self._rows > (most := self._settings.max_workbook_rows):
                raise ReadError(
                    f"{self._name}: {self._part} has more than {most:,} rows, empty ones too; delete those below the "
                    "table, or export the sheet as CSV"
                )
        elif tag == _VALUE and self._number:
            self._text = []
        elif tag == _MERGE:
            self._merge(attributes.get("ref", ""))

    def _said(self, text: str) -> None:
        if self._text is not None and len(self._text) < _SHOWN:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag != _VALUE or self._text is None:
            return
        text, self._text = "".join(self._text), None
        if text and not _is_number(text):
            where = f"{self._part}, cell {self._cell[:_SHOWN]}" if self._cell else self._part
            raise ReadError(
                f"{self._name}: {where} holds {text[:_SHOWN]!r}, which is no number; type it again and save"
            )

    def _merge(self, reference: str) -> None:
        """Count the cells that a merge covers."""
        self._merges += 1
        self._merged += _area(reference)
        limits = self._settings
        if self._merges > limits.max_workbook_merges or self._merged > limits.max_table_cells:
            raise ReadError(
                f"{self._name}: {self._part} merges {self._merged:,} cells up to {reference[:_SHOWN]}: more than a "
                f"table for readers has ({limits.max_table_cells:,} cells, {limits.max_workbook_merges:,} merges); "
                "undo its merges, or export the sheet as CSV"
            )


def _area(reference: str) -> int:
    """The cells of a range; none where it is no range, which is a fault of the workbook and told when it is opened."""
    from openpyxl.utils.cell import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(reference)
        return max(int((right - left + 1) * (bottom - top + 1)), 1)
    except (ValueError, TypeError):
        return 1


def _is_number(text: str) -> bool:
    """Whether a stored number is one, and not an infinite one: no program stores what floating point cannot hold."""
    try:
        return isfinite(float(text))
    except ValueError:
        return False
