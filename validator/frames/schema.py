"""Reads a schema file: pandera's own YAML form, held to the part of it that is data.

pandera takes the name of a check from the file and calls whatever its class has under that name, and passes over keys
that it does not know. Here a schema may use pandera's built-in checks and nothing else, and a misspelt key is a fault.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.model.errors import Problem, RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MAX_BYTES = 200_000  # the longest schema here has some hundred lines
MAX_EXPONENT = 300  # what a binary fraction holds; written out, it is still a line
MAX_DEPTH = 12  # pandera's form is six deep

# Names of pandera's built-in checks, in both spellings.
CHECKS = {
    "greater_than_or_equal_to": "ge",
    "greater_than": "gt",
    "less_than_or_equal_to": "le",
    "less_than": "lt",
    "equal_to": "eq",
    "not_equal_to": "ne",
    "in_range": "between",
    "isin": "isin",
    "notin": "notin",
    "str_matches": "str_matches",
    "str_contains": "str_contains",
    "str_startswith": "str_startswith",
    "str_endswith": "str_endswith",
    "str_length": "str_length",
    "unique_values_eq": "unique_values_eq",
}
CHECK_NAMES = frozenset(CHECKS) | frozenset(CHECKS.values())
TOP_KEYS = frozenset(
    {
        "schema_type",
        "version",
        "api",
        "dataframe_library",
        "columns",
        "index",
        "checks",
        "dtype",
        "coerce",
        "strict",
        "name",
        "ordered",
        "unique",
        "report_duplicates",
        "unique_column_names",
        "title",
        "description",
        "metadata",
    }
)
PART_KEYS = frozenset(
    {
        "title",
        "description",
        "dtype",
        "nullable",
        "checks",
        "name",
        "unique",
        "coerce",
        "required",
        "regex",
        "report_duplicates",
    }
)


@lru_cache(maxsize=64)
def load(path: str) -> Mapping[str, Any]:
    """The content of a schema file. Raises RuleError with every fault. The mapping is shared: never change it."""
    text = _text(path)
    data, marks = _parse(text, path)
    problems = [Problem(path, *marks.get(where, (1, 1)), message) for where, message in _wrong(data)]
    if problems:
        raise RuleError(tuple(problems))
    return data  # type: ignore[no-any-return]  # `_wrong` has seen that it is a mapping


def faults(path: str) -> tuple[Problem, ...]:
    """What is wrong with a schema file, without a table."""
    try:
        load(path)
    except RuleError as error:
        return error.problems
    return ()


def _text(path: str) -> str:
    try:
        if Path(path).stat().st_size > MAX_BYTES:
            raise RuleError((Problem(path, 1, 1, f"a schema file of more than {MAX_BYTES} bytes is not read"),))
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise RuleError((Problem(path, 1, 1, f"the schema file cannot be read: {error.strerror}"),)) from error
    except UnicodeDecodeError as error:
        raise RuleError((Problem(path, 1, 1, "the schema file is not UTF-8"),)) from error


def _parse(text: str, path: str) -> tuple[Any, dict[tuple[str, ...], tuple[int, int]]]:
    """The data of a YAML text, and (line, column) of each key by its path of keys."""
    import yaml

    loader_class = _loader()
    depth = 0
    try:
        for event in yaml.parse(text, Loader=loader_class):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
                mark: Any = event.start_mark
                fault = "a schema has no aliases and is not nested so deep"
                raise RuleError((Problem(path, mark.line + 1, mark.column + 1, fault),))
        node = yaml.compose(text, Loader=loader_class)
        data = yaml.load(text, Loader=loader_class)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        why = getattr(error, "problem", None) or "it cannot be read"
        raise RuleError((Problem(path, line, column, f"the schema is not YAML: {why}"),)) from error
    return data, dict(_marks(node, ()))


@lru_cache(maxsize=1)
def _loader() -> Any:
    """A safe loader that makes numbers with decimals as they are written, not the nearest binary fraction."""
    import yaml

    safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Exact(safe):  # type: ignore[misc]  # which base there is depends on how PyYAML was built
        """Reads ``0.3`` as Decimal("0.3"); sixties and infinities stay as YAML means them."""

    def number(loader: Any, node: Any) -> Decimal | float:
        try:
            value = Decimal(node.value.replace("_", ""))
        except InvalidOperation:
            return loader.construct_yaml_float(node)  # type: ignore[no-any-return]  # PyYAML has no types
        if abs(value.adjusted()) > MAX_EXPONENT:
            return loader.construct_yaml_float(node)  # type: ignore[no-any-return]
        return Decimal(format(value, "f"))  # in plain digits, as data sources want limits

    Exact.add_constructor("tag:yaml.org,2002:float", number)
    return Exact


def _marks(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    """The places of the keys; the items of lists are keys by number."""
    if isinstance(getattr(node, "value", None), list):
        for number, item in enumerate(node.value):
            key, value = item if isinstance(item, tuple) else (item, item)
            name = str(key.value) if isinstance(item, tuple) else str(number)
            yield (*path, name), (key.start_mark.line + 1, key.start_mark.column + 1)
            yield from _marks(value, (*path, name))


def _wrong(data: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """(path of keys, message) for everything that a schema may not hold."""
    if not isinstance(data, dict):
        yield (), "a schema is a mapping with columns, and perhaps index"
        return
    yield from _unknown((), data, TOP_KEYS)
    if data.get("schema_type", "dataframe") != "dataframe":
        yield ("schema_type",), "only schemas of type 'dataframe' can be used"
    columns, index = data.get("columns"), data.get("index")
    if columns is not None and not isinstance(columns, dict):
        yield ("columns",), "columns is a mapping from column names to what they hold"
    elif columns:
        for name, part in columns.items():
            yield from _part(("columns", str(name)), part)
    if index is not None and not isinstance(index, list):
        yield ("index",), "index is a list, of one entry for the row labels"
    elif index:
        for number, part in enumerate(index):
            yield from _part(("index", str(number)), part)
    if data.get("checks"):
        yield ("checks",), "checks of the whole table are not used here; put them on columns"


def _part(where: tuple[str, ...], part: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    if not isinstance(part, dict):
        yield where, f"{where[-1]!r} must be a mapping, such as {{dtype: Int64}}"
        return
    yield from _unknown(where, part, PART_KEYS | CHECK_NAMES)
    for name in named_checks(part.get("checks")):
        if name not in CHECK_NAMES:
            yield (*where, "checks"), f"{name!r} is not one of pandera's built-in checks{_near(name, CHECK_NAMES)}"


def named_checks(checks: Any) -> list[str]:
    """The names of checks in pandera's longer form, a mapping or a list."""
    if isinstance(checks, dict):
        return [str(name) for name in checks]
    if isinstance(checks, list):
        return [str((c.get("options") or {}).get("check_name") if isinstance(c, dict) else c) for c in checks]
    return [] if checks is None else [str(checks)]


def _unknown(
    where: tuple[str, ...], part: Mapping[Any, Any], known: Iterable[str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for key in part:
        if key not in known:
            yield (*where, str(key)), f"a schema has no key {str(key)!r} here{_near(str(key), known)}"


def _near(word: str, words: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(word, sorted(words), 1)
    return f"; did you mean {close[0]!r}?" if close else ""
