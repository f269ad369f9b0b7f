"""What a schema is named by, and what it refuses, as it flows from the frames to the findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from validator.model.figures import Figure
    from validator.model.locations import Location
    from validator.model.tables import Table

_NAMED = re.compile(r"(?P<file>.*\.py):(?P<name>[^\W\d]\w*)", re.DOTALL)


def split(named: str) -> tuple[str, str]:
    """The file of a schema and its name there, "" where none is given: ``schemas/cases.py:Cases``."""
    found = _NAMED.fullmatch(named)
    return (found["file"], found["name"]) if found else (named, "")


class SchemaFailure(NamedTuple):
    """One thing that a schema refuses. ``row`` and ``column`` are labels, "" where it is about all of them.

    ``location`` is the cell, the row's label, or the whole table; ``figure`` is the figure there, if there is one.
    ``unread`` says that something is printed in the cell that nobody could read: what the schema says is undecidable.
    ``warns`` says that the schema only warns of it.
    """

    table: Table
    row: str
    column: str
    message: str
    location: Location
    figure: Figure | None = None
    unread: bool = False
    warns: bool = False
