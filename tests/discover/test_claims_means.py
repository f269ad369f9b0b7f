"""Means in sentences: held against a range or a count only where no word leaves a doubt that these are of the same."""

from __future__ import annotations

import pytest

from tests.discover.test_claims import extract_of
from validator import languages
from validator.discover.claims_means import readings
from validator.discover.claims_sentences import sentences
from validator.model.settings import DEFAULT

ENGLISH = languages.load("en")


def read(*text: str) -> list[tuple[str, str, bool]]:
    """What is read as a mean, by which kind of rule, and whether it holds."""
    found = sentences(extract_of("en", {"text": list(text)}), ENGLISH, DEFAULT)
    return [(one.stated.text, one.bound.kind, one.holds) for each in found for one in readings(each, DEFAULT)]


@pytest.mark.parametrize(
    ("text", "mean", "holds"),
    [
        ("Ages ranged from 17 to 52, mean 31.", "31", True),
        ("Ages ranged from 17 to 52, mean 58.", "58", False),
        ("Ages ranged from 17 to 52 (mean age 31).", "31", True),
        ("The mean age was 58 years (range 17-52 years).", "58", False),
    ],
)
def test_a_mean_lies_between_its_minimum_and_maximum(text: str, mean: str, holds: bool) -> None:
    assert read(text) == [(mean, "range", holds)]


@pytest.mark.parametrize(
    "text",
    [
        "Ages ranged from 17 to 52; the mean income was 58.",  # a word of its own
        "The mean age was 58 years (range 17-52 km).",  # another unit
        "Ages ranged from 52 to 17, mean 58.",  # what falls is no range
        "Ages ranged from 17 to 52, mean of men 31, mean of women 60.",  # which of them?
        "Ages ranged from 17 to 52, of 58 persons.",  # no mean
    ],
)
def test_where_range_and_mean_may_be_of_different_things_nothing_is_said(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("The 15 households have on average 2.27 children.", True),  # 34 of them
        ("The 15 households have on average 2.25 children.", False),
        ("The 15 households have 2.25 children on average.", False),
        ("The 15 households have on average 2.26 children.", False),
    ],
)
def test_whole_things_have_only_some_means(text: str, holds: bool) -> None:
    assert [(kind, held) for _, kind, held in read(text)] == [("mean", holds)]


@pytest.mark.parametrize(
    "text",
    [
        "The 15 households have on average 2.25 children per year.",  # a rate
        "The 15 households have on average 2.25 children per bed.",
        "About 15 households have on average 2.25 children.",
        "The 15 households have on average about 2.25 children.",
        "The average ward of the 15 households had 2.25 children.",  # the ward is average
        "The 150 households have on average 2.25 children.",  # any mean with two decimals can be
        "The 15 households have on average 2.25 kg.",  # not counted
    ],
)
def test_other_means_can_be_anything(text: str) -> None:
    assert read(text) == []
