"""Labels of one thing in two tables: without what a whole list shares, and with words cut short."""

from __future__ import annotations

import pytest

from validator.discover.between_labels import abbreviated, says_so, without_common
from validator.model.settings import DEFAULT


@pytest.mark.parametrize(
    ("labels", "left"),
    [
        (["Region North", "Region South", "Region West"], ["North", "South", "West"]),
        (["North county", "South County", "West county"], ["North", "South", "West"]),
        (["Region North", "Region South"], []),  # two may share a word by chance
        (["Region North", "Region South", "Islands"], []),  # not all of them
        (["Region", "Region South", "Region West"], []),  # nothing would be left
        (["2020 North", "2020 South", "2020 West"], []),  # a number is no word
    ],
)
def test_words_that_all_labels_share_are_left_out(labels, left):
    found = without_common(labels, DEFAULT)
    assert found == dict(zip(labels, left, strict=True)) if left else found == {}


def keyed(*labels: str) -> dict[str, str]:
    return {label.casefold(): label for label in labels}


@pytest.mark.parametrize(
    ("lefts", "rights", "pairs"),
    [
        (("Dept. of Health",), ("Department of Health",), {"dept. of health": "department of health"}),
        (("Dept. of Health",), ("Department of Wealth",), {}),
        (("Dept. of Health",), ("Department for Public Health",), {}),  # as many words
        (("St. Paul",), ("Saint Paul", "Street Paul"), {}),  # which of them?
        (("Mngmt",), ("Management",), {"mngmt": "management"}),
        (("Agement",), ("Management",), {}),  # the first letter stays
    ],
)
def test_words_cut_short_are_known_where_only_one_label_fits(lefts, rights, pairs):
    assert abbreviated(keyed(*lefts), keyed(*rights)) == pairs


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("Dept. of Health", "Department of Health", True),
        ("Dept of Health", "Department of Health", False),
        ("Austria", "Australia", False),
        ("Health", "health", True),
    ],
)
def test_a_word_says_that_it_is_cut_short_by_a_full_stop(one, other, says):
    assert says_so(one, other) is says_so(other, one) is says
