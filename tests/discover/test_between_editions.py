"""What one report carries over from another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from validator import checks, languages
from validator.discover.between_editions import carried
from validator.evaluate import evaluate
from validator.extract.table_strings import grid
from validator.model.extracts import Extract
from validator.model.findings import Severity
from validator.model.pages import Document
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict

ENGLISH = {"en": languages.load("en")}
TOWNS = ["Ashford", "Brinley", "Corvale", "Dunmere", "Elmstead", "Farrow"]
BEFORE = [4821, 377, 1290, 65, 2208, 913]
NEW = [311, 48, 118, 22, 107, 244]


def report(day, head, *columns, **around):
    """A report of one table, as printed on a day."""
    rows = [["Town", *head], *([town, *map(str, cells)] for town, *cells in zip(TOWNS, *columns, strict=True))]
    name = f"{day}.pdf"
    return Extract(Document(name, "", ()), "en", (replace(grid(rows, name, ENGLISH["en"], DEFAULT), **around),))


def told(*reports):
    kind = checks.kinds()["linear"]
    return [
        (evaluate(relation).verdict, kind.message(one.bound, evaluate(relation)), one.bound.severity)
        for one in carried(reports, DEFAULT, ENGLISH)
        for relation in kind.relations(one.bound)
    ]


def bulletins(slip=0, **around):
    after = [before + new for before, new in zip(BEFORE, NEW, strict=True)]
    after[2] += slip
    head = ["Cases to date", "New cases"]
    return report("monday", head, BEFORE, [9, 1, 12, 3, 5, 20]), report("tuesday", head, after, NEW, **around)


@pytest.mark.parametrize("backwards", [False, True])
def test_yesterday_and_what_is_new_make_today(backwards):
    both = bulletins()[:: -1 if backwards else 1]
    assert [verdict for verdict, _, _ in told(*both)] == [Verdict.HOLDS] * len(TOWNS)


def test_a_total_that_yesterday_does_not_lead_to():
    broken = [
        (message, severity) for verdict, message, severity in told(*bulletins(slip=90)) if verdict is Verdict.VIOLATED
    ]
    expected = "1498 (Corvale › Cases to date) should be equal to 1290 (monday.pdf) + 118 (New cases) = 1408."
    assert broken == [(expected, Severity.WARNING)]


def test_tables_of_one_report_stand_in_nobodys_way():
    """However many tables of the same columns come after it in its own report."""
    monday, tuesday = bulletins()
    (table,) = monday.tables
    monday = replace(monday, tables=(table, *(replace(table, stubs=()) for _ in range(DEFAULT.most_places + 1))))
    assert [verdict for verdict, _, _ in told(monday, tuesday)] == [Verdict.HOLDS] * len(TOWNS)


def test_a_correction_that_is_announced_is_a_note():
    found = told(*bulletins(slip=90, notes=("Some counts have been corrected.",)))
    assert [severity for verdict, _, severity in found if verdict is Verdict.VIOLATED] == [Severity.NOTE]


def test_what_was_left_at_the_end_is_there_at_the_beginning():
    head = ["Opening", "Received", "Settled", "Closing"]

    def year(name, opening):
        received, settled = [count % 97 + 40 for count in opening], [count % 53 + 30 for count in opening]
        closing = [a + b - c for a, b, c in zip(opening, received, settled, strict=True)]
        return report(name, head, opening, received, settled, closing), closing

    first, closing = year("2021", BEFORE)
    second, _ = year("2022", [*closing[:4], closing[4] + 30, closing[5]])
    broken = [message for verdict, message, _ in told(first, second) if verdict is Verdict.VIOLATED]
    assert broken == [f"{closing[4] + 30} (Elmstead › Opening) should be equal to {closing[4]} (Closing, 2021.pdf)."]


def test_columns_that_are_alike_in_one_report_are_so_in_two():
    head = ["Capacity", "Beds"]
    beds = [*BEFORE[:5], 900]
    assert told(report("2021", head, BEFORE, beds), report("2022", head, BEFORE, beds)) == []


def test_reports_of_other_days_carry_nothing_over():
    head = ["Cases to date", "New cases"]
    assert told(report("monday", head, BEFORE, NEW), report("friday", head, [n * 3 for n in BEFORE], NEW)) == []
