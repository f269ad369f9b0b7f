"""Blocks to placed texts: lines joined, broken words mended, paragraphs that run on over a page or column end joined.

In: `Block`s in reading order. Out: `Paragraph`s. A hyphen at a line end is taken away only where it broke a word: not
before "and" ("transport-, salg- og"), not after a capital or a digit ("EU-borgere"), and not where the document writes
the word with a hyphen elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from validator.extract.placed import PlacedText
from validator.extract.sentences import ends_sentence
from validator.model.language import Topic, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.extract.lines import Block
    from validator.model.language import Language
    from validator.model.settings import Settings

HYPHENS = "-\u2010\u2011\u00ad"
_TAIL = re.compile(rf"(\w+)[{HYPHENS}]$")
_HEAD = re.compile(r"[^\W\d_]+")
_HYPHENED = re.compile(r"[^\W\d_]+[-\u2010\u2011][^\W\d_]+")
_TABLE_OF_NOTHING = re.compile(r"[\W\d_]*")


class Paragraph(NamedTuple):
    """A text with the blocks it came from, the first of which says where it begins."""

    placed: PlacedText
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> bool:
        """Whether it is a heading."""
        return self.blocks[0].heading


def paragraphs(blocks: Sequence[Block], language: Language, settings: Settings) -> list[Paragraph]:
    """The paragraphs of ``blocks`` in reading order."""
    hyphened = _hyphened(blocks)
    found: list[Paragraph] = []
    for block in blocks:
        if not any(line.words for line in block.lines):
            continue
        before = _continued(found, block, settings)
        if before is None:
            found.append(Paragraph(_joined(PlacedText(), block, language, hyphened), (block,)))
        else:
            old = found[before]
            found[before] = Paragraph(_joined(old.placed, block, language, hyphened), (*old.blocks, block))
    return found


def _hyphened(blocks: Iterable[Block]) -> frozenset[str]:
    """All words that the document writes with a hyphen inside a line."""
    lines = (line.text for block in blocks for line in block.lines)
    return frozenset(word.casefold() for line in lines if "-" in line for word in _HYPHENED.findall(line))


def _joined(text: PlacedText, block: Block, language: Language, hyphened: frozenset[str]) -> PlacedText:
    """``text`` with the lines of ``block`` behind it."""
    for line in block.lines:
        if not line.words:
            continue
        if len(text):
            _join(text, line.text, language, hyphened)
        for index, word in enumerate(line.words):
            if index:
                text.glue(" ")
            text.add(word, block.page)
    return text


def _join(text: PlacedText, line: str, language: Language, hyphened: frozenset[str]) -> None:
    """Put between ``text`` and the next line what a reader reads there: a space, or nothing after a hyphen."""
    tail = _TAIL.search(text.text[-_WORD_LENGTH:])
    head = _HEAD.match(line)
    if tail is None or head is None:
        text.glue(" ")
        return
    if text.text.endswith("\u00ad"):
        text.shorten()
        return
    found = pieces(line[:_WORD_LENGTH])
    if any(language.at(found, 0, topic) for topic in (Topic.AND, Topic.OR, Topic.TO)):
        text.glue(" ")  # "salg- og produktion"
        return
    start = tail.group(1)
    whole = f"{start}-{head.group()}".casefold()
    # A capital inside or at the end, or a digit: "EU-borgere", "COVID-smitte", "2011-tal".
    short = start[-1].isupper() or start[-1].isdecimal()
    if head.group()[0].islower() and not short and whole not in hyphened:
        text.shorten()


_WORD_LENGTH = 80  # characters are more than any word has


def _continued(found: list[Paragraph], block: Block, settings: Settings) -> int | None:
    """The index of the paragraph that ``block`` goes on with, or None.

    It must begin in lower case and stand at the top of a later page or column; the paragraph must break off in the
    middle of a sentence. Headings, page numbers and captions may stand between the two.
    """
    text = block.lines[0].text.lstrip()
    if block.heading or not text[:1].islower():
        return None
    for index in range(len(found) - 1, max(-1, len(found) - 1 - settings.run_on_blocks), -1):
        one = found[index]
        last = one.blocks[-1]
        if one.heading or _TABLE_OF_NOTHING.fullmatch(one.placed.text):
            continue
        later_page = block.page == last.page + 1
        later_column = block.page == last.page and block.box.top < last.box.bottom and block.box.x0 >= last.box.x1
        if not (later_page or later_column):
            return None
        if len(one.placed) >= settings.run_on_length and not ends_sentence(one.placed.text):
            return index
    return None
