"""The rule books find what the audits found by hand, all of it and nothing else; on the corrected editions nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from validator import pipeline
from validator.model.results import Result
from validator.model.verdicts import Verdict

ROOT = Path(__file__).parents[2]
EDITIONS = ("cmm-2011", "cmm-2023")
BOOKS = [str(ROOT / "rules" / f"{name}.yml") for name in (*EDITIONS, "cmm-editions")]
LEAST_CHECKED = 0.95  # of the figures of each report, by its issue
# The last cell of a row that begins with a number: the rules that find this discrepancy.
AUDITED = re.compile(r"^\| \d+ \|.*\| ([^|]*) \|$", re.MULTILINE)


def run(edition: str) -> Result:
    return pipeline.check([str(ROOT / "fixtures" / name / f"{edition}.pdf") for name in EDITIONS], BOOKS)


@pytest.fixture(scope="module")
def originals() -> Result:
    return run("report")


@pytest.fixture(scope="module")
def corrected() -> Result:
    return run("corrected")


def audited() -> set[str]:
    """The rules that the audits name for their discrepancies."""
    texts = [(ROOT / "fixtures" / name / "AUDIT.md").read_text(encoding="utf-8") for name in EDITIONS]
    cells = [cell for text in texts for cell in AUDITED.findall(text)]
    return {rule for cell in cells for rule in re.findall(r"`([\w-]+)`", cell)}


def test_exactly_what_the_audits_found(originals: Result) -> None:
    assert {finding.rule for finding in originals.findings} == audited()


def test_nothing_is_left_undecided(originals: Result) -> None:
    assert all(finding.verdict is Verdict.VIOLATED for finding in originals.findings)


def test_nothing_on_the_corrected_editions(corrected: Result) -> None:
    assert corrected.holds > 0
    assert [finding.message for finding in corrected.findings] == []


def test_every_finding_has_its_figures_placed(originals: Result) -> None:
    for finding in originals.findings:
        assert finding.exhibits
        assert all(exhibit.location.page >= 1 and exhibit.location.box.width > 0 for exhibit in finding.exhibits)


@pytest.mark.parametrize("edition", ["originals", "corrected"])
def test_nearly_every_figure_is_checked_and_the_rest_has_a_reason(edition: str, request: pytest.FixtureRequest) -> None:
    for checked in request.getfixturevalue(edition).documents:
        figures = checked.coverage.checked + checked.coverage.unchecked
        assert checked.coverage.checked >= LEAST_CHECKED * figures
        left = [figure for figure in checked.extract.figures if figure not in checked.verdicts]
        assert [figure.label for figure in left if figure not in checked.reasons] == []
