"""A table as a bare grid: texts with boxes in rows and columns, before anything is understood.

Both ways into a table meet here: from the page (`table_grid`) and from rows of strings (`table_strings`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from validator.extract.layout_atoms import Piece
    from validator.model.locations import Box


class Slot(NamedTuple):
    """The text of one cell; ``pieces`` are its words (none for a grid of strings); ``box`` is in the frame."""

    text: str
    box: Box
    pieces: tuple[Piece, ...] = ()
    bold: bool = False
    numeric: bool = False  # whether a figure, or the sign for one that is missing, is all that stands here
    indent: int = 0  # spaces, dots and dashes before the text of a grid of strings


class Span(NamedTuple):
    """A header text over columns ``first`` to ``last``."""

    first: int
    last: int
    slot: Slot


class RowKind(Enum):
    """What a row of a bare grid holds."""

    HEADER = 1  # labels of columns
    BODY = 2  # at least one numeral
    LABEL = 3  # a label alone: the parent or panel of the rows below
    BAND = 4  # column labels again, amid the body


@dataclass(slots=True)
class GridRow:
    """One row; ``slots`` has one entry a column, None where blank."""

    kind: RowKind
    slots: list[Slot | None]
    spans: list[Span] = field(default_factory=list)
    box: Box | None = None
    rule_above: bool = False
    spanning: Slot | None = None  # a label that runs over the columns
    numbering: bool = False  # a header that only counts the columns: 1, 2, 3 …


@dataclass(slots=True)
class RawColumn:
    """One column: its extent in points, and whether figures stand in it."""

    x0: float
    x1: float
    numeric: bool


@dataclass(slots=True)
class RawGrid:
    """Rows and columns; ``page`` is 1-based; ``ruled`` says that lines separate rows."""

    page: int
    columns: list[RawColumn]
    rows: list[GridRow]
    box: Box
    ruled: bool = False
    rotation: int = 0
    used: list[Piece] = field(default_factory=list)
