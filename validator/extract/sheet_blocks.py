"""The cells of a sheet → the tables on it: which rows and columns belong together, and which lines are text.

In: a `Sheet`. Out: `Block`s from top to bottom. Only the shapes of texts and what is blank count; no figure is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.extract.layout_shapes import is_number, is_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model.pages import Sheet


@dataclass(slots=True)
class Block:
    """A table: 0-based rows and columns of its sheet, none of them blank.

    ``titles`` are the lines of text above, ``notes`` those below.
    A block without rows is text alone.
    """

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)


def blocks_of(sheet: Sheet) -> list[Block]:
    """The tables of a sheet, those side by side from left to right.

    Rows that are blank part two tables only where what follows has a header of its own: authors also set off totals
    and groups by a blank row.
    """
    shape = _Shape(sheet)
    blocks: list[Block] = []
    waiting: list[int] = []  # lines of text that may be titles of what follows
    for run in shape.runs():
        lead = next((i for i, row in enumerate(run) if not shape.lone(row)), len(run))
        titles, rest = run[:lead], run[lead:]
        if not rest:
            waiting += titles
            continue
        if blocks and not shape.heads(rest) and not (titles and waiting):
            blocks[-1].rows += [*waiting, *run]
        else:
            if titles and waiting and blocks:
                blocks[-1].notes += waiting
                waiting = []
            blocks.append(Block(rest, titles=[*waiting, *titles]))
        waiting = []
    if waiting:
        (blocks[-1].notes if blocks else _text_alone(blocks).titles).extend(waiting)
    for block in blocks:
        shape.tidy(block)
    return [part for block in blocks for part in shape.beside(block)]


def _text_alone(blocks: list[Block]) -> Block:
    blocks.append(Block())
    return blocks[-1]


class _Shape:
    """What stands where on a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.filled = [[c for c, text in enumerate(row) if text] for row in sheet.rows]

    def runs(self) -> list[list[int]]:
        """Rows without a blank one between them."""
        runs: list[list[int]] = [[]]
        for row, filled in enumerate(self.filled):
            if filled:
                runs[-1].append(row)
            elif runs[-1]:
                runs.append([])
        return [run for run in runs if run]

    def lone(self, row: int) -> bool:
        """Whether a row holds one text and no number: a title, a note or the label of a group."""
        return len(self.filled[row]) == 1 and not is_number(self.sheet.text(row, self.filled[row][0]))

    def heads(self, rows: Sequence[int]) -> bool:
        """Whether rows begin with labels of columns."""
        return len(self.filled[rows[0]]) > 1 and not self.figures(rows[0])

    def figures(self, row: int) -> bool:
        """Whether a row holds a number that is no year."""
        texts = (self.sheet.text(row, column) for column in self.filled[row])
        return any(is_number(text) and not is_year(text) for text in texts)

    def tidy(self, block: Block) -> None:
        """Takes notes off the end of a block, and the label of a lone column of figures back to its head."""
        while block.rows and self.lone(block.rows[-1]):
            block.notes.insert(0, block.rows.pop())
        block.columns = sorted({column for row in block.rows for column in self.filled[row]})
        if block.titles and block.rows and len(block.columns) == 1:
            title = block.titles[-1]
            if title == block.rows[0] - 1 and self.filled[title] == block.columns:
                block.rows.insert(0, block.titles.pop())

    def beside(self, block: Block) -> list[Block]:
        """A block cut at blank columns where what stands to the right has row labels and figures of its own."""
        if not block.rows:
            return [block]
        groups: list[list[int]] = []
        for column in block.columns:
            if groups and column == groups[-1][-1] + 1:
                groups[-1].append(column)
            else:
                groups.append([column])
        parts: list[list[int]] = []
        for group in groups:
            if parts and not (self._labelled(block, group) and self._labelled(block, parts[-1])):
                parts[-1] += group
            else:
                parts.append(group)
        if len(parts) < 2:
            return [block]
        made = []
        for part in parts:
            rows = [row for row in block.rows if set(part) & set(self.filled[row])]
            made.append(Block(rows, part))
        made[0].titles, made[-1].notes = block.titles, block.notes
        return made

    def _labelled(self, block: Block, columns: Sequence[int]) -> bool:
        """Whether the first of the columns holds texts, each beside figures in the others."""
        rows = [
            row
            for row in block.rows
            if any(is_number(self.sheet.text(row, c)) and not is_year(self.sheet.text(row, c)) for c in columns[1:])
        ]
        labels = [self.sheet.text(row, columns[0]) for row in rows]
        return bool(rows) and sum(bool(text) and not is_number(text) for text in labels) * 2 > len(labels)
