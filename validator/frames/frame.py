"""A table as a pandas data frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.frames.cells import body_of
from validator.frames.columns import Holds, columns_of
from validator.model.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from validator.model.tables import Table


_DTYPES = {Holds.WHOLE: "Int64", Holds.TEXT: "string", Holds.DECIMAL: "object"}


def to_frame(table: Table) -> pd.DataFrame:
    """The rows of ``table`` by label.

    The index, named "label", holds the row labels (a nested one as its path joined with " › "), the columns are named
    by their header labels; both may repeat. Whole numbers are ``Int64``, others ``object`` columns of Decimal, columns
    without any figure ``string``; what is blank or cannot be read is missing. Raises `UsageError` without pandas.
    """
    try:
        import pandas as pd  # over a second to import: only where a frame is wanted
    except ImportError as error:
        raise UsageError("tables as data frames need pandas: install report-validator[frames]") from error

    body = body_of(table)
    columns = columns_of(body)
    index = pd.Index(list(body.labels), dtype="string", name="label")
    series = [pd.Series(list(column.values), index=index, dtype=_DTYPES[column.holds]) for column in columns]
    frame = pd.concat(series, axis=1) if series else pd.DataFrame(index=index)
    frame.columns = pd.Index([column.name for column in columns], dtype="object")
    return frame
