"""Columns of a data source that are not as its schema has them: findings with source and column, on every engine."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validator import frames
from validator.cli import main
from validator.frames.misfits import misfits
from validator.frames.schema import load
from validator.model.answers import ColumnFault
from validator.model.rules import Position

from .tables import write
from .test_pandera import OF_FRAMES, _told_of, pandera_cases

if TYPE_CHECKING:
    from pathlib import Path

HERE = Position("book.yml", 3, 5)
SCHEMA = """
columns:
  ages: {dtype: int}
  age: {dtype: int, in_range: {min_value: 0, max_value: 120}}
  id: {dtype: int, unique: true}
  lands: {}
  "x_.*": {regex: true}
unique: [id, person]
index: [{name: number}]
strict: true
ordered: true
"""
BOOK = """validator: 1
book: b
sources: {cases: {files: "cases.*", schema: columns.yml}}
rules: [{not-null: cases.land}]
"""
COLUMNS = {  # what each column is told with, in the order of the findings
    "ages": "Source cases has no column 'ages', which the schema asks for.",
    "lands": "Source cases has no column 'lands', which the schema asks for; it has a column 'land' that the schema "
    "does not know.",
    "x_.*": "Source cases has no column whose name matches 'x_.*', which the schema asks for.",
    "person": "Source cases has no column 'person', which the schema asks for.",
    "land": "Source cases has a column 'land' that is not in the schema, which asks for 'lands'.",
    "id": "Column 'id' of cases is not where the schema has it.",
    "age": "Column 'age' of cases is not where the schema has it.",
    "number": "Source cases has no column 'number', which the schema asks for.",
}
ROWS = [
    "2 of 3 rows of cases share id with another row",
    "1 of 3 rows of cases has age where the schema wants 0 to 120",
    "1 of 3 rows of cases has no land",
]


def cases(folder: Path, suffix: str) -> None:
    frame = pd.DataFrame({"id": [1, 2, 2], "land": ["DK", "SE", None], "age": [34, 130, 7]})
    if suffix == "csv":
        frame.to_csv(folder / "cases.csv", index=False)
    elif suffix == "xlsx":
        frame.to_excel(folder / "cases.xlsx", index=False)
    else:
        frame.to_parquet(folder / "cases.parquet", index=False)


@pytest.mark.parametrize(
    ("suffix", "engine"), [("csv", None), ("xlsx", None), ("parquet", None), ("parquet", "duckdb://")]
)
def test_each_is_a_finding_and_what_is_there_is_still_checked(
    tmp_path: Path, suffix: str, engine: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if engine is not None:
        pytest.importorskip("ibis", reason="Ibis is not installed")
    cases(tmp_path, suffix)
    write(SCHEMA, tmp_path, "columns.yml")
    arguments = ["check", "--rules", write(BOOK, tmp_path, "book.yml")]
    arguments += ["--engine", engine] if engine else []
    for name in ("text", "markdown", "html"):
        assert main([*arguments, "--format", name, "--output", str(tmp_path / f"out.{name}")]) == 1
        written = (tmp_path / f"out.{name}").read_text(encoding="utf-8")
        shown = " ".join(html.unescape(written).replace("\\", "").split())  # Markdown escapes some signs
        assert all(message in shown for message in COLUMNS.values())
    capsys.readouterr()
    assert main([*arguments, "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    file = str(tmp_path / f"cases.{suffix}")
    told = [one for one in found if one["figures"][0]["role"] == "column"]
    assert [(one["figures"][0]["label"], one["message"]) for one in told] == list(COLUMNS.items())
    assert [(one["figures"][0]["document"], one["figures"][0]["cell"]) for one in told] == [
        (file, f"column {column}") for column in COLUMNS
    ]
    assert {(one["check"], one["severity"], one["rows"]) for one in told} == {("schema", "error", None)}
    assert len({one["fingerprint"] for one in told}) == len(COLUMNS)
    rows = [one["message"] for one in found if one not in told]
    assert len(rows) == len(ROWS)
    assert all(any(message.startswith(row) for message in rows) for row in ROWS)


def test_a_site_of_great_expectations_tells_them(tmp_path: Path) -> None:
    pytest.importorskip("great_expectations", reason="Great Expectations is not installed: report-validator[gx]")
    cases(tmp_path, "csv")
    write("columns: {id: {}, ages: {}}", tmp_path, "columns.yml")
    book = write(BOOK, tmp_path, "book.yml")
    assert main(["check", "--rules", book, "--format", "gx", "--output", str(tmp_path / "site")]) == 1
    pages = "".join(page.read_text(encoding="utf-8") for page in (tmp_path / "site").rglob("*.html"))
    assert "which the schema asks for" in pages


def test_a_source_of_which_nothing_else_is_asked_is_listed_with_its_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases(tmp_path, "csv")
    write("columns: {person: {}}", tmp_path, "columns.yml")
    book = write(BOOK.partition("rules")[0], tmp_path, "book.yml")
    assert main(["check", "--rules", book, "--format", "json"]) == 1
    result = json.loads(capsys.readouterr().out)
    assert [one["message"] for one in result["findings"]] == [COLUMNS["person"]]
    assert [(one["name"], one["rows"]) for one in result["sources"]] == [("cases", 3)]


def test_a_column_can_be_waived(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases(tmp_path, "csv")
    write("columns: {ages: {}}", tmp_path, "columns.yml")
    book = write(BOOK.partition("rules")[0], tmp_path, "book.yml")
    main(["check", "--rules", book, "--format", "json"])
    (found,) = json.loads(capsys.readouterr().out)["findings"]
    waiver = {"fingerprint": found["fingerprint"], "reason": "r", "name": "A. Author", "date": "2026-01-01"}
    accepted = write(yaml.safe_dump([waiver]), tmp_path, "waivers.yml")
    assert main(["check", "--rules", book, "--waivers", accepted]) == 0


def test_a_rule_that_names_a_column_which_is_not_there_is_a_fault_of_the_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases(tmp_path, "csv")
    write(SCHEMA, tmp_path, "columns.yml")
    book = write(BOOK.replace("cases.land", "cases.lnd"), tmp_path, "book.yml")
    assert main(["check", "--rules", book]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].endswith("book.yml:4:26: source 'cases' has no column 'lnd'; did you mean 'land'?")


NAMES = st.lists(st.sampled_from("abcd"), max_size=4, unique=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, NAMES, st.booleans(), st.booleans(), st.booleans())
def test_they_are_the_columns_that_pandera_refuses(
    tmp_path: Path, there: list[str], wanted: list[str], strict: bool, ordered: bool, pattern: bool
) -> None:
    columns = {name: {} for name in wanted} | ({"[cd]+": {"regex": True}} if pattern else {})
    schema = {"columns": columns, "strict": strict, "ordered": ordered}
    theirs = pandera_cases(pd.DataFrame({name: [1] for name in there}), schema)
    refused = {_told_of(case) for case in theirs if str(case["check"]).startswith(OF_FRAMES)}
    path = write(yaml.safe_dump(schema, sort_keys=False), tmp_path)
    outcomes = [outcome for _, outcome in frames.column_faults(path, "cases", "cases.csv", there, HERE)]
    assert {outcome.column for outcome in outcomes} == refused


def test_names_that_stand_twice(tmp_path: Path) -> None:
    schema = load(write("columns: {a: {}}\nunique_column_names: true", tmp_path))
    assert [(one.fault, one.name, one.at) for one in misfits(schema, ["a", "b", "a"])] == [
        (ColumnFault.REPEATED, "a", 2)
    ]
