"""Styled text for terminals: runs of text with a style, wrapped by display width, coloured only where asked.

In: runs. Out: lines with or without ANSI escapes. A terminal library would do this too, at a tenth of a second each
time the program starts; what is needed of it is these few lines.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Style(StrEnum):
    """Styles by what they mean, each with its ANSI code (the terminal's own palette, so that it suits its theme)."""

    PLAIN = ""
    STRONG = "1"
    DIM = "2"
    HEAD = "1;36"
    ERROR = "1;31"
    WARNING = "1;33"
    NOTE = "34"
    UNDECIDABLE = "35"
    ACCEPTED = "32"
    MARK = "1;4"
    CULPRIT = "1;4;31"


class Run(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style = Style.PLAIN


def cells(text: str) -> int:
    """How many columns of a terminal ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


_STEERING = ("Cc", "Zl", "Zp")  # categories of characters: controls, and ends of lines and paragraphs
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # Bidi_Control


def printable(text: str) -> str:
    """``text`` with every control character made harmless: a document must not steer the reader's terminal.

    Marks that turn the direction of text round go: letters know their own, and figures would be read backwards.
    """
    if text.isprintable():
        return text
    plain = (" " if unicodedata.category(character) in _STEERING else character for character in text)
    return "".join(character for character in plain if character not in _TURNING)


# What the layout itself draws, and what stands for it, in as many columns, where the output takes only ASCII.
_ASCII = str.maketrans(
    {"›": ">", "…": "~", "─": "-", "·": "-", "→": ">", "←": "<", "—": "-", "–": "-", "’": "'", "∞": "inf"}
)


def ascii_only(text: str) -> str:
    """``text`` with the signs of the layout in ASCII; letters of the document are left for the output to replace."""
    return text.translate(_ASCII)


def paint(runs: Iterable[Run], *, colour: bool) -> str:
    """The runs as one string."""
    return "".join(
        f"\x1b[{run.style.value}m{run.text}\x1b[0m" if colour and run.style and run.text else run.text for run in runs
    )


def wrap(runs: Iterable[Run], width: int, first: str = "", rest: str | None = None) -> Iterator[list[Run]]:
    """The runs as lines of at most ``width`` columns, the first indented by ``first``, the others by ``rest``.

    Lines break at spaces; a word that is longer than a whole line is cut.
    """
    indent = first if rest is None else rest
    line, used, blank = [Run(first)], cells(first), True
    for word in _words(runs):
        text = "".join(run.text for run in word)
        if text == " ":
            if not blank and line[-1].text != " ":
                line.append(word[0])
                used += 1
            continue
        if not blank and used + cells(text) > width:
            yield _trimmed(line)
            line, used = [Run(indent)], cells(indent)
        for run in word:
            for piece in _cut(run, width - used, width - cells(indent)):
                if piece is None:
                    yield _trimmed(line)
                    line, used = [Run(indent)], cells(indent)
                else:
                    line.append(piece)
                    used += cells(piece.text)
        blank = False
    yield _trimmed(line)


def _words(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Groups of runs without a space inside, and single spaces between them."""
    word: list[Run] = []
    for run in runs:
        for index, part in enumerate(run.text.split(" ")):
            if index:
                if word:
                    yield word
                    word = []
                yield [Run(" ", run.style if run.style in (Style.MARK, Style.CULPRIT) else Style.PLAIN)]
            if part:
                word.append(Run(part, run.style))
    if word:
        yield word


def _cut(run: Run, room: int, full: int) -> Iterator[Run | None]:
    """The run in pieces that fit, with None where a new line must begin; ``full`` columns are left on that."""
    if cells(run.text) <= room:
        yield run
        return
    if cells(run.text) <= full:
        yield None
        yield run
        return
    piece, used = "", 0
    for character in run.text:
        width = _width(character)
        if used + width > room:
            if piece:
                yield Run(piece, run.style)
            yield None
            piece, used, room = "", 0, full
        piece, used = piece + character, used + width
    yield Run(piece, run.style)


def _trimmed(line: list[Run]) -> list[Run]:
    """A line without spaces at its end."""
    while len(line) > 1 and line[-1].text == " ":
        line.pop()
    return line
