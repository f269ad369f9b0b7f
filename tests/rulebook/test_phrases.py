"""Phrases are found however they were set, cover exactly one figure per slot, and say what is wrong otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.model.extracts import Extract, Passage
from validator.model.rules import Position
from validator.rulebook.book import PhraseSpec, Text
from validator.rulebook.faults import Faults
from validator.rulebook.phrases import explain, find
from validator.rulebook.phrasing import phrase_text
from validator.rulebook.squash import squash, squashed

from .helpers import extract, passage


def phrase(text: str) -> PhraseSpec:
    source = Text(text, Position("book.yml", 1, 1), inline=True)
    parsed = phrase_text(source, Faults())
    assert parsed is not None
    literals, slots = parsed
    return PhraseSpec(source, literals, tuple(name for name, _ in slots))


def found(text: str, *parts: Passage) -> list[list[str]]:
    return [[figure.text for figure in hit.figures] for hit in find(phrase(text), squashed(extract(*parts)))]


DEATHS = "In all {deaths} people died, a rise of {rise} on the year before"


@pytest.mark.parametrize(
    "printed",
    [
        "In all ⟨30⟩ people died, a rise of ⟨5⟩ on the year before.",
        "In all\n⟨30⟩ peo-\nple died, a rise of ⟨5⟩ on the year be\u00adfore.",
        "I n all ⟨30⟩ pe ople\u00a0died, a rise\u200b of ⟨5⟩ on the ye ar before.",
        "IN ALL ⟨30⟩ PEOPLE DIED, A RISE OF ⟨5⟩ ON THE YEAR BEFORE",
        "In all ⟨30⟩ people died, a rise of ⟨just under|5|pct.⟩ on the year before.",
    ],
)
def test_a_phrase_is_found_however_it_was_set(printed: str) -> None:
    assert found(DEATHS, passage("Before."), passage(printed)) == [["30", "5"]]


@pytest.mark.parametrize(
    "text",
    [
        "a rise of {} on the year",
        "a rise of just under {} on the year",
        "under {} pct. on the year",
        "a rise of {} pct. on the year",
        "{} on the year",
        "rise of {}",
        "of just under {}",
        "{} pct. on",
    ],
)
def test_hedge_and_unit_may_be_in_the_slot_or_beside_it(text: str) -> None:
    assert found(text, passage("It was a rise of ⟨just under|35|pct.⟩ on the year before.")) == [["35"]]


@given(st.lists(st.sampled_from([" ", "\n", "-\n", "\u00ad", "\u00a0", "\u2011"]), min_size=30, max_size=30))
def test_any_layout_between_letters_is_ignored(breaks: list[str]) -> None:
    words = "people died on the roads this year"
    printed = "".join(letter + gap for letter, gap in zip(words, [*breaks, *[""] * 9], strict=False))
    assert found(f"{{}} {words}", passage("⟨30⟩ " + printed)) == [["30"]]


def test_a_phrase_runs_on_over_a_page() -> None:
    assert found(
        DEATHS, passage("In all ⟨30⟩ people", page=1), passage("died, a rise of ⟨5⟩ on the year before", page=2)
    )


def test_neighbouring_slots_each_take_one_figure() -> None:
    assert found("Deaths {a} {b} {c}", passage("Deaths ⟨1⟩ ⟨2⟩ ⟨3⟩ ⟨4⟩")) == [["1", "2", "3"]]
    assert found("aged {}-{} years", passage("aged ⟨16⟩-⟨59⟩ years")) == [["16", "59"]]


def test_every_place_is_found_once() -> None:
    assert found("{} died", passage("⟨1⟩ died. ⟨2⟩ died. ⟨3⟩ lived.")) == [["1"], ["2"]]


def test_a_slot_does_not_reach_over_words() -> None:
    assert found("{} died", passage("⟨1⟩ of them died.")) == []


def test_quotes_and_ligatures_compare_as_typed() -> None:
    assert found("the police's office counted {}", passage("the police’s o\ufb03ce counted ⟨7⟩")) == [["7"]]


def why(text: str, *parts: Passage) -> str:
    one: Extract = extract(*parts)
    return explain(phrase(text), [squashed(one)])


def test_a_phrase_found_nowhere_names_the_nearest_text() -> None:
    message = why(
        DEATHS, passage("In all ⟨30⟩ persons died, a rise of ⟨5⟩ on the year before.", page=4), passage("No.")
    )
    assert message.startswith("found nowhere; the nearest text is “In all 30 persons")
    assert "page 4" in message


def test_nothing_alike_is_not_quoted() -> None:
    assert why(DEATHS, passage("Something else.")) == "found nowhere"


def test_a_slot_over_words_or_several_figures_is_told() -> None:
    assert "'2024', which is no figure" in why("in {year} there", passage("But in 2024 there were ⟨3⟩.", page=2))
    assert "2 figures" in why("in all {n} died", passage("in all ⟨3⟩ and ⟨4⟩ died"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_squashing_pieces_is_squashing_the_whole_where_no_letters_compose(one: str, other: str) -> None:
    if one.isascii() and other.isascii():
        assert squash(one) + squash(other) == squash(one + other)
    assert squash(squash(one)) == squash(one) or not one.isascii()
