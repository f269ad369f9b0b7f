"""Labels are the same by their letters, and a cut-off label is the one that it begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.model.labels import doubtful, key, match, repeated


def test_spacing_and_case_do_not_matter() -> None:
    assert key("Of which  Women") == key("ofwhich women") == key("Of wh\u00adich Women")


def test_cut_off_labels_of_a_narrow_column_match_those_they_begin() -> None:
    whole = [key(text) for text in ("Agriculture", "Manufacturing", "Norway")]
    cut = [key(text) for text in ("Agricultu", "Manufactur", "Norway")]
    assert match(cut, whole) == dict(zip(cut, whole, strict=True))
    assert doubtful(cut, whole) == frozenset()


def test_an_ellipsis_says_that_a_label_is_cut() -> None:
    assert match([key("Equatorial …")], [key("Equatorial Guinea")]) == {"equatorial...": "equatorialguinea"}


@pytest.mark.parametrize(
    ("short", "long"), [("Guinea", "Guinea-Bissau"), ("Dominica", "Dominican Republic"), ("Agricul", "Agriculture")]
)
def test_one_label_that_begins_another_may_be_another(short: str, long: str) -> None:
    assert match([key(short)], [key(long)]) == {}
    assert doubtful([key(short)], [key(long)]) == {key(short), key(long)}


def test_whole_words_are_no_cuts_however_many() -> None:
    left, right = ("Guinea", "Virgin Islands"), ("Guinea-Bissau", "Virgin Islands British")
    assert match(map(key, left), map(key, right)) == {}


def test_a_beginning_that_two_labels_share_matches_neither() -> None:
    assert match(["transport"], ["transportofgoods", "transportofpeople"]) == {}


def test_a_short_beginning_matches_nothing() -> None:
    assert match(["iran"], ["iraniandiaspora"]) == {}


def test_two_cut_labels_do_not_claim_the_same_one() -> None:
    assert match(["agricul", "agricultu"], ["agriculture"]) == {}


@given(st.lists(st.text("abcdef", min_size=1, max_size=9)), st.lists(st.text("abcdef", min_size=1, max_size=9)))
def test_matching_is_one_to_one_and_goes_both_ways(left: list[str], right: list[str]) -> None:
    found = match(left, right)
    assert len(set(found.values())) == len(found)
    assert match(right, left) == {other: one for one, other in found.items()}


@given(st.lists(st.sampled_from("abc")))
def test_repeats_are_what_occurs_more_than_once(names: list[str]) -> None:
    assert repeated(names) == {name for name in names if names.count(name) > 1}
