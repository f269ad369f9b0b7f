"""What the rules on rows mean, decided once for every engine: model types in, plain decisions out.

`sql` and `elsewhere` only spell these for their engines. What is said here is told to users in docs/data.md.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from validator.model.aggregates import Function
from validator.model.data import Sort
from validator.model.relations import Comparison
from validator.model.row_rules import NotNull, columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.aggregates import Aggregate
    from validator.model.data import Column
    from validator.model.row_rules import RowRule

# Doubles and texts are reckoned with at this many decimals: statistics print up to six, and 29 digits are left before.
DECIMALS = 9
# From here on a double or a text is too large to be reckoned with: 18 digits and nine decimals fit any engine.
LARGEST = 10**18
# Below this a double times 10**9 stays under 2**53, so that the nearest whole number of billionths is the shortest one.
EXACTLY_SCALED = 10**6

# Texts as numbers and dates, in signs that every engine's patterns know; all are matched as a whole.
NUMERAL = r" *[+-]?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+) *"
POWER = r" *[+-]?([0-9]{1,18}(\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]{1,2} *"  # as R writes 1e+05
_LONG, _SHORT = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])", "(0[469]|11)-(0[1-9]|[12][0-9]|30)"
_FEBRUARY = "02-(0[1-9]|1[0-9]|2[0-8])"
_LEAP = "([0-9][0-9](0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"
DATE = f"([0-9]{{4}}-({_LONG}|{_SHORT}|{_FEBRUARY})|{_LEAP})"
FLAG = "(true|True|TRUE|false|False|FALSE|1|0)"
TIME = rf"{DATE}([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)?)?"


class Doubt(Enum):
    """What must be looked at to know whether a value is of another sort than is wanted."""

    NEVER = "it cannot be"
    ALWAYS = "every value that is there is"
    FRACTION = "numbers are, where they are not whole"
    NUMERAL = "texts are, where they spell no number"
    WHOLE_NUMERAL = "texts are, where they spell no whole number"
    DATE = "texts are, where they spell no date"
    TIME = "texts are, where they spell no point in time"
    FLAG = "texts are, where they spell neither true nor false"


def doubt(wanted: Sort, held: Sort) -> Doubt:
    """How a column that holds one sort can be of another than the wanted one."""
    if wanted in (held, Sort.TEXT) or (wanted is Sort.TIME and held is Sort.DATE):
        return Doubt.NEVER
    if wanted.numeric and held.numeric:
        return Doubt.FRACTION if wanted is Sort.WHOLE else Doubt.NEVER
    if held is not Sort.TEXT:
        return Doubt.ALWAYS
    return _OF_TEXT.get(wanted, Doubt.ALWAYS)


_OF_TEXT = {
    Sort.WHOLE: Doubt.WHOLE_NUMERAL,
    Sort.DECIMAL: Doubt.NUMERAL,
    Sort.DOUBLE: Doubt.NUMERAL,
    Sort.DATE: Doubt.DATE,
    Sort.TIME: Doubt.TIME,
    Sort.FLAG: Doubt.FLAG,
}
SPELT = {Doubt.DATE: DATE, Doubt.TIME: TIME, Doubt.FLAG: FLAG}  # the pattern of texts that are of the wanted sort


def needed(rule: RowRule) -> tuple[str, ...]:
    """The columns in which a row must have a value for the rule to be about it."""
    return () if isinstance(rule, NotNull) else columns_of(rule)


def keys_alike(ours: Sequence[Column], theirs: Sequence[Column]) -> tuple[bool, ...]:
    """Which columns of a key are held against those of another source as they are; the others as exact numbers."""
    return tuple(one.sort is other.sort for one, other in zip(ours, theirs, strict=True))


class Limit(NamedTuple):
    """A gap breaks a row sum where it stands to ``slack`` times ``side`` as ``sign`` says; else its size does."""

    sign: str
    side: int


LIMITS: Mapping[Comparison, Limit] = {
    Comparison.LESS: Limit(">=", 1),
    Comparison.LESS_EQUAL: Limit(">", 1),
    Comparison.GREATER: Limit("<=", -1),
    Comparison.GREATER_EQUAL: Limit("<", -1),
}


def reads_numbers(one: Aggregate) -> bool:
    """Whether an aggregate needs its values as numbers."""
    return bool(one.column) and one.function not in (Function.COUNT, Function.DISTINCT)


def precise(column: Column) -> bool:
    """Whether the type of a column alone tells its decimals, and each of its values is a number."""
    return column.sort in (Sort.WHOLE, Sort.DECIMAL)
