"""Pages → tables and prose → figures with their labels: `extract`, and `grid` for a table given as rows of strings."""

from __future__ import annotations

from validator.extract.document import extract
from validator.extract.table_strings import grid

__all__ = ["extract", "grid"]
