"""What figures of sentences are called in a suggested book: what they count, or what they measure."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from validator import languages
from validator.extract.lines import Block, Line
from validator.extract.prose import passages
from validator.model.locations import Box
from validator.model.pages import Word
from validator.model.settings import DEFAULT
from validator.rulebook.suggest_names import figure_names, telling

if TYPE_CHECKING:
    from validator.model.extracts import Passage
    from validator.model.language import Language


def read(text: str, language: Language) -> Passage:
    """A text as the passage of a page, on one line."""
    words, x = [], 0.0
    for word in text.split():
        words.append(Word(word, Box(x, 0, x + len(word), 1), tuple(x + i for i in range(len(word) + 1)), 1.0))
        x += len(word) + 1
    block = Block(1, (Line(tuple(words), Box(0, 0, x, 1)),), Box(0, 0, x, 1))
    (passage,) = passages([block], "case", language, None, DEFAULT).passages
    return passage


def named(code: str, text: str) -> list[str]:
    """The best name of each figure of a text, each percentage beside the name of the figure before it."""
    language = languages.load(code)
    passage = read(text, language)
    found: list[str] = []
    for mention in passage.mentions:
        found.append(next(figure_names(passage, mention, language, found[-1] if found else "")))
    return found


@pytest.mark.parametrize(
    ("code", "text", "names"),
    [
        ("en", "The town counted 4,512 visitors in the summer.", ["visitors"]),
        ("en", "Net expenditure was 14 million kroner in 2024.", ["net_expenditure"]),
        ("en", "That is an increase of 12% on the year before.", ["increase_percent"]),
        ("en", "It treated 512 patients, or 26.1 percent of them all.", ["patients", "patients_percent"]),
        ("de", "Im Jahr 2024 kamen 4.512 Gäste in die Stadt.", ["gäste"]),
        ("fr", "On a compté 4 512 visiteurs, soit une hausse de 12 %.", ["visiteurs", "hausse_percent"]),
        ("da", "Byen havde 4.512 gæster, heraf 1.204 fra udlandet.", ["gæster", "udlandet"]),
        ("sv", "Läsåret 2024/25 gick 4 512 elever i grundskolan.", ["elever"]),
    ],
)
def test_names(code: str, text: str, names: list[str]) -> None:
    assert named(code, text) == names


def test_small_words_and_units_name_no_table() -> None:
    words = telling("Elever i grundskolan efter kommun och kön, läsåret 2024/25", languages.load("sv"))
    assert words == ["elever", "grundskolan", "kommun", "kön", "läsåret"]
    assert telling("Persons and the rest", None) == ["persons", "and", "the", "rest"]


def test_words_far_from_a_figure_do_not_name_it() -> None:
    spaced = "The visitors " + "and " * 80 + "4,512."
    (mention,) = (passage := read(spaced, languages.load("en"))).mentions
    assert not any("visitors" in name for name in figure_names(passage, mention, languages.load("en")))
    near = spaced.replace("and " * 80, "")
    (mention,) = (passage := read(near, languages.load("en"))).mentions
    assert any("visitors" in name for name in figure_names(passage, mention, languages.load("en")))


def test_a_long_passage_is_named_in_time_that_grows_with_its_length() -> None:
    """Every figure is looked at with its surroundings, not with all that the passage holds."""
    language = languages.load("en")

    def reckoned(figures: int) -> float:
        numbers = range(figures, figures * 4 // 3)  # others each time: what was read once is not read again
        places = " and ".join(f"in district {at} {at + 1_000:,} pupils of {at + 5_000:,}" for at in numbers)
        passage = read(f"The town counted {places} altogether.", language)
        assert len(passage.mentions) >= figures // 2
        start = time.process_time()
        for mention in passage.mentions:
            assert list(figure_names(passage, mention, language, "pupils"))
        return time.process_time() - start

    reckoned(30)
    short, long = (min(reckoned(figures + more) for more in (0, 1, 2)) for figures in (300, 1_200))
    assert long < 10 * max(short, 0.01)  # as the square it would be sixteen times, at the least
