"""Runs the test sentences of every language: tests/languages/<code>.yml, a list of texts with the numerals in them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from validator import languages
from validator.extract.numerals import Token, scan
from validator.model.intervals import Interval
from validator.model.settings import DEFAULT

HERE = Path(__file__).parent


def _cases() -> list[tuple[str, str, list[list[object]]]]:
    return [
        (path.stem, case["text"], case["numerals"])
        for path in sorted(HERE.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def test_every_language_has_sentences() -> None:
    assert {path.stem for path in HERE.glob("*.yml")} == set(languages.available())


@pytest.mark.parametrize(("code", "text", "expected"), _cases())
def test_sentence(code: str, text: str, expected: list[list[object]]) -> None:
    tokens = scan(text, languages.load(code), None, DEFAULT)
    assert [text[token.start : token.stop] for token in tokens] == [want[0] for want in expected]
    for token, want in zip(tokens, expected, strict=True):
        stated = [(have, given) for have, given in zip(_shown(text, token), _meant(want), strict=False) if given != ""]
        assert [have for have, _ in stated] == [given for _, given in stated]


@pytest.mark.parametrize("code", languages.available())
def test_sentences_are_recognised_as_their_language(code: str) -> None:
    """All sentences of a file together, as a short page would hold them."""
    assert languages.detect(" ".join(text for other, text, _ in _cases() if other == code)) == code


def _shown(text: str, token: Token) -> list[object]:
    """What a case may state of a numeral: its text, its kind or the reason why it is none, value, interval, quote."""
    kind = token.unused.value if token.unused else token.kind.value
    quote = text[token.quote_start : token.quote_stop]
    return [text[token.start : token.stop], kind, token.value, token.interval, quote]


def _meant(want: list[object]) -> list[object]:
    """A case's statements as values; "" where it states nothing."""
    return [_number(part) if at == 2 else _interval(part) if at == 3 and part else part for at, part in enumerate(want)]


def _number(given: object) -> Decimal:
    """Read "3", "0.25" or "1/3"."""
    above, _, below = str(given).partition("/")
    return Decimal(above) / Decimal(below) if below else Decimal(above)


def _interval(given: object) -> Interval:
    """Read "[34.5, 35.5]", "(500, )", "( , 10]": a round bracket excludes its bound, an empty bound is none."""
    text = str(given)
    low, high = (part.strip() for part in text[1:-1].split(","))
    return Interval(
        Decimal(low) if low else None,
        Decimal(high) if high else None,
        bool(low) and text[0] == "(",
        bool(high) and text[-1] == ")",
    )
