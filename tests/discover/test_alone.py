"""What one document supports by itself: a relation that two ways lead to is told once."""

from __future__ import annotations

from validator import discover, languages
from validator.extract import grid
from validator.model.extracts import Extract, Mention, Passage
from validator.model.pages import Document
from validator.model.settings import DEFAULT

ROWS = [["North", "4,127"], ["East", "2,881"], ["South", "6,340"], ["West", "1,092"], ["Centre", "3,555"]]


def footings(rows: list[list[str]], *, table: bool) -> list[bool]:
    """Whether each sum that is found holds, in a list whose rows are lines of a sparse page as well."""
    english = languages.load("en")
    one = grid([["Region", "Persons"], *rows], "report.pdf", english, DEFAULT)
    passages = []
    for (label, text), figure in zip(rows, one.figures(), strict=True):
        mention = Mention(figure, len(label) + 1, len(label) + 1 + len(text))
        passages.append(Passage(f"{label} {text}", figure.location, (mention,)))
    document = Document("report.pdf", "", ())
    extract = Extract(document, "en", (one,) if table else (), tuple(passages), tuple(one.figures()))
    found = discover.discover([extract], {"en": english}, DEFAULT)
    return [rule.agrees for rule in found if rule.bound.kind == "footing"]


def test_a_sum_that_table_and_page_both_tell_is_told_once() -> None:
    rows = [*ROWS, ["Total", "17,995"]]
    assert footings(rows, table=False) == [True]
    assert footings(rows, table=True) == [True]
