"""Words of reports: what is cut where there is no room."""

from __future__ import annotations

import pytest

from validator.report._words import narrowed


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (60, "Sex › Women over 18 › Denmark"),
        (28, "… › Women over 18 › Denmark"),
        (20, "… › Denmark"),
        (8, "Denmark"),
        (5, "Denm…"),
    ],
)
def test_of_nested_labels_the_innermost_is_kept_longest(length, shown):
    assert narrowed("Sex › Women over 18 › Denmark", length) == shown
