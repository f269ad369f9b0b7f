"""What of a book changed files have to do with: its rules by the sources they name, and by whether they name print."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import checks
from validator.model.errors import RuleError
from validator.model.settings import DEFAULT
from validator.rulebook import load
from validator.rulebook.book import Book
from validator.rulebook.references import references
from validator.rulebook.touched import Touched, reports, touched

BOOK = """\
validator: 1
reports: report-*.csv
sources:
  cases: {files: "cases-*.csv", schema: cases.yml}
  codes: codes.csv
  other: other.csv
tables:
  totals: {header: Region Deaths, schema: totals.yml}
  years: {header: Year Deaths, schema: totals.yml}
figures:
  - "there were {deaths} deaths"
unchecked:
  - {text: "page {}", reason: a page}
rules:
  - {id: data, not-null: cases.age}
  - {id: key, foreign-key: {columns: cases.code, in: codes.code}}
  - {id: both, reconcile: [totals, count(cases) by region]}
  - {id: sums, reconcile: [count(other) by region, sum(codes.n) by region]}
  - {id: print, footing: totals}
  - {id: phrase, tie-out: [deaths, "totals[Total]"]}
  - {id: labels, unique-labels: totals}
  - {id: relation, linear: 2 * deaths >= count(other)}
  - {id: list, same-labels: {left: totals, right: [North, South]}}
"""
FILES = (
    "report-1.csv",
    "report-2.csv",
    "cases-1.csv",
    "cases-2.csv",
    "codes.csv",
    "other.csv",
    "cases.yml",
    "totals.yml",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path


def book(folder: Path, text: str = BOOK) -> Book:
    path = folder / "book.yml"
    path.write_text(text, encoding="utf-8")
    (found,) = load([path], checks.kinds(), DEFAULT)
    return found


def part(folder: Path, *changed: str, text: str = BOOK) -> Touched | None:
    return touched(book(folder, text), {str((folder / name).resolve()) for name in changed})


def found(folder: Path, *changed: str, text: str = BOOK) -> Touched:
    one = part(folder, *changed, text=text)
    assert one is not None
    return one


def names(one: Touched) -> list[str]:
    return [rule.name for rule in one.book.rules]


def test_a_file_that_the_book_does_not_name_touches_nothing(folder: Path) -> None:
    assert part(folder, "notes.txt", "cases-1.csv.bak") is None
    assert part(folder) is None


def test_a_data_file_touches_the_rules_of_its_source(folder: Path) -> None:
    one = found(folder, "cases-2.csv")
    assert names(one) == ["data", "key", "both"]
    assert set(one.book.sources) == {"cases", "codes"}
    assert one.book.sources["cases"].schema
    assert one.reports == tuple(str(folder / name) for name in FILES[:2])
    assert one.rules == 9
    assert one.book.unchecked == ()
    assert one.book.schemas == (str(folder / "cases.yml"),)


def test_rules_on_data_alone_need_no_report(folder: Path) -> None:
    text = BOOK.replace("  - {id: both, reconcile: [totals, count(cases) by region]}\n", "")
    one = found(folder, "cases-1.csv", text=text)
    assert names(one) == ["data", "key"]
    assert one.reports == ()
    assert not one.book.needs_documents


def test_every_way_of_naming_a_source_counts(folder: Path) -> None:
    assert names(found(folder, "codes.csv")) == ["key", "sums"]
    assert names(found(folder, "other.csv")) == ["sums", "relation"]
    assert names(found(folder, "other.csv", "cases-1.csv")) == ["data", "key", "both", "sums", "relation"]


def test_a_report_touches_all_that_names_something_printed_in_it_alone(folder: Path) -> None:
    one = found(folder, "report-2.csv")
    assert names(one) == ["both", "print", "phrase", "labels", "relation", "list"]
    assert one.reports == (str(folder / "report-2.csv"),)
    assert len(one.book.schemas) == 1  # of the tables
    assert one.book.unchecked


def test_a_comparison_of_reports_needs_all_of_them(folder: Path) -> None:
    text = BOOK.replace("tables:", "documents: {old: before, new: after}\ntables:", 1)
    assert len(found(folder, "report-2.csv", text=text).reports) == 2


def test_data_and_a_report_together_need_all_reports(folder: Path) -> None:
    assert len(found(folder, "report-2.csv", "cases-1.csv").reports) == 2


def test_a_schema_touches_what_it_judges_and_no_rule(folder: Path) -> None:
    one = found(folder, "totals.yml")
    assert names(one) == []
    assert [table.schema is not None for table in one.book.tables.values()] == [True, True]
    assert not one.book.sources
    source = found(folder, "cases.yml")
    assert source.book.sources["cases"].schema


def test_the_book_itself_touches_all_of_it(folder: Path) -> None:
    one = found(folder, "book.yml")
    assert len(names(one)) == one.rules == 9
    assert len(one.reports) == 2
    assert set(one.book.sources) == {"cases", "codes", "other"}


def test_data_that_nothing_is_asked_of_touch_nothing(folder: Path) -> None:
    text = "validator: 1\nsources: {cases: cases-1.csv, codes: codes.csv}\nrules: [{not-null: codes.n}]\n"
    assert part(folder, "cases-1.csv", text=text) is None


def test_a_report_that_the_book_needs_and_does_not_name_is_a_fault(folder: Path) -> None:
    text = BOOK.replace("reports: report-*.csv\n", "")
    with pytest.raises(RuleError, match=r"book.yml:3:3: these data are tied to a report.*add 'reports: FILE'"):
        part(folder, "cases-1.csv", text=text)
    assert names(found(folder, "codes.csv", text=text)) == ["key", "sums"]


def test_a_report_that_is_not_there_is_a_fault_where_it_is_needed(folder: Path) -> None:
    text = BOOK.replace("report-*.csv", "[report-1.csv, repotr.csv]")
    with pytest.raises(RuleError, match=r"book.yml:2:\d+: 'reports': there is no file .*repotr.csv"):
        part(folder, "cases-1.csv", text=text)
    with pytest.raises(RuleError):
        reports(book(folder, text))
    assert names(found(folder, "codes.csv", text=text)) == ["key", "sums"]


def test_a_book_about_reports_that_names_none_waits_to_be_told(folder: Path) -> None:
    text = "validator: 1\ntables: {totals: {header: Region}}\nrules: [{footing: totals}]\n"
    assert part(folder, "book.yml", text=text) is None


def test_references_are_all_files_of_a_book(folder: Path) -> None:
    book(folder)
    assert references(str(folder / "book.yml"), DEFAULT) == (
        "report-*.csv", "cases-*.csv", "cases.yml", "codes.csv", "other.csv", "totals.yml",
    )  # fmt: skip
