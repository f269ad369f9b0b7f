"""Engines elsewhere: patterns in their own spelling, connections with one clear line for every fault, whole runs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from validator import data
from validator.cli import main
from validator.data.elsewhere.patterns import whole
from validator.model.data import DataPlan, Source
from validator.model.errors import ReadError, UsageError
from validator.model.patterns import uncommon
from validator.model.settings import DEFAULT

from .engines import HERE, loaded, table, written
from .test_planted import KINDS, PRINTED, PRINTED_KINDS, ROWS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("pattern", "engine", "spelt"),
    [
        ("R[0-9]", "duckdb", "^(?:R[0-9])$"),
        ("R[0-9]", "postgres", r"^(?:R[0-9])\Z"),
        ("a.b", "pyspark", "^(?:a[^\\n]b)\\z"),
        ("(?s)a.b", "duckdb", "^(?:a(?:[^\\n]|\\n)b)$"),
        ("(?i)ab", "postgres", r"(?i)^(?:ab)\Z"),
        (r"\d+\.\D", "duckdb", r"^(?:[0-9]+\.[^0-9])$"),
        (r"[\w.&]", "duckdb", r"^(?:[0-9A-Za-z_.\&])$"),
        (r"[]a]|[^]a[]", "duckdb", r"^(?:[]a]|[^]a\[])$"),
        ("(?P<year>[0-9]{4})", "pyspark", r"^(?:([0-9]{4}))\z"),
        ("a$|b", "postgres", r"^(?:a\Z|b)\Z"),
    ],
)
def test_a_pattern_is_spelt_for_its_engine(pattern: str, engine: str, spelt: str) -> None:
    assert whole(pattern, engine) == spelt


@pytest.mark.parametrize("pattern", [r"\bA\d{2}\b.*", r"[^\s]+ \w\W", r"(?is)x.y", r"a\$|\[b\]", r"[\]\-.]+"])
def test_a_pattern_means_the_same_as_before(pattern: str) -> None:
    """Where the engine is taken for Python, which has the same signs."""
    for text in ("A12", "A12 b", "XA12", "ab c-", "ab c\n", "x\ny", "X.Y", "a$", "[b]", "].-", "é1", "A12\n"):
        before = re.fullmatch(pattern, text, re.ASCII) is not None
        assert (re.search(whole(pattern, "postgres"), text) is not None) == before, (pattern, text)


SIGNS = [
    r"\d",
    r"\D",
    r"\w",
    r"\W",
    r"\s",
    r"\S",
    r"\b",
    r"\B",
    ".",
    "a",
    "1",
    "é",
    "_",
    "-",
    r"\.",
    "&",
    "(a|1)",
    "a?",
]
CLASSES = st.lists(
    st.sampled_from([r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"\b", "a-c", "1", "[", "&", r"\]"]), min_size=1
)
PIECES = st.one_of(
    st.sampled_from(SIGNS), st.builds(lambda no, signs: f"[{no}{''.join(signs)}]", st.sampled_from(["", "^"]), CLASSES)
)


@pytest.mark.filterwarnings("ignore:Possible")  # of Python, about a bracket in brackets that may mean more one day
@settings(deadline=None)
@given(
    st.lists(PIECES, min_size=1, max_size=4).map("".join),
    # Not the empty text: of it Python says that it has no place within a word or without one, and RE2 that it has.
    st.lists(st.text(alphabet="a1é_-. \n[]&\\", min_size=1, max_size=4), min_size=1, max_size=8),
)
def test_whatever_is_not_refused_means_the_same(pattern: str, texts: list[str]) -> None:
    strange = uncommon(pattern)
    assert strange is not None or not re.search(r"\[[^]]*(?<!\\)\\[DWSb]", pattern)
    assume(strange is None)
    before = {text for text in texts if re.fullmatch(pattern, text, re.ASCII)}
    assert {text for text in texts if re.search(whole(pattern, "postgres"), text)} == before


def _opened(url: str, source: Source) -> None:
    with data.opened({source.name: source}, DEFAULT, url) as opened:
        opened.answers(DataPlan({source.name: source}))


def test_an_engine_that_is_not_there_is_told_without_the_password() -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed", exc_type=ImportError)
    url = "postgres://me:secret@127.0.0.1:1/base?password=secret"
    with pytest.raises(UsageError, match="cannot be connected to") as raised:
        _opened(url, Source("cases", (), HERE, table="cases"))
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("query", ["", "?token=SECRET"])
def test_a_library_that_repeats_the_url_does_not_tell_the_password(query: str) -> None:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    with pytest.raises(UsageError, match="cannot be connected to") as raised:
        _opened(f"mysql+evil://u:SECRET@localhost/x{query}", Source("cases", (), HERE, table="cases"))
    assert "SECRET" not in str(raised.value)


@pytest.mark.parametrize("url", ["duckdb", "nosuch://engine", "postgres://localhost:port/base"])
def test_a_url_that_means_nothing_is_told(url: str) -> None:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    with pytest.raises(UsageError, match="--engine"):
        _opened(url, Source("cases", (), HERE, table="cases"))


@pytest.mark.parametrize("url", ["postgres:/me:secret@host/base", "me:secret@host/base", "secret"])
def test_a_malformed_url_is_not_repeated(url: str) -> None:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    with pytest.raises(UsageError, match="no connection URL") as raised:
        _opened(url, Source("cases", (), HERE, table="cases"))
    assert "secret" not in str(raised.value)


def test_files_that_an_engine_would_read_in_its_own_way_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    path = tmp_path / "cases.csv"
    path.write_text("id;age\n1;2\n")
    with pytest.raises(ReadError, match="only Parquet files are read; load them into a table"):
        _opened("duckdb://", Source("cases", (str(path),), HERE, delimiter=";"))


def test_several_parquet_files_are_one_source(tmp_path: Path) -> None:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    written({"a": table(ROWS[:4], KINDS), "b": table(ROWS[4:], KINDS)}, tmp_path)
    book = tmp_path / "book.yml"
    book.write_text(
        "validator: 1\nbook: b\nsources: {cases: '*.parquet'}\nrules: [{in-set: {columns: cases.sex, values: [F]}}]"
    )
    out = tmp_path / "out.json"
    assert main(["check", "--rules", str(book), "--engine", "duckdb://", "--format", "json", "--output", str(out)]) == 1
    assert json.loads(out.read_text())["findings"][0]["message"].startswith("1 of 24")


def test_a_view_is_dropped_by_its_name() -> None:
    """The fault of Ibis 12.0.0 with sqlglot 30.18 and later, for which the latter is pinned."""
    ibis = pytest.importorskip("ibis", reason="Ibis is not installed")
    connection = ibis.connect("duckdb://")
    connection.raw_sql("CREATE VIEW seen AS SELECT 1 AS one")
    connection.drop_view("seen")
    connection.raw_sql("CREATE VIEW seen AS SELECT 2 AS one")  # refused where it is still there


def test_a_report_against_tables_of_a_server(tmp_path: Path, postgres_url: str) -> None:
    loaded({"cases": table(ROWS, KINDS), "regions": table(PRINTED, PRINTED_KINDS)}, postgres_url)
    (tmp_path / "report.csv").write_text("Region,Cases\nR1,8\nR2,7\nR3,8\nR4,1\n")
    (tmp_path / "book.yml").write_text(
        """validator: 1
