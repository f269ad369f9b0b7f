"""The committed JSON Schemas are what the kinds and the model give, and they fit what is written by them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "schemas"


def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("schemas_build", SCHEMAS / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def schema(name: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def test_committed_schemas_are_current() -> None:
    for path, text in build().schemas().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is stale: run python schemas/build.py"


@pytest.mark.parametrize("name", ["rulebook.schema.json", "result.schema.json"])
def test_schemas_are_valid(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


BOOKS = sorted((ROOT / "rules").rglob("*.yml"))


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_rule_books_fit_the_schema(path: Path) -> None:
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema("rulebook.schema.json"))


def documented_book() -> str:
    """The first example of the documentation."""
    page = (ROOT / "docs" / "rule-books.md").read_text(encoding="utf-8")
    return page.split("```yaml\n")[1].split("```")[0]


def test_documented_book_fits_the_schema() -> None:
    jsonschema.validate(yaml.safe_load(documented_book()), schema("rulebook.schema.json"))


@pytest.mark.parametrize(
    "change",
    [
        {"rulez": []},
        {"validator": 2},
        {"rules": [{"footin": "regions"}]},
        {"rules": [{"footing": "regions", "severity": "fatal"}]},
        {"tables": {"regions": {"schema": "x.yml"}}},
        {"unchecked": [{"text": "a {}"}]},
    ],
)
def test_schema_refuses_what_the_loader_refuses(change: dict[str, Any]) -> None:
    book = {**yaml.safe_load(documented_book()), **change}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(book, schema("rulebook.schema.json"))
