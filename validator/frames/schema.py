"""What a schema says, whichever form it is written in: a path in, columns with their demands out.

pandera takes the name of a check from the file and calls whatever its class has under that name, and passes over keys
that it does not know. Here a schema may use pandera's built-in checks and nothing else, and a misspelt key is a fault.
Nothing here knows tables or data sources.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from validator.frames.demands import CHECK_NAMES, Demand, demands
from validator.frames.dtypes import dtype_of
from validator.frames.faults import START, Faults, MisfitError, Path, Place
from validator.frames.patterns import begins, checked
from validator.frames.written import Written, text_of
from validator.model.data import Sort
from validator.model.errors import RuleError
from validator.model.names import suggestion
from validator.model.row_rules import OfSort
from validator.model.schemas import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.model.errors import Problem

_FLAGS = {"nullable", "unique", "coerce", "required", "regex", "drop_invalid_rows"}
_SAID = {"title", "description", "metadata"}  # of no consequence
# What pandera writes at the top. A frame is neither made, mended nor changed here, so that `coerce` and what is to be
# done with rows and columns that fail change nothing: a value is asked for what it spells, and every failure is told.
TOP_KEYS = {"schema_type", "version", "api", "dataframe_library", "columns", "index", "multiindex", "checks", "dtype"}
TOP_KEYS |= {"coerce", "strict", "name", "ordered", "unique", "report_duplicates", "unique_column_names"}
TOP_KEYS |= {"add_missing_columns", "on_missing_columns", "drop_invalid_rows"} | _SAID
PART_KEYS = {"dtype", "checks", "name", "report_duplicates", "default", "on_missing"} | _FLAGS | _SAID
_TOP_FLAGS = ("coerce", "ordered", "unique_column_names", "add_missing_columns", "drop_invalid_rows")
_DUPLICATES = ("all", "exclude_first", "exclude_last")  # every row of a duplicate is told whichever of these is said
_OF_FRAMES = {"ge", "gt", "le", "lt", "eq", "ne", "between", "in_range", "isin", "notin"} | {
    name for name in CHECK_NAMES if name.startswith(("greater", "less", "equal", "not_equal"))
}


@dataclass(frozen=True, slots=True)
class Part:
    """What a schema says of a column, of the columns that a pattern matches, or of the row labels."""

    name: str
    sort: Sort | None = None  # None: anything
    nullable: bool = False
    unique: bool = False
    required: bool = True
    regex: bool = False
    demands: tuple[Demand, ...] = ()
    place: Place = START

    def matches(self, column: str) -> bool:
        """Whether it is about a column of this name; a pattern need not reach the end of the name."""
        return begins(self.name, column) if self.regex else column == self.name


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema. ``everywhere`` is what it says of every column, known to it or not."""

    file: str = ""
    columns: tuple[Part, ...] = ()
    index: tuple[Part, ...] = ()
    everywhere: Part | None = None
    unique: tuple[tuple[str, ...], ...] = ()  # columns whose values together occur once
    strict: bool = False
    ordered: bool = False
    unique_names: bool = False
    places: Mapping[str, Place] = field(default_factory=dict)  # of its keys

    def place(self, key: str) -> Place:
        """Where the file says this."""
        return self.places.get(key, START)


def load(named: str) -> Schema:
    """The schema of a file, or the one of that name in a Python file. Raises `RuleError` with every fault."""
    file, name = split(named)
    return _loaded(text_of(file), file, name)


@lru_cache(maxsize=64)  # by what the file says now: a program that stays may ask again after an edit
def _loaded(text: str, file: str, name: str) -> Schema:
    written = _written(text, file, name)
    faults = Faults(file, written.marks)
    schema = replace(_schema(written.data, faults), file=file)
    if faults.problems:
        raise RuleError(tuple(faults.problems))
    return schema


def faults(named: str) -> tuple[Problem, ...]:
    """What is wrong with a schema, without a table."""
    try:
        load(named)
    except RuleError as error:
        return error.problems
    return ()


def _written(text: str, file: str, name: str) -> Written:
    if file.endswith(".py"):
        from validator.frames.from_python import read as read_python

        return read_python(text, file, name)
    from validator.frames.from_yaml import read as read_yaml

    return read_yaml(text, file)


