"""Findings about data in every format: under their file, with the first rows or groups as a table."""

from __future__ import annotations

import json

import pytest

from validator import pipeline, report
from validator.model.results import Result

BOOK = """\
validator: 1
sources: {cases: cases.csv, regions: regions.csv}
rules:
  - {id: sexes, in-set: {columns: cases.sex, values: [F, M]}}
  - {id: ages, not-null: cases.age}
  - {id: regions, reconcile: [count(cases) by region, sum(regions.n) by region]}
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Twelve rows with a sex that is none, two without an age, and regions that differ or are not in both."""
    folder = tmp_path_factory.mktemp("data")
    people = [f"{at},{'x' if at <= 12 else 'F'},{'' if at in (3, 7) else 40},R{at % 4}" for at in range(1, 21)]
    (folder / "cases.csv").write_text("\n".join(["id,sex,age,region", *people]) + "\n", encoding="utf-8")
    (folder / "regions.csv").write_text("region,n\nR0,5\nR1,4\nR2,9\nR7,1\nR8,2\nR9,3\nR10,4\n", encoding="utf-8")
    book = folder / "book.yml"
    book.write_text(BOOK, encoding="utf-8")
    return pipeline.check([], [str(book)])


def shown(result: Result, name: str) -> str:
    return report.load(name).render(result, report.Context())


def test_the_exact_count_is_told_once_and_the_first_rows_are_a_table(result: Result) -> None:
    text = shown(result, "text")
    assert "12 of 20 rows of cases have a sex other than F and M" in text
    assert "      line 2     x\n" in text
    assert text.count("    x\n") == 9
    assert "… 3 more rows" in text


def test_what_the_message_has_told_already_is_not_told_again(result: Result) -> None:
    text = shown(result, "text")
    assert "2 of 20 rows of cases have no age (line 4; line 8)." in text
    assert "(missing)" not in text


def test_groups_that_differ_stand_side_by_side(result: Result) -> None:
    lines = [line.split() for line in shown(result, "text").splitlines()]
    assert ["R1", "5", "4"] in lines
    assert ["R2", "5", "9"] in lines


def test_groups_that_a_side_lacks_are_named(result: Result) -> None:
    text = " ".join(shown(result, "text").split())
    assert "has 4 groups that count(cases) by region lacks: R10, R7, R8 and 1 more." in text


def test_findings_stand_under_their_file_once(result: Result) -> None:
    markdown = shown(result, "markdown")
    assert [line for line in markdown.splitlines() if line.startswith("## ")] == [
        line for line in dict.fromkeys(markdown.splitlines()) if line.startswith("## ") and line.endswith(".csv")
    ]
    assert "| line 2 | x |" in markdown
    assert "How much was checked" not in markdown


def test_a_run_without_documents_shows_no_pages(result: Result) -> None:
    html = shown(result, "html")
    assert '<div class="desk alone"' in html
    assert "How much was checked" not in html
    assert "in the data</summary>" in html


def test_programs_get_the_count_as_a_number(result: Result) -> None:
    found = {
        one["rule"]: one["rows"] for one in json.loads(shown(result, "json"))["findings"] if one["check"] != "reconcile"
    }
    assert found == {"sexes": 12, "ages": 2}
