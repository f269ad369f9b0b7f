"""A text that knows where each of its characters is printed.

In: words, line by line. Out: a text, and for any part of it the box and the page. No figure is ever located by
searching for it (design, section 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.locations import Box, BrokenBox, Location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.pages import Word


class PlacedText:
    """Text built up word by word; every character is either one of a word or was put in between."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._starts: list[int] = []  # where each word begins in the text
        self._words: list[tuple[int, Word, int]] = []  # page, word, how many of its characters were taken

    @property
    def text(self) -> str:
        """The text so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def __len__(self) -> int:
        return self._length

    def add(self, word: Word, page: int) -> None:
        """Append a word of a page (1-based)."""
        self._starts.append(self._length)
        self._words.append((page, word, len(word.text)))
        self._parts.append(word.text)
        self._length += len(word.text)

    def glue(self, text: str) -> None:
        """Append characters that no word has, such as a space between two words."""
        self._parts.append(text)
        self._length += len(text)

    def shorten(self) -> None:
        """Take back the last character, a hyphen that only broke a word."""
        page, word, taken = self._words[-1]
        self._words[-1] = page, word, taken - 1
        text = self.text
        self._parts, self._length = [text[:-1]], len(text) - 1

    def locate(self, document: str, start: int, stop: int) -> Location:
        """Where ``text[start:stop]`` is printed; of a part that spans pages the place on the first."""
        placed = list(self._boxes(start, stop))
        page = placed[0][0]
        return Location(document, page, BrokenBox.around([box for at, box in placed if at == page]))

    def raised(self) -> frozenset[int]:
        """The offsets of all characters printed above the line."""
        return frozenset(
            offset
            for start, (_, word, taken) in zip(self._starts, self._words, strict=True)
            if word.raised
            for offset in range(start, start + taken)
        )

    def _boxes(self, start: int, stop: int) -> Iterable[tuple[int, Box]]:
        from bisect import bisect_right

        at = max(0, bisect_right(self._starts, start) - 1)
        found = False
        for index in range(at, len(self._words)):
            begins = self._starts[index]
            if begins >= stop:
                break
            page, word, taken = self._words[index]
            low, high = max(start - begins, 0), min(stop - begins, taken)
            if low < high:
                found = True
                yield page, word.part(low, high)
        if not found:
            # A place between two words: the word before it.
            page, word, _ = self._words[at]
            yield page, word.box


def placed(words: Iterable[Word], page: int) -> PlacedText:
    """Words of one page joined by single spaces."""
    text = PlacedText()
    for word in words:
        if len(text):
            text.glue(" ")
        text.add(word, page)
    return text
