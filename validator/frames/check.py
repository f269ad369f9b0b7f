"""What a schema says of a table: a table and a schema file in, failures with their place in the table out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from validator.frames.columns import columns_of
from validator.frames.frame import to_frame
from validator.frames.schema import load
from validator.frames.screen import passes
from validator.model.errors import Problem, RuleError
from validator.model.locations import Location
from validator.model.schemas import SchemaFailure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.frames.columns import Columns
    from validator.model.tables import Table

_DECIMAL = re.compile(r"Decimal\('([^']*)'\)")  # as Python shows a number inside a list


def check(table: Table, schema_path: str) -> tuple[SchemaFailure, ...]:
    """Everything in ``table`` that the schema refuses; nothing where it passes.

    Raises RuleError where the schema file cannot be used.
    """
    schema = load(schema_path)
    body = columns_of(table)
    if passes(body, schema):
        return ()
    told: set[tuple[int, int]] = set()
    return tuple(_located(table, body, case, told) for case in _failures(table, schema, schema_path))


def _failures(table: Table, schema: Mapping[str, Any], path: str) -> list[dict[str, Any]]:
    """Pandera's failure cases, as it words them."""
    from copy import deepcopy

    import pandera.errors  # over a second with pandas: only where the screen is not sure
    from pandera.io import pandas_io

    try:
        validator = pandas_io.deserialize_schema(deepcopy(dict(schema)))  # type: ignore[no-untyped-call]
    except (pandera.errors.SchemaDefinitionError, TypeError, ValueError, AttributeError, KeyError) as error:
        raise RuleError((Problem(path, 1, 1, f"pandera refuses this schema: {error}"),)) from error
    try:
        validator.validate(to_frame(table), lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases: list[dict[str, Any]] = error.failure_cases.to_dict("records")
        return cases
    return []


def _located(table: Table, body: Columns, case: Mapping[str, Any], told: set[tuple[int, int]]) -> SchemaFailure:
    """A failure case with its place in the table.

    pandera names a row by its label, which may repeat: the value tells which is meant, and of equal ones each has its
    turn (``told`` are the cells that had).
    """
    row_label = "" if _missing(case["index"]) else str(case["index"])
    column_label = _column_label(case, body)
    message = _message(case, column_label)
    value = None if _missing(case["failure_case"]) else str(case["failure_case"])
    places = [place for place, label in enumerate(body.labels) if label == row_label and not _missing(case["index"])]
    for place in places:
        row = body.rows[place]
        page = table.stubs[row].page or table.page
        if not column_label:
            where = Location(table.document, page, table.stubs[row].box or table.box)
            return SchemaFailure(table, row_label, "", message, where)
        for column in body.columns:
            held = column.values[place]
            same = column.name == column_label and value == (None if held is None else str(held))
            if same and (row, column.index) not in told:
                told.add((row, column.index))
                cell = table.cells[row][column.index]
                where = Location(table.document, page, cell.box)
                if held is None and cell.text:  # not blank: it only could not be read
                    unread = f"column {column_label!r} holds {cell.text!r}, which cannot be read"
                    return SchemaFailure(table, row_label, column_label, unread, where, cell.figure, unread=True)
                return SchemaFailure(table, row_label, column_label, message, where, cell.figure)
    return SchemaFailure(table, row_label, column_label, message, Location(table.document, table.page, table.box))


def _column_label(case: Mapping[str, Any], body: Columns) -> str:
    name = case["column"] if case["schema_context"] == "Column" else case["failure_case"]
    return name if isinstance(name, str) and any(column.name == name for column in body.columns) else ""


def _missing(value: object) -> bool:
    import pandas as pd

    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def _message(case: Mapping[str, Any], column: str) -> str:
    """A failure in a sentence; ``check`` is pandera's name for it with its limits."""
    check_name, value = str(case["check"]), case["failure_case"]
    where = f"column {column!r}" if column else "the row labels" if case["schema_context"] == "Index" else "the table"
    if check_name == "not_nullable":
        return f"{where} has a blank cell where the schema wants a value"
    if check_name == "field_uniqueness":
        return f"{where} has {str(value)!r} more than once"
    if check_name == "column_in_dataframe":
        return f"the table has no column {str(value)!r}"
    if check_name == "column_in_schema":
        return f"the table has a column {str(value)!r} that the schema does not know"
    if check_name.startswith("no_regex_column_match"):
        return f"no column of the table matches {check_name.partition('(')[2].rstrip(')')}"
    if check_name.startswith(("dtype", "coerce_dtype")):
        return f"{where} holds {str(value)!r} where the schema wants {check_name}"
    limits = _DECIMAL.sub(r"\1", check_name)
    return f"{where} has {str(value)!r}, which fails {limits}"
