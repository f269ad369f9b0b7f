"""A value of an engine as a person would write it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from validator.model.data import MISSING


def shown(value: object, missing: str = MISSING) -> str:
    """A value as text: whole doubles without a point, dates as YYYY-MM-DD; NaN and null are missing."""
    if value is None or value != value:  # NaN is not itself
        return missing
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value)


def as_number(value: object) -> Decimal | None:
    """A value as a number: a double is the shortest number that it is printed as."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return Decimal(repr(value)) if value - value == 0 else None
    return Decimal(value) if isinstance(value, int | Decimal) else None