# --- the whole --------------------------------------------------------------------------------------------------


def _schema(data: Any, faults: Faults) -> Schema:
    if not isinstance(data, dict):
        faults.add((), "a schema is a mapping with columns, and perhaps index")
        return Schema()
    _known((), data, TOP_KEYS, faults)
    _top(data, faults)
    columns = tuple(_columns(data.get("columns"), data.get("dtype"), faults))
    if not columns and data.get("dtype") is not None:  # of a schema that says nothing else
        columns = tuple(_part(("dtype",), {"regex": True, "dtype": data["dtype"], "required": False}, ".*", faults))
    return Schema(
        columns=columns,
        index=tuple(_index(data.get("index"), faults)),
        everywhere=_everywhere(data.get("checks"), faults),
        unique=_unique(data.get("unique"), faults),
        strict=data.get("strict") is True,
        ordered=data.get("ordered") is True,
        unique_names=data.get("unique_column_names") is True,
        places={str(key): faults.place((str(key),)) for key in data},
    )


def _top(data: Mapping[Any, Any], faults: Faults) -> None:
    """What the keys at the top may be."""
    if data.get("schema_type", "dataframe") != "dataframe":
        faults.add(("schema_type",), "only schemas of type 'dataframe' can be used")
    strict = data.get("strict")
    if not (strict is None or isinstance(strict, bool) or strict == "filter"):
        faults.add(("strict",), "strict is true, false or filter")
    for key in _TOP_FLAGS:
        _flag((key,), data, faults)
    _duplicates((), data, faults)


def _columns(columns: Any, dtype: Any, faults: Faults) -> Iterator[Part]:
    """The columns; a type of the whole schema goes before their own."""
    if isinstance(columns, list) and all(isinstance(one, dict) for one in columns):
        named = [(one.get("name"), one) for one in columns]  # pandera writes them so where a name is no text
        places = [("columns", str(number)) for number in range(len(columns))]
    elif isinstance(columns, dict):
        named = list(columns.items())
        places = [("columns", str(name)) for name in columns]
    else:
        if columns is not None:
            faults.add(("columns",), "columns is a mapping from column names to what they hold")
        return
    for where, (name, part) in zip(places, named, strict=True):
        if isinstance(name, list | tuple) or name is None:
            faults.add(where, "a column has a name, which is a text")
            continue
        own = part if dtype is None or not isinstance(part, dict) else {**part, "dtype": dtype}
        yield from _part(where, own, str(name), faults)


def _index(index: Any, faults: Faults) -> Iterator[Part]:
    if index is None:
        return
    if not isinstance(index, list):
        faults.add(("index",), "index is a list, of one entry for the row labels")
        return
    for number, part in enumerate(index):
        where = ("index", str(number))
        if isinstance(part, dict) and (part.get("regex") or part.get("required") is False):
            faults.add(where, "an index is always there, and its name is no pattern")
            continue
        name = part.get("name") if isinstance(part, dict) else None
        yield from _part(where, part, name if isinstance(name, str) else "", faults)


def _everywhere(checks: Any, faults: Faults) -> Part | None:
    """Checks of the whole frame, which are about each value of it."""
    if not checks:
        return None
    found: list[Demand] = []
    for where, name, wanted in _listed(("checks",), checks, faults):
        if name in CHECK_NAMES - _OF_FRAMES:
            faults.add(where, f"pandera cannot ask {name!r} of a whole frame; put it on columns")
        else:
            found += _demands(where, name, wanted, faults)
    return Part(".*", nullable=True, required=False, regex=True, demands=tuple(found), place=faults.place(("checks",)))


def _unique(unique: Any, faults: Faults) -> tuple[tuple[str, ...], ...]:
    if unique is None:
        return ()
    if isinstance(unique, str):
        return ((unique,),)
    if isinstance(unique, list | tuple) and unique:
        if all(isinstance(one, str) for one in unique):
            return (tuple(unique),)
        if all(isinstance(one, list | tuple) and one and all(isinstance(n, str) for n in one) for one in unique):
            return tuple(tuple(one) for one in unique)
    faults.add(("unique",), "unique is a column, or a list of columns that together occur once")
    return ()


# --- a column ---------------------------------------------------------------------------------------------------


