"""Tables as data frames, and what a pandera schema says of them.

In go tables and the path of a schema file; out come frames, and failures with the row, column and figure they are
about. pandas and pandera take longer to open than a whole report takes to check, so a screen that reads the same
schema file answers first wherever it is sure that everything passes; pandera decides the rest.
"""

from __future__ import annotations

from validator.frames.check import check
from validator.frames.frame import to_frame
from validator.frames.rows import row_rules, tells
from validator.frames.schema import faults
from validator.model.schemas import SchemaFailure

__all__ = ["SchemaFailure", "check", "faults", "row_rules", "tells", "to_frame"]
