"""What we find in a table is what pandera finds in it as a frame: every failure case, by column and row."""

from __future__ import annotations

import warnings
from collections import Counter
from copy import deepcopy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from validator import frames
from validator.model.settings import DEFAULT

from .tables import tabled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

    from validator.model.schemas import SchemaFailure
    from validator.model.tables import Table

WHOLE = st.one_of(st.none(), st.integers(-3, 5), st.integers(-(2**60), 2**60))
BROKEN = st.one_of(st.none(), st.integers(-3, 5), st.decimals(-3, 5, places=1, allow_nan=False))
WORDS = st.one_of(st.none(), st.sampled_from(["a", "ab", "Ab1", "bä", "12", "a\nb", "b a"]))
NAMES = ["2019", "2020", "Deaths", "a", "ab"]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
    labels = draw(st.lists(st.sampled_from(["a", "b", "Total", "", "å", "12"]), max_size=5))
    sorts = [draw(st.sampled_from([WHOLE, st.integers(0, 4), BROKEN, WORDS])) for _ in names]
    return tabled(names, [(label,) for label in labels], [[draw(sort) for sort in sorts] for _ in labels])


NUMBERS = st.one_of(st.integers(-3, 5), st.sampled_from([Decimal("0.5"), Decimal("1.1"), 2**53 + 1]))
TEXTS = st.sampled_from(["a", "ab", "b", "Ab1", "12"])
PATTERNS = st.sampled_from(["^a", "a$", "[0-9]+", ".*", "b", "^.{2}$", "A|b", "(?i)AB", "a.b", "(?s)a.b", " ", "^$"])


def _limits(values: st.SearchStrategy) -> dict[str, st.SearchStrategy]:
    between = st.tuples(values, values, st.booleans(), st.booleans()).filter(
        lambda one: one[0] < one[1] or (one[0] == one[1] and one[2] and one[3])
    )
    keys = ("min_value", "max_value", "include_min", "include_max")
    several = st.lists(values, min_size=1, max_size=4)
    return {
        "ge": values,
        "greater_than": values,
        "less_than_or_equal_to": values,
        "lt": values,
        "eq": values,
        "not_equal_to": values,
        "in_range": between.map(lambda one: dict(zip(keys, one, strict=True))),
        "isin": several,
        "notin": several,
        "unique_values_eq": several,
    }


LENGTHS = st.one_of(
    st.fixed_dictionaries({"min_value": st.integers(0, 3)}),
    st.fixed_dictionaries({"min_value": st.integers(0, 2), "max_value": st.integers(2, 3)}),
    st.fixed_dictionaries({"exact_value": st.integers(0, 3)}),
)
OF_NUMBERS = _limits(NUMBERS)
# A text that spells a number is that number as a limit: no range of texts.
LIMITING = TEXTS.filter(lambda text: text != "12")
OF_TEXTS = _limits(LIMITING) | {
    "str_matches": PATTERNS,
    "str_contains": PATTERNS,
    "str_startswith": TEXTS,
    "str_endswith": TEXTS,
    "str_length": LENGTHS,
}
FLAGS = {"nullable": st.booleans(), "unique": st.booleans()}


@st.composite
def parts(draw: st.DrawFn, dtypes: set[str], *, labels: bool = False) -> dict[str, Any]:
    """What a schema may say of columns of these types, so that pandera can ask it."""
    known = [OF_TEXTS if dtype == "string" else OF_NUMBERS for dtype in sorted(dtypes)]
    checks = known[0] if len(known) == 1 else {"isin": OF_NUMBERS["isin"], "notin": OF_TEXTS["notin"]}
    chosen = draw(st.lists(st.sampled_from(sorted(checks)), max_size=2, unique=True))
    part = {name: draw(checks[name]) for name in chosen}
    if draw(st.booleans()) and not labels:
        part = {"checks": [_longer(name, wanted, warn=draw(st.booleans())) for name, wanted in part.items()]}
    if len(dtypes) == 1 and draw(st.booleans()):
        part["dtype"] = next(iter(dtypes))
    return part | draw(st.fixed_dictionaries({}, optional=FLAGS))


def _longer(name: str, wanted: Any, *, warn: bool) -> dict[str, Any]:
    """A check as pandera's longer form has it."""
    stats = wanted if isinstance(wanted, dict) else {"value": wanted}
    return {**stats, "options": {"check_name": name, "raise_warning": warn}}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Table, dict[str, Any]]:
    """A table, and a schema that pandera can hold against it without an error of its own."""
    table = draw(tables())
    frame = frames.to_frame(table)
    columns = {}
    for name in draw(st.lists(st.sampled_from([*NAMES, "2.*", "a", ".*", "x"]), max_size=3, unique=True)):
        regex = name in ("2.*", ".*")
        there = [
            str(dtype)
            for other, dtype in zip(frame.columns, frame.dtypes, strict=True)
            if other == name or name == ".*" or (name == "2.*" and other.startswith("2"))
        ]
        part = draw(parts(set(there) or {"Int64"}))
        columns[name] = part | ({"regex": True} if regex else {}) | draw(st.sampled_from([{}, {"required": False}]))
    schema: dict[str, Any] = {"columns": columns}
    schema |= draw(st.fixed_dictionaries({}, optional={"strict": st.booleans(), "ordered": st.booleans()}))
    if draw(st.booleans()):
        schema["index"] = [draw(parts({"string"}, labels=True))]
    if len(set(frame.columns)) == len(frame.columns) and draw(st.booleans()):
        schema["unique"] = draw(st.lists(st.sampled_from(list(frame.columns)), min_size=1, max_size=2, unique=True))
    return table, schema


