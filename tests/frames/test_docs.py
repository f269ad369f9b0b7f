"""The examples of docs/schemas.md are run: both forms come to the same, and to the messages that are printed there."""

from __future__ import annotations

import re
from pathlib import Path

from validator import pipeline
from validator.frames.schema import load

from .test_python import said

PAGE = Path(__file__).parents[2] / "docs" / "schemas.md"
NAMED = {"book.yml", "schemas/cases.yml", "schemas/cases.py"}


def blocks() -> dict[str, str]:
    """The examples by the file name in their first line, or by their language."""
    found = {}
    for language, text in re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        named = re.match(r"# (\S+)\n", text)
        found[named[1] if named else language] = text
    return found


def test_the_examples_say_what_is_printed(tmp_path: Path) -> None:
    texts = blocks()
    assert texts.keys() > NAMED
    (tmp_path / "schemas").mkdir()
    for name in NAMED:
        (tmp_path / name).write_text(texts[name], encoding="utf-8")
    (tmp_path / "cases.csv").write_text(texts["csv"], encoding="utf-8")
    ours, theirs = (load(str(tmp_path / "schemas" / name)) for name in ("cases.yml", "cases.py:Cases"))
    assert [said(part) for part in ours.columns] == [said(part) for part in theirs.columns]
    assert pipeline.check_books([str(tmp_path / "book.yml")])
    result = pipeline.check([], [str(tmp_path / "book.yml")])
    printed = texts["text"].splitlines()
    for source in ("cases", "again"):
        told = [one.message for one in result.findings if one.rule == f"schema-{source}"]
        assert told == [line.replace("of cases", f"of {source}") for line in printed]
