"""What a schema refuses, as it flows from the frames to the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from validator.model.figures import Figure
    from validator.model.locations import Location
    from validator.model.tables import Table


class SchemaFailure(NamedTuple):
    """One thing that a schema refuses. ``row`` and ``column`` are labels, "" where it is about all of them.

    ``location`` is the cell, the row's label, or the whole table; ``figure`` is the figure there, if there is one.
    ``unread`` says that something is printed in the cell that nobody could read: what the schema says is undecidable.
    """

    table: Table
    row: str
    column: str
    message: str
    location: Location
    figure: Figure | None = None
    unread: bool = False
