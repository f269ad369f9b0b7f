"""Printed text without what layout does to it."""

from __future__ import annotations

import pytest

from validator.model.extracts import Extract, Passage
from validator.model.locations import Box, Location
from validator.model.pages import Document
from validator.rulebook.squash import squash, squashed


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Oman", 2),
        ("Roman law", 0),
        ("Guinea-Bissau", 1),
        ("(total)", 2),
        ("oma", None),
        ("nought", None),
        ("", None),
    ],
)
def test_a_text_is_found_in_whole_words(wanted: str, found: int | None) -> None:
    texts = ("Of Roman law", "and Guinea-Bissau, too", "as in Oman’s. (Total)")
    passages = tuple(Passage(text, Location("r.pdf", 1, Box(0, y, 9, y + 1))) for y, text in enumerate(texts))
    passage = squashed(Extract(Document("r.pdf", "", ()), "en", passages=passages)).passage_of(squash(wanted))
    assert passage is (None if found is None else passages[found])
