"""`validator rules`: which files it looks at, and what it says of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from validator import cli

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schemas" / "labelled_counts.yml"
WAIVERS = "- fingerprint: 3f9c2b7a1d04\n  reason: it stays\n  name: A. Author\n  date: 2026-03-01\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "rules" / "cmm-2011.yml", tmp_path / "book.yml")
    text = (tmp_path / "book.yml").read_text(encoding="utf-8")
    (tmp_path / "book.yml").write_text(text.replace("../schemas/", f"{ROOT}/schemas/"), encoding="utf-8")
    shutil.copy(SCHEMA, tmp_path / "schema.yml")
    (tmp_path / "waivers.yml").write_text(WAIVERS, encoding="utf-8")
    return tmp_path


def test_schemas_and_waivers_are_no_books(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(folder / name) for name in ("book.yml", "schema.yml", "waivers.yml")]
    assert cli.main(["rules", *files]) == cli.UNUSABLE
    assert "schema.yml:" in capsys.readouterr().err
    assert cli.main(["rules", "--books-only", *files]) == 0
    assert capsys.readouterr().out.count("\n") == 1
    assert cli.main(["rules", "--books-only", *files[1:]]) == 0
    assert capsys.readouterr().out == ""


def test_faults_of_books_and_files_that_are_not_there_are_told_all_the_same(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = folder / "book.yml"
    book.write_text(book.read_text(encoding="utf-8").replace("tie-out:", "tie-owt:", 1), encoding="utf-8")
    assert cli.main(["rules", "--books-only", str(book), str(folder / "schema.yml")]) == cli.UNUSABLE
    assert "tie-out" in capsys.readouterr().err
    assert cli.main(["rules", "--books-only", str(folder / "absent.yml")]) == cli.UNUSABLE
    assert "absent.yml" in capsys.readouterr().err
