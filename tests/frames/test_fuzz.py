"""Whatever a schema file holds, it is used or refused with its faults; nothing else ever comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validator import frames
from validator.frames.demands import CHECK_NAMES
from validator.frames.schema import PART_KEYS, TOP_KEYS
from validator.model.errors import RuleError
from validator.model.settings import DEFAULT

from .tables import table, write

if TYPE_CHECKING:
    from pathlib import Path

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.dates(),
    st.sampled_from(["", "a", "(", "int", "Int64", "str", "(?i)a", "1", "all", "filter", "2024-01-01", "{}", "\0"]),
)
KEYS = ["min_value", "value", "options", "check_name", "raise_warning"]
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), SCALARS), inner, max_size=3),
    ),
    max_leaves=6,
)
PART = st.dictionaries(st.sampled_from(sorted(PART_KEYS | CHECK_NAMES)), ANYTHING, max_size=4)
SCHEMA = st.dictionaries(
    st.sampled_from(sorted(TOP_KEYS)),
    st.one_of(ANYTHING, st.dictionaries(SCALARS, PART, max_size=2), st.lists(PART)),
    max_size=4,
)
TABLE = table(["a", "1"], {("x",): [1, "a"], ("y",): [None, None]})
STATEMENTS = """
A = A
A = A + A
A = A()
A = [A, *A]
A = lambda: A
A = "int"
A = [1, 2]
A = None
del A
A.b = 3
A: int = 3
from a import A
import a.b as A
class A(A): pass
class A(M): pass
class N(A): a: int
class M: b = 3
s = pa.DataFrameSchema({'a': pa.Column(int)})
s = pa.DataFrameSchema(A)
s = pa.DataFrameSchema({'a': pa.Column(A, A)}, index=A, checks=A, unique=A)
s = pa.DataFrameSchema({A: A, **A}, *A, **A)
s = pa.DataFrameSchema({'a': pa.Column(*A)}, pa.Check.isin(*A), index=pa.MultiIndex([A, pa.Index()]))
s = pa.DataFrameSchema(dict(a=pa.Column(dtype=A, checks=[A, pa.Check.isin(A, A), pa.Check.str_length()])))
s = pa.DataFrameSchema({1: pa.Column(checks=pa.Check.in_range(1, A, 3, 4, 5))}, dtype=A)
"""
FIELDS = """
a: int
a: "a b" = pa.Field()
a: "a[" = pa.Field()
a: A
a: pa.typing.Series[A] = pa.Field(ge=1)
a: pa.typing.Series["A"] | None = A
a: pa.typing.Index[int] = pa.Field(A)
a: int = pa.Field(ge=A, isin=[A], alias=A, dtype_kwargs={A: 3}, **A)
a: int = pa.Field(in_range=(1, 2, 3, 4, 5, 6), str_length=(), isin=(), le=None)
a: int = pa.Field(dtype_kwargs={"categories": A}, regex=1, nullable="x")
a = pa.Field(ge=3)
A = 3
class Config: strict = A
class Config: dtype = A(); unique = [[A]]; ordered: bool = 3
def a(self): ...
pass
del a
"""


def python(statements: list[str], fields: list[str], after: list[str]) -> str:
    """A module with some of these before a model, in it, and after it."""
    model = ["class M(pa.DataFrameModel):", *(f"    {one}" for one in fields)] if fields else []
    return "\n".join(["import pandera.pandas as pa", *statements, *model, *after, ""])


SOME = st.lists(st.sampled_from(STATEMENTS.strip().splitlines()), max_size=3)
MODULES = st.builds(python, SOME, st.lists(st.sampled_from(FIELDS.strip().splitlines()), max_size=3), SOME)


def judged(named: str) -> None:
    """Used or refused, and refused alike by both doors."""
    problems = frames.faults(named)
    refused: tuple[Any, ...] = ()
    try:
        frames.check(TABLE, named, DEFAULT)
    except RuleError as error:
        refused = error.problems
    assert set(refused) == set(problems)
    assert all(one.line >= 1 and one.column >= 1 and "\n" not in one.message for one in problems)


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET)
@given(SCHEMA)
def test_any_yaml(tmp_path: Path, schema: dict[str, Any]) -> None:
    text = yaml.dump(schema, Dumper=_Plain)
    judged(write(text, tmp_path, f"{len(list(tmp_path.iterdir()))}.yml"))


class _Plain(yaml.SafeDumper):
    """Writes every value where it stands."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET)
@given(MODULES)
def test_any_python(tmp_path: Path, text: str) -> None:
    judged(write(text, tmp_path, f"{len(list(tmp_path.iterdir()))}.py"))
