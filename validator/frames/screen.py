"""Decides, without pandas, that a table passes a schema; says nothing where it is not sure.

It knows a part of pandera's schemas, and of that part only the plain cases. `passes` is True only where pandera would
let the table through; every other answer means that pandera must be asked. A property test holds it to that.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from validator.frames.columns import Holds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
Test = Callable[[Any], bool]  # of one value that is there
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
        if found is None or not all(_holds(column.values, column.holds, part) for column in found):
            return False
        seen.update(column.name for column in found)
    return not strict or seen.issuperset(names)


def _index_passes(labels: Sequence[str], index: Any) -> bool:
    if not index:
        return True
    if len(index) != 1 or "regex" in index[0] or "required" in index[0]:
        return False
    part = index[0]
    return part.get("name") in (None, "label") and _plain(part) and _holds(labels, Holds.TEXT, part)


def _columns(name: str, part: Mapping[str, Any], columns: Sequence[Column]) -> list[Column] | None:
    """The columns that an entry is about; None where one is missing or that is not sure."""
    if not _plain(part) or part.get("name") not in (None, name):
        return None
    pattern = _compiled(name) if part.get("regex") else None
    if pattern is not None:
        found = [column for column in columns if pattern.match(column.name)]
    elif part.get("regex"):
        return None
    else:
        found = [column for column in columns if column.name == name]
    return None if part.get("required", True) and not found else found


def _plain(part: Mapping[str, Any]) -> bool:
    """Whether everything in an entry is known here and well-formed, for pandera refuses a bad entry even unused."""
    if any(part.get(key, False) not in (True, False) for key in ("regex", "required", "nullable", "unique")):
        return False
    if part.get("coerce", False) is not False or not any(part.get("dtype") in names for names in _TYPES.values()):
        return False
    checks = [(name, wanted) for name, wanted in part.items() if name not in _PART]
    return all(any(_test(name, wanted, holds) is not None for holds in Holds) for name, wanted in checks)


def _holds(values: Sequence[Value], holds: Holds, part: Mapping[str, Any]) -> bool:
    """Whether values have the type and pass every check of an entry."""
    if part.get("dtype") not in _TYPES[holds]:
        return False
    if (not part.get("nullable", False) and None in values) or (part.get("unique") and len(set(values)) < len(values)):
        return False
    present = [value for value in values if value is not None]
    tests = [_test(name, wanted, holds) for name, wanted in part.items() if name not in _PART]
    return all(test is not None and all(map(test, present)) for test in tests)


def _test(name: str, wanted: Any, holds: Holds) -> Test | None:
    """A check of an entry as a test of one value; None where it is not known here or does not fit the column."""
    make = (_TEXT if holds is Holds.TEXT else _NUMBER).get(name)
    return None if make is None else make(wanted)


def _compiled(pattern: object) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern) if isinstance(pattern, str) else None
    except re.error:
        return None


def _bound(wanted: object) -> Decimal | None:
    """A limit as written; None where it is no plain number."""
    if type(wanted) not in (int, float, Decimal) or not abs(wanted) <= _EXACT:  # type: ignore[arg-type]  # seen to be a number
        return None
    return Decimal(wanted)  # type: ignore[arg-type]


def _compare(holds: Callable[[Any, Decimal], bool]) -> Callable[[Any], Test | None]:
    def make(wanted: Any) -> Test | None:
        bound = _bound(wanted)
        return None if bound is None else lambda value: abs(value) <= _EXACT and holds(value, bound)

    return make


def _in_range(wanted: Any) -> Test | None:
    if not isinstance(wanted, dict) or wanted.keys() != {"min_value", "max_value"}:
        return None
    low, high = _bound(wanted["min_value"]), _bound(wanted["max_value"])
    if low is None or high is None or low >= high:
        return None
    return lambda value: low <= value <= high


def _one_of(sort: type) -> Callable[[Any], Test | None]:
    def make(wanted: Any) -> Test | None:
        plain = isinstance(wanted, list) and wanted and all(type(item) is sort for item in wanted)
        return wanted.__contains__ if plain else None

    return make


def _matches(wanted: Any) -> Test | None:
    # Only texts of plain characters, for which every regular expression engine agrees.
    pattern = _compiled(wanted)
    return None if pattern is None else lambda value: value.isascii() and pattern.match(value) is not None


def _has_length(wanted: Any) -> Test | None:
    if not isinstance(wanted, dict) or not wanted or wanted.keys() - {"min_value", "max_value"}:
        return None
    if any(type(limit) is not int for limit in wanted.values()):
        return None
    low, high = wanted.get("min_value", 0), wanted.get("max_value")
    return lambda value: len(value) >= low and (high is None or len(value) <= high)


_NUMBER: dict[str, Callable[[Any], Test | None]] = {
    **dict.fromkeys(("ge", "greater_than_or_equal_to"), _compare(operator.ge)),
    **dict.fromkeys(("gt", "greater_than"), _compare(operator.gt)),
    **dict.fromkeys(("le", "less_than_or_equal_to"), _compare(operator.le)),
    **dict.fromkeys(("lt", "less_than"), _compare(operator.lt)),
    **dict.fromkeys(("in_range", "between"), _in_range),
    "isin": _one_of(int),
}
_TEXT: dict[str, Callable[[Any], Test | None]] = {
    "isin": _one_of(str),
    "str_matches": _matches,
    "str_length": _has_length,
}
