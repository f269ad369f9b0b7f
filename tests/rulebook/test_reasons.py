"""An ``unchecked`` entry may wait for its reason: it is no fault, and no reason either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator import rulebook
from validator.coverage import covered
from validator.model.errors import RuleError
from validator.model.settings import DEFAULT

from .helpers import KINDS, extract, passage

if TYPE_CHECKING:
    from pathlib import Path

    from validator.rulebook import Book

REPORT = extract(passage("The police came ⟨99⟩ times."))


def book(folder: Path, entry: str) -> Book:
    path = folder / "book.yml"
    path.write_text(f"validator: 1\nunchecked:\n  - text: 'police came {{}} times'\n{entry}", encoding="utf-8")
    return rulebook.load([path], KINDS, DEFAULT)[0]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [("    reason:\n", ""), ("    reason: # to be written\n", ""), ("    reason: printed once\n", "printed once")],
)
def test_a_reason_is_given_or_still_to_be_written(tmp_path: Path, entry: str, reason: str) -> None:
    one = book(tmp_path, entry)
    assert [waiting.reason for waiting in one.unchecked] == [reason]
    binding = rulebook.bind([one], [REPORT], KINDS, DEFAULT)
    assert [figure.text for figure in binding.unchecked[0].figures] == ["99"]
    assert list(covered([REPORT], [], binding)[0].reasons.values()) == ([reason] if reason else [])


def test_an_entry_without_the_key_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="lacks 'reason'"):
        book(tmp_path, "")