book: on a server
sources: {cases: {table: cases}, regions: {table: regions}}
tables: {printed: {header: Region Cases}}
rules:
  - not-null: cases.name
  - foreign-key: {columns: cases.region, in: regions.region}
  - reconcile: [printed, count(cases) by region]
"""
    )
    out = tmp_path / "out.json"
    arguments = ["check", str(tmp_path / "report.csv"), "--rules", str(tmp_path / "book.yml"), "--engine", postgres_url]
    assert main([*arguments, "--format", "json", "--output", str(out)]) == 1
    told = [one["message"] for one in json.loads(out.read_text())["findings"]]
    assert sorted(told) == [
        "1 is printed for R4; count(cases) by region gives nothing.",
        "1 of 24 rows of cases has no name (name (missing), n 3, id 3, region R1, sex F).",
        "1 of 24 rows of cases has region that regions does not have (region R9, n 13, id 13, name N13, sex F).",
        "7 is printed for R2; count(cases) by region gives 6.",
        "count(cases) by region gives 1 for “(missing)”, which is not printed.",
        "count(cases) by region gives 1 for “R9”, which is not printed.",
    ]


_LONG_NUMBERS = """
validator: 1
book: Long numbers
sources: {long: long.parquet}
rules:
  - in-range: {columns: long.n, min: 0, max: 99999999999999999999}
  - in-set: {columns: long.n, values: [12345678901234567890, 12345678901234567891]}
  - unique: long.n
  - foreign-key: {columns: long.n, in: long.same}
  - row-sum: {source: long, relation: n = same}
  - reconcile: [sum(long.n), sum(long.same)]
  - reconcile: [max(long.n), max(long.same)]
"""


@pytest.mark.parametrize(("engine", "decided"), [([], 7), (["--engine", "duckdb://"], 4)])
def test_what_is_decided_of_numbers_with_twenty_digits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: list[str], decided: int
) -> None:
    """As docs/data.md says: through Ibis nothing that adds them up or takes the largest."""
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("ibis", reason="Ibis is not installed")
    rows = duckdb.sql("SELECT 12345678901234567890::DECIMAL(20, 0) + i AS n, n AS same FROM range(2) numbers(i)")
    rows.write_parquet(str(tmp_path / "long.parquet"))
    (tmp_path / "long.yml").write_text(_LONG_NUMBERS, encoding="utf-8")
    main(["check", "--rules", str(tmp_path / "long.yml"), "--format", "json", *engine])
    summary = json.loads(capsys.readouterr().out)["summary"]
    assert [summary[verdict] for verdict in ("holds", "violated", "undecidable")] == [decided, 0, 7 - decided]
