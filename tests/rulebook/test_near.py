"""What stands next to a fault: the nearest number, name, source or fingerprint, and why a slot holds no figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from validator.model.errors import RuleError
from validator.model.figures import Numeral, Unused
from validator.model.findings import Exhibit, Finding, Severity, Source
from validator.model.locations import Box, Location
from validator.model.names import nearest
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict
from validator.rulebook import apply_waivers, load_waivers
from validator.rulebook.operands import OperandError, parse
from validator.rulebook.phrases import explain
from validator.rulebook.squash import squashed

from .helpers import extract, passage
from .test_phrases import phrase

if TYPE_CHECKING:
    from pathlib import Path

PLACE = Location("report.pdf", 1, Box(0, 0, 1, 1))


@pytest.mark.parametrize(
    ("word", "words", "near"),
    [
        ("2025", ("2022", "2023", "2024"), "2024"),
        ("1999", ("Total", "2022", "2023"), "2022"),
        ("2033", ("1", "203"), "203"),
        ("Nort", ("North", "South"), "North"),
    ],
)
def test_of_a_number_the_nearest_is_the_nearest_number(word: str, words: tuple[str, ...], near: str) -> None:
    assert nearest(word, words) == near


@pytest.mark.parametrize(
    ("text", "said", "column"),
    [
        ("count(theft) by region", "no source 'theft'; did you mean 'thefts'?", 6),
        ("2 * sum(theft where a = 1)", "no source 'theft'; did you mean 'thefts'?", 8),
        ("mean( theft by region)", "no source 'theft'; did you mean 'thefts'?", 6),
    ],
)
def test_a_mistyped_source_is_told_as_one(text: str, said: str, column: int) -> None:
    with pytest.raises(OperandError) as raised:
        parse(text, ("thefts", "roads"))
    assert (str(raised.value), raised.value.column) == (said, column)


def test_where_there_are_no_sources_it_says_where_they_are_declared() -> None:
    with pytest.raises(OperandError, match="no source 'theft'; sources are declared under `sources`"):
        parse("count(theft) by region")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Unused.YEAR, "2024 is a year, which names a period; write it as printed instead of {when}"),
        (Unused.DATE, "'2024' is read as a date and not as a figure; write it as printed instead of {when}"),
    ],
)
def test_a_slot_over_a_year_is_told_what_it_covers(reason: Unused, said: str) -> None:
    report = replace(extract(passage("In 2024 some ⟨30⟩ people died.")), numerals=(Numeral("2024", reason, PLACE),))
    assert explain(phrase("In {when} some {deaths} people"), [squashed(report)]).endswith(said)


def finding(fingerprint: str) -> Finding:
    exhibit = Exhibit("stated", "1", None, PLACE)
    return Finding(fingerprint, "footing", Source.DECLARED, Verdict.VIOLATED, Severity.ERROR, "No.", (exhibit,))


def waivers(folder: Path, *fingerprints: str, date: str = "2020-03-01") -> Path:
    path = folder / "waivers.yml"
    entries = (f'- {{fingerprint: "{one}", reason: r, name: n, date: {date}}}\n' for one in fingerprints)
    path.write_text("".join(entries), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("3f9c2b7a1d40", "did you mean '3f9c2b7a1d04'?"),
        ("3f9c2b7a1d0", "did you mean '3f9c2b7a1d04'?"),
        ("3f9c2b7a1999", "remove it"),
        ("80ffdb67dca7", "remove it"),  # the finding next to it has a waiver of its own
    ],
)
def test_a_mistyped_fingerprint_is_told_the_nearest(tmp_path: Path, written: str, advice: str) -> None:
    given = load_waivers(waivers(tmp_path, written, "80ffdb67dca8"), DEFAULT)
    _, (warning,) = apply_waivers([finding("3f9c2b7a1d04"), finding("80ffdb67dca8")], given)
    assert warning.endswith(f"matches no finding; {advice}")


def test_a_day_still_to_come_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as raised:
        load_waivers(waivers(tmp_path, "a", date="9999-12-31"), DEFAULT)
    (problem,) = raised.value.problems
    assert (problem.line, problem.column) == (1, 48)
    assert problem.message.endswith("9999-12-31 is still to come")
