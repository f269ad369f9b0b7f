"""What one document supports by itself: what a page tells beside its tables is no second telling, nor an accident."""

from __future__ import annotations

from validator import languages
from validator.discover import alone
from validator.extract import grid
from validator.model.extracts import Extract, Mention, Passage
from validator.model.pages import Document
from validator.model.settings import DEFAULT

LANGUAGE = languages.load("en")
# The men from the second row to the total happen to add up to one less than all women.
ROWS = [
    ["", "Women", "Men"],
    ["Law", "4,516", "1,297"],
    ["Medicine", "1,973", "713"],
    ["Engineering", "4,599", "1,035"],
    ["Arts", "1,070", "3,682"],
    ["Total", "12,158", "6,727"],
]


def document(rows: list[list[str]]) -> Extract:
    table = grid(rows, "report.pdf", LANGUAGE, DEFAULT)
    passages = []
    for stub, cells in zip(table.stubs, table.cells, strict=True):
        text, mentions = stub.label, []
        for cell in cells:
            if cell.figure is not None:
                text = f"{text} {cell.text}"
                mentions.append(Mention(cell.figure, len(text) - len(cell.text), len(text)))
        passages.append(Passage(text, mentions[0].figure.location, tuple(mentions), row=True))
    return Extract(Document("report.pdf", "", ()), "en", (table,), tuple(passages))


def test_a_total_that_adds_up_in_its_table_is_not_held_against_what_stands_elsewhere_on_the_page():
    found = alone(document(ROWS), LANGUAGE, DEFAULT)
    assert sum(one.agrees for one in found.tables) >= 2
    assert not [one for one in (*found.tables, *found.claims) if not one.agrees]


def test_a_total_that_does_not_add_up_is_told_once():
    rows = [*ROWS[:-1], ["Total", "12,158", "6,277"]]
    found = alone(document(rows), LANGUAGE, DEFAULT)
    (wrong,) = [one for one in (*found.tables, *found.claims) if not one.agrees]
    assert "6,277" in [figure.text for figure in wrong.bound.values["total"].figures()]
