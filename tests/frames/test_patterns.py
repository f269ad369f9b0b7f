"""Patterns mean the same whether Python or RE2 runs them, and only what is surely quick is left to Python."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.frames.faults import MisfitError
from validator.frames.patterns import _simple, begins, checked, matching, within

PARTS = ["a", "b", ".", "x*", "[ab]+", "[^a]", "a{2}", "b?", "^", "$", r"\.", "(a|b)", "(?:b|)", "|", "é", "[*+?]", " "]
TEXTS = st.text(alphabet="abxé.*\n ", max_size=6)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=5).map("".join), st.lists(TEXTS, max_size=8))
def test_both_engines_agree(pattern: str, texts: list[str]) -> None:
    asked = [text for text in texts if not text.endswith("\n")]  # after which Python's $ is true as well
    begun = {text for text in asked if re.match(pattern, text)}
    assert matching(pattern, asked) == {text for text in asked if re.fullmatch(pattern, text)}
    assert matching(within(pattern, "", r"(?:.|\n)*"), asked) == begun
    assert {text for text in asked if begins(pattern, text)} == begun


@pytest.mark.parametrize("pattern", [".*", "^(19|20)[0-9]{2}$", r"n\.a\.", "[*+]*x", "a{2,3}", "Men|Women|Total"])
def test_what_column_names_are_mostly_asked_is_simple(pattern: str) -> None:
    assert _simple(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|a)*", "a?a?", "(a|b){9}", "|".join("abcdefghijkl"), r"\d", "(?i)a", "a+?b", "[a]*[a]*", "((a)?)"],
)
def test_what_may_take_long_or_is_read_otherwise_is_not(pattern: str) -> None:
    assert not _simple(pattern)


def test_half_a_sign_is_no_fault() -> None:
    assert matching("a.b", ["a\ud800b", "ab"]) == {"a\ud800b"}


@pytest.mark.parametrize(("pattern", "why"), [("(", "is no pattern"), ("(?=a)", "not in the patterns of every engine")])
def test_what_not_every_engine_has_is_refused(pattern: str, why: str) -> None:
    with pytest.raises(MisfitError, match=why):
        checked(pattern)
