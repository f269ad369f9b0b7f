"""Schemas of data sources: the engine refuses the rows that pandera refuses, and tells few of many."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from validator import data, frames
from validator.evaluate import verdict_of
from validator.model.answers import RowOutcome
from validator.model.data import Format, Source
from validator.model.errors import RuleError
from validator.model.findings import Severity
from validator.model.rules import Position
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict

from .tables import write
from .test_pandera import LENGTHS, _error, _limits, _longer, pandera_cases

if TYPE_CHECKING:
    from pathlib import Path

HERE = Position("book.yml", 3, 5)
EVERY_ROW = replace(DEFAULT, examples_kept=1_000)
DTYPES = {"n": "Int64", "x": "Float64", "t": "string"}
ROWS = st.fixed_dictionaries(
    {
        "n": st.one_of(st.none(), st.integers(-3, 5)),
        "x": st.one_of(st.none(), st.sampled_from([0.1, 0.5, 1.0, -2.25, 1.1, 3.0])),
        "t": st.one_of(st.none(), st.sampled_from(["a", "ab", "Ab1", "b a", "a\nb", "it's"])),
    }
)
TEXTS = st.sampled_from(["a", "ab", "Ab1", "it's", "zz"])
PATTERNS = st.sampled_from(["^a", "[0-9]+", ".*", "b", "A|b", "(?i)AB", "a.b", "(?s)a.b", " ", "'"])
WHOLE = _limits(st.integers(-3, 5))
CHECKS = {
    "n": WHOLE,
    "x": _limits(st.sampled_from([Decimal("0.1"), Decimal("0.5"), 1, 3, Decimal("1.1")])),
    "t": {key: _limits(TEXTS)[key] for key in ("eq", "not_equal_to", "isin", "notin", "unique_values_eq")}
    | {
        "str_matches": PATTERNS,
        "str_contains": PATTERNS,
        "str_startswith": TEXTS,
        "str_endswith": TEXTS,
        "str_length": LENGTHS,
    },
}


@st.composite
def schemas(draw: st.DrawFn) -> dict[str, Any]:
    columns = {}
    for name in draw(st.lists(st.sampled_from(sorted(DTYPES)), max_size=3, unique=True)):
        checks = CHECKS[name]
        part = {
            key: draw(checks[key]) for key in draw(st.lists(st.sampled_from(sorted(checks)), max_size=2, unique=True))
        }
        if draw(st.booleans()):
            part = {"checks": [_longer(key, wanted, warn=False) for key, wanted in part.items()]}
        flags = st.fixed_dictionaries({"nullable": st.booleans()}, optional={"unique": st.just(value=True)})
        columns[name] = {"dtype": DTYPES[name]} | part | draw(flags)
    together = draw(st.sampled_from([[], ["n", "t"], ["x"]]))
    return {"columns": columns} | ({"unique": together} if together else {})


def parquet(folder: Path, rows: list[dict[str, Any]]) -> Source:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"n": pa.int64(), "x": pa.float64(), "t": pa.string()}
    arrays = {name: pa.array([row[name] for row in rows], kind) for name, kind in kinds.items()}
    pq.write_table(pa.table(arrays), folder / "rows.parquet")
    return Source("cases", (str(folder / "rows.parquet"),), HERE, Format.PARQUET)


def outcomes(source: Source, schema: str, kept: Any = EVERY_ROW) -> list[tuple[Any, RowOutcome]]:
    """Every rule of a schema with what became of it."""
    with data.opened({"cases": source}, kept) as opened:
        rules = frames.row_rules(schema, "cases", opened.columns("cases"), HERE)
        answers = opened.answers(data_plan(source, rules))
    return [(bound, answers.rows[check]) for bound, checks in rules for check in checks]


def data_plan(source: Source, rules: list[Any]) -> Any:
    from validator.model.data import DataPlan

    return DataPlan({"cases": source}, tuple(check for _, checks in rules for check in checks))


def failing_rows(found: list[tuple[Any, RowOutcome]]) -> set[tuple[str, int]]:
    """The cells that rules refuse, the rows counted from 0; of columns that go together the first."""
    return {
        (example.held[0].column, example.held[0].place.row - 1) for _, outcome in found for example in outcome.examples
    }


@settings(
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(rows=st.lists(ROWS, min_size=1, max_size=8), schema=schemas())
def test_the_rows_that_fail_are_those_of_pandera(tmp_path: Path, rows: list[dict], schema: dict[str, Any]) -> None:
    assume("unique_values_eq" not in str(schema))
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.yml"
    plain = yaml.safe_load(_dumped(schema))
    path.write_text(_dumped(schema), encoding="utf-8")
    found = outcomes(parquet(tmp_path, rows), str(path))
    frame = pd.DataFrame({name: pd.array([row[name] for row in rows], dtype=DTYPES[name]) for name in DTYPES})
    theirs = pandera_cases(frame, plain)
    assert not any(map(_error, theirs))
    lacking = frame[schema.get("unique", [])].isna().any(axis=1)
    wanted = set()
    for case in theirs:
        if not str(case["check"]).startswith("multiple_fields"):
            wanted.add((case["column"], int(case["index"])))
        elif not lacking[int(case["index"])]:  # ours: a row that lacks a value is no duplicate
            wanted.add((schema["unique"][0], int(case["index"])))
    assert failing_rows(found) == wanted
    assert all(outcome.failed == len(outcome.examples) for _, outcome in found)


def _dumped(schema: dict[str, Any]) -> str:
    from .test_pandera import _Exact

    return yaml.dump(schema, Dumper=_Exact, sort_keys=False)


CASES = """id,country,age,day,code
1,DK,34,2024-01-31,01
2,SE,-1,2024-02-01,02
3,,200,2023-12-31,x3
3,XX,,2024-03-01,04
"""


def csv(tmp_path: Path, text: str = CASES) -> Source:
    return Source("cases", (write(text, tmp_path, "cases.csv"),), HERE)


MODEL = """
import pandera.pandas as pa

