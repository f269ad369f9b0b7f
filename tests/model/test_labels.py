"""Labels are the same by their letters, and a cut-off label is the one that it begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from validator.model.labels import key, match, repeated


def test_spacing_and_case_do_not_matter() -> None:
    assert key("Of which  Women") == key("ofwhich women") == key("Of wh\u00adich Women")


def test_a_cut_off_label_matches_the_one_it_begins() -> None:
    assert match(["agricul", "norway"], ["agriculture", "norway"]) == {"agricul": "agriculture", "norway": "norway"}


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