def pandera_cases(frame: pd.DataFrame, schema: dict[str, Any]) -> list[dict[str, Any]]:
    from pandera import errors
    from pandera.io import pandas_io

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            pandas_io.deserialize_schema(deepcopy(schema)).validate(frame, lazy=True)
        except errors.SchemaErrors as error:
            return error.failure_cases.to_dict("records")
    return []


OF_FRAMES = ("column_in_dataframe", "column_in_schema", "column_ordered", "no_regex_column_match")


def _wanted(table: Table, schema: dict[str, Any]) -> tuple[Counter, set, Counter, set]:
    """pandera's failure cases: of cells, of whole columns, of labels and of rows; rows are numbered."""
    import pandas as pd

    frame = frames.to_frame(table)
    labels = list(frame.index)
    numbered = frame.reset_index(drop=True)
    columns = pandera_cases(numbered, {key: value for key, value in schema.items() if key != "index"})
    index = pd.DataFrame(index=pd.Index(range(len(labels))), data={"label": pd.array(labels, dtype="string")})
    of_labels = [
        case for part in schema.get("index", ()) for case in pandera_cases(index, {"columns": {"label": part}})
    ]
    assert not any(_error(case) for case in (*columns, *of_labels))
    cells, wholes, rows = Counter(), set(), set()
    for case in columns:
        if str(case["check"]).startswith("multiple_fields"):
            rows.add(int(case["index"]))
        elif str(case["check"]).startswith(OF_FRAMES):
            wholes.add(_told_of(case))
        elif pd.isna(case["index"]):
            wholes.add(case["column"])
        else:
            cells[case["column"], int(case["index"])] += 1
    lacking = numbered[schema.get("unique", [])].isna().any(axis=1)
    rows = {row for row in rows if not lacking[row]}  # ours: a row that lacks a value is no duplicate
    return cells, wholes, Counter(int(one["index"]) for one in of_labels if not pd.isna(one["index"])), rows


def _error(case: dict[str, Any]) -> bool:
    """Whether pandera could not carry a check out; the test must not ask it."""
    return str(case["failure_case"]).startswith(("TypeError", "AttributeError", "InvalidOperation"))


def _told_of(case: dict[str, Any]) -> str:
    check = str(case["check"])
    return check.split("'")[1] if check.startswith("no_regex") else str(case["failure_case"])


def _found(failures: Iterable[SchemaFailure]) -> tuple[Counter, set, Counter, set]:
    """Ours in the same shape; a check on all values together fails once for pandera, and cell by cell for us."""
    cells, wholes, labels, rows = Counter(), set(), Counter(), set()
    for one in failures:
        if one.warns:
            continue
        row = int(one.location.box.top)
        if one.message.startswith("columns "):
            rows.add(row)
        elif one.message.startswith("the row labels"):
            labels[row] += 1
        elif one.location.page == 1:  # of the table, whose rows are on the page after it
            wholes.add(one.column or one.message.split("'")[1])
        else:
            cells[one.column, row] += 1
    return cells, wholes, labels, rows


def _together(part: dict[str, Any]) -> bool:
    """Whether a check on all values together is among those of a part."""
    return "unique_values_eq" in part or any(
        one["options"]["check_name"] == "unique_values_eq" for one in part.get("checks", ())
    )


class _Exact(yaml.SafeDumper):
    """Writes a Decimal as a number with decimals, and every value where it stands."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Exact.add_representer(Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", str(value)))


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)
@given(cases())
def test_ours_are_the_failure_cases_of_pandera(tmp_path: Path, case: tuple[Table, dict[str, Any]]) -> None:
    table, schema = case
    everything = (*schema["columns"].values(), *schema.get("index", ()))
    assume(not any(map(_together, everything)))
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.yml"
    path.write_text(yaml.dump(schema, Dumper=_Exact, sort_keys=False), encoding="utf-8")
    assert _found(frames.check(table, str(path), DEFAULT)) == _wanted(table, schema)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(0, 3), max_size=5),
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.sampled_from(["unique_values_eq", "checks", "unique_column_names"]),
)
def test_what_is_asked_of_all_values_fails_where_pandera_fails(
    tmp_path: Path, values: list[int], wanted: list[int], key: str
) -> None:
    names = ["n", "n" if key == "unique_column_names" else "m"]
    table = tabled(names, [(str(place),) for place in range(len(values))], [[value, 1] for value in values])
    schema: dict[str, Any] = {
        "unique_values_eq": {"columns": {"n": {"unique_values_eq": wanted}}},
        "checks": {"checks": {"isin": wanted}},
        "unique_column_names": {"columns": {"n": {}}, "unique_column_names": True},
    }[key]
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.yml"
    path.write_text(yaml.dump(schema), encoding="utf-8")
    theirs = pandera_cases(frames.to_frame(table).reset_index(drop=True), schema)
    assert not any(map(_error, theirs))
    ours = frames.check(table, str(path), DEFAULT)
    assert bool(ours) == bool(theirs)  # pandera's cases of a whole frame are not one for each cell
    if key == "checks":
        failing = [value for row in [*zip(values, [1] * len(values), strict=True)] for value in row]
        assert len(ours) == sum(value not in wanted for value in failing)
