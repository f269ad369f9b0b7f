"""Data sources in books: every sort of fault at its place, all at once, and sources as written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from validator import rulebook
from validator.checks import kinds
from validator.model.errors import RuleError
from validator.model.pages import Manner
from validator.model.patterns import uncommon
from validator.model.settings import DEFAULT

BROKEN = Path(__file__).parent / "broken_data" / "sources.yml"


def test_every_fault_of_sources_is_told_with_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(BROKEN.parent)
    with pytest.raises(RuleError) as raised:
        rulebook.load([BROKEN.name], kinds(), DEFAULT)
    expected = BROKEN.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert [str(problem) for problem in raised.value.problems] == [f"{BROKEN.name}:{line}" for line in expected]


def _book(folder: Path, text: str) -> rulebook.Book:
    (folder / "book.yml").write_text(f"validator: 1\nbook: b\n{text}", encoding="utf-8")
    return rulebook.load([folder / "book.yml"], kinds(), DEFAULT)[0]


def test_patterns_of_files_go_by_name_and_into_folders(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "in/2024/c.csv", "[odd].csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("id\n1\n")
    book = _book(tmp_path, "sources: {flat: '?.csv', deep: 'in/**/*.csv', odd: '[odd].csv', two: [b.csv, '?.csv']}")
    names = {
        key: [Path(file).relative_to(tmp_path).as_posix() for file in one.files] for key, one in book.sources.items()
    }
    assert names == {
        "flat": ["a.csv", "b.csv"],
        "deep": ["in/2024/c.csv"],
        "odd": ["[odd].csv"],
        "two": ["b.csv", "a.csv"],
    }


def test_how_a_file_is_written_is_said_by_sign_or_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id\n1\n")
    written = "{files: a.csv, delimiter: tab, encoding: cp1252, decimal: ',', thousands: space, missing: [NA, '.']}"
    one = _book(tmp_path, f"sources: {{cases: {written}}}").sources["cases"]
    assert (one.delimiter, one.encoding, one.decimal, one.thousands, one.missing) == (
        "\t",
        "cp1252",
        ",",
        " ",
        ("NA", "."),
    )


def test_documents_are_known_by_their_files_and_written_as_said(tmp_path: Path) -> None:
    book = _book(
        tmp_path, "documents: {cases: {file: 'cases-*.csv', delimiter: pipe, decimal: ','}, report: 'Road deaths'}"
    )
    paths = ["in/cases-2024.csv", "in/cases.csv", "report.pdf"]
    assert rulebook.manners([book], paths) == {"in/cases-2024.csv": Manner("|", "", ",", "")}


def test_two_books_that_say_different_things_of_one_file_are_told(tmp_path: Path) -> None:
    one = _book(tmp_path, "documents: {cases: {file: 'cases.csv', delimiter: pipe}}")
    shutil.move(tmp_path / "book.yml", tmp_path / "other.yml")
    other = _book(tmp_path, "documents: {all: {file: '*.csv', delimiter: tab}}")
    with pytest.raises(RuleError, match=r"book.yml:3:13: document 'all' has cases.csv written otherwise"):
        rulebook.manners([one, other], ["cases.csv"])
    assert rulebook.manners([one], ["cases.csv", "other.csv"]).keys() == {"cases.csv"}


@pytest.mark.parametrize(
    ("pattern", "refused"),
    [
        ("[A-Z]{2}-[0-9]{4}", None),
        (r"(?i)a(?:b|c)(?P<n>d)\b\d{1,255}", None),
        ("(?=a)", ("(?=", 0)),
        (r"(a)\1", (r"\1", 3)),
        ("a*+", ("*+", 1)),
        ("(?m)^a$", ("(?m", 0)),
        ("a(?i)b", ("(?i)", 1)),
        ("(?i:a)", ("(?i", 0)),
        (r"\u00e9", (r"\u", 0)),
        ("[[:alpha:]]", ("[[:", 0)),
        ("a{1,256}", ("{1,256}", 1)),
        ("a{,3}", ("{,3}", 1)),
        (r"[\D]", (r"\D", 1)),
        (r"a[^x\W]", (r"\W", 4)),
        (r"[]\S]", (r"\S", 2)),
        (r"[\b]", (r"\b", 1)),
        (r"[\\D]\D[\]d\d]\b", None),
        (r"\[\D]", None),
    ],
)
def test_patterns_that_not_every_engine_reads_alike_are_refused(pattern: str, refused: tuple[str, int] | None) -> None:
    assert uncommon(pattern) == refused
