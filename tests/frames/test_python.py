"""Schemas in Python: read to the same as pandera makes of them, and never run."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Any

import pytest

from validator import frames
from validator.frames.schema import load
from validator.model.errors import RuleError
from validator.model.settings import DEFAULT

from .tables import table, write

if TYPE_CHECKING:
    from pathlib import Path

    from validator.frames.schema import Part, Schema

MODEL = '''
"""Cases."""
from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Optional

import numpy as np
import pandas as pd
try:
    import pandera.pandas as pa
except ImportError:
    import pandera as pa
from pandera.typing import Index, Series

REGIONS = ["North", "South"]
OTHERS = ("East",)
LOW = -1


def of_no_consequence() -> int:
    return 3


class Base(pa.DataFrameModel):
    """What all have."""

    region: str = pa.Field(isin=[*REGIONS, "West"] + list(OTHERS), description="where")
    _note: int

    class Config:
        strict = True
        unique = ["region", "year"]


class Cases(Base):
    year: Series[int] = pa.Field(ge=1_900, lt=2100)
    sex: Optional[Series[str]] = pa.Field(str_length=1, nullable=True, raise_warning=True)
    age: Series[pd.Int64Dtype] | None = pa.Field(in_range={"min_value": LOW + 1, "max_value": 2 * 60})
    share: Annotated[float, pa.Field(gt=0.1)]
    day: Series[pa.DateTime] = pa.Field(ge=datetime.datetime(2020, 1, 31), nullable=True)
    code: "Series[str]" = pa.Field(str_matches=r"^\\d{2}", str_startswith="0", alias="Code no.", unique=True)
    count: Series[np.int8] = pa.Field(notin=[0, 9], ne=5, alias="n_.*", regex=True)
    fine: object = pa.Field(unique_values_eq=["a", "b"], str_contains="x", str_endswith="y", coerce=True)
    level: Series[object] = pa.Field(in_range=(0, 1, False), eq=1, le=3)
    label: Index[int] = pa.Field(gt=0)

    @classmethod
    def helper(cls) -> int:
        return 3

    class Config(Base.Config):
        ordered = True
        coerce = True
'''

OBJECT = """
import pandera.pandas as pa
from pandera import Check, Column, DataFrameSchema

