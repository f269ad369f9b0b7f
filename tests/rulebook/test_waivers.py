"""Waivers: read with every fault at once, applied by fingerprint, stale ones told."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.model.errors import RuleError
from validator.model.findings import Acceptance, Exhibit, Finding, Severity, Source
from validator.model.locations import Box, Location
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
    waivers = load_waivers(write(GOOD, tmp_path))
    findings, warnings = apply_waivers([finding("3f9c2b7a1d04"), finding("other")], waivers)
    assert findings[0].accepted == Acceptance("revised", "A. Author", "2026-03-01")
    assert [one.fails for one in findings] == [False, True]
    assert len(warnings) == 1
    assert "waivers.yml:3: the waiver '000000000000' matches no finding" in warnings[0]


def test_every_fault_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as raised:
        load_waivers(write(BROKEN, tmp_path))
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
        load_waivers(write(text, tmp_path))


def test_an_empty_list_is_fine(tmp_path: Path) -> None:
    assert load_waivers(write("[]\n", tmp_path)) == ()
