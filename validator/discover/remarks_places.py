"""Which sentences stand at which table: those below and above it that are nearer to it than to any other.

In: an `Extract`. Out: sentences by table, and those that stand at none. Must not read what they say.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.model.locations import hull
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.extracts import Extract, Passage
    from validator.model.locations import Box
    from validator.model.tables import Table

    Placed = tuple[Table, Box]


class Places:
    """The sentences of a document by where they stand."""

    def __init__(self, extract: Extract) -> None:
        self._at: defaultdict[int, list[str]] = defaultdict(list)
        self.general: list[str] = []  # on pages without a table
        pages: defaultdict[int, list[Placed]] = defaultdict(list)
        for table in extract.tables:
            for page, box in _parts(table).items():
                pages[page].append((table, box))
        for table in extract.tables:
            for text, page, box in _leading(table):  # a note between two tables is read as a label of the second
                self._at[id(table)].append(text)
                above = [one for one in pages[page] if one[1].bottom <= box.top]
                for other in _nearest(box, above) if above else ():
                    self._at[id(other)].append(text)
        for passage in extract.passages:
            if passage.row:
                continue
            here = pages.get(passage.location.page)
            if not here:
                self.general.extend(_sentences(passage))
                continue
            for table in _nearest(passage.location.box, here):
                self._at[id(table)].extend(_sentences(passage))

    def at(self, table: Table) -> Sequence[str]:
        """The sentences that stand at a table."""
        return self._at.get(id(table), ())


def _leading(table: Table) -> Iterator[tuple[str, int, Box]]:
    """The labels without figures that stand before the first row of a table."""
    for stub in table.stubs:
        if stub.role is not Role.HEADER:
            return
        if stub.box is not None:
            yield stub.label, stub.page, stub.box


def _parts(table: Table) -> dict[int, Box]:
    """Where a table stands on each of its pages."""
    found: dict[int, Box] = {table.page: table.box}
    later: defaultdict[int, list[Box]] = defaultdict(list)
    for stub, row in zip(table.stubs, table.cells, strict=True):
        if stub.page > table.page:
            later[stub.page].extend(cell.box for cell in row)
    found.update((page, hull(boxes)) for page, boxes in later.items() if boxes)
    return found


def _nearest(box: Box, here: Sequence[Placed]) -> list[Table]:
    """The tables that a passage stands beside, else those right above or right below it, whichever is nearer."""
    middle = box.center[1]
    beside = [table for table, own in here if own.top <= middle <= own.bottom]
    if beside:
        return beside
    above = [(middle - own.bottom, table, own) for table, own in here if own.bottom < middle]
    below = [(own.top - middle, table, own) for table, own in here if own.top > middle]
    gap_above = min((gap for gap, _, _ in above), default=float("inf"))
    gap_below = min((gap for gap, _, _ in below), default=float("inf"))
    nearer = above if gap_above <= gap_below else below
    _, _, first = min(nearer, key=lambda one: one[0])
    return [table for _, table, own in nearer if own.top <= first.bottom and first.top <= own.bottom]


def _sentences(passage: Passage) -> list[str]:
    spans: Sequence[tuple[int, int]] = passage.sentences or ((0, len(passage.text)),)
    return [passage.text[start:stop].strip() for start, stop in spans]
