"""The rule books, waivers and commands that the documentation shows are ones that the program takes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from validator import cli, rulebook
from validator.checks import kinds
from validator.model.settings import DEFAULT

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMED = ("data/deaths-2024.csv", "data/regions.xlsx", "data/persons.parquet", "cases.csv")  # files of the examples


def blocks(page: Path, *languages: str) -> list[str]:
    """The examples of a page in one of the languages."""
    found = re.findall(r"```(\w*)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [text for language, text in found if language in languages]


BOOKS = [
    pytest.param(text, id=f"{page.name}-{number}")
    for page in PAGES
    for number, text in enumerate(blocks(page, "yaml"))
    if "validator: 1\n" in text or "validator: 1 " in text
]
COMMANDS = sorted(
    {
        line.partition("#")[0].strip()
        for page in PAGES
        for block in blocks(page, "sh", "")
        for line in block.splitlines()
        if line.startswith("validator ")
    }
)


@pytest.mark.parametrize("text", BOOKS)
def test_a_book_of_the_documentation_loads(text: str, tmp_path: Path) -> None:
    for name in (*NAMED, "schemas/cases.py"):
        (tmp_path / "rules" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "rules" / name).touch()
    (tmp_path / "rules/schemas/cases.py").write_text(
        next(one for one in blocks(ROOT / "docs/schemas.md", "python") if "class Cases" in one), encoding="utf-8"
    )
    schema = (ROOT / "schemas/labelled_counts.yml").read_text(encoding="utf-8")
    (tmp_path / "schemas").mkdir()
    for path in ("schemas/labelled_counts.yml", "schemas/persons.yml", "rules/schemas/cases.yml"):
        (tmp_path / path).write_text(schema, encoding="utf-8")
    book = tmp_path / "rules" / "book.yml"
    book.write_text(text, encoding="utf-8")
    (loaded,) = rulebook.load([book], kinds(), DEFAULT)
    assert loaded.rules or loaded.sources
    assert not loaded.warnings


def test_the_waivers_of_the_documentation_load(tmp_path: Path) -> None:
    (text,) = (one for one in blocks(ROOT / "docs/rule-books.md", "yaml") if "fingerprint:" in one)
    (tmp_path / "waivers.yml").write_text(text, encoding="utf-8")
    assert len(rulebook.load_waivers(tmp_path / "waivers.yml", DEFAULT)) == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_documentation_is_one(command: str) -> None:
    assert cli.parser().parse_args(shlex.split(command)[1:]).run


def test_commands_and_books_were_found() -> None:
    assert len(BOOKS) >= 4
    assert len(COMMANDS) >= 8
