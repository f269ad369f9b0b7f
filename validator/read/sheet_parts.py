"""One pass over a part of a workbook before it is opened: what its XML declares, without building any of it.

In: the bytes of a part, in chunks. Out: nothing, or `ReadError` for what would cost more than it is worth: merged cells
without end, which the library that opens workbooks makes one by one, XML entities, numbers that are none. Memory is
bounded by the length of a chunk. A part that is no XML is none of its business.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from validator.model.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.settings import Settings

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_CELL, _VALUE, _MERGE = (_MAIN + tag for tag in ("c", "v", "mergeCell"))
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
        self._broken = False
        self._fed = 0
        self._parser = ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._said

    def feed(self, chunk: bytes) -> None:
        """Read on. Raises ``ReadError``; what is no XML is left to who opens the workbook."""
        if not self._broken:
            try:
                self._parser.Parse(chunk)
            except ExpatError:
                self._broken = True
                return
            self._fed += len(chunk)
            if self._fed - self._parser.CurrentByteIndex > _LONGEST:
                raise ReadError(
                    f"{self._name}: {self._part} holds a mark without an end; open and save the workbook again"
                )

    def _doctype(self, *_: object) -> None:
        raise ReadError(f"{self._name}: {self._part} defines XML entities, which no workbook does; not opened")

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == _CELL:
            self._cell, self._number = attributes.get("r", ""), attributes.get("t", "n") == "n"
        elif tag == _VALUE and self._number:
            self._text = []
        elif tag == _MERGE:
            self._merge(attributes.get("ref", ""))

    def _said(self, text: str) -> None:
        if self._text is not None and len(self._text) < _SHOWN:
            self._text.append(text)

    def _end(self, tag: str) -> None:
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
    """Whether a stored number is one, and not an infinite one; whole numbers may have any number of digits."""
    try:
        return text.strip().lstrip("+-").isdigit() or isfinite(float(text))
    except ValueError:
        return False
