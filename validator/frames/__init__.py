"""Tables as data frames, and what a pandera schema says of them.

In go tables and what names a schema; out come failures with the row, column and figure they are about, and rules for
the rows of a data source. Both come from the same demands. pandas and pandera take longer to open than a whole report
takes to check, so neither is opened for it: a property test holds what is said here to what pandera says.
"""

from __future__ import annotations

from validator.frames.check import check
from validator.frames.frame import to_frame
from validator.frames.rows import column_faults, row_rules, tells
from validator.frames.schema import faults
from validator.model.schemas import SchemaFailure

__all__ = ["SchemaFailure", "check", "column_faults", "faults", "row_rules", "tells", "to_frame"]
