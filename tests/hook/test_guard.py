"""The guard asks what is touched, keeps what came of it, and asks again as soon as anything changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from validator import pipeline
from validator.hook import guard, store
from validator.model.errors import RuleError, UsageError
from validator.report import Context

BOOK = """\
validator: 1
reports: ../report.csv
sources:
  cases: ../cases.csv
tables:
  totals: {header: Country Persons}
rules:
  - {id: by-country, reconcile: [totals, count(cases) by country]}
  - {id: ages, in-range: {columns: cases.age, min: 0, max: 120}}
  - {id: adds-up, footing: totals}
"""
REPORT = "Country,Persons\nNorway,2\nSpain,1\nIceland,3\nTotal,6\n"
CASES = "id,country,age\n1,Norway,20\n2,Norway,31\n3,Spain,17\n4,Iceland,40\n5,Iceland,41\n6,Iceland,42\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    for name, text in (("rules/book.yml", BOOK), ("report.csv", REPORT), ("cases.csv", CASES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The rules of each check that was really made."""
    made: list[list[str]] = []
    check = pipeline.check

    def counted(paths, books, *rest, **options):  # type: ignore[no-untyped-def]
        made.append([rule.name for book in books for rule in book.rules])
        return check(paths, books, *rest, **options)

    monkeypatch.setattr(pipeline, "check", counted)
    return made


def hook(*files: str, waivers: str | None = None, remember: bool = True, width: int = 80) -> guard.Told:
    (told,) = guard.check(guard.Asked(files, [], waivers, None, remember), Context(width=width))
    return told


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.usefixtures("home")
def test_a_sound_file_is_one_line(runs: list[list[str]]) -> None:
    told = hook("cases.csv")
    name = Path("rules", "book.yml")
    assert told == (f"{name}: 2 of 3 rules asked about what changed: no contradiction found\n", False, ())
    assert runs == [["by-country", "ages"]]


def test_a_changed_country_is_told_with_the_published_row(home: Path) -> None:
    edit(home / "cases.csv", "3,Spain", "3,Norway")
    told = hook("cases.csv")
    assert told.fails
    assert "1 is printed for Spain; count(cases) by country gives nothing." in " ".join(told.text.split())
    assert "figures checked" not in told.text  # of a part of the rules


@pytest.mark.usefixtures("home")
def test_only_what_a_report_is_about_is_asked_of_it(runs: list[list[str]]) -> None:
    hook("report.csv")
    assert runs == [["by-country", "adds-up"]]


@pytest.mark.usefixtures("home")
def test_what_was_checked_as_it_stands_is_not_checked_again(runs: list[list[str]], home: Path) -> None:
    first = hook("cases.csv")
    assert hook("cases.csv") == first
    assert len(runs) == 1
    edit(home / "cases.csv", "3,Spain", "3,Norway")
    wrong = hook("cases.csv")
    assert hook("cases.csv") == wrong
    assert wrong.fails
    edit(home / "cases.csv", "3,Norway", "3,Spain")
    assert hook("cases.csv") == first
    assert len(runs) == 2


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("cases.csv", "20", "21"),
        ("report.csv", "Norway,2", "Norway,1"),
        ("rules/book.yml", "max: 120", "max: 110"),
        ("waivers.yml", "a. author", "A. Author"),
    ],
)
def test_anything_that_a_result_rests_on_is_part_of_its_key(
    file: str, old: str, new: str, home: Path, runs: list[list[str]]
) -> None:
    (home / "waivers.yml").write_text(
        "- {fingerprint: abcdefabcdef, reason: r, name: a. author, date: 2026-01-01}", encoding="utf-8"
    )
    hook("cases.csv", waivers="waivers.yml")
    edit(home / file, old, new)
    hook("cases.csv", waivers="waivers.yml")
    assert len(runs) == 2


@pytest.mark.usefixtures("home")
def test_another_program_or_another_width_asks_again(runs: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    hook("cases.csv")
    hook("cases.csv", width=100)
    monkeypatch.setattr(guard, "_program", lambda: b"another")
    hook("cases.csv")
    hook("cases.csv", remember=False)
    hook("cases.csv")
    assert len(runs) == 4


def test_the_program_is_known_by_what_it_is_made_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = guard._program()
    assert guard._program() == before
    (tmp_path / "duckdb-99.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert guard._program() != before


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("kept", [{"text": 1, "fails": False}, {"text": "planted"}, ["text", "fails"], "text", None])
def test_what_was_kept_is_believed_only_as_what_it_should_be(
    kept: store.Json, runs: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "load", lambda kind, _: kept if kind == "run" else None)
    assert "no contradiction found" in hook("cases.csv").text
    assert len(runs) == 1


def test_a_file_that_changes_while_it_is_checked_is_not_kept(
    home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = pipeline.check

    def slow(*given, **options):  # type: ignore[no-untyped-def]
        found = check(*given, **options)
        edit(home / "cases.csv", "20", "22")
        return found

    monkeypatch.setattr(pipeline, "check", slow)
    hook("cases.csv")
    assert not list(cache.glob("run-*.json"))


def test_without_a_cache_folder_all_is_checked(
    home: Path, runs: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(home / "cases.csv"))
    assert hook("cases.csv") == hook("cases.csv")
    assert len(runs) == 2


def test_waivers_of_rules_that_are_not_asked_are_not_stale(home: Path, runs: list[list[str]]) -> None:
    entry = "- {fingerprint: abcdefabcdef, reason: r, name: a, date: 2026-01-01}\n"
    (home / "waivers.yml").write_text(entry, encoding="utf-8")
    assert "matches no finding" not in hook("cases.csv", waivers="waivers.yml").text
    assert "3 of 3 rules" in hook("waivers.yml", waivers="waivers.yml").text
    assert runs[-1] == ["by-country", "ages", "adds-up"]


def test_faults_of_a_book_that_is_touched_are_told(home: Path) -> None:
    edit(home / "rules" / "book.yml", "in-range", "in-rnage")
    with pytest.raises(RuleError, match="in-rnage"):
        hook("cases.csv")


def test_a_book_that_is_not_touched_is_not_even_loaded(home: Path) -> None:
    (home / "rules" / "other.yml").write_text("validator: 1\nrules: [{nonsense: x}]\n", encoding="utf-8")
    assert not hook("cases.csv").fails


def test_no_rule_book_at_all_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="there is no rule book in rules"):
        list(guard.check(guard.Asked(["cases.csv"], []), Context()))


def test_a_waiver_accepts_as_many_rows_of_data_as_it_says_and_fewer(home: Path) -> None:
    edit(home / "cases.csv", "1,Norway,20", "1,Norway,200")
    edit(home / "cases.csv", "2,Norway,31", "2,Norway,310")
    fingerprint = re.search(r"\(rules.book.yml:\d+\) · (\w+)", hook("cases.csv").text)
    assert fingerprint
    waiver = home / "waivers.yml"
    entry = f"- {{fingerprint: {fingerprint[1]}, reason: r, name: a, date: 2026-01-01, rows: 2}}\n"
    waiver.write_text(entry, encoding="utf-8")
    assert not hook("cases.csv", waivers="waivers.yml").fails
    edit(home / "cases.csv", "31", "3")  # another age, of one row less
    assert not hook("cases.csv", waivers="waivers.yml").fails
    waiver.write_text(entry.replace("rows: 2", "rows: 1"), encoding="utf-8")
    edit(home / "cases.csv", "3,Spain,17", "3,Spain,-1")
    told = hook("cases.csv", waivers="waivers.yml")
    assert told.fails
    assert "accepts 1; there are 2" in " ".join(told.text.split())
