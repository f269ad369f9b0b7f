"""The command line of the hook, and of checks whose book names its reports or is held against other data."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import cli

BOOK = """\
validator: 1
reports: report-*.csv
sources: {cases: cases.csv}
tables: {totals: {header: Country Persons}}
rules: [{id: by-country, reconcile: [totals, count(cases) by country]}]
"""
FILES = {
    "rules/book.yml": BOOK.replace("report-", "../report-").replace("cases.csv", "../cases.csv"),
    "book.yml": BOOK,
    "report-1.csv": "Country,Persons\nNorway,2\nSpain,1\n",
    "cases.csv": "id,country\n1,Norway\n2,Norway\n3,Spain\n",
    "other.csv": "id,country\n1,Norway\n2,Spain\n3,Spain\n",
}
CLEAN, VIOLATED, UNUSABLE = 0, 1, 2


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_book_that_names_its_reports_needs_none_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--rules", "book.yml"]) == CLEAN
    assert "report-1.csv" in capsys.readouterr().out


def test_a_report_that_is_given_is_checked_instead(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "draft.csv").write_text("Country,Persons\nNorway,2\nSpain,4\n", encoding="utf-8")
    assert cli.main(["check", "draft.csv", "--rules", "book.yml"]) == VIOLATED
    out = capsys.readouterr().out
    assert "4 is printed for Spain; count(cases) by country gives 1." in out
    assert "report-1.csv" not in out


def test_a_report_that_is_not_there_is_told_with_its_place(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "report-1.csv").unlink()
    assert cli.main(["check", "--rules", "book.yml"]) == UNUSABLE
    assert "book.yml:2:10: 'reports': no file is called report-*.csv" in capsys.readouterr().err
    assert cli.main(["rules", "book.yml"]) == CLEAN  # it may have to be made first
    assert "warning: book.yml:2:10: 'reports': no file" in capsys.readouterr().out


def test_the_same_rules_on_other_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--rules", "book.yml", "--source", "cases=other.csv"]) == VIOLATED
    assert "2 is printed for Norway; count(cases) by country gives 1." in capsys.readouterr().out
    both = ["--source", "cases=other.csv", "--source", "cases=cases.csv"]
    assert cli.main(["check", "--rules", "book.yml", *both]) == VIOLATED
    assert "2 is printed for Norway; count(cases) by country gives 3." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--rules", "book.yml", "--source", "other.csv"], "write NAME=FILE"),
        (["check", "--rules", "book.yml", "--source", "=other.csv"], "write NAME=FILE"),
        (["check", "--rules", "book.yml", "--source", "cases=no.csv"], "there is no file no.csv"),
        (["check", "--rules", "book.yml", "--source", "case=other.csv"], "has a source 'case'; there are cases"),
        (["check", "--rules", "book.yml", "--source", "cases=other.csv", "--output", "other.csv"], "is also an input"),
        (["check", "--rules", "book.yml", "--format", "json", "--output", "report-1.csv"], "is also an input"),
        (["hook"], "the following arguments are required: FILE"),
        (["hook", "cases.csv", "--rules", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == UNUSABLE
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_the_hook_says_what_it_found(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["hook", "cases.csv"]) == CLEAN
    book = Path("rules", "book.yml")
    assert capsys.readouterr().out == f"{book}: 1 of 1 rule asked about what changed: no contradiction found\n"
    (home / "cases.csv").write_text(FILES["other.csv"], encoding="utf-8")
    for _ in range(2):  # as it is found, and as it is kept
        assert cli.main(["hook", "--rules", "rules", "cases.csv", "notes.txt"]) == VIOLATED
        assert "2 is printed for Norway" in capsys.readouterr().out


def test_several_books_are_told_one_after_the_other(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "cases.csv").write_text(FILES["other.csv"], encoding="utf-8")
    assert cli.main(["hook", "--rules", "rules", "--rules", "book.yml", "cases.csv"]) == VIOLATED
    assert capsys.readouterr().out.count("asked about what changed") == 2


def test_a_report_that_cannot_be_read_is_no_verdict(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "report-2.csv").write_bytes(b"Country,Persons\n\x00\x01\x02,2\n")
    for _ in range(2):  # it is not kept either
        assert cli.main(["hook", "cases.csv"]) == UNUSABLE
        assert "report-2.csv" in capsys.readouterr().err
