"""The door to numerals: `scan` for running text, `scan_cell` for table cells.

In: a text and its language, with the evidence of separators. Out: `Token`s, or a cell's reading. The work is done in
the modules beside this one whose names begin with `numerals_`.
"""

from __future__ import annotations

from validator.extract.numerals_cells import CellKind, CellReading, scan_cell
from validator.extract.numerals_reading import Token
from validator.extract.numerals_text import scan

__all__ = ["CellKind", "CellReading", "Token", "scan", "scan_cell"]
