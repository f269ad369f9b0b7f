"""A value of an engine as a person would write it; a point in time that has a zone in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from validator.model.data import MISSING

_SHORT, _LONG = 1e-9, 1e22  # beyond these most digits are noughts that nobody has written


def shown(value: object, missing: str = MISSING) -> str:
    """A value as text: numbers in digits, whole ones without a point, dates as YYYY-MM-DD; NaN and null are missing."""
    if value is None or value != value:  # NaN is not itself
        return missing
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _digits(Decimal(repr(value))) if _SHORT <= abs(value) < _LONG or not value else str(value)
    if isinstance(value, Decimal):
        return _digits(value)
    if isinstance(value, datetime):
        return (value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)).isoformat(sep=" ")
    return str(value)


def cut(text: str, most: int) -> str:
    """A text as long as a message bears it, with a mark where more follows."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


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
