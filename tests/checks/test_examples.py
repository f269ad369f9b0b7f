"""Every kind has a page and every page a kind; every example on a page comes out as the page says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.checks import kinds
from validator.model.rules import Takes

from .examples import PAGES, examples_of, told, worst

if TYPE_CHECKING:
    from pathlib import Path

CASES = [
    pytest.param(example, id=f"{page.stem}-{number}-{example['verdict']}")
    for page in sorted(PAGES.glob("*.md"))
    for number, example in enumerate(examples_of(page), 1)
]


def test_kinds_and_pages_stand_one_to_one() -> None:
    assert sorted(kinds()) == sorted(page.stem for page in PAGES.glob("*.md"))


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_page_tells_everything(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {name}\n\n{kinds()[name].summary}\n")
    for parameter in kinds()[name].parameters:
        assert f"- `{parameter.name}`" in text, parameter.name
    verdicts = {example["verdict"] for example in examples_of(PAGES / f"{name}.md")}
    assert verdicts == {"holds", "violated", "undecidable"}


@pytest.mark.parametrize("example", CASES)
def test_an_example_comes_out_as_its_page_says(example: dict, tmp_path: Path) -> None:
    verdict, message = worst(told(example, tmp_path))
    assert (verdict.value, message) == (example["verdict"], example["message"])


@pytest.mark.parametrize("name", sorted(kinds()))
def test_parameters_are_told_in_words(name: str) -> None:
    for parameter in kinds()[name].parameters:
        assert parameter.summary
        assert parameter.choices or parameter.takes is not Takes.CHOICE
