"""pandera's built-in checks as rules on values: the name of a check and what it wants in, demands out.

The same demands are asked of the cells of a table and of the rows of a data source. Numbers are kept in digits as
they were written, so that no limit is ever the nearest binary fraction.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.frames.faults import START, MisfitError, Place
from validator.frames.patterns import ANYTHING, checked, within
from validator.model import wording
from validator.model.names import suggestion
from validator.model.row_rules import InRange, InSet, LengthWithin, Matches, NotInSet, Occurs, OfSort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ValueRule = InRange | InSet | NotInSet | LengthWithin | Matches | Occurs | OfSort
MAX_EXPONENT = 300  # what a binary fraction holds; written out, it is still a line
_SHOWN = 8  # values of a list that a message names: more of them hide the message

# The names of the built-in checks in both spellings, and what each wants, in pandera's order.
SHORT = {
    "greater_than_or_equal_to": "ge",
    "greater_than": "gt",
    "less_than_or_equal_to": "le",
    "less_than": "lt",
    "equal_to": "eq",
    "not_equal_to": "ne",
    "in_range": "between",
}
WANTS = {
    "ge": ("min_value",),
    "gt": ("min_value",),
    "le": ("max_value",),
    "lt": ("max_value",),
    "eq": ("value",),
    "ne": ("value",),
    "between": ("min_value", "max_value", "include_min", "include_max"),
    "isin": ("allowed_values",),
    "notin": ("forbidden_values",),
    "str_matches": ("pattern",),
    "str_contains": ("pattern",),
    "str_startswith": ("string",),
    "str_endswith": ("string",),
    "str_length": ("min_value", "max_value", "exact_value"),
    "unique_values_eq": ("values",),
}
CHECK_NAMES = frozenset(SHORT) | frozenset(WANTS)
# What a check may say beside that and we can do without: how pandera words it, and how many failures it shows.
_WORDING = frozenset({"check_name", "name", "title", "description", "error", "n_failure_cases", "metadata"})
_OPTIONS = _WORDING | {"ignore_na", "raise_warning"}


class Demand(NamedTuple):
    """What a value must satisfy. ``rule`` names no column yet; ``told`` ends the phrase "the schema wants …".

    ``warns`` says that pandera would warn of a failure and go on.
    """

    rule: ValueRule
    told: str
    warns: bool = False
    place: Place = START


def demands(name: str, wanted: object, place: Place) -> tuple[Demand, ...]:
    """A built-in check, by either of its names. Raises `MisfitError` where what it wants cannot be wanted."""
    short = SHORT.get(name, name)
    stats, options = _parts(short, wanted)
    if options.get("ignore_na", True) is not True:
        raise MisfitError("a missing value is for 'nullable' to allow; ignore_na: false is not known here")
    warns = options.get("raise_warning", False)
    if not isinstance(warns, bool):
        raise MisfitError("raise_warning is true or false")
    return tuple(Demand(rule, told, warns, place) for rule, told in _MAKERS[short](stats))


def _parts(short: str, wanted: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a check wants by pandera's names for it, and its options, in any of the forms that pandera writes."""
    keys = WANTS[short]
    if isinstance(wanted, list | tuple) and len(keys) > 1:
        if len(wanted) > len(keys):
            raise MisfitError(f"at most {', '.join(keys)} can be given")
        return dict(zip(keys, wanted, strict=False)), {}
    if not isinstance(wanted, dict):
        return {keys[-1] if short == "str_length" else keys[0]: wanted}, {}
    inner = wanted.get("options")
    flat: dict[str, Any] = {**wanted, **(inner if isinstance(inner, dict) else {})}
    flat.pop("options", None)
    if "value" in flat and "value" not in keys:
        flat = {**_parts(short, flat.pop("value"))[0], **flat}
    for key in flat:
        if key not in keys and key not in _OPTIONS:
            raise MisfitError(f"this check has no {key!r}{suggestion(str(key), (*keys, 'raise_warning'))}")
    return {key: flat[key] for key in keys if key in flat}, {key: flat[key] for key in _OPTIONS if key in flat}


# --- what is wanted ---------------------------------------------------------------------------------------------


