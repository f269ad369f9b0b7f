"""Engines that cannot be started here: everything that rules ask is written in their SQL, and read back by a parser.

A dialect that lacks an operation is known by it before a user is. That an engine means the same by its words is another
matter, which only the engine can tell.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from validator.data.compile import answers
from validator.data.elsewhere import engine as elsewhere
from validator.data.elsewhere.connection import Connection
from validator.data.elsewhere.patterns import whole
from validator.model.aggregates import Aggregate, Function
from validator.model.data import Source
from validator.model.errors import ReadError
from validator.model.row_rules import Matches, RowCheck
from validator.model.settings import DEFAULT

from .engines import HERE, Asked
from .test_engines import AGREEMENTS, FUNCTIONS, KINDS, REGIONS, RULES

if TYPE_CHECKING:
    import pyarrow as pa

TABLES: dict[str, dict[str, pa.DataType]] = {"cases": KINDS, "regions": REGIONS}
SOURCES = {name: Source(name, (), HERE, table=name) for name in TABLES}


class Written:
    """A connection that writes down what it is asked, and answers that each number is one."""

    def __init__(self, engine: str) -> None:
        import ibis.backends.sql.compilers as compilers

        self.engine = engine
        self.queries: list[str] = []
        named = {"bigquery": "BigQuery", "snowflake": "Snowflake", "trino": "Trino", "mssql": "MSSQL"}[engine]
        self._compiler = getattr(compilers, f"{named}Compiler")()

    def table(self, source: Source) -> Any:
        import ibis
        import pyarrow as pa

        return ibis.table(pa.schema([("n", pa.int64()), *TABLES[source.table].items()]), name=source.table)

    def rows(self, asked: Any) -> list[tuple[Any, ...]]:
        self.queries.append(self._compiler.to_sqlglot(asked).sql(dialect=self._compiler.dialect))
        return [tuple(1 if kind.is_numeric() else None for kind in asked.schema().types)]

    def close(self) -> None:
        pass


def asked_of(engine: str, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    written = Written(engine)
    monkeypatch.setattr(elsewhere, "Connection", lambda _: written)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Ibis, that a dialect has one type for two
        answers(asked.of(SOURCES), elsewhere.Elsewhere(f"{engine}://", SOURCES, DEFAULT), DEFAULT)
    return written.queries


@pytest.mark.parametrize("engine", ["bigquery", "snowflake", "trino"])
def test_everything_is_written_in_the_sql_of_the_engine(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    sqlglot = pytest.importorskip("sqlglot", reason="sqlglot is not installed")
    rules = tuple(RowCheck("cases", rule) for rule in RULES)
    figures = tuple(Aggregate(function, "cases", column, ("region",)) for function, column in FUNCTIONS)
    assert {one.function for one in figures} == set(Function)
    queries = asked_of(engine, Asked(rules, figures, AGREEMENTS[:1]), monkeypatch)
    assert len(queries) > len(rules)  # one for the examples of each rule at least
    for query in queries:
        assert sqlglot.parse_one(query, dialect=engine) is not None
    everything = "\n".join(queries)
    assert "DECIMAL(18, 3)" not in everything  # what Trino takes a number for that says nothing of its decimals
    if engine == "snowflake":
        assert "(?" not in everything  # groups that are not counted, and flags, which its patterns lack


def test_an_operation_that_an_engine_lacks_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    from ibis.common.exceptions import IbisError, OperationNotDefinedError

    patterns = tuple(RowCheck("cases", rule) for rule in RULES if isinstance(rule, Matches))
    with pytest.raises(OperationNotDefinedError) as lacking:
        asked_of("mssql", Asked(patterns), monkeypatch)

    class Refuses:
        def to_pyarrow(self) -> None:
            raise lacking.value

    connection = Connection.__new__(Connection)
    connection._url, connection._opened, connection._errors = "mssql://u:secret@host/b", Written("mssql"), (IbisError,)
    monkeypatch.setattr(Written, "name", "mssql", raising=False)
    with pytest.raises(ReadError) as told:
        connection.rows(Refuses())
    assert str(told.value) == "--engine mssql://…@host/b: mssql lacks what a rule needs, RegexSearch"


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("(?:a|b)+?c??", "^((a|b)+c?)$"),
        (r"(?i)r\d+|[a-c]\.x", r"^([rR][0-9]+|[a-cA-C]\.[xX])$"),
        (r"(?i)[^ø_]{2,3}?", "^([^ø_Ø]{2,3})$"),
        (r"(?i)[\w-]+", "^([0-9A-Za-z_a-zA-Z-]+)$"),
        (r"(?i)[A-z]", "^([A-z])$"),
        (r"\(\?:[(?:]", r"^(\(\?:[(?:])$"),
        (r"(?P<year>\d{4})-\w", "^(([0-9]{4})-[0-9A-Za-z_])$"),
    ],
)
def test_patterns_for_an_engine_of_posix(pattern: str, written: str) -> None:
    assert whole(pattern, "snowflake") == written


@pytest.mark.parametrize(
    "pattern",
    [
        "(?i)r[a-c]+?|x",
        "(?:ab|a)(?:c)??",
        r"(?i)\w[Å-Ö]",
        "[^a-z]{1,2}?",
        r"(?i)\\a|é",
        r"(?i)[a-]+",
        "(?i)[0-c]",
        r"(?i)[a\-]",
    ],
)
def test_they_find_what_the_pattern_finds(pattern: str) -> None:
    ours = re.compile(whole(pattern, "snowflake").replace("$", r"\Z"), re.DOTALL)
    for text in (
        "",
        "r",
        "RA",
        "rbC",
        "X",
        "ab",
        "abc",
        "ac",
        "ABC",
        "kö",
        "KÖ",
        "7å",
        "1",
        "12",
        "a",
        "\\A",
        "É",
        "é\n",
        "-",
        "A-",
        "_",
        "C",
    ):
        assert bool(ours.search(text)) == bool(re.fullmatch(pattern, text)), text
