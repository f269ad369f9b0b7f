"""Values at the ends of what engines hold: whole numbers of 64 bits, points in time with a zone, numbers of any size.

And those that could be read in more than one way.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from validator import data
from validator.data.values import cut, shown
from validator.model.aggregates import Aggregate, Function
from validator.model.asking import told
from validator.model.data import DataPlan, Source
from validator.model.row_rules import InRange, InSet, NotNull, RowCheck, Unique
from validator.model.settings import DEFAULT

from .engines import HERE

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.answers import Answers

ENGINES = [None, "duckdb://"]
MIDNIGHT = datetime(2024, 1, 1, 23, 30), datetime(2024, 1, 2, 0, 30)  # noqa: DTZ001 - of a file, in UTC


def answered(table: pa.Table, checks: list, aggregates: list, folder: Path, engine: str | None) -> Answers:
    if engine is not None:
        pytest.importorskip("ibis", reason="Ibis is not installed")
    pq.write_table(table, folder / "s.parquet")
    source = Source("s", (str(folder / "s.parquet"),), HERE)
    rules = tuple(RowCheck("s", rule) for rule in checks)
    with data.opened({"s": source}, DEFAULT, engine) as opened:
        return opened.answers(DataPlan({"s": source}, rules, tuple(aggregates)))


@pytest.mark.parametrize("engine", ENGINES)
def test_whole_numbers_of_64_bits(engine: str | None, tmp_path: Path) -> None:
    most = 2**64 - 1
    table = pa.table(
        {"x": pa.array([most, most - 1, 5], pa.uint64()), "y": pa.array([2**63 - 1] * 2 + [5], pa.int64())}
    )
    total = Aggregate(Function.SUM, "s", "y")
    rules = [Unique(("x",)), InRange("x", None, str(most - 1)), InSet("x", ("5", str(most)))]
    found = answered(table, rules, [total], tmp_path, engine)
    assert [one.failed for one in found.rows.values()] == [0, 1, 1]
    assert found.reckoned[total].groups[()].value == Decimal(2 * (2**63 - 1) + 5)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@pytest.mark.parametrize("engine", ENGINES)
def test_a_point_in_time_with_a_zone_is_one_of_utc(
    engine: str | None, zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    table = pa.table({"t": pa.array(MIDNIGHT, pa.timestamp("us", tz="Europe/Copenhagen"))})
    days = Aggregate(Function.COUNT, "s", by=("t",))
    found = answered(table, [InRange("t", "2024-01-01 23:00:00", "2024-01-02 00:00:00")], [days], tmp_path, engine)
    (outcome,) = found.rows.values()
    assert [held.text for held in outcome.examples[0].held[:1]] == ["2024-01-02 00:30:00"]
    assert outcome.failed == 1
    assert sorted(found.reckoned[days].groups) == [("2024-01-01 23:30:00",), ("2024-01-02 00:30:00",)]


def test_a_point_in_time_with_a_zone_in_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("t\n2024-01-01T23:30:00+01:00\n2024-01-02T00:30:00+01:00\n", encoding="utf-8")
    source = Source("s", (str(path),), HERE)
    rule = RowCheck("s", InRange("t", None, "2024-01-01 23:00:00"))
    with data.opened({"s": source}, DEFAULT) as opened:
        (outcome,) = opened.answers(DataPlan({"s": source}, (rule,))).rows.values()
    assert [one.held[0].text for one in outcome.examples] == ["2024-01-01 23:30:00"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e308, "1e+308"),
        (-1e22, "-1e+22"),
        (1e21, "1" + "0" * 21),
        (5e-324, "5e-324"),
        (-0.0, "0"),
        (0.25, "0.25"),
        (float("inf"), "inf"),
    ],
)
def test_no_noughts_are_shown_that_nobody_wrote(value: float, text: str) -> None:
    assert shown(value) == text


def test_a_text_that_goes_on_says_so() -> None:
    assert (cut("abcd", 4), cut("abcde", 4)) == ("abcd", "abc…")


@pytest.mark.parametrize(
    ("dates", "warned"),
    [
        (["01/02/2024", "05/01/2024"], True),
        (["01.02.2024", "05.01.2024"], True),
        (["01-02-2024", "31-01-2024"], False),
        (["2024-02-01", "2024-01-05"], False),
        (["1 Feb 2024", "5 Jan 2024"], False),
    ],
)
def test_dates_of_which_nothing_tells_the_day_are_told(dates: list[str], warned: bool, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("n;d\n" + "".join(f"{n};{one}\n" for n, one in enumerate(dates)), encoding="utf-8")
    source = Source("s", (str(path),), HERE)
    with data.opened({"s": source}, DEFAULT) as opened:
        found = opened.answers(DataPlan({"s": source}, (RowCheck("s", NotNull("d")),)))
    assert any("days from months" in one for one in found.warnings) is warned


def test_white_space_at_the_end_of_a_value_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text('n,k\n1,DK\n2,"DK "\n', encoding="utf-8")
    source = Source("s", (str(path),), HERE)
    rule = RowCheck("s", InSet("k", ("DK",)))
    with data.opened({"s": source}, DEFAULT) as opened:
        outcome = opened.answers(DataPlan({"s": source}, (rule,))).rows[rule]
    assert told(outcome, "", "differ").endswith("(line 3: “DK ”).")
