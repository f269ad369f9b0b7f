"""Where sentences begin and end.

In: a text and its language. Out: (start, stop) pairs that cover the text. Abbreviations are the language's data; a full
stop inside a number, after a single letter or before a lower-case word ends nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.model.language import Language

_END = re.compile(r"[.!?:;\u2026]+[)\]\"'\u00bb\u201d\u2019]*(?=\s)")
_WORD_BEFORE = re.compile(r"[^\s(\[\"\u201c\u00ab]+$")
_BULLET = re.compile(r"\s[\u2022\u25cf\u25aa\u25e6\uf0b7]\s")
_OPENING = "\"'(\u201c\u00ab\u2018[\u00bf\u00a1"


def sentences(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """The sentences of ``text`` in order, without the white space around them."""
    cuts = {match.end() for match in _END.finditer(text) if _ends(text, match, language)}
    cuts |= {match.start() for match in _BULLET.finditer(text)}
    found, start = [], 0
    for cut in sorted({*cuts, len(text)}):
        piece = text[start:cut]
        low = start + len(piece) - len(piece.lstrip())
        high = start + len(piece.rstrip())
        if low < high:
            found.append((low, high))
        start = cut
    return tuple(found)


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends like a sentence or a heading that wants no continuation."""
    return text.rstrip(" )]\"'\u00bb\u201d\u2019")[-1:] in ".!?:;\u2026"


def _ends(text: str, match: re.Match[str], language: Language) -> bool:
    sign = match.group()[0]
    if sign in ":;":
        return False
    after = text[match.end() :].lstrip().lstrip(_OPENING)[:1]
    if sign in "!?\u2026" or len(match.group().rstrip(")]\"'\u00bb\u201d\u2019")) > 1:
        return not after.islower()
    if after.islower():
        return False
    word_match = _WORD_BEFORE.search(text[: match.start()])
    word = word_match.group().casefold() if word_match else ""
    if word in language.abbreviations or word.rstrip(".") in language.abbreviations:
        # "35 pct. Det er …": an abbreviation may end a sentence too, before a capital that starts a usual word.
        return after.isupper() and _starts_like_sentence(text[match.end() :], language)
    initial = len(word) == 1 and word.isalpha()
    ordinal = word.isdecimal() and language.ordinal_dot and len(word) <= _ORDINAL_DIGITS and not after.isupper()
    return not initial and not ordinal


_ORDINAL_DIGITS = 3
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def _starts_like_sentence(rest: str, language: Language) -> bool:
    first = _FIRST_WORD.search(rest)
    return first is not None and first.group().casefold() in language.stop_words
