"""Waivers: read with every fault at once, applied by fingerprint, stale ones told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from validator.model.errors import RuleError
from validator.model.findings import Acceptance, Exhibit, Finding, Severity, Source
from validator.model.locations import Box, Location
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict
from validator.rulebook import apply_waivers, load_waivers

GOOD = """
- {fingerprint: 3f9c2b7a1d04, reason: revised, name: A. Author, date: 2026-03-01}
- fingerprint: "000000000000"
  reason: known
  name: B. Author
  date: "2026-03-02"
"""
BROKEN = """
- {fingerprint: a, reason: r, name: n, date: 2026-02-30}
- {fingerprint: a, reason: r, nam: n, date: 2026-03-01}
- {fingerprint: b, reason: "", name: n, date: 1.3.2026}
- b
"""


def finding(fingerprint: str) -> Finding:
    place = Exhibit("stated", "1", None, Location("report.pdf", 1, Box(0, 0, 1, 1)))
    return Finding(fingerprint, "footing", Source.DECLARED, Verdict.VIOLATED, Severity.ERROR, "No.", (place,))


def write(text: str, path: Path) -> Path:
    file = path / "waivers.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_an_accepted_finding_is_kept_and_no_longer_fails(tmp_path: Path) -> None:
    waivers = load_waivers(write(GOOD, tmp_path), DEFAULT)
    findings, warnings = apply_waivers([finding("3f9c2b7a1d04"), finding("other")], waivers)
    assert findings[0].accepted == Acceptance("revised", "A. Author", "2026-03-01")
    assert [one.fails for one in findings] == [False, True]
    assert len(warnings) == 1
    assert "waivers.yml:3: the waiver '000000000000' matches no finding" in warnings[0]


def test_every_fault_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as raised:
        load_waivers(write(BROKEN, tmp_path), DEFAULT)
    assert [f"{p.line}:{p.column}: {p.message}" for p in raised.value.problems] == [
        "2:46: 'date' must be a day such as 2026-03-01, not '2026-02-30'",
        "3:3: a waiver lacks 'name'",
        "3:17: this finding is waived already on line 2",
        "3:31: a waiver has no key 'nam'; did you mean 'name'?",
        "4:29: 'reason' is empty",
        "4:47: 'date' must be a day such as 2026-03-01, not '1.3.2026'",
        "5:3: a waiver must be a mapping (name: value), not a text",
    ]


@pytest.mark.parametrize("text", ["", "{}", "a: [", "reason: x"])
def test_a_file_that_is_no_list_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        load_waivers(write(text, tmp_path), DEFAULT)


def test_an_empty_list_is_fine(tmp_path: Path) -> None:
    assert load_waivers(write("[]\n", tmp_path), DEFAULT) == ()


WITH_ROWS = "- {{fingerprint: f, reason: r, name: n, date: 2026-03-01{}}}"


@pytest.mark.parametrize(
    ("given", "rows", "accepted", "warning"),
    [
        (", rows: 3", 3, True, ""),
        (", rows: 3", 1, True, ""),
        (", rows: 3", 4, False, "waivers.yml:1: the waiver 'f' accepts 3; there are 4"),
        ("", 3, False, "the waiver 'f' does not say how many rows or groups of data it accepts; add 'rows: 3'"),
        (", rows: 3", None, True, ""),  # of print there is only what it names
    ],
)
def test_data_are_accepted_up_to_as_many_rows_as_the_waiver_says(
    given: str, rows: int | None, accepted: bool, warning: str, tmp_path: Path
) -> None:
    waivers = load_waivers(write(WITH_ROWS.format(given), tmp_path), DEFAULT)
    (found,), warnings = apply_waivers([replace(finding("f"), rows=rows)], waivers)
    assert (found.accepted is not None) is accepted
    assert [warning in one for one in warnings] == [True] * bool(warning)


@pytest.mark.parametrize("rows", ["0", "-1", "many", "1.5"])
def test_rows_of_a_waiver_are_a_whole_number(rows: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="'rows' must be a whole number from 1 on"):
        load_waivers(write(WITH_ROWS.format(f", rows: {rows}"), tmp_path), DEFAULT)
