"""Figures below one another: a bulletin's picture of a total and its parts, or a column of a table."""

from __future__ import annotations

import pytest

from validator import languages
from validator.discover.claims_bulletin import readings
from validator.extract import grid
from validator.model.extracts import Extract, Mention, Passage
from validator.model.pages import Document
from validator.model.settings import DEFAULT


@pytest.mark.parametrize(("labelled", "told"), [(False, True), (True, False)])
def test_a_column_of_a_labelled_table_is_left_to_those_who_look_at_tables(labelled: bool, told: bool) -> None:
    language = languages.load("en")
    rows = [["Total", "45,094"], ["North", "13,431"], ["East", "19,031"], ["South", "12,631"]]
    table = grid(rows, "report.pdf", language, DEFAULT)
    figures = [row[0].figure for row in table.cells]
    passages = []
    for (label, _), figure in zip(rows, figures, strict=True):
        assert figure is not None
        text = f"{label} {figure.text}"
        mention = Mention(figure, len(label) + 1, len(text))
        passages.append(Passage(text, figure.location, (mention,), row=True))
    extract = Extract(Document("report.pdf", "", ()), "en", (table,) if labelled else (), tuple(passages))
    found = list(readings(extract, language, DEFAULT))
    assert bool(found) is told
