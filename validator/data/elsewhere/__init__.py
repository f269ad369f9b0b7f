"""Any other engine than DuckDB, through Ibis. Imported only when a run names one by its URL; see `engine`."""

from __future__ import annotations

from validator.data.elsewhere.engine import Elsewhere

__all__ = ["Elsewhere"]
