"""The 2023 report against the case data behind it: what the book finds is the difference, row by row."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from validator import pipeline
from validator.model.findings import Finding
from validator.model.results import Result
from validator.model.verdicts import Verdict

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "fixtures" / "cmm-2023"
BOOK = str(ROOT / "rules" / "cases" / "cmm-2023.yml")


def run(edition: str, cases: str) -> Result:
    books = pipeline.books([BOOK], {"cases": (str(REPORTS / f"cases-as-{cases}.csv"),)})
    return pipeline.check([str(REPORTS / f"{edition}.pdf")], books)


@pytest.fixture(scope="module")
def original_as_printed() -> Result:
    return run("report", "printed")


@pytest.fixture(scope="module")
def original_as_amended() -> Result:
    return run("report", "amended")


def of(result: Result, rule: str) -> list[str]:
    return sorted(finding.message for finding in result.findings if finding.rule == rule)


def test_amended_data_and_the_corrected_edition_agree() -> None:
    result = run("corrected", "amended")
    assert [finding.message for finding in result.findings] == []
    assert result.warnings == ()
    countries = {row["country"] for row in rows("amended")}
    assert result.holds > 2 * len(countries)  # the summary and the detail table, row by row


def test_as_printed_the_summary_differs_by_its_rows(original_as_printed: Result) -> None:
    assert of(original_as_printed, "nationality-by-cases") == [
        "1 is printed for Spanien; count(cases) by country gives 4.",
        "2 is printed for Algeriet; count(cases) by country gives 1.",
        "count(cases) by country gives 1 for “Frankrig”, which is not printed.",
    ]


def test_as_printed_the_detail_table_agrees_with_all_but_its_total(original_as_printed: Result) -> None:
    details = [one.message for one in original_as_printed.findings if (one.rule or "").startswith("detail-")]
    assert details == []
    (total,) = [one for one in original_as_printed.findings if one.rule == "cases-are-the-victims"]
    people = len(rows("printed"))
    assert f"{people} (count(cases), cases-as-printed.csv) should be the same" in total.message
    assert total.exhibits[total.suspects[0].figure].value == people  # the 112 stands in four places


def test_as_amended_the_summary_agrees_and_the_detail_table_differs(original_as_amended: Result) -> None:
    assert of(original_as_amended, "nationality-by-cases") == []
    assert of(original_as_amended, "detail-by-country") == [
        "1 is printed for Algeriet; count(cases) by country gives 2.",
        "1 is printed for Frankrig; count(cases) by country gives nothing.",
        "3 + 1 = 4 is printed for Spanien; count(cases) by country gives 1.",
    ]


def test_the_exchanged_persons_are_found_by_form(original_as_amended: Result) -> None:
    """The boy and the man who change places: one form has one too many, the other lacks one."""
    boys = of(original_as_amended, "detail-of-boys-by-form")
    assert [("Syrien › Strafbare" in one, "Syrien › Slaverilignende" in one) for one in boys] == [
        (True, False),
        (False, True),
    ]
    men = " ".join(of(original_as_amended, "detail-of-men-by-form"))
    assert "Eritrea › Slaverilignende forhold; count" in men
    assert "“Eritrea › Strafbare handlinger”, which is not printed" in men


@pytest.mark.parametrize("which", ["original_as_printed", "original_as_amended"])
def test_both_sides_are_placed(which: str, request: pytest.FixtureRequest) -> None:
    result: Result = request.getfixturevalue(which)
    assert {finding.verdict for finding in result.findings} == {Verdict.VIOLATED}
    for finding in result.findings:
        assert finding.exhibits
        for exhibit in finding.exhibits:
            cell = exhibit.location.cell
            assert exhibit.location.document.endswith(".csv" if cell is not None else ".pdf")
            assert cell is not None or exhibit.location.box.width > 0


def test_what_is_not_printed_has_no_row_of_another(original_as_printed: Result) -> None:
    missing = next(one for one in original_as_printed.findings if "“Frankrig”, which is not printed" in one.message)
    assert missing.context == ""


@pytest.mark.parametrize(("line", "country"), [(2, "Thailand"), (40, "Kina"), (112, "Nigeria"), (60, "Atlantis")])
def test_a_case_that_changes_country_is_found_in_both_rows(line: int, country: str, tmp_path: Path) -> None:
    people = rows("amended")
    before, people[line - 2]["country"] = people[line - 2]["country"], country
    assert before != country
    changed = tmp_path / "cases.csv"
    with changed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, people[0].keys())
        writer.writeheader()
        writer.writerows(people)
    books = pipeline.books([BOOK], {"cases": (str(changed),)})
    findings = pipeline.check([str(REPORTS / "corrected.pdf")], books).findings
    summary = [one for one in findings if one.rule == "nationality-by-cases"]
    counts = Counter(row["country"] for row in people)
    assert len(summary) == 2
    assert told(summary, before) == f"gives {counts[before] or 'nothing'}"
    assert told(summary, country) == f"gives {counts[country]}"
    kinds = {one.diagnosis.kind for one in findings if one.diagnosis is not None}
    assert "stale figure" not in kinds  # two tables that print the same are no slip of either


def told(findings: list[Finding], country: str) -> str:
    """What the data are said to give for a country."""
    message = next(one.message for one in findings if country in one.message)
    words = message[message.index("gives ") :].split(maxsplit=2)
    return " ".join(words[:2]).rstrip(".")


def rows(name: str) -> list[dict[str, str]]:
    with (REPORTS / f"cases-as-{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
