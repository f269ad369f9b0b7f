"""A book names a schema by its file, or by its name in a Python file; the hook sees the file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from validator import checks, rulebook
from validator.model.errors import RuleError
from validator.model.schemas import split
from validator.model.settings import DEFAULT
from validator.rulebook.references import references
from validator.rulebook.touched import touched

from .tables import write

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "import pandera as pa\nclass Cases(pa.DataFrameModel):\n    id: int\n"


def book(tmp_path: Path, schema: str) -> str:
    write("id\n1\n", tmp_path, "cases.csv")
    write(SCHEMA, tmp_path, "cases.py")
    text = f'validator: 1\nsources:\n  cases: {{files: cases.csv, schema: "{schema}"}}\n'
    return write(text, tmp_path, "book.yml")


@pytest.mark.parametrize("schema", ["cases.py", "cases.py:Cases"])
def test_a_python_schema_is_named_with_or_without_its_name(schema: str, tmp_path: Path) -> None:
    path = book(tmp_path, schema)
    (one,) = rulebook.load([path], checks.kinds(), DEFAULT)
    assert one.schemas == (str(tmp_path / schema),)
    assert references(path, DEFAULT) == ("cases.csv", "cases.py")
    assert touched(one, {os.path.realpath(tmp_path / "cases.py")}) is not None
    assert touched(one, {os.path.realpath(tmp_path / "other.py")}) is None


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ("case.py:Cases", "did you mean 'cases.py'?"),
        ("cases.csv", "is a YAML or a Python file"),
        ("cases.py:3", "Python file"),
    ],
)
def test_a_schema_that_is_not_there(schema: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=message.replace("?", r"\?")):
        rulebook.load([book(tmp_path, schema)], checks.kinds(), DEFAULT)


def test_a_name_is_split_from_its_file() -> None:
    assert split("a/b.py:Cases") == ("a/b.py", "Cases")
    assert split("a/b.py") == ("a/b.py", "")
    assert split("a:b/c.yml") == ("a:b/c.yml", "")
