"""Which figures no check touches is told in every format, bounded, and where a reader asks for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from validator import report
from validator.model.findings import Severity
from validator.model.settings import Settings

from .sample import build

if TYPE_CHECKING:
    from validator.model.results import Checked, Result


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return build(tmp_path_factory.mktemp("unchecked"))


def first(result: Result, **settings: int) -> dict[str, object]:
    context = report.Context("0", settings=Settings(**settings))  # type: ignore[arg-type]
    document = json.loads(report.load("json").render(result, context))["documents"][0]
    assert isinstance(document, dict)
    return document


def left(checked: Checked) -> list[str]:
    return [figure.quote or figure.text for figure in checked.unchecked]


def test_json_lists_each_with_its_place_and_reason(result: Result) -> None:
    document, checked = first(result), result.documents[0]
    listed = document["unchecked"]
    assert isinstance(listed, list)
    assert [one["text"] for one in listed] == left(checked)
    reasons = [checked.reasons.get(figure) for figure in checked.unchecked]
    assert [one["reason"] for one in listed] == reasons
    assert None in reasons
    assert any(reasons)
    assert document["unchecked_more"] == 0


def test_json_counts_those_beyond_the_bound(result: Result) -> None:
    document = first(result, unchecked_listed=1)
    assert len(document["unchecked"]) == 1  # type: ignore[arg-type]
    assert document["unchecked_more"] == len(result.documents[0].unchecked) - 1


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_people_are_told_by_page_where_they_ask_for_all(result: Result, name: str) -> None:
    short, whole = (
        report.load(name).render(result, report.Context("0", level=level))
        for level in (Severity.WARNING, Severity.NOTE)
    )
    assert "Not checked in" not in short
    told = " ".join(whole.partition("Not checked in")[2].split())
    assert all(text.replace("#", "\\#") in told or text in told for one in result.documents for text in left(one))
    assert "page 2: " in told


def test_of_a_long_page_the_rest_is_counted(result: Result) -> None:
    context = report.Context("0", level=Severity.NOTE, settings=Settings(unchecked_shown=1))
    told = report.load("text").render(result, context).partition("Not checked in")[2]
    assert "more" in told


def test_the_summary_says_how_to_see_them(result: Result) -> None:
    assert "--all lists them" in " ".join(report.load("text").render(result, report.Context("0")).split())
