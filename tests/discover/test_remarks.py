"""What a page says of a sum that is off: rounding, figures cut off, a total that counts more, a measure."""

from __future__ import annotations

import pytest

from tests.discover.strings import Found, accused, found
from validator.model.verdicts import Verdict

YEARS = [str(year) for year in range(2012, 2024)]
PARTS = {
    "Germany": [475, 612, 733, 518, 841, 907, 655, 789, 561, 934, 702, 870],
    "Sweden": [763, 541, 387, 625, 912, 458, 836, 574, 691, 803, 349, 763],
    "Norway": [579, 318, 466, 291, 357, 624, 412, 533, 278, 495, 581, 296],
}
FAULT = {(len(PARTS) + 1, len(YEARS))}


def _off(gap: int, head: str = "Country", total: str = "Total") -> list[list[str]]:
    """Twelve years, the last total of which is off by ``gap``."""
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