AGES = [Check.in_range(0, 120, include_max=False), Check.isin(1, 2, 3, raise_warning=True)]
AGE = Column(int, AGES, nullable=True, required=False)
schema: DataFrameSchema = DataFrameSchema(
    {
        "age": AGE,
        "x.*": pa.Column("Int64", pa.Check.ge(0), regex=True, name=None),
        "code": Column(str, [Check.str_length(2), Check.str_length(1, 3), Check.str_contains("a"), Check.notin(["b"])]),
        "when": Column("datetime64[ns]", unique=True, report_duplicates="exclude_first", coerce=True, title="day"),
        "any": Column(),
        "flag": Column(dtype=bool, checks=Check.eq(True)),
    },
    index=pa.Index(int, Check.ge(0), name="age"),
    strict="filter",
    unique=[["age", "code"], ["when"]],
    checks=Check.ge(0, n_failure_cases=3),
    name="cases",
)
print("never printed")
"""


def made(text: str, tmp_path: Path, name: str) -> tuple[Schema, Schema]:
    """A schema as we read it from Python, and as pandera writes it to YAML after running it."""
    path = write(text, tmp_path, "made.py")
    spec = importlib.util.spec_from_file_location("made", path)
    module = sys.modules["made"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = getattr(module, name)
    schema = found.to_schema() if isinstance(found, type) else found
    return load(path), load(write(schema.to_yaml(), tmp_path, "made.yml"))


def said(part: Part, *, named: bool = True) -> Any:
    """What a part says, without where."""
    checks = sorted((repr(one.rule), one.warns) for one in part.demands)
    name = part.name if named else ""
    return name, part.sort, part.nullable, part.unique, part.required, part.regex, checks


@pytest.mark.parametrize(("text", "name"), [(MODEL, "Cases"), (OBJECT, "schema")], ids=["model", "object"])
def test_a_schema_is_read_to_what_pandera_makes_of_it(text: str, name: str, tmp_path: Path) -> None:
    ours, theirs = made(text, tmp_path, name)
    assert [said(part) for part in ours.columns] == [said(part) for part in theirs.columns]
    # pandera forgets the name of an only index, unless told to check it
    assert [said(part, named=False) for part in ours.index] == [said(part, named=False) for part in theirs.index]
    for key in ("unique", "strict", "ordered", "unique_names"):
        assert getattr(ours, key) == getattr(theirs, key)
    assert (ours.everywhere is None) == (theirs.everywhere is None)
    if ours.everywhere is not None:
        assert said(ours.everywhere) == said(theirs.everywhere)


def test_limits_are_the_numbers_that_are_written(tmp_path: Path) -> None:
    path = write(
        "import pandera as pa\ns = pa.DataFrameSchema({'a': pa.Column(checks=pa.Check.le(0.30))})\n", tmp_path, "a.py"
    )
    assert "high='0.30'" in repr(load(path).columns[0].demands)


def test_a_table_is_held_against_a_model(tmp_path: Path) -> None:
    path = write(MODEL, tmp_path, "cases.py")
    found = frames.check(table(["region", "year"], {("1",): ["North", 2019], ("2",): ["Nowhere", 1800]}), path, DEFAULT)
    told = [one.message for one in found]
    assert "column 'year' has '1800' where the schema wants at least 1900" in told
    assert "column 'region' has 'Nowhere' where the schema wants one of North, South, West and East" in told
    assert "the table has no column 'Code no.'" in told
    assert not any("'sex'" in one or "'age'" in one for one in told)


def test_categories_are_the_values_that_there_may_be(tmp_path: Path) -> None:
    for number, written in enumerate(
        (
            "Series[Annotated[pd.CategoricalDtype, ['a', 'b'], False]]",
            "Series[pd.CategoricalDtype] = pa.Field(dtype_kwargs={'categories': ['a', 'b']})",
            "Series[pd.CategoricalDtype(['a', 'b'])]",
        )
    ):
        text = (
            "import pandas as pd\nimport pandera as pa\nfrom typing import Annotated\n"
            "from pandera.typing import Series\n"
            f"class M(pa.DataFrameModel):\n    x: {written}\n"
        )
        (part,) = load(write(text, tmp_path, f"{number}.py")).columns
        assert "values=('a', 'b')" in repr(part.demands), written


MODEL_A = "class M(pa.DataFrameModel):\n    a: int"
HEAD = "import pandera.pandas as pa\nfrom pandera.typing import Series\nfrom helpers import LIMIT, Base, check_it\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        (MODEL_A + "\n    @pa.check('a')\n    def big(cls, s): ...\n", 6, 6, "the check 'big' is"),
        (MODEL_A + "\n    @pa.dataframe_check\n    def big(cls, s): ...\n", 6, 6, "'big' is"),
        (MODEL_A + "\n    @pa.parser('a')\n    def big(cls, s): ...\n", 6, 6, "the parser"),
        (MODEL_A + " = pa.Field(ge=LIMIT)\n", 5, 26, "LIMIT, which comes from helpers,"),
        (MODEL_A + " = pa.Field(own_check=3)\n", 5, 33, "the check 'own_check' of your own"),
        (MODEL_A + " = pa.Field(isin=[x for x in 'ab'])\n", 5, 28, "a comprehension"),
        (MODEL_A + " = pa.Field(**LIMIT)\n", 5, 25, "with two stars"),
        (MODEL_A + " = check_it()\n", 5, 14, "what 'a' is assigned"),
        ("class M(pa.DataFrameModel):\n    a: Strange = pa.Field()\n", 5, 8, "the type 'Strange' is not known"),
        ("class M(pa.DataFrameModel):\n    a: pa.Complex128\n", 5, 8, "the type 'Complex128'"),
        (MODEL_A + "\n    class Config:\n        own = 3\n", 7, 15, "the check 'own'"),
        (MODEL_A + "\n    del a\n", 6, 5, "this statement"),
        (MODEL_A + " = pa.Field(str_matches='(')\n", 5, 35, "is no pattern"),
        ("class M(Base):\n    a: int\n", 4, 1, "Base comes from helpers, which is not read"),
        ("class M(pa.DataFrameModel, Base):\n    a: int\n", 4, 28, "'Base', which a model is built on,"),
        ("s = pa.DataFrameSchema({'a': pa.Column(int, lambda s: s > 1)})\n", 4, 45, "'lambda s: s > 1' is Python"),
        ("s = pa.DataFrameSchema({'a': pa.Column(int, pa.Check(lambda s: s > 1))})\n", 4, 45, "check that is a"),
        ("s = pa.DataFrameSchema({'a': pa.Column(int, [pa.Check.ge(0), check_it])})\n", 4, 62, "'check_it' is Python"),
        ("s = pa.DataFrameSchema({'a': pa.Column(int, pa.Check.ge(0, groupby='b'))})\n", 4, 68, "the option 'groupby'"),
        ("s = pa.DataFrameSchema(LIMIT)\n", 4, 24, "'LIMIT', which stands for the columns,"),
        ("s = pa.DataFrameSchema({'a': LIMIT})\n", 4, 30, "'LIMIT', which stands for a column,"),
        ("s = pa.DataFrameSchema({}, index=LIMIT)\n", 4, 34, "'LIMIT', which stands for the index,"),
        ("s = pa.DataFrameSchema({}, ordred=True)\n", 4, 35, "did you mean 'ordered'?"),
        ("s = pa.DataFrameSchema({})\ns.strict = True\n", 4, 5, "s is given twice, or changed later"),
        ("s = pa.DataFrameSchema({})\ns = s.add_columns({})\n", 4, 5, "given twice, or changed later"),
        ("A = ['a']\nA.pop()\ns = pa.DataFrameSchema({'a': pa.Column(str, pa.Check.isin(A))})\n", 6, 59, "name 'A'"),
        ("s = pa.DataFrameSchema({})\nt = pa.DataFrameSchema({})\n", 1, 1, "several schemas here: say which, as"),
        ("x = 3\n", 1, 1, "there is no pandera schema here"),
        ("class M(\n", 4, 0, "not Python"),
        ("x = " + "(" * 400 + ")" * 400, 4, 0, "not Python"),
        ("s = pa.DataFrameSchema({'a': pa.Column(" + "-" * 3000 + "1)})\n", 1, 1, "not Python that can be read"),
        ("A = 'aa'\n" + "".join(f"A{n} = A{n - 1 if n else ''} + A{n - 1 if n else ''}\n" for n in range(17))
         + "s = pa.DataFrameSchema({'a': pa.Column(str, pa.Check.eq(A16))})\n", 20, 7, "more than 100000 parts"),
    ],
)  # fmt: skip
def test_what_is_not_run_is_one_line_at_its_place(
    text: str, line: int, column: int, message: str, tmp_path: Path
) -> None:
    (problem,) = frames.faults(write(HEAD + text, tmp_path, "cases.py"))
    # Python itself says where its syntax is broken, each version a little otherwise
    assert (problem.line, column and problem.column) == (line, column), str(problem)
    assert message in problem.message


def test_one_of_several_is_named(tmp_path: Path) -> None:
    text = (
        "import pandera as pa\na = pa.DataFrameSchema({'x': pa.Column()})\nb = pa.DataFrameSchema({'y': pa.Column()})\n"
    )
    path = write(text, tmp_path, "two.py")
    assert [part.name for part in load(f"{path}:b").columns] == ["y"]
    (problem,) = frames.faults(f"{path}:c")
    assert "no schema 'c' here" in problem.message
    assert problem.path == path


def test_nothing_of_a_schema_file_is_run(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    text = f"import pandera as pa\nopen({str(gone)!r}, 'w')\nclass M(pa.DataFrameModel):\n    a: int\n"
    assert [part.name for part in load(write(text, tmp_path, "evil.py")).columns] == ["a"]
    assert not gone.exists()
    (tmp_path / "null.py").write_bytes(b"a\0b")
    with pytest.raises(RuleError, match="not Python"):
        load(str(tmp_path / "null.py"))
