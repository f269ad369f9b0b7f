"""What a type of pandera says of values: its name in, a sort and perhaps a range out.

A figure on a page and a field of a CSV file have no storage type. So a type says what a value must spell, however
many bits the frame of another program has for it: ``int64``, ``Int64`` and ``int64[pyarrow]`` are all whole numbers.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from validator.frames.faults import MisfitError
from validator.model.data import Sort
from validator.model.row_rules import InRange

_WORD = re.compile(r"([a-z]+)(\d*)")
_SORTS = {
    Sort.WHOLE: ("int", "uint", "integer"),
    Sort.DOUBLE: ("float", "double", "halffloat", "number"),
    Sort.DECIMAL: ("decimal",),
    Sort.TEXT: ("str", "string", "utf", "npstring"),
    Sort.FLAG: ("bool", "boolean"),
    Sort.DATE: ("date",),
    Sort.TIME: ("datetime", "timestamp"),
    None: ("object", "any", "category", "categorical", "enum", "o"),  # anything at all
}
_BY_WORD = {word: sort for sort, words in _SORTS.items() for word in words}
_WIDEST = 64  # bits; what fits no 64-bit number is no matter of a type


class Dtype(NamedTuple):
    """``sort`` is None where values may be anything; ``within`` is the range of a narrow whole number."""

    sort: Sort | None
    within: InRange | None = None


def dtype_of(written: object) -> Dtype:
    """A type as pandera, pandas, NumPy, Arrow or Polars write it. Raises `MisfitError` for one that is not known."""
    if written is None:
        return Dtype(None)
    found = _WORD.match(str(written).casefold()) if isinstance(written, str) else None
    if found is None or found[1] not in _BY_WORD:
        known = "int, float, decimal, str, bool, date, datetime, category, object"
        raise MisfitError(f"the type {str(written)!r} is not one that values can be held against ({known})")
    sort = _BY_WORD[found[1]]
    return Dtype(sort, _range(found[1], int(found[2] or _WIDEST)) if sort is Sort.WHOLE else None)


def _range(word: str, bits: int) -> InRange | None:
    if word.startswith("u"):
        return InRange("", "0", None if bits >= _WIDEST else str(2**bits - 1))
    return None if bits >= _WIDEST or not bits else InRange("", str(-(2 ** (bits - 1))), str(2 ** (bits - 1) - 1))