class Cases(pa.DataFrameModel):
    id: int = pa.Field(unique=True)
    country: str = pa.Field(isin=["DK", "SE", "NO"], notin=["XX"], unique_values_eq=["DK", "SE", "NO", "XX"])
    age: int = pa.Field(in_range=(0, 120), nullable=True)
    day: pa.Date = pa.Field(ge="2024-01-01 00:00:00", raise_warning=True)
    code: str = pa.Field(str_matches="[0-9]", str_endswith="3", alias="cod.", regex=True)
"""


def test_a_model_of_a_csv_file_tells_every_row(tmp_path: Path) -> None:
    found = outcomes(csv(tmp_path), write(MODEL, tmp_path, "cases.py"))
    told = {frames.tells(bound, outcome) for bound, outcome in found if verdict_of(outcome) is Verdict.VIOLATED}
    assert told == {
        "2 of 4 rows of cases share id with another row (line 4: 3; line 5: 3).",
        "1 of 4 rows of cases has no country, which the schema asks for (line 4).",
        "1 of 4 rows of cases has country where the schema wants one of DK, SE and NO (line 5: XX).",
        "1 of 4 rows of cases has country where the schema wants none of XX (line 5: XX).",
        "No row of cases has country 'NO', which the schema wants among its values.",
        "2 of 4 rows of cases have age where the schema wants 0 to 120 (line 3: -1; line 4: 200).",
        "1 of 4 rows of cases has day where the schema wants at least 2024-01-01 00:00:00 (line 4: 2023-12-31).",
        "1 of 4 rows of cases has code where the schema wants text that begins like the pattern '[0-9]' (line 4: x3).",
        "3 of 4 rows of cases have code where the schema wants text that ends with '3' "
        "(line 2: 01; line 3: 02; line 5: 04).",
    }
    warned = [bound for bound, outcome in found if bound.severity is Severity.WARNING]
    assert len(warned) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("index: [{dtype: int}]", "has columns and no index"),
        ("columns: {country: {str_matches: '(?=D)'}}", "'(?=' is not in the patterns of every engine"),
        ("columns: {country: {str_contains: '(?x)D'}}", "'(?x' is not in the patterns of every engine"),
        ("columns: {age: {isin: [a]}}", "'a' is no number"),
        ("columns: {country: {ge: a}}", "'a' is no number"),
    ],
)
def test_what_rows_cannot_be_asked_is_a_fault(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError) as raised:
        outcomes(csv(tmp_path), write(text, tmp_path))
    assert any(message in one.message for one in raised.value.problems), str(raised.value)


def test_rules_with_the_same_values_are_not_the_same_rule(tmp_path: Path) -> None:
    found = outcomes(csv(tmp_path), write("columns: {country: {isin: [DK], notin: [DK], nullable: true}}", tmp_path))
    assert [(type(one.check.rule).__name__, one.failed) for _, one in found] == [("InSet", 2), ("NotInSet", 1)]


@pytest.mark.parametrize("engine", [None, "duckdb://"])
def test_values_that_must_occur_are_looked_for_on_any_engine(engine: str | None, tmp_path: Path) -> None:
    if engine is not None:
        pytest.importorskip("ibis", reason="Ibis is not installed")
    schema = write("columns: {n: {unique_values_eq: [1, 2, 7], nullable: true}}", tmp_path)
    source = parquet(tmp_path, [{"n": n, "x": None, "t": None} for n in (1, 1, 2, 3, None)])
    with data.opened({"cases": source}, DEFAULT, engine) as opened:
        rules = frames.row_rules(schema, "cases", opened.columns("cases"), HERE)
        answers = opened.answers(data_plan(source, rules))
    failed = {repr(check.rule): answers.rows[check].failed for _, checks in rules for check in checks}
    assert failed == {
        "InSet(column='n', values=('1', '2', '7'))": 1,
        "Occurs(column='n', value='1')": 0,
        "Occurs(column='n', value='2')": 0,
        "Occurs(column='n', value='7')": 1,
    }


def test_an_index_with_a_name_is_a_column(tmp_path: Path) -> None:
    found = outcomes(csv(tmp_path), write("index: [{name: age, ge: 0, nullable: true}]", tmp_path))
    assert [outcome.failed for _, outcome in found] == [1]


def test_checks_of_the_whole_frame_are_of_every_column(tmp_path: Path) -> None:
    source = csv(tmp_path, "a,b\n1,2\n-1,3\n4,-5\n")
    found = outcomes(source, write("checks: {ge: 0}", tmp_path))
    assert [outcome.failed for _, outcome in found] == [1, 1]


def test_a_million_rows_that_fail_are_counted_and_not_listed(tmp_path: Path) -> None:
    import duckdb

    path = str(tmp_path / "many.parquet")
    rows = "SELECT i // 2 AS id, CASE WHEN i % 3 = 0 THEN 'XX' ELSE 'DK' END AS country, i % 10 - 3 AS age"
    duckdb.sql(f"{rows} FROM range(1000000) t(i)").write_parquet(path)
    schema = write(
        "columns:\n  id: {dtype: int, unique: true}\n  country: {isin: [DK], str_length: 1}\n"
        "  age: {ge: 0, dtype: uint8, notin: [0]}\n",
        tmp_path,
    )
    begun = time.process_time()
    found = outcomes(Source("cases", (path,), HERE, Format.PARQUET), schema, DEFAULT)
    failed = {(type(one.check.rule).__name__, one.failed) for _, one in found if one.failed}
    assert failed == {
        ("Unique", 1_000_000),
        ("InSet", 333_334),
        ("LengthWithin", 1_000_000),
        ("InRange", 300_000),
        ("NotInSet", 100_000),
    }
    assert all(len(one.examples) <= DEFAULT.examples_kept for _, one in found)
    assert sum(len(frames.tells(*one)) for one in found) < 5_000
    assert time.process_time() - begun < 20  # seconds of both cores; it takes about one
