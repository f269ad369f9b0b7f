"""Small frames with everything that engines see differently: the same rows and figures from all of them."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from validator.model import row_rules as rules
from validator.model.aggregates import Aggregate, Agreement, Function
from validator.model.data import Condition, Operator, Sort
from validator.model.relations import Comparison

from . import spark
from .engines import Asked, agree, on_files, on_postgres, on_spark, plainly, table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .engines import Engine, Tables

KINDS = {
    "id": pa.int64(), "region": pa.string(), "age": pa.int32(), "part": pa.float64(), "rest": pa.float64(),
    "whole": pa.float64(), "amount": pa.decimal128(10, 2), "short": pa.float32(), "note": pa.string(),
    "flag": pa.bool_(), "day": pa.date32(),
}  # fmt: skip
REGIONS = {"code": pa.string(), "number": pa.int64(), "cases": pa.int64(), "sum": pa.float64()}
WHERES = (
    (),
    (Condition("region", Operator.UNEQUAL, ("R1",)),),
    (Condition("age", Operator.GREATER, ("18",)), Condition("region", Operator.PRESENT)),
    (Condition("region", Operator.NOT_IN, ("R1", "R2")),),
    (Condition("part", Operator.LESS_EQUAL, ("0.3",)),),
    (Condition("part", Operator.MISSING),),
    (Condition("flag", Operator.EQUAL, ("true",)), Condition("day", Operator.LESS, ("2024-02-29",))),
    (Condition("note", Operator.IN, ("12", "x")),),
)
ONE = Decimal(1)
RULES = (
    rules.NotNull("id"),
    rules.NotNull("part"),
    rules.NotNull("note"),
    rules.Unique(("id",)),
    rules.Unique(("region", "age")),
    rules.Unique(("part",)),
    rules.Unique(("amount", "flag")),
    rules.InSet("region", ("R1", "R2")),
    rules.InSet("part", ("0.1", "0.3")),
    rules.InSet("age", ("18", "42")),
    rules.InSet("amount", ("0.1", "10.25")),
    rules.InSet("flag", ("true",)),
    rules.InSet("day", ("2024-02-29",)),
    rules.InSet("short", ("0.1",)),
    rules.NotInSet("region", ("R1", "ZZ")),
    rules.NotInSet("part", ("0.3",)),
    rules.Occurs("region", "R1"),
    rules.Occurs("part", "0.3"),
    rules.InRange("age", "0", "120"),
    rules.InRange("part", "0.1", "0.3"),
    rules.InRange("part", "0.1", None, low_open=True),
    rules.InRange("short", None, "0.1"),
    rules.InRange("amount", "-1", "10.25", high_open=True),
    rules.InRange("note", "0", "1000"),
    rules.InRange("day", "2024-01-01", "2024-02-29"),
    rules.Matches("region", "R[0-9]"),
    rules.Matches("region", r"(?i)r\d+|\w{2}.?"),
    rules.Matches("note", r"[\d. ]+|.\b.*"),
    rules.Matches("age", "[0-9]{2}"),
    rules.LengthWithin("region", 2, 3),
    rules.LengthWithin("note", 1, None),
    *(rules.OfSort("note", sort) for sort in (Sort.WHOLE, Sort.DOUBLE, Sort.DATE, Sort.FLAG, Sort.TEXT)),
    rules.OfSort("part", Sort.WHOLE),
    rules.OfSort("amount", Sort.WHOLE),
    rules.OfSort("age", Sort.DOUBLE),
    rules.OfSort("day", Sort.WHOLE),
    rules.RowSum((("age", ONE), ("id", Decimal(-2)))),
    rules.RowSum((("part", ONE), ("rest", ONE), ("whole", -ONE))),
    rules.RowSum((("part", ONE), ("rest", ONE), ("whole", -ONE)), tolerance=Decimal(0)),
    rules.RowSum((("amount", Decimal(2)), ("whole", Decimal("-0.5"))), Comparison.LESS_EQUAL),
    rules.RowSum((("note", ONE), ("amount", -ONE)), Comparison.GREATER, Decimal("0.5")),
    rules.RowSum((("short", ONE), ("part", -ONE))),
    rules.RowSum((("age", ONE),), Comparison.LESS, Decimal(-42)),
    rules.KeyIn(("region",), "regions", ("code",)),
    rules.KeyIn(("id",), "regions", ("number",)),
    rules.KeyIn(("region", "id"), "regions", ("code", "number")),
    rules.KeyIn(("part",), "regions", ("number",)),
)
FUNCTIONS = (
    (Function.COUNT, ""),
    (Function.COUNT, "part"),
    (Function.DISTINCT, "region"),
    (Function.DISTINCT, "part"),
    (Function.SUM, "age"),
    (Function.SUM, "part"),
    (Function.SUM, "amount"),
    (Function.SUM, "note"),
    (Function.MEAN, "whole"),
    (Function.MEAN, "short"),
    (Function.MIN, "part"),
    (Function.MAX, "amount"),
    (Function.MAX, "note"),
)
GROUPINGS = (((), WHERES[1]), (("region",), ()), (("region", "id"), WHERES[2]), (("part",), ()), (("flag", "day"), ()))
AGGREGATES = tuple(
    Aggregate(function, "cases", column, by, where) for function, column in FUNCTIONS for by, where in GROUPINGS
)
PRINTED = Aggregate(Function.SUM, "regions", "cases", ("code",)), Aggregate(Function.SUM, "regions", "sum", ("code",))
AGREEMENTS = (
    Agreement(Aggregate(Function.COUNT, "cases", "", ("region",)), PRINTED[0]),
    Agreement(Aggregate(Function.DISTINCT, "cases", "part", ("region",)), PRINTED[0]),
    Agreement(PRINTED[1], Aggregate(Function.SUM, "cases", "part", ("region",))),
    Agreement(PRINTED[1], Aggregate(Function.MEAN, "cases", "amount", ("region",)), Decimal("0.5")),
    Agreement(Aggregate(Function.MAX, "cases", "whole", ("region",), WHERES[3]), PRINTED[1]),
)
_PLAIN = tuple(rules.RowCheck("cases", rule) for rule in RULES)
_FILTERED = tuple(rules.RowCheck("cases", rule, WHERES[place % len(WHERES)]) for place, rule in enumerate(RULES, 1))
ASKED = Asked(tuple(dict.fromkeys((*_PLAIN, *_FILTERED))), AGGREGATES, AGREEMENTS)
# Ibis takes a second or two to write what it asks, Spark as long for each scan: every rule once, and some figures.
THROUGH_IBIS = Asked(_FILTERED, AGGREGATES[1::4], AGREEMENTS)
BY_SPARK = Asked(_FILTERED[::3], AGGREGATES[::9], AGREEMENTS[:2])

DOUBLES = st.sampled_from(
    [None, math.nan, math.inf, 0.0, 0.1, 0.2, 0.3, 0.30000000000000004, 1.5, -2.25, 100.0, 123456789012.34, 1e-7, 5e17]
)
WHOLE = st.sampled_from([None, 0, 1, 2, 18, 42, 121, -1])
NOTES = ["", "x", "12", " 7 ", "9.50", "1e3", "1E-2", "-.5", "1_000", "0x10", "inf", "nan", "1,5", "12\n", "é", "true",
         "2024-02-29", "2023-02-29", "2024-13-01", "123456789012.34", "9" * 20]  # fmt: skip
CASES = st.fixed_dictionaries(
    {
        "id": WHOLE,
        "region": st.sampled_from([None, "R1", "R2", "r1", "ZZ", "it's", 'a "b"', "R1\n", "R٣"]),
        "age": WHOLE,
        "part": DOUBLES,
        "rest": DOUBLES,
        "whole": DOUBLES,
        "amount": st.sampled_from([None, *map(Decimal, ("10.25", "0.10", "-3.00", "0.05", "7.00"))]),
        "short": st.sampled_from([None, math.nan, 0.1, 0.5, 16777216.0]),
        "note": st.sampled_from([None, *NOTES]),
        "flag": st.sampled_from([None, True, False]),
        "day": st.sampled_from([None, date(2024, 2, 29), date(2024, 1, 1), date(1969, 12, 31)]),
    }
)
PRINT = st.fixed_dictionaries(
    {
        "code": st.sampled_from([None, "R1", "R2", "it's", "R9"]),
        "number": WHOLE,
        "cases": st.sampled_from([None, 0, 1, 2]),
        "sum": st.sampled_from([None, math.nan, 0.3, 1.5, 10.25]),
    }
)


def tables(cases: list[dict], regions: list[dict]) -> Tables:
    return {"cases": table(cases, KINDS), "regions": table(regions, REGIONS)}


def hold(engine: Engine, name: str, given_tables: Tables, folder: Path, asked: Asked = ASKED) -> None:
    """An engine comes to what plain pandas comes to: counts, the very rows that fail, figures and groups."""
    agree(engine(given_tables, asked, folder), plainly(given_tables, asked, folder), name)


def few(examples: int) -> settings:
    return settings(
        max_examples=examples,
        phases=(Phase.explicit, Phase.generate),
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


# What takes time is the number of questions, not that of rows: few tables, each with many rows.
MANY_CASES, SOME_REGIONS = st.lists(CASES, min_size=20, max_size=40), st.lists(PRINT, min_size=2, max_size=6)


@few(3)
@given(cases=MANY_CASES, regions=SOME_REGIONS)
@example(cases=[], regions=[])
def test_duckdb_agrees_with_pandas(tmp_path: Path, cases: list[dict], regions: list[dict]) -> None:
    hold(on_files(None), "duckdb", tables(cases, regions), tmp_path)


@few(1)
@given(cases=MANY_CASES, regions=SOME_REGIONS)
def test_ibis_agrees_with_pandas(tmp_path: Path, cases: list[dict], regions: list[dict]) -> None:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    hold(on_files("duckdb://"), "ibis on duckdb", tables(cases, regions), tmp_path, THROUGH_IBIS)


@few(1)
@given(cases=MANY_CASES, regions=SOME_REGIONS)
def test_postgres_agrees_with_pandas(tmp_path: Path, postgres_url: str, cases: list[dict], regions: list[dict]) -> None:
    hold(on_postgres(postgres_url), "postgres", tables(cases, regions), tmp_path, THROUGH_IBIS)


@pytest.mark.skipif(
    not spark.all_of_it(), reason=f"{spark.WANTED}=1 asks Spark every rule; by default it looks for planted faults"
)
@few(1)
@given(cases=MANY_CASES, regions=SOME_REGIONS)
def test_spark_agrees_with_pandas(
    tmp_path: Path, spark_worker: Callable, cases: list[dict], regions: list[dict]
) -> None:
    hold(on_spark(spark_worker), "spark", tables(cases, regions), tmp_path, BY_SPARK)
