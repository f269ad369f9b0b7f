"""Planted faults of every kind of rule: each is found on every engine, in its row or group, and nothing else is."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from validator.model import row_rules as rules
from validator.model.aggregates import Aggregate, Agreement, Function
from validator.model.data import Condition, Operator, Sort
from validator.model.relations import Comparison

from .engines import Asked, Found, table

if TYPE_CHECKING:
    from pathlib import Path

    from .engines import Engine

KINDS = {
    "id": pa.int64(), "name": pa.string(), "region": pa.string(), "sex": pa.string(), "age": pa.float64(),
    "code": pa.string(), "men": pa.int32(), "women": pa.int32(), "total": pa.int32(), "net": pa.float64(),
    "tax": pa.float64(), "gross": pa.float64(), "note": pa.string(), "fine": pa.decimal128(9, 2),
}  # fmt: skip
SOUND = {
    "sex": "F", "men": 2, "women": 3, "total": 5, "net": 10.1, "tax": 2.2, "gross": 12.3, "note": "7",
    "fine": Decimal("1.50"),
}  # fmt: skip
PLANTED = {  # by row
    3: {"name": None},
    4: {"age": math.nan},  # missing, and in no range for that reason
    5: {"id": 6},
    7: {"sex": "K"},
    8: {"age": 130.0},
    9: {"age": math.inf},
    10: {"code": "XX-10"},
    11: {"total": 6},
    12: {"gross": 12.5},
    13: {"region": "R9"},
    14: {"name": "x" * 9},
    15: {"note": "seven"},
    16: {"region": None},  # in no other source, and not asked for it
    17: {"fine": Decimal("9.00")},
    18: {"men": 5, "total": 8},
}
ROWS = [
    SOUND
    | {"id": n, "name": f"N{n}", "region": f"R{n % 3 + 1}", "age": 20.0 + n, "code": f"AB-{n:04}"}
    | PLANTED.get(n, {})
    for n in range(1, 25)
]
ONE = Decimal(1)
FAILING = {
    rules.NotNull("name"): [3],
    rules.NotNull("age"): [4],
    rules.Unique(("id",)): [5, 6],
    rules.InSet("sex", ("F", "M")): [7],
    rules.NotInSet("sex", ("K", "L")): [7],
    rules.Occurs("sex", "F"): [],
    rules.Occurs("sex", "M"): [-1],
    rules.InRange("age", "0", "120"): [8, 9],
    rules.InRange("fine", None, "9", high_open=True): [17],
    rules.Matches("code", "[A-Z]{2}-[0-9]{4}"): [10],
    rules.LengthWithin("name", 1, 8): [14],
    rules.OfSort("note", Sort.WHOLE): [15],
    rules.RowSum((("men", ONE), ("women", ONE), ("total", -ONE))): [11],
    rules.RowSum((("net", ONE), ("tax", ONE), ("gross", -ONE))): [12],
    rules.RowSum((("men", Decimal(2)), ("women", Decimal("-0.5"))), Comparison.LESS_EQUAL, Decimal(-5)): [18],
    rules.KeyIn(("region",), "regions", ("region",)): [13],
}
# What is printed of each group. R1 has rows 3, 6 … 24, R2 has 1, 4 … 22 but for the two planted elsewhere, R3 the rest.
PRINTED = [  # each column is wrong in one group; R4 has no rows at all
    {
        "region": "R1",
        "rows": 8,
        "named": 8,
        "ages": 8,
        "fines": Decimal("12.00"),
        "mean": 1.5,
        "low": 23.0,
        "high": 9.0,
    },
    {"region": "R2", "rows": 7, "named": 6, "ages": 6, "fines": Decimal("9.00"), "mean": 1.5, "low": 20.0, "high": 1.5},
    {
        "region": "R3",
        "rows": 8,
        "named": 8,
        "ages": 8,
        "fines": Decimal("19.00"),
        "mean": 2.6,
        "low": 22.0,
        "high": 9.0,
    },
    {"region": "R4", "rows": 1, "named": 1, "ages": 1, "fines": Decimal("1.50"), "mean": 1.5, "low": 1.0, "high": 1.5},
]
PRINTED_KINDS = {
    "region": pa.string(), "rows": pa.int64(), "named": pa.int64(), "ages": pa.int64(), "fines": pa.decimal128(9, 2),
    "mean": pa.float64(), "low": pa.float64(), "high": pa.float64(),
}  # fmt: skip


def _agreement(function: Function, column: str, printed: str) -> Agreement:
    finite = (Condition("age", Operator.LESS, ("1000",)),) if column == "age" and function is Function.MIN else ()
    return Agreement(
        Aggregate(function, "cases", column, ("region",), finite),
        Aggregate(Function.SUM, "regions", printed, ("region",)),
    )


DIFFERING = {  # the group in which each aggregate differs, beside the groups that a side lacks
    _agreement(Function.COUNT, "", "rows"): "R2",
    _agreement(Function.COUNT, "name", "named"): "R1",
    _agreement(Function.DISTINCT, "age", "ages"): "R2",
    _agreement(Function.SUM, "fine", "fines"): "R3",
    _agreement(Function.MEAN, "fine", "mean"): "R3",
    _agreement(Function.MIN, "age", "low"): "R2",
    _agreement(Function.MAX, "fine", "high"): "R1",
}


@pytest.fixture
def found(engine: tuple[str, Engine], tmp_path: Path) -> Found:
    tables = {"cases": table(ROWS, KINDS), "regions": table(PRINTED, PRINTED_KINDS)}
    checks = tuple(rules.RowCheck("cases", rule) for rule in FAILING)
    return engine[1](tables, Asked(checks, (), tuple(DIFFERING)), tmp_path)


def test_every_planted_fault_is_found_in_its_row_or_group(found: Found) -> None:
    rows = {check.rule: failing for check, (*_, failing) in found.rules.items()}
    assert rows == FAILING
    for agreement, pairs in found.pairs.items():
        assert pairs["differing"] == [(DIFFERING[agreement],)], agreement
        assert pairs["only_left"] == [("(missing)",), ("R9",)]
        assert pairs["only_right"] == [("R4",)]
