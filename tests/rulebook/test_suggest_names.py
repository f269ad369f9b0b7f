"""What figures of sentences are called in a suggested book: what they count, or what they measure."""

from __future__ import annotations

import pytest

from validator import languages
from validator.extract.lines import Block, Line
from validator.extract.prose import passages
from validator.model.locations import Box
from validator.model.pages import Word
from validator.model.settings import DEFAULT
from validator.rulebook.suggest_names import figure_names, telling


def named(code: str, text: str) -> list[str]:
    """The best name of each figure of a text, each percentage beside the name of the figure before it."""
    words, x = [], 0.0
    for word in text.split():
        words.append(Word(word, Box(x, 0, x + len(word), 1), tuple(x + i for i in range(len(word) + 1)), 1.0))
        x += len(word) + 1
    block = Block(1, (Line(tuple(words), Box(0, 0, x, 1)),), Box(0, 0, x, 1))
    language = languages.load(code)
    (passage,) = passages([block], "case", language, None, DEFAULT).passages
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
