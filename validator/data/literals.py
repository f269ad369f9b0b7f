"""Values of a rule book as values of a column: texts and sorts in, plain spellings out, or a `MisfitError`.

The spelling is one that every engine reads alike: numbers in digits with a decimal point, dates as YYYY-MM-DD.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from validator.model.data import Sort
from validator.model.errors import ValidatorError

if TYPE_CHECKING:
    from validator.model.row_rules import InRange

# A double keeps any number of this many digits apart from every other, so that comparing doubles is exact for them.
DOUBLE_DIGITS = 15
MOST_DIGITS = 38  # of an exact number, in every engine
_FLAGS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}


class MisfitError(ValidatorError):
    """A value of a rule book that a column cannot hold; whoever has the position adds it."""


def typed(value: str, sort: Sort) -> str:
    """A value as a column of that sort would write it. Raises `MisfitError`."""
    match sort:
        case Sort.TEXT:
            return value
        case Sort.WHOLE | Sort.DECIMAL | Sort.DOUBLE:
            return _number(value, sort)
        case Sort.FLAG:
            if value.strip().lower() in _FLAGS:
                return _FLAGS[value.strip().lower()]
            raise MisfitError(f"{value!r} is neither true nor false")
        case Sort.DATE | Sort.TIME:
            return _moment(value, sort)
        case Sort.OTHER:
            raise MisfitError("a column of lists or structures cannot be held against a value")


def _number(value: str, sort: Sort) -> str:
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise MisfitError(f"{value!r} is no number, and the column holds {sort.value}")
    digits = len(number.normalize().as_tuple().digits)
    most = DOUBLE_DIGITS if sort is Sort.DOUBLE else MOST_DIGITS
    if digits > most or abs(number.adjusted()) > MOST_DIGITS:
        raise MisfitError(f"{value!r} has more digits than can be compared with {sort.value} ({most})")
    return f"{number:f}"


def _moment(value: str, sort: Sort) -> str:
    try:
        if sort is Sort.DATE:
            return date.fromisoformat(value.strip()).isoformat()
        return datetime.fromisoformat(value.strip()).isoformat(sep=" ")
    except ValueError:
        raise MisfitError(f"{value!r} is no date written as YYYY-MM-DD, and the column holds {sort.value}") from None


def number_literal(value: Decimal) -> str:
    """A number in digits, in brackets where it is negative."""
    return f"({value:f})" if value < 0 else f"{value:f}"


def bounds_of(rule: InRange) -> list[tuple[str, str]]:
    """How a value lies outside a range: (sign, bound) pairs, any of which is enough."""
    found = []
    if rule.low is not None:
        found.append(("<=" if rule.low_open else "<", rule.low))
    if rule.high is not None:
        found.append((">=" if rule.high_open else ">", rule.high))
    return found
