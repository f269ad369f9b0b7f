"""Shares whose part and whole the words fix: which whole is meant, and where nobody can say."""

from __future__ import annotations

import pytest

from tests.discover.test_claims import extract_of
from validator import languages
from validator.discover.claims_groups import readings
from validator.discover.claims_sentences import sentences
from validator.model.settings import DEFAULT

ENGLISH = languages.load("en")


def read(*text: str) -> tuple[list[tuple[str, str, str, bool, bool]], set[str]]:
    """Each share with its part, its whole, whether it holds and whether nothing else can be meant; those not told."""
    every, doubted = readings(sentences(extract_of("en", {"text": list(text)}), ENGLISH, DEFAULT), DEFAULT)
    told = []
    for one in every:
        (part,), (whole,) = (one.bound.values[name].figures() for name in ("part", "whole"))
        told.append((one.stated.text, part.text, whole.text, one.holds, one.decided))
    return told, {figure.text for figure in doubted}


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("{part} of the {whole} persons ({share} %) were fined.", "20", "60"),
        ("There were {whole} accidents. Of these, {part} ({share} %) were fatal.", "20", "60"),
        ("Of {whole} pupils, {part} ({share} %) were girls.", "20", "60"),
        ("There were {whole} pupils, and {part} of them ({share} %) were girls.", "20", "60"),
    ],
)
@pytest.mark.parametrize(("share", "holds"), [("33", True), ("35", False)])
def test_words_fix_the_whole(text: str, part: str, whole: str, share: str, holds: bool) -> None:
    found = read(text.format(part=part, whole=whole, share=share))
    assert found == ([(share, part, whole, holds, True)], set())


@pytest.mark.parametrize(
    "text",
    [
        "There were 60 accidents. 20 of the accidents (35 %) were fatal.",
        "There were 60 accidents and 10 fires. Of these, 20 (35 %) were fatal.",  # of ten no twenty can be
    ],
)
def test_words_that_only_suggest_the_whole_decide_nothing(text: str) -> None:
    assert read(text) == ([("35", "20", "60", False, False)], set())


@pytest.mark.parametrize(
    "text",
    [
        "There were 60 accidents. Another 20 (35 %) were fatal.",
        "There were 60 accidents and 40 fires. Of these, 20 (35 %) were fatal.",  # of which?
        "20 of the 60 persons (35 % of the women) were fined.",  # the share is of something else
        "There were 312 employees (2022: 298) and 20 (7 %) left.",
        "In 2021 there were 60 accidents. In 2022 20 of the accidents (35 %) were fatal.",
        "80 persons: 20 (33 %) walked, 25 (42 %) drove and 15 (30 %) sailed.",  # three that make 60
        "Of 60 persons about 20 (35 %) walked.",
    ],
)
def test_where_words_leave_the_whole_open_nothing_is_read(text: str) -> None:
    assert read(text) == ([], set())


def test_parts_that_make_the_whole_are_all_of_it() -> None:
    found, _ = read("Of 60 persons, 20 (33 %) walked, 25 (42 %) drove and 15 (30 %) sailed.")
    assert [(share, whole, holds) for share, _, whole, holds, _ in found] == [
        ("33", "60", True),
        ("42", "60", True),
        ("30", "60", False),
    ]


def test_shares_of_weighted_answers_are_not_told() -> None:
    assert read("Answers are weighted. Of 60 persons 20 (35 %) walked.") == ([], {"35"})


def test_where_most_shares_do_not_hold_they_are_of_something_else() -> None:
    slips = [f"Of 60 persons, 20 (4{n} %) said so." for n in range(DEFAULT.few_breaks + 1)]
    assert read(*slips) == ([], {"40", "41", "42"})
    few, none = read(*slips[:-1])
    assert ([share for share, *_ in few], none) == (["40", "41"], set())
