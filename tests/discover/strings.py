"""Tables written as rows of strings, and what discovery says of them, for the tests of discovery."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator import languages
from validator.checks import kinds
from validator.discover.within import tables
from validator.evaluate import evaluate
from validator.extract import grid
from validator.model.extracts import Extract
from validator.model.pages import Document
from validator.model.relations import terms_of
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.model.discovered import Discovered
    from validator.model.verdicts import Outcome

Found = list[tuple["Discovered", "Outcome"]]


def found(*grids: Sequence[Sequence[str]], language: str = "en", notes: tuple[str, ...] = ()) -> Found:
    """Every relation inside the tables, with its outcome; ``notes`` stand below each of them."""
    read = tuple(replace(grid(rows, "report.csv", languages.load(language), DEFAULT), notes=notes) for rows in grids)
    figures = tuple(figure for table in read for figure in table.figures())
    extract = Extract(Document("report.csv", "", ()), language, tables=read, figures=figures)
    return [
        (one, evaluate(relation))
        for one in tables(extract, DEFAULT, languages.load(language))
        for relation in kinds()[one.bound.kind].relations(one.bound)
    ]


def accused(relations: Found) -> set[tuple[int, int]]:
    """Cells (row, column) of the stated figures of relations that would be printed as an error or a warning."""
    return {
        (int(stated.location.box.top), int(stated.location.box.x0))
        for one, outcome in relations
        if outcome.verdict is Verdict.VIOLATED
        and one.confidence >= DEFAULT.warning_confidence
        and one.bound.severity is None
        for stated in (terms_of(outcome.relation)[0].figure,)
    }


def involved(relations: Found) -> set[tuple[int, int]]:
    """Cells of all figures of such relations."""
    return {
        (int(term.figure.location.box.top), int(term.figure.location.box.x0))
        for one, outcome in relations
        if outcome.verdict is Verdict.VIOLATED and one.confidence >= DEFAULT.warning_confidence
        for term in terms_of(outcome.relation)
    }


def kept(relations: Found, kind: str) -> int:
    """How many relations of a kind hold."""
    return sum(one.bound.kind == kind and outcome.verdict is Verdict.HOLDS for one, outcome in relations)
