"""Words of reports: what is cut where there is no room."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from validator.model.findings import Exhibit, Suspect
from validator.model.locations import Box, Location
from validator.model.results import Coverage, Result
from validator.report._words import headline, narrowed, suspicion

from .sample import build

if TYPE_CHECKING:
    from pathlib import Path


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


@pytest.mark.parametrize(
    ("document", "page", "told"),
    [
        ("tuesday.pdf", 1, "North › Cases (tuesday.pdf): 16 should be 18"),
        ("monday.pdf", 4, "North › Cases (page 4): 16 should be 18"),
        ("monday.pdf", 1, "North › Cases: 16 should be 18"),
    ],
)
def test_a_suspect_is_told_from_another_figure_of_its_label(document: str, page: int, told: str) -> None:
    places = Location(document, page, Box(0, 0, 9, 9)), Location("monday.pdf", 1, Box(0, 20, 9, 29))
    exhibits = tuple(
        Exhibit("stated", text, Decimal(text), place, "North › Cases")
        for text, place in zip(("16", "9"), places, strict=True)
    )
    assert suspicion(Suspect(0, Decimal(18)), exhibits) == told


def test_a_document_without_figures_is_not_called_free_of_contradictions(tmp_path: Path) -> None:
    whole = build(tmp_path)
    extract = replace(whole.documents[0].extract, figures=(), tables=(), passages=())
    empty = replace(whole.documents[0], extract=extract, coverage=Coverage(0, 0, 0, {}))
    assert headline(Result((empty,), ())) == "No figures were found, so nothing could be checked"
    assert headline(Result((), ())) == "No contradiction found"
