"""What a page says of a sum that is off: rounding, figures cut off, a total that counts more, a measure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.discover.strings import Found, accused, found
from validator import languages
from validator.checks import kinds
from validator.discover.within import tables
from validator.extract import grid
from validator.model.extracts import Extract, Passage
from validator.model.locations import Box, Location
from validator.model.pages import Document
from validator.model.relations import terms_of
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict

YEARS = [str(year) for year in range(2008, 2024)]  # enough that rounded figures would not all make their totals
PARTS = {
    "Germany": [475, 612, 733, 518, 841, 907, 655, 789, 561, 934, 702, 870, 644, 523, 798, 915],
    "Sweden": [763, 541, 387, 625, 912, 458, 836, 574, 691, 803, 349, 763, 487, 926, 538, 671],
    "Norway": [579, 318, 466, 291, 357, 624, 412, 533, 278, 495, 581, 296, 438, 367, 519, 284],
}
FAULT = {(len(PARTS) + 1, len(YEARS))}


def _off(gap: int, head: str = "Country", total: str = "Total") -> list[list[str]]:
    """Sixteen years, the last total of which is off by ``gap``."""
    totals = [sum(column) for column in zip(*PARTS.values(), strict=True)]
    totals[-1] += gap
    return [[head, *YEARS], *([name, *map(str, row)] for name, row in PARTS.items()), [total, *map(str, totals)]]


def _told(relations: Found) -> list[str]:
    """What is told with the sums that are off."""
    return [one.bound.note for one, outcome in relations if outcome.verdict is Verdict.VIOLATED]


def test_one_miss_among_counts_is_accused() -> None:
    assert accused(found(_off(1, "Persons by country"))) == FAULT


@pytest.mark.parametrize(
    "head",
    ["Exports, EUR million", "Population (thousands)", "Catch, tonnes", "Energy use, GWh", "Area, km2", "Exports ($m)",
     "Hours worked, million", "Share of exports, per cent"],
)  # fmt: skip
def test_one_miss_that_rounding_explains_is_only_a_note_where_things_are_measured(head: str) -> None:
    relations = found(_off(1, head))
    assert accused(relations) == set()
    assert _told(relations) == [""]


@pytest.mark.parametrize(("label", "faults"), [("Total, tonnes", set()), ("Miles Total", FAULT)])
def test_a_label_names_a_measure_where_it_ends_in_one(label: str, faults: set[tuple[int, int]]) -> None:
    assert accused(found(_off(1, total=label))) == faults


@pytest.mark.parametrize("head", ["Exports, EUR million", "Share of exports, per cent"])
def test_a_miss_beyond_rounding_is_accused_whatever_is_measured(head: str) -> None:
    assert accused(found(_off(40, head))) == FAULT


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("da", "På grund af afrunding kan tallene afvige fra totalen."),
        ("de", "Abweichungen in den Summen durch Rundung."),
        ("en", "Totals may not add up due to rounding."),
        ("es", "La suma puede no coincidir debido al redondeo."),
        ("fr", "Les totaux peuvent différer en raison des arrondis."),
        ("nl", "Door afronding kan het totaal afwijken."),
        ("no", "På grunn av avrunding kan summen avvike."),
        ("pt", "Os totais podem não coincidir devido a arredondamentos."),
        ("sv", "På grund av avrundning kan summan avvika."),
    ],
)
def test_a_note_on_rounding_explains_what_rounding_can_and_no_more(language: str, note: str) -> None:
    relations = found(_off(1), language=language, notes=(note,))
    assert accused(relations) == set()
    assert _told(relations) == [note]
    assert accused(found(_off(40), language=language, notes=(note,))) == FAULT


@pytest.mark.parametrize("note", ["Rundungsdifferenzen möglich", "Tallene er afrundede.", "Données arrondies."])
def test_a_note_on_rounding_is_heard_in_another_language_than_the_report(note: str) -> None:
    assert _told(found(_off(1), notes=(note,))) == [note]
    assert accused(found(_off(40), notes=(note,))) == FAULT


@pytest.mark.parametrize("note", ["Several answers were possible.", "Mehrfachnennungen möglich"])
def test_several_answers_explain_parts_that_are_too_much_and_none_that_are_too_few(note: str) -> None:
    assert _told(found(_off(-40), notes=(note,))) == [note]
    assert accused(found(_off(40), notes=(note,))) == FAULT


@pytest.mark.parametrize(
    "note",
    [
        "In 2023 the total includes 40 persons of unknown nationality.",
        "From 2023 the total includes stateless persons, who are not shown by country.",
        "Forty persons have two nationalities and count once in the total.",
        "Each series is adjusted separately.",
    ],
)
def test_a_note_that_says_what_the_total_counts_explains_any_gap(note: str) -> None:
    relations = found(_off(40), notes=(note,))
    assert accused(relations) == set()
    assert _told(relations) == [note]


def test_figures_cut_off_lack_up_to_a_digit_each() -> None:
    note = "Figures are cut off, not rounded."
    assert accused(found(_off(3), notes=(note,))) == set()
    assert accused(found(_off(40), notes=(note,))) == FAULT


def test_a_note_on_something_else_explains_nothing() -> None:
    assert accused(found(_off(40), notes=("Source: the national register of persons.",))) == FAULT


def _page(note_at: float, note: str, page: int = 1) -> set[int]:
    """Which of two tables on a page, from 0 to 10 and from 30 to 40, are accused with a note at this height."""
    language = languages.load("en")
    read = [grid(_off(1), "report.csv", language, DEFAULT) for _ in range(2)]
    placed = tuple(replace(table, box=Box(0, 30.0 * at, 50, 30.0 * at + 10), page=1) for at, table in enumerate(read))
    where = Location("report.csv", page, Box(0, note_at, 50, note_at + 1))
    extract = Extract(Document("report.csv", "", ()), "en", tables=placed, passages=(Passage(note, where),))
    loud = [one for one in tables(extract, DEFAULT, language) if not one.agrees and one.bound.severity is None]
    return {
        at
        for at, table in enumerate(placed)
        for one in loud
        if terms_of(kinds()[one.bound.kind].relations(one.bound)[0])[0].figure in set(table.figures())
    }


@pytest.mark.parametrize(("height", "accused"), [(11, {1}), (28, {0}), (42, {0}), (5, {1})])
def test_a_note_excuses_the_table_that_it_stands_at(height: float, accused: set[int]) -> None:
    assert _page(height, "Totals may not add up due to rounding.") == accused


def test_an_introduction_may_speak_of_all_totals_but_not_of_what_one_counts() -> None:
    assert _page(5, "In all tables, totals may not add up due to rounding.", page=2) == set()
    assert _page(5, "Percentages are rounded to whole numbers.", page=2) == {0, 1}
    assert _page(5, "The total includes stateless persons.", page=2) == {0, 1}


@pytest.mark.parametrize("label", ["Margin of error (±)", "Standard error", "Median stay"])
def test_margins_of_error_do_not_add_up(label: str) -> None:
    people = [[f"Area {k}", str(1200 + 37 * k * k), str(90 + 7 * k)] for k in range(1, 9)]
    total = ["Total", str(sum(int(row[1]) for row in people)), "342"]
    assert accused(found([["Area", "Estimate", label], *people, total])) == set()
    assert accused(found([["Area", "Estimate", "Cases"], *people, total])) == {(9, 2)}


def test_a_note_that_some_are_counted_in_several_rows_explains_a_total_below_its_parts() -> None:
    note = "Respondents could give more than one answer."
    assert accused(found(_off(-40), notes=(note,))) == set()
    assert accused(found(_off(40), notes=(note,))) == FAULT


def test_a_label_above_the_rows_names_a_measure_too() -> None:
    head, *rows = _off(1)
    assert accused(found([head, ["Exports, EUR million", *[""] * len(YEARS)], *rows])) == set()
    assert accused(found([head, ["Europe", *[""] * len(YEARS)], *rows])) != set()


def test_a_note_that_was_read_as_the_first_label_of_the_next_table_is_heeded() -> None:
    language = languages.load("en")
    first = replace(grid(_off(40), "report.csv", language, DEFAULT), box=Box(0, 0, 50, 10))
    head, *rows = _off(0)
    note = ["The total includes stateless persons.", *[""] * len(YEARS)]
    for between, faults in ((note, 0), (["Asia", *note[1:]], 1)):
        second = grid([head, between, *rows], "report.csv", language, DEFAULT)
        stubs = tuple(
            replace(stub, page=1, box=Box(0, 11.0 + at, 9, 12.0 + at)) for at, stub in enumerate(second.stubs)
        )
        second = replace(second, box=Box(0, 11, 50, 20), stubs=stubs, page=1)
        extract = Extract(Document("report.csv", "", ()), "en", tables=(replace(first, page=1), second))
        found_ = [one for one in tables(extract, DEFAULT, language) if not one.agrees and one.bound.severity is None]
        assert len(found_) == faults