def _part(where: Path, part: Any, name: str, faults: Faults) -> Iterator[Part]:
    """One part, unless it is unusable; its demands are those of its type and of its checks."""
    if part is None:
        part = {}
    if not isinstance(part, dict):
        faults.add(where, f"{where[-1]!r} must be a mapping, such as {{dtype: Int64}}")
        return
    _known(where, part, PART_KEYS | CHECK_NAMES, faults)
    flags = {key: _flag((*where, key), part, faults) for key in _FLAGS}
    _duplicates(where, part, faults)
    given = part.get("name")
    if where[0] == "columns" and given not in (None, name):
        faults.add((*where, "name"), f"the column is called {name!r} already")
    sort, wanted = _typed(where, part.get("dtype"), faults)
    for key, value in part.items():
        if key in CHECK_NAMES:
            wanted += _demands((*where, str(key)), str(key), value, faults)
    for place, check, value in _listed((*where, "checks"), part.get("checks"), faults):
        wanted += _demands(place, check, value, faults)
    try:
        checked(name if flags["regex"] else "")
    except MisfitError as misfit:
        faults.add(where, str(misfit))
        return
    yield Part(
        name=name,
        sort=sort,
        nullable=flags["nullable"] is True or part.get("default") is not None,  # pandera fills a gap with the default
        unique=flags["unique"] is True,
        required=flags["required"] is not False,
        regex=flags["regex"] is True,
        demands=tuple(wanted),
        place=faults.place(where),
    )


def _typed(where: Path, written: Any, faults: Faults) -> tuple[Sort | None, list[Demand]]:
    """The sort that a type means, and what it demands of values."""
    place = faults.place((*where, "dtype"))
    try:
        sort, within = dtype_of(written)
    except MisfitError as misfit:
        faults.add((*where, "dtype"), str(misfit))
        return None, []
    found = [] if sort in (None, Sort.TEXT) else [Demand(OfSort("", sort), sort.value, place=place)]
    if within is not None:
        ends = f"at least {within.low}" if within.high is None else f"{within.low} to {within.high}"
        found.append(Demand(within, f"{ends}, as {written} holds", place=place))
    return sort, found


def _listed(where: Path, checks: Any, faults: Faults) -> Iterator[tuple[Path, str, Any]]:
    """The place, name and wants of each check in pandera's longer form, a mapping or a list."""
    if isinstance(checks, dict):
        for name, wanted in checks.items():
            yield (*where, str(name)), str(name), wanted
    elif isinstance(checks, list):
        for number, one in enumerate(checks):
            options = one.get("options") if isinstance(one, dict) else None
            name = options.get("check_name") if isinstance(options, dict) else one
            yield (*where, str(number)), name if isinstance(name, str) else "", one if isinstance(one, dict) else None
    elif checks is not None:
        faults.add(where, "checks is a mapping from names to what is wanted, or a list as pandera writes it")


def _demands(where: Path, name: str, wanted: Any, faults: Faults) -> tuple[Demand, ...]:
    if name not in CHECK_NAMES:
        named = repr(name) if name else "a check without a name"
        faults.add(where, f"{named} is not one of pandera's built-in checks{suggestion(name, CHECK_NAMES)}")
        return ()
    try:
        return demands(name, wanted, faults.place(where))
    except MisfitError as misfit:
        faults.add(where, f"{name}: {misfit}")
        return ()


# --- keys -------------------------------------------------------------------------------------------------------


def _known(where: Path, part: Mapping[Any, Any], known: Iterable[str], faults: Faults) -> None:
    known = tuple(known)
    for key in part:
        if key not in known:
            faults.add((*where, str(key)), f"a schema has no key {str(key)!r} here{suggestion(str(key), known)}")


def _flag(where: Path, part: Mapping[Any, Any], faults: Faults) -> bool | None:
    value = part.get(where[-1])
    if value is None or isinstance(value, bool):
        return value
    faults.add(where, f"{where[-1]} is true or false")
    return None


def _duplicates(where: Path, part: Mapping[Any, Any], faults: Faults) -> None:
    if part.get("report_duplicates") not in (None, *_DUPLICATES):
        faults.add((*where, "report_duplicates"), f"report_duplicates is one of {', '.join(_DUPLICATES)}")
