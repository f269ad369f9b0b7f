"""Cumulative counts that fall, in every language."""

from __future__ import annotations

import pytest

from validator import languages
from validator.discover.cumulative import cumulative
from validator.evaluate import evaluate
from validator.extract import grid
from validator.model.extracts import Extract
from validator.model.pages import Document
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict

COUNTS = [120, 155, 201, 260, 333, 410, 498, 560, 631, 702, 790, 861]
HEADS = {
    "da": "Tilfælde, kumuleret", "de": "Fälle, kumuliert", "en": "Cases, cumulative", "es": "Casos acumulados",
    "fr": "Cas, cumulés", "nl": "Gevallen, cumulatief", "no": "Tilfeller, kumulativt", "pt": "Casos acumulados",
    "sv": "Fall, kumulativt",
}  # fmt: skip


def verdicts(counts: list[int], head: str, code: str = "en") -> list[Verdict]:
    language = languages.load(code)
    rows = [["", head], *([f"{day}", str(count)] for day, count in zip("abcdefghijkl", counts, strict=False))]
    extract = Extract(Document("x", "", ()), code, tables=(grid(rows, "x", language, DEFAULT),))
    relations = [one.bound.values["relation"] for one in cumulative(extract, language, DEFAULT)]
    return [evaluate(relation).verdict for relation in relations]  # type: ignore[arg-type]


def test_every_language_has_a_head() -> None:
    assert set(HEADS) == set(languages.available())


@pytest.mark.parametrize("code", sorted(HEADS))
def test_a_cumulative_count_that_falls_once_is_told(code: str) -> None:
    assert verdicts(COUNTS, HEADS[code], code) == [Verdict.HOLDS] * 11
    fallen = [*COUNTS[:6], 398, *COUNTS[7:]]
    assert verdicts(fallen, HEADS[code], code).count(Verdict.VIOLATED) == 1
    assert verdicts(fallen[::-1], HEADS[code], code).count(Verdict.VIOLATED) == 1  # the latest day first


def test_a_count_to_date_begins_anew() -> None:
    again = [*COUNTS[:6], 31, 66, 98, 140, 171, 214]
    assert Verdict.VIOLATED not in verdicts(again, "Cases, year to date")


def test_what_no_label_calls_cumulative_may_fall() -> None:
    assert verdicts([*COUNTS[:6], 398, *COUNTS[7:]], "Cases") == []


def test_what_falls_often_is_nothing_cumulative() -> None:
    assert verdicts([5, 9, 7, 8, 6, 9, 8, 9, 7, 8, 9, 8], "Cumulative index") == []


def test_a_fall_that_its_own_line_enters_is_explained() -> None:
    language = languages.load("en")
    steps = [31, 55, 42, 60, 38, -17, 71, 44, 52, 39, 63]
    level, rows = 400, [["Day", "New cases", "Cases, cumulative"]]
    for day, step in zip("abcdefghijk", steps, strict=True):
        level += step
        rows.append([day, str(step), str(level)])
    for told, fallen in ((False, rows), (True, [[row[0], row[1].lstrip("-"), row[2]] for row in rows])):
        extract = Extract(Document("x", "", ()), "en", tables=(grid(fallen, "x", language, DEFAULT),))
        found = list(cumulative(extract, language, DEFAULT))
        assert any(not one.agrees for one in found) is told
        assert len(found) >= 9
