"""A pandera schema as rules on the rows of a data source: schema and columns in, rules that an engine runs out.

Schemas here are held to pandera's built-in checks, and each of them is a rule that the engine counts exactly, so that
neither pandas nor pandera is opened and no backend decides what a duplicate is. What a schema says that is not about
rows (a column that is missing, or one too many) is a fault of the pair of schema and data, told with the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from validator.frames.schema import CHECKS, load
from validator.model import asking
from validator.model.data import (
    InRange,
    InSet,
    LengthWithin,
    Matches,
    NotNull,
    OfSort,
    RowCheck,
    RowOutcome,
    Sort,
    Unique,
)
from validator.model.errors import Problem, RuleError
from validator.model.rules import BoundRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.model.data import Column, PairOutcome, RowRule
    from validator.model.rules import Position

KIND = "schema"
_SORTS = {
    "int": Sort.WHOLE,
    "uint": Sort.WHOLE,
    "float": Sort.DOUBLE,
    "decimal": Sort.DECIMAL,
    "str": Sort.TEXT,
    "object": Sort.TEXT,
    "category": Sort.TEXT,
    "bool": Sort.FLAG,
    "date": Sort.DATE,
    "datetime": Sort.TIME,
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A column of a schema with the rules that it means; ``strange`` is a check that rows cannot be asked."""

    rules: tuple[RowRule, ...]
    strange: tuple[str, ...] = ()


def row_rules(
    path: str, source: str, columns: Mapping[str, Column], position: Position
) -> list[tuple[BoundRule, tuple[RowCheck, ...]]]:
    """Every rule of a schema. Raises RuleError where the schema cannot be used, or the columns are not as it says."""
    schema = load(path)
    problems: list[Problem] = []
    rules: list[RowRule] = []
    wanted: dict[str, Any] = schema.get("columns") or {}
    for name, part in wanted.items():
        if name not in columns:
            if part.get("required", True):
                problems.append(Problem(*position, f"source {source!r} has no column {name!r}, which {path} asks for"))
            continue
        read = _part(str(name), part or {})
        rules += read.rules
        problems += [Problem(path, 1, 1, f"column {name!r}: {one}") for one in read.strange]
    if schema.get("strict") is True:
        extra = [name for name in columns if name not in wanted]
        problems += [
            Problem(*position, f"source {source!r} has a column {n!r} that {path} does not know") for n in extra
        ]
    together = schema.get("unique")
    if together:
        rules.append(Unique((together,) if isinstance(together, str) else tuple(together)))
    if problems:
        raise RuleError(tuple(problems))
    bound = BoundRule(KIND, f"{KIND}-{source}", {}, position)
    return [(bound, (RowCheck(source, rule, (), position),)) for rule in rules]


def _part(name: str, part: Mapping[str, Any]) -> _Part:
    rules: list[RowRule] = []
    sort = _sort(part.get("dtype"))
    if sort is not None:
        rules.append(OfSort(name, sort))
    if not part.get("nullable", False):
        rules.append(NotNull(name))
    if part.get("unique"):
        rules.append(Unique((name,)))
    strange = []
    for check, wanted in _checks(part):
        rule = _rule(name, check, wanted)
        if rule is None:
            strange.append(f"the check {check!r} cannot be asked of the rows of a source; write a rule of the book")
        else:
            rules.append(rule)
    return _Part(tuple(rules), tuple(strange))


def _sort(dtype: object) -> Sort | None:
    """What a pandera type says of values; None where it says nothing."""
    if dtype is None:
        return None
    plain = str(dtype).lower().strip("0123456789[]<>=nsu_ ") or str(dtype).lower()
    stem = next((key for key in sorted(_SORTS, key=len, reverse=True) if plain.startswith(key)), None)
    return None if stem is None else _SORTS[stem]


def _checks(part: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each check by pandera's short name with what it wants, in any of the forms that pandera writes."""
    for name in CHECKS.keys() | set(CHECKS.values()):
        if name in part:
            yield CHECKS.get(name, name), part[name]
    checks = part.get("checks")
    if isinstance(checks, dict):
        for name, wanted in checks.items():
            yield CHECKS.get(str(name), str(name)), wanted
    elif isinstance(checks, list):
        for one in checks:
            options = dict(one.get("options") or {}) if isinstance(one, dict) else {"check_name": one}
            name = str(options.get("check_name"))
            wanted = (
                one.get("value", {k: v for k, v in one.items() if k != "options"}) if isinstance(one, dict) else None
            )
            yield CHECKS.get(name, name), wanted


def _rule(column: str, check: str, wanted: Any) -> RowRule | None:
    """A built-in check as a rule; None where it is not about single rows."""
    if isinstance(wanted, dict) and "value" in wanted:
        wanted = wanted["value"]
    match check:
        case "ge" | "gt":
            return InRange(column, str(wanted), None, low_open=check == "gt")
        case "le" | "lt":
            return InRange(column, None, str(wanted), high_open=check == "lt")
        case "eq":
            return InSet(column, (str(wanted),))
        case "between" if isinstance(wanted, dict):
            low, high = wanted.get("min_value"), wanted.get("max_value")
            ends = (None if low is None else str(low), None if high is None else str(high))
            return InRange(column, *ends, not wanted.get("include_min", True), not wanted.get("include_max", True))
        case "isin" if isinstance(wanted, list):
            return InSet(column, tuple(map(str, wanted)))
        case "str_matches":
            return Matches(column, f"(?:{wanted})(?s:.*)")  # pandera's pattern need not reach the end of the text
        case "str_length" if isinstance(wanted, dict):
            return LengthWithin(column, wanted.get("min_value"), wanted.get("max_value"))
    return None


def tells(bound: BoundRule, outcome: RowOutcome | PairOutcome) -> str:
    """What a rule of a schema says of its rows."""
    if not isinstance(outcome, RowOutcome):
        return ""
    match outcome.check.rule:
        case NotNull(column=column):
            return asking.told(outcome, f"have a value in {column}", f"have no {column}, which the schema asks for")
        case Unique(columns=columns):
            named = asking.listed(columns)
            return asking.told(outcome, f"differ in {named}", f"share {named} with another row")
        case InSet(column=column):
            return asking.told(outcome, f"have {column} as the schema lists", f"have {column} not in the schema's list")
        case InRange(column=column):
            return asking.told(
                outcome, f"have {column} in the schema's range", f"have {column} outside the schema's range"
            )
        case Matches(column=column):
            return asking.told(
                outcome, f"have {column} as the schema's pattern", f"have {column} not as the schema's pattern"
            )
        case LengthWithin(column=column):
            return asking.told(
                outcome, f"have {column} as long as asked", f"have {column} of another length than the schema asks"
            )
        case OfSort(column=column, sort=sort):
            return asking.told(outcome, f"have {column} as {sort.value}", f"have {column} that is not {sort.value}")
    return ""
