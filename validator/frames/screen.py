"""Decides, without pandas, that a table passes a schema; says nothing where it is not sure.

It knows a part of pandera's schemas, and of that part only the plain cases. `passes` is True only where pandera would
let the table through; every other answer means that pandera must be asked. A property test holds it to that.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from validator.frames.columns import Holds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from validator.frames.columns import Column, Columns, Value

_TOP = frozenset(
    {
        "schema_type",
        "version",
        "api",
        "columns",
        "index",
        "coerce",
        "strict",
        "name",
        "title",
        "description",
        "metadata",
    }
)
_PART = frozenset({"title", "description", "dtype", "nullable", "name", "unique", "coerce", "required", "regex"})
_TYPES = {
    Holds.WHOLE: (None, "Int64"),
    Holds.TEXT: (None, "string", "str"),
    Holds.DECIMAL: (None, "object"),
}
_EXACT = 2**53  # beyond it a whole number compared with a float is rounded first


def passes(body: Columns, schema: Mapping[str, Any]) -> bool:
    """Whether the table surely passes."""
    names = [column.name for column in body.columns]
    strict = schema.get("strict", False)
    if not body.labels or schema.keys() - _TOP or strict not in (True, False) or len(set(names)) != len(names):
        return False
    # Coercion of a whole frame may change what a column holds before it is checked.
    if schema.get("coerce", False) is not False or not _index_passes(body.labels, schema.get("index")):
        return False
    seen: set[str] = set()
    for name, part in (schema.get("columns") or {}).items():
        found = _columns(str(name), part, body.columns)
        if found is None or not all(_column_passes(column, part) for column in found):
            return False
        seen.update(column.name for column in found)
    return not strict or seen.issuperset(names)


def _index_passes(labels: Sequence[str], index: Any) -> bool:
    if not index:
        return True
    if len(index) != 1 or "regex" in index[0] or "required" in index[0]:
        return False
    part = index[0]
    return part.get("name") in (None, "label") and _holds(labels, Holds.TEXT, part)


def _columns(name: str, part: Mapping[str, Any], columns: Sequence[Column]) -> list[Column] | None:
    """The columns that an entry is about; None where one is missing or that is not sure."""
    regex, required = part.get("regex", False), part.get("required", True)
    if regex not in (True, False) or required not in (True, False) or part.get("name") not in (None, name):
        return None
    if not regex:
        found = [column for column in columns if column.name == name]
    elif (pattern := _compiled(name)) is None:
        return None
    else:
        found = [column for column in columns if pattern.match(column.name)]
    return None if required and not found else found


def _compiled(pattern: object) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern) if isinstance(pattern, str) else None
    except re.error:
        return None


def _column_passes(column: Column, part: Mapping[str, Any]) -> bool:
    return _holds(column.values, column.holds, part)


def _holds(values: Sequence[Value], holds: Holds, part: Mapping[str, Any]) -> bool:
    """Whether values have the type and pass every check of an entry; False where one of these is not known here."""
    nullable, unique = part.get("nullable", False), part.get("unique", False)
    if part.get("coerce", False) is not False or part.get("dtype") not in _TYPES[holds]:
        return False
    if nullable not in (True, False) or (not nullable and None in values):
        return False
    if unique not in (True, False) or (unique and len(set(values)) != len(values)):
        return False
    present = [value for value in values if value is not None]
    return all(key in _PART or _check(key, wanted, present, holds) for key, wanted in part.items())


def _check(name: str, wanted: Any, values: Sequence[Any], holds: Holds) -> bool:
    """One check of an entry."""
    if holds is Holds.TEXT:
        text_check = _TEXT.get(name)
        return text_check is not None and all(text_check(value, wanted) for value in values)
    number_check = _NUMBER.get(name)
    return number_check is not None and all(abs(v) <= _EXACT and number_check(v, wanted) for v in values)


def _number(wanted: object) -> Decimal | None:
    """A bound as written; None where it is no plain number."""
    plain = isinstance(wanted, int | float) and not isinstance(wanted, bool) and abs(wanted) <= _EXACT
    return Decimal(wanted) if plain else None  # type: ignore[arg-type]  # `plain` says so


def _compare(holds: Callable[[Decimal | int, Decimal], bool]) -> Callable[[Decimal | int, Any], bool]:
    def check(value: Decimal | int, wanted: Any) -> bool:
        bound = _number(wanted)
        return bound is not None and holds(value, bound)

    return check


def _in_range(value: Decimal | int, wanted: Any) -> bool:
    if not isinstance(wanted, dict) or wanted.keys() != {"min_value", "max_value"}:
        return False
    low, high = _number(wanted["min_value"]), _number(wanted["max_value"])
    return low is not None and high is not None and low <= value <= high


def _is_in(value: Decimal | int, wanted: Any) -> bool:
    return isinstance(wanted, list) and all(type(item) is int for item in wanted) and value in wanted


def _text_is_in(value: str, wanted: Any) -> bool:
    return isinstance(wanted, list) and all(isinstance(item, str) for item in wanted) and value in wanted


def _matches(value: str, wanted: Any) -> bool:
    # Written for texts of one sort of characters, where every regular expression engine agrees.
    pattern = _compiled(wanted)
    return pattern is not None and value.isascii() and pattern.match(value) is not None


def _has_length(value: str, wanted: Any) -> bool:
    if not isinstance(wanted, dict) or wanted.keys() - {"min_value", "max_value"} or not wanted:
        return False
    bounds = [wanted.get("min_value", 0), wanted.get("max_value", len(value))]
    return all(type(bound) is int for bound in bounds) and bounds[0] <= len(value) <= bounds[1]


_NUMBER: dict[str, Callable[[Decimal | int, Any], bool]] = {
    **dict.fromkeys(("ge", "greater_than_or_equal_to"), _compare(lambda value, bound: value >= bound)),
    **dict.fromkeys(("gt", "greater_than"), _compare(lambda value, bound: value > bound)),
    **dict.fromkeys(("le", "less_than_or_equal_to"), _compare(lambda value, bound: value <= bound)),
    **dict.fromkeys(("lt", "less_than"), _compare(lambda value, bound: value < bound)),
    **dict.fromkeys(("in_range", "between"), _in_range),
    "isin": _is_in,
}
_TEXT: dict[str, Callable[[str, Any], bool]] = {
    "isin": _text_is_in,
    "str_matches": _matches,
    "str_length": _has_length,
}
