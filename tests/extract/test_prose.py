"""Prose: blocks to passages, with every figure on its own characters."""

from __future__ import annotations

from decimal import Decimal

from validator import languages
from validator.extract.lines import Block, Line
from validator.extract.prose import Prose, passages
from validator.extract.sentences import sentences
from validator.model.figures import Unused
from validator.model.locations import Box, hull
from validator.model.pages import Word
from validator.model.settings import DEFAULT

DANISH = languages.load("da")
ADVANCE = 5.0  # points for each character


def _block(page: int, top: float, *lines: str, heading: bool = False, x0: float = 50) -> Block:
    made = []
    for row, text in enumerate(lines):
        words, x, y = [], x0, top + 12 * row
        for part in text.split(" "):
            edges = tuple(x + ADVANCE * i for i in range(len(part) + 1))
            words.append(Word(part, Box(edges[0], y, edges[-1], y + 10), edges, 10))
            x = edges[-1] + ADVANCE
        made.append(Line(tuple(words), hull(word.box for word in words)))
    return Block(page, tuple(made), hull(line.box for line in made), heading)


def _read(*blocks: Block) -> Prose:
    return passages(blocks, "r.pdf", DANISH, None, DEFAULT)


def test_hyphens_that_broke_a_word_are_undone_and_others_kept() -> None:
    read = _read(
        _block(1, 50, "Ofre for men-", "neskehandel er EU-", "borgere i transport-, salg-", "og anden handel.")
    )
    assert read.passages[0].text == "Ofre for menneskehandel er EU-borgere i transport-, salg- og anden handel."


def test_a_word_that_is_written_with_a_hyphen_elsewhere_keeps_it() -> None:
    read = _read(_block(1, 50, "Brugere af drop-", "in er mange."), _block(1, 100, "Ny drop-in åbnede."))
    assert read.passages[0].text == "Brugere af drop-in er mange."


def test_figures_stand_on_their_own_characters_after_a_mended_hyphen() -> None:
    read = _read(_block(1, 50, "Af ofre for men-", "neskehandel er 35% nye."))
    (mention,) = read.passages[0].mentions
    assert read.passages[0].text[mention.start : mention.stop] == mention.figure.text == "35"
    # "neskehandel er " is 15 characters into the second line.
    assert mention.figure.location.box == Box(50 + 15 * ADVANCE, 62, 50 + 17 * ADVANCE, 72)


def test_a_numeral_over_two_lines_has_the_hull_of_its_parts() -> None:
    read = _read(_block(1, 50, "Det er en", "tredjedel af dem."))
    (figure,) = read.figures
    assert figure.text == "en tredjedel"
    assert (figure.location.box.top, figure.location.box.bottom) == (50, 72)


def test_a_paragraph_that_runs_on_over_the_page_is_one_passage() -> None:
    read = _read(
        _block(1, 700, "Der er i alt observeret personer, som med", "sikkerhed er mødt"),
        _block(1, 800, "1"),
        _block(2, 50, "tidligere, nemlig 9 af dem."),
        _block(2, 800, "2"),
    )
    assert read.passages[0].text.endswith("er mødt tidligere, nemlig 9 af dem.")
    assert [(f.text, f.location.page) for f in read.figures] == [("9", 2)]
    assert [(n.text, n.reason) for n in read.numerals] == [("1", Unused.PAGE_NUMBER), ("2", Unused.PAGE_NUMBER)]


def test_a_finished_sentence_is_not_continued() -> None:
    read = _read(_block(1, 700, "Her ender et langt afsnit med et punktum."), _block(2, 50, "nye tider begynder her."))
    assert len(read.passages) == 2


def test_running_feet_are_page_numbers_and_counts_are_not() -> None:
    feet = [_block(page, 800, f"Årsrapport | {page + 2}") for page in (1, 2, 3)]
    read = _read(_block(1, 50, "Der er 3 mænd."), *feet)
    assert [n.reason for n in read.numerals] == [Unused.PAGE_NUMBER] * 3
    assert [f.value for f in read.figures] == [Decimal(3)]


def test_a_figure_is_labelled_with_its_sentence() -> None:
    read = _read(_block(1, 50, "Der er ca. 20 piger. Heraf er 3 nye."))
    assert [f.label for f in read.figures] == ["Der er ca. 20 piger.", "Heraf er 3 nye."]


def test_sentences_know_abbreviations_and_ordinals() -> None:
    text = "Det er 35 pct. Det er bl.a. Danmark pr. 31. december. Prisen er 3. 4 er nye. Se evt. A. Jensen."
    assert [text[a:b] for a, b in sentences(text, DANISH)][:2] == [
        "Det er 35 pct.",
        "Det er bl.a. Danmark pr. 31. december.",
    ]
