"""Small frames with everything that engines see differently: the same counts and figures from all of them."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from validator import data
from validator.model.data import (
    Aggregate,
    Condition,
    DataPlan,
    Function,
    InRange,
    InSet,
    KeyIn,
    Matches,
    NotNull,
    Operator,
    RowCheck,
    RowSum,
    Source,
    Unique,
)
from validator.model.relations import Comparison
from validator.model.rules import Position
from validator.model.settings import DEFAULT

from . import reference

if TYPE_CHECKING:
    from pathlib import Path

HERE = Position("book.yml", 1, 1)
WHERES = (
    (),
    (Condition("region", Operator.UNEQUAL, ("R1",)),),
    (Condition("age", Operator.GREATER, ("18",)), Condition("region", Operator.PRESENT)),
    (Condition("region", Operator.NOT_IN, ("R1", "R2")),),
    (Condition("part", Operator.LESS_EQUAL, ("0.3",)),),
)
RULES = (
    NotNull("id"),
    NotNull("part"),
    Unique(("id",)),
    Unique(("region", "age")),
    Unique(("part",)),
    InSet("region", ("R1", "R2")),
    InSet("part", ("0.1", "0.3")),
    InSet("age", ("18", "42")),
    InRange("age", "0", "120"),
    InRange("part", "0.1", "0.3"),
    InRange("part", "0.1", None, low_open=True),
    InRange("amount", "-1", "10.25", high_open=True),
    Matches("region", "R[0-9]"),
    RowSum((("age", Decimal(1)), ("id", Decimal(-2)))),
    RowSum((("part", Decimal(1)), ("rest", Decimal(1)), ("whole", Decimal(-1)))),
    RowSum((("part", Decimal(1)), ("rest", Decimal(1)), ("whole", Decimal(-1))), tolerance=Decimal(0)),
    RowSum((("amount", Decimal(2)), ("whole", Decimal("-0.5"))), Comparison.LESS_EQUAL),
    KeyIn(("region",), "regions", ("code",)),
    KeyIn(("id",), "regions", ("number",)),
    KeyIn(("region", "id"), "regions", ("code", "number")),
)
AGGREGATES = tuple(
    Aggregate(function, "cases", column, by, where)
    for function, column in (
        (Function.COUNT, ""),
        (Function.COUNT, "part"),
        (Function.DISTINCT, "region"),
        (Function.DISTINCT, "part"),
        (Function.SUM, "age"),
        (Function.SUM, "part"),
        (Function.SUM, "amount"),
        (Function.MEAN, "whole"),
        (Function.MIN, "part"),
        (Function.MAX, "amount"),
    )
    for by, where in (((), WHERES[1]), (("region",), ()), (("region", "id"), WHERES[1]))
)

doubles = st.sampled_from([None, math.nan, 0.1, 0.2, 0.3, 0.30000000000000004, 1.5, -2.25, 100.0])
WHOLE = st.sampled_from([None, 0, 1, 2, 18, 42, 121, -1])
CASES = st.fixed_dictionaries(
    {
        "id": WHOLE,
        "region": st.sampled_from([None, "R1", "R2", "r1", "ZZ", "it's", 'a "b"']),
        "age": WHOLE,
        "part": doubles,
        "rest": doubles,
        "whole": doubles,
        "amount": st.sampled_from([None, Decimal("10.25"), Decimal("0.10"), Decimal("-3.00"), Decimal("0.05")]),
    }
)
REGIONS = st.fixed_dictionaries({"code": st.sampled_from([None, "R1", "R2", "it's"]), "number": WHOLE})


def write(folder: Path, cases: list[dict], regions: list[dict]) -> tuple[dict[str, Source], dict[str, pd.DataFrame]]:
    """Parquet files as other programs write them, and the same as frames of plain values."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "id": pa.int64(), "region": pa.string(), "age": pa.int32(), "part": pa.float64(), "rest": pa.float64(),
        "whole": pa.float64(), "amount": pa.decimal128(10, 2), "code": pa.string(), "number": pa.int64(),
    }  # fmt: skip
    sources, frames = {}, {}
    for name, rows, columns in (
        ("cases", cases, ("id", "region", "age", "part", "rest", "whole", "amount")),
        ("regions", regions, ("code", "number")),
    ):
        arrays = {column: pa.array([row[column] for row in rows], kinds[column]) for column in columns}
        pq.write_table(pa.table(arrays), folder / f"{name}.parquet")
        sources[name] = Source(name, (str(folder / f"{name}.parquet"),), HERE)
        frames[name] = pd.DataFrame({c: pd.Series([row[c] for row in rows], dtype=object) for c in columns})
    return sources, frames


def plan_of(sources: dict[str, Source]) -> DataPlan:
    filtered = (RowCheck("cases", rule, WHERES[place % len(WHERES)]) for place, rule in enumerate(RULES, 1))
    checks = tuple(dict.fromkeys((*(RowCheck("cases", rule) for rule in RULES), *filtered)))
    return DataPlan(sources, checks, AGGREGATES)


def hold(sources: dict[str, Source], frames: dict[str, pd.DataFrame], engine: str | None) -> None:
    """An engine comes to what plain Python comes to, and shows only rows that fail."""
    plan = plan_of(sources)
    with data.opened(sources, DEFAULT, engine) as opened:
        answers = opened.answers(plan)
    for check in plan.checks:
        found = answers.rows[check]
        wanted = reference.counts(check, frames)
        assert (found.rows, found.asked, found.failed, found.unsure) == wanted, (engine, check)
        assert len(found.examples) == min(found.failed, DEFAULT.examples_kept), (engine, check)
    for one in plan.aggregates:
        amounts = answers.reckoned[one].groups
        wanted = reference.groups(one, frames)
        assert amounts.keys() == wanted.keys(), (engine, one)
        for key, value in wanted.items():
            assert _same(amounts[key].value, value), (engine, one, key)
            assert value is None or value in amounts[key].interval, (engine, one, key)


def _same(one: Decimal | None, other: Decimal | None) -> bool:
    """Equal; sums of doubles are reckoned with nine decimals, and the quotient of a mean is rounded."""
    if one is None or other is None:
        return one is other
    return abs(one - other) < Decimal("1e-9")


@settings(
    max_examples=10,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(cases=st.lists(CASES, min_size=0, max_size=12), regions=st.lists(REGIONS, min_size=0, max_size=4))
def test_duckdb_agrees_with_plain_python(tmp_path: Path, cases: list[dict], regions: list[dict]) -> None:
    hold(*write(tmp_path, cases, regions), None)


@settings(
    max_examples=2,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(cases=st.lists(CASES, min_size=1, max_size=12), regions=st.lists(REGIONS, min_size=1, max_size=4))
def test_ibis_agrees_with_plain_python(tmp_path: Path, cases: list[dict], regions: list[dict]) -> None:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    hold(*write(tmp_path, cases, regions), "duckdb://")
