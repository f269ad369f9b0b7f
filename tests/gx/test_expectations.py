"""Each expectation in a real suite and checkpoint, holding, failing and undecidable, on pandas and on a database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from report.addresses import outside_addresses

from .conftest import CASES, MISSING, Bench

gx = pytest.importorskip("great_expectations", reason=MISSING)

from great_expectations.expectations.row_conditions import Column  # noqa: E402

from validator.gx import (  # noqa: E402
    ExpectFiguresToTieOut,
    ExpectReportToReconcile,
    ExpectTableToCrossFoot,
    ExpectTableToFoot,
    offline_site,
)
from validator.gx.judging import Question, judged  # noqa: E402
from validator.gx.metrics import Values  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENGINES = ("pandas", "sqlite")
REGIONS = pd.DataFrame(
    {
        "region": ["North", "South", "West", "Total"],
        "men": [10, 20, 5, 35],
        "women": [12, 18, 7, 37],
        "all": [22, 38, 12, 72],
    }
)


def changed(row: int, column: str, value: object, frame: pd.DataFrame = REGIONS) -> pd.DataFrame:
    copy = frame.astype({column: object})
    copy.loc[row, column] = value
    return copy


def details(found: Any) -> Any:
    """The details, once they have been through JSON, as stores keep them."""
    assert not any(one.get("raised_exception") for one in [found.exception_info] if "raised_exception" in one), found
    return json.loads(json.dumps(found.to_json_dict()))["result"]["details"]


def said(found: Any) -> list[str]:
    return [one["message"] for one in details(found)["findings"]]


def failure(found: Any) -> str:
    """The message of an exception that GX caught."""
    info = found.exception_info
    return str((info if "exception_message" in info else next(iter(info.values())))["exception_message"])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_foots(bench: Bench, engine: str) -> None:
    expectation = ExpectTableToFoot(label_column="region", total_row="Total")
    found = bench.run(expectation, REGIONS, engine)
    assert found.success
    assert details(found)["holds"] == 3
    found = bench.run(expectation, changed(1, "women", 19), engine)
    assert not found.success
    assert said(found) == ["The 3 rows of women add up to 38; the total row prints 37."]
    figures = {one["label"]: one for one in details(found)["findings"][0]["figures"]}
    assert figures["Total › women"]["place"] == "row 4, column women"
    assert figures["Total › women"]["printed"] == "37"


def test_a_table_cross_foots(bench: Bench) -> None:
    expectation = ExpectTableToCrossFoot(label_column="region", total_column="all", parts=["men", "women"])
    assert bench.run(expectation, REGIONS).success
    found = bench.run(expectation, changed(2, "all", 21))
    assert not found.success
    assert said(found) == ["The 2 columns of West add up to 12; the total column prints 21."]
    assert details(found)["findings"][0]["notes"][0] == "21 is probably 12 with two digits swapped."


def test_rounding_is_no_contradiction_unless_the_column_is_exact(bench: Bench) -> None:
    shares = pd.DataFrame({"part": ["a", "b", "c", "All"], "share": [33.3, 33.3, 33.3, 100.0]})
    assert bench.run(ExpectTableToFoot(label_column="part", total_row="All"), shares).success
    found = bench.run(ExpectTableToFoot(label_column="part", total_row="All", exact=["share"]), shares)
    assert not found.success
    assert "99.9" in said(found)[0]


@pytest.mark.parametrize("value", [None, "n/a"])
def test_what_is_missing_or_unreadable_is_undecidable(bench: Bench, value: object) -> None:
    frame = changed(1, "men", value)
    found = bench.run(ExpectTableToFoot(label_column="region", total_row="Total", columns=["men"]), frame)
    assert found.success
    assert details(found)["verdict"] == "undecidable"
    assert details(found)["note"].endswith("That is no failure here, and no proof either.")
    strict = ExpectTableToFoot(label_column="region", total_row="Total", columns=["men"], undecidable="fails")
    assert not bench.run(strict, frame).success


@pytest.mark.parametrize("engine", ENGINES)
def test_figures_columns_and_groups_tie_out(bench: Bench, engine: str) -> None:
    cell = {"figures": ["table[Total, men]", "sum(batch.men where region != Total)"], "label_column": "region"}
    assert bench.run(ExpectFiguresToTieOut(**cell), REGIONS, engine).success
    found = bench.run(ExpectFiguresToTieOut(**cell), changed(3, "men", 36), engine)
    assert not found.success
    assert said(found) == ["36 (Total › men) and 35 (sum(batch.men where region != Total)) should be the same."]

    frame = REGIONS.assign(again=REGIONS["all"])
    columns = {"columns": ["all", "again"], "label_column": "region"}
    assert bench.run(ExpectFiguresToTieOut(**columns), frame, engine).success
    found = bench.run(ExpectFiguresToTieOut(**columns), changed(0, "again", 23, frame), engine)
    assert said(found) == ["22 (North › all) and 23 (North › again) should be the same."]

    groups = {"groups": ["sum(batch.all) by region", "sum(batch.again) by region"]}
    assert bench.run(ExpectFiguresToTieOut(**groups), frame, engine).success
    found = bench.run(ExpectFiguresToTieOut(**groups), changed(0, "again", 23, frame), engine)
    assert not found.success
    assert said(found)[0].startswith("1 of 4 groups differs: North is 22 in sum(batch.all) by region and 23 in")
    assert bench.run(ExpectFiguresToTieOut(**groups, tolerance=1), changed(0, "again", 23, frame), engine).success


@pytest.mark.parametrize("engine", ENGINES)
def test_a_report_reconciles_with_the_batch(bench: Bench, engine: str, report: Callable[..., str]) -> None:
    head = ("Region", "Persons")
    table = {"caption": "Figure 1"}
    right = report(head, ("North", "2"), ("South", "2"), ("West", "1"), ("Total", "5"))
    there = Column("region").is_not_null()
    expectation = ExpectReportToReconcile(report=right, table=table, data="count(batch) by region", row_condition=there)
    found = bench.run(expectation, CASES, engine)
    assert found.success, found
    assert details(found)["holds"] == 3

    wrong = report(head, ("North", "2"), ("South", "3"), ("East", "4"), ("Total", "9"))
    found = bench.run(ExpectReportToReconcile(report=wrong, table=table, data="count(batch) by region"), CASES, engine)
    assert not found.success
    assert said(found) == [
        "3 is printed for South; count(batch) by region gives 2.",
        "4 is printed for East; count(batch) by region gives nothing.",
        "count(batch) by region gives 1 for “(missing)”, which is not printed.",
        "count(batch) by region gives 1 for “West”, which is not printed.",
    ]
    stated = details(found)["findings"][0]["figures"][0]
    assert (stated["document"], stated["place"], stated["printed"], stated["expected"]) == (wrong, "page 1", "3", "2")
    assert stated["box"][0] < stated["box"][2]


def test_sums_of_decimals_are_exact_on_a_database_too(bench: Bench, report: Callable[..., str]) -> None:
    path = report(("Region", "Amount"), ("North", "3.75"), ("South", "7.00"), ("Total", "10.75"))
    data = "sum(batch.amount where region in (North, South)) by region"
    for engine in ENGINES:
        expectation = ExpectReportToReconcile(report=path, table={"caption": "Figure 1"}, data=data, exact=["amount"])
        found = bench.run(expectation, CASES, engine)
        assert found.success, said(found)


def test_a_wrong_rule_is_never_told_as_wrong_data(bench: Bench, report: Callable[..., str]) -> None:
    path = report(("Region", "Persons"), ("North", "2"), ("South", "2"), ("Total", "4"))
    for expectation, message in (
        (ExpectTableToFoot(label_column="area", total_row="Total"), "has no column 'area'"),
        (ExpectTableToFoot(label_column="region", total_row="Sum"), "no row “Sum”"),
        (
            ExpectReportToReconcile(report=path, table={"caption": "Figure 2"}, data="count(batch) by region"),
            "has the tables 'Figure 1: Persons by region' (page 1)",
        ),
        (
            ExpectReportToReconcile(report="none.pdf", table={"caption": "Figure 2"}, data="count(batch) by region"),
            "none.pdf",
        ),
        (
            ExpectReportToReconcile(report=path, table={"caption": "Figure 1"}, data="count(batch) by area"),
            "has no column 'area'",
        ),
    ):
        found = bench.run(expectation, REGIONS)
        assert not found.success
        assert message in failure(found)
        assert "rules.yml" not in failure(found)
        assert "validator-" not in failure(found)
    with pytest.raises(ValueError, match="one of figures, columns and groups"):
        ExpectFiguresToTieOut()
    with pytest.raises(ValueError, match=r"'count\(cases\) by region', character 7: no source 'cases'"):
        ExpectReportToReconcile(report=path, table={"caption": "Figure 1"}, data="count(cases) by region")


def test_a_batch_that_is_no_table_is_refused(bench: Bench) -> None:
    long = pd.DataFrame({"region": ["North"] * 6_000, "men": [1] * 6_000})
    found = bench.run(ExpectTableToFoot(label_column="region", total_row="Total"), long)
    assert not found.success
    assert "5,000 rows" in failure(found)


def test_a_suite_is_loaded_again_as_it_was_written(context: Any) -> None:
    expectation = ExpectReportToReconcile(
        report="a.pdf", table={"caption": "Figure 1"}, data="count(batch)", tolerance=1
    )
    written = json.loads(json.dumps(expectation.configuration.to_json_dict()))
    suite = gx.ExpectationSuite(name="again", expectations=[{"type": written["type"], "kwargs": written["kwargs"]}])
    assert suite.expectations[0].question() == expectation.question()


def test_data_docs_of_a_context_show_findings_and_load_nothing(
    bench: Bench, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    name, site = "offline", tmp_path / "site"
    bench.context.add_data_docs_site(site_name=name, site_config=offline_site(site))
    bench.run(ExpectTableToFoot(label_column="region", total_row="Total"), changed(0, "region", "<b>North & Co</b>"))
    bench.run(
        ExpectTableToFoot(label_column="region", total_row="Total"),
        changed(1, "women", 19, changed(0, "region", "<b>North & $Co</b>")),
    )
    bench.context.build_data_docs(site_names=[name])
    bench.context.delete_data_docs_site(name)
    pages = {path.relative_to(site).parts[0]: path.read_text() for path in sorted(site.rglob("*")) if path.is_file()}
    assert set(pages) == {"expectations", "index.html", "validations"}
    shown = "".join(path.read_text() for path in site.glob("validations/**/*.html"))
    assert "The 3 rows of women add up to 38; the total row prints 37." in shown
    assert "&lt;b&gt;North &amp; $Co&lt;/b&gt; › women" in shown
    assert "<b>North" not in shown
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    for path in site.rglob("*.html"):
        assert not outside_addresses(path.read_text()), path


def test_a_warning_names_no_file_that_nobody_wrote() -> None:
    twice = Question(rules=({"tie-out": ["count(batch)", "count(batch)"]},))
    (warning,) = judged(twice, values=Values(REGIONS, counted=False)).warnings
    assert warning == (
        "the rule 'tie-out-batch' cannot fail and checks nothing there: the same figures stand on both sides"
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_batch_of_any_length_foots_by_its_sums(bench: Bench, engine: str) -> None:
    rows = 8_000  # more than a table for people has
    frame = pd.DataFrame({"region": [f"R{n}" for n in range(rows)] + ["Total"], "men": [*([2] * rows), 2 * rows]})
    sums = ["sum(batch.men where region != Total)", "sum(batch.men where region = Total)"]
    expected = ExpectFiguresToTieOut(figures=sums)
    assert details(bench.run(expected, frame, engine))["verdict"] == "holds"
    found = bench.run(expected, changed(7, "men", 3, frame).astype({"men": int}), engine)
    assert details(found)["verdict"] == "violated"
    assert said(found) == [f"16001 ({sums[0]}) and 16000 ({sums[1]}) should be the same."]