def scalar(value: object) -> str:
    """A value as it is written in digits and letters. Raises `MisfitError` for one that is no single value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) < 10**MAX_EXPONENT:
        return str(value)
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= MAX_EXPONENT:
        return f"{value:f}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    raise MisfitError(f"{_brief(value)} is no number, text or date")


def _brief(value: object) -> str:
    """How a message names what cannot be used."""
    if value is None:
        return "nothing"
    if isinstance(value, dict | list | tuple | set):
        return "a mapping" if isinstance(value, dict) else "a list"
    return "a number too large" if isinstance(value, int | Decimal) else repr(value)[:40]


def _limit(stats: Mapping[str, Any], key: str) -> str | None:
    """An end of a range; None where it is infinite."""
    value = stats.get(key)
    if isinstance(value, float):
        if value == (float("-inf") if key == "min_value" else float("inf")):
            return None
        raise MisfitError(f"no value lies beyond {value}")
    if value is None or isinstance(value, bool):
        raise MisfitError(f"{key} is a number, a text or a date")
    return scalar(value)


def _from(stats: Mapping[str, Any], *, above: bool) -> list[tuple[ValueRule, str]]:
    low = _limit(stats, "min_value")
    return [(InRange("", low, None, low_open=above), f"{'more than' if above else 'at least'} {low}")]


def _to(stats: Mapping[str, Any], *, below: bool) -> list[tuple[ValueRule, str]]:
    high = _limit(stats, "max_value")
    return [(InRange("", None, high, high_open=below), f"{'less than' if below else 'at most'} {high}")]


def _between(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    low, high = _limit(stats, "min_value"), _limit(stats, "max_value")
    closed = [stats.get(key, True) for key in ("include_min", "include_max")]
    if not all(isinstance(one, bool) for one in closed):
        raise MisfitError("include_min and include_max are true or false")
    if _beyond(low, high) or (low == high and low is not None and not all(closed)):
        raise MisfitError(f"no value lies between {low} and {high}")
    told = f"{low} to {high}" if all(closed) else f"{_end(low, 'least', closed[0])} and {_end(high, 'most', closed[1])}"
    return [(InRange("", low, high, not closed[0], not closed[1]), told)]


def _beyond(low: str | None, high: str | None) -> bool:
    """Whether the lower end is surely above the higher one."""
    if low is None or high is None:
        return False
    numbers = as_number(low), as_number(high)
    return numbers[0] > numbers[1] if None not in numbers else low > high and numbers == (None, None)  # type: ignore[operator]


def _end(limit: str | None, which: str, closed: object) -> str:
    return f"at {which} {limit}" if closed else f"{'more' if which == 'least' else 'less'} than {limit}"


def as_number(text: str) -> Decimal | None:
    """A text as the number that it spells in digits."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(\.[0-9]{1,400})?")


def _list(stats: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = stats.get(key)
    if isinstance(values, set | frozenset):
        values = sorted(values, key=str)
    if not isinstance(values, list | tuple) or not values:
        raise MisfitError("a list of values is wanted here")
    return tuple(dict.fromkeys(scalar(value) for value in values))


def _isin(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    values = _list(stats, "allowed_values")
    return [(InSet("", values), f"one of {wording.listed(values, most=_SHOWN)}")]


def _notin(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    values = _list(stats, "forbidden_values")
    return [(NotInSet("", values), f"none of {wording.listed(values, most=_SHOWN)}")]


def _equal(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    value = scalar(stats.get("value"))
    return [(InSet("", (value,)), value)]


def _unequal(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    value = scalar(stats.get("value"))
    return [(NotInSet("", (value,)), f"anything but {value}")]


def _all_of(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    """These values and no others, and each of them somewhere."""
    values = _list(stats, "values")
    occurring: list[tuple[ValueRule, str]] = [(Occurs("", value), f"{value} among the values") for value in values]
    return [(InSet("", values), f"one of {wording.listed(values, most=_SHOWN)}"), *occurring]


# --- texts ------------------------------------------------------------------------------------------------------


def _text(stats: Mapping[str, Any], key: str) -> str:
    value = stats.get(key)
    if not isinstance(value, str):
        raise MisfitError(f"{key} is a text")
    return value


def _within(stats: Mapping[str, Any], before: str, after: str) -> tuple[str, str]:
    """A pattern as a part of one for the whole text, and as it is written."""
    written = checked(_text(stats, "pattern"))
    return checked(within(written, before, after)), written


def _matches(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    # pandera's pattern begins where the text does and need not reach its end.
    whole, written = _within(stats, "", ANYTHING)
    return [(Matches("", whole), f"text that begins like the pattern {written!r}")]


def _contains(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    whole, written = _within(stats, ANYTHING, ANYTHING)
    return [(Matches("", whole), f"text with the pattern {written!r} in it")]


def _begins(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    text = _text(stats, "string")
    return [(Matches("", f"{re.escape(text)}{ANYTHING}"), f"text that begins with {text!r}")]


def _ends(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    text = _text(stats, "string")
    return [(Matches("", f"{ANYTHING}{re.escape(text)}"), f"text that ends with {text!r}")]


def _length(stats: Mapping[str, Any]) -> list[tuple[ValueRule, str]]:
    least, most, exact = (stats.get(key) for key in WANTS["str_length"])
    if exact is not None:
        least = most = exact
    for limit in (least, most):
        if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or not 0 <= limit < 2**31):
            raise MisfitError("a length is a whole number of characters")
    if least is None and most is None:
        raise MisfitError("at least one of min_value, max_value and exact_value must be given")
    if least is not None and most is not None and least > most:
        raise MisfitError(f"no text has at least {least} and at most {most} characters")
    ends = f"at least {least}" if most is None else f"at most {most}" if least is None else f"{least} to {most}"
    return [(LengthWithin("", least, most), f"a text of {least if least == most else ends} characters")]


_MAKERS: dict[str, Callable[[Mapping[str, Any]], list[tuple[ValueRule, str]]]] = {
    "ge": lambda stats: _from(stats, above=False),
    "gt": lambda stats: _from(stats, above=True),
    "le": lambda stats: _to(stats, below=False),
    "lt": lambda stats: _to(stats, below=True),
    "eq": _equal,
    "ne": _unequal,
    "between": _between,
    "isin": _isin,
    "notin": _notin,
    "str_matches": _matches,
    "str_contains": _contains,
    "str_startswith": _begins,
    "str_endswith": _ends,
    "str_length": _length,
    "unique_values_eq": _all_of,
}
