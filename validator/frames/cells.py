"""The cells of a table as values that a schema can be held against, and whether a value satisfies a rule.

A cell that could not be read is no value, and no blank either: what a schema says of it is undecidable. Nothing here
opens pandas; that the answers are those of pandera is what a property test holds it to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from validator.frames.demands import as_number
from validator.frames.patterns import matching
from validator.model.data import Sort
from validator.model.labels import STEP
from validator.model.row_rules import InRange, InSet, LengthWithin, Matches, NotInSet, Occurs, OfSort
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from validator.frames.demands import ValueRule
    from validator.frames.schema import Part
    from validator.model.tables import Cell, Table

_TRUTHS = ("true", "false")


class State(Enum):
    """What stands in a cell."""

    VALUE = "a value"
    BLANK = "nothing, or a sign for what is not known"
    WITHHELD = "a sign for what is known and not printed"
    UNREAD = "something that could not be read"


class Value(NamedTuple):
    """What a cell holds: as it is printed, and the number that it is, if it is one."""

    text: str
    number: Decimal | None = None
    state: State = State.VALUE

    @property
    def key(self) -> Decimal | str:
        """What two equal values have in common."""
        return self.text if self.number is None else self.number


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of a table that hold something. ``rows`` are their places in the table, ``names`` those of columns."""

    table: Table
    rows: tuple[int, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...]

    def column(self, index: int, part: Part) -> list[Value]:
        """The values of a column, as the part of a schema that is about it looks at them."""
        cells = [self.table.cells[row][index] for row in self.rows]
        words = part.sort is Sort.TEXT or not any(cell.figure for cell in cells) or _only_texts(part)
        return [_value(cell, words=words, numbers=part.sort is not Sort.TEXT) for cell in cells]

    def index(self, part: Part) -> list[Value]:
        """The row labels; as numbers where the schema wants numbers."""
        numeric = part.sort is not None and part.sort.numeric
        return [Value(label, as_number(label) if numeric else None) for label in self.labels]


def body_of(table: Table) -> Body:
    """The body of a table. Header bands are left out; a nested label is its whole path, joined with " › "."""
    rows = tuple(row for row, stub in enumerate(table.stubs) if stub.role is not Role.HEADER)
    labels = tuple(STEP.join(table.stubs[row].path or (table.stubs[row].label,)) for row in rows)
    return Body(table, rows, labels, tuple(header.label for header in table.headers))


def _only_texts(part: Part) -> bool:
    """Whether everything that is asked of a column is asked of its print, and not of numbers."""
    return bool(part.demands) and all(isinstance(one.rule, Matches | LengthWithin) for one in part.demands)


def _value(cell: Cell, *, words: bool, numbers: bool) -> Value:
    """What a cell holds. A word in a column of figures is a figure that could not be read, except to who asks words."""
    figure = cell.figure
    if figure is not None and figure.value is not None:
        return Value(cell.text, figure.value if numbers else None)
    if not cell.text or cell.sign == "missing":  # a blank among figures is a figure too, one that has no value
        return Value(cell.text, state=State.BLANK)
    if figure is None and not cell.sign and words:
        return Value(cell.text)
    return Value(cell.text, state=State.WITHHELD if cell.sign == "suppressed" else State.UNREAD)


# --- whether a value satisfies a rule -----------------------------------------------------------------------------


def test_of(rule: ValueRule, values: Sequence[Value]) -> Callable[[Value], bool | None]:
    """A rule as a test of these values, which are there; None where that cannot be decided.

    Raises `MisfitError` for a pattern that is too large to run.
    """
    match rule:
        case InSet(values=listed):
            return _among(listed)
        case NotInSet(values=listed):
            within = _among(listed)
            return lambda value: not within(value)
        case InRange():
            return _within(rule)
        case Matches(pattern=pattern):
            found = matching(pattern, {value.text for value in values})
            return lambda value: value.text in found
        case LengthWithin(least=least, most=most):
            return lambda value: len(value.text) >= (least or 0) and (most is None or len(value.text) <= most)
        case OfSort(sort=sort):
            return lambda value: _of_sort(value, sort)
        case Occurs():
            return lambda value: True  # about all rows together: see `occurs`


def occurs(rule: Occurs, values: Sequence[Value]) -> bool:
    """Whether one of the values is the one that must occur."""
    return any(map(_among((rule.value,)), values))


def _among(values: tuple[str, ...]) -> Callable[[Value], bool]:
    texts, numbers = frozenset(values), {as_number(value) for value in values} - {None}
    return lambda value: value.text in texts if value.number is None else value.number in numbers


def _within(rule: InRange) -> Callable[[Value], bool | None]:
    """Numbers lie between numbers, and texts between texts, letter by letter; a text that spells a number is both."""
    ends = [(end, as_number(end), low) for end, low in ((rule.low, True), (rule.high, False)) if end is not None]
    open_at = {True: rule.low_open, False: rule.high_open}

    def test(value: Value) -> bool:
        return all(_beside(value, text, number, low=low, apart=open_at[low]) for text, number, low in ends)

    return test


def _beside(value: Value, text: str, number: Decimal | None, *, low: bool, apart: bool) -> bool:
    """Whether a value lies on the inner side of an end, and apart from it where the end is open."""
    of_number = as_number(value.text) if value.number is None else value.number
    if (number is None and value.number is not None) or (number is not None and of_number is None):
        return False
    held, end = (value.text, text) if number is None else (of_number, number)
    if held == end:
        return not apart
    return held > end if low else held < end  # type: ignore[operator]  # two texts or two numbers


def _of_sort(value: Value, sort: Sort) -> bool | None:
    """Whether a value spells what a type means. What dates and truths look like in print is not ours to say."""
    if sort.numeric:
        whole = value.number is not None and value.number == value.number.to_integral_value()
        return whole if sort is Sort.WHOLE else value.number is not None
    if sort is Sort.TEXT:
        return True
    if sort is Sort.FLAG:
        return True if value.text.casefold() in _TRUTHS or value.number in (0, 1) else None
    try:
        datetime.fromisoformat(value.text)
    except ValueError:
        return None
    return True
