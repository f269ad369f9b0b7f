"""A value of an engine as a person would write it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from math import isfinite

from validator.model.data import MISSING


def shown(value: object, missing: str = MISSING) -> str:
    """A value as text: numbers in digits, whole ones without a point, dates as YYYY-MM-DD; NaN and null are missing."""
    if value is None or value != value:  # NaN is not itself
        return missing
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _digits(Decimal(repr(value))) if isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return _digits(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value)


def _digits(value: Decimal) -> str:
    found = f"{value:f}"
    found = found.rstrip("0").rstrip(".") if "." in found else found
    return "0" if found == "-0" else found


def as_number(value: object) -> Decimal | None:
    """A value as a number: a double is the shortest number that it is printed as."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return Decimal(repr(value)) if value - value == 0 else None
    return Decimal(value) if isinstance(value, int | Decimal) else None
