"""Words that are the numbers of the pages, so that a table whose last column ends above one does not take it in.

In: the pages of a document. Out: the words of a first or last line that carry a number which runs on with the pages.
Must not judge what stands in the middle of a page, nor a document of one page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.pages import Page, Word
    from validator.model.settings import Settings

_DIGITS = re.compile(r"(?<![\d.,])\d{1,4}(?![\d%]|[.,]\d)")


def running_numbers(pages: Sequence[Page], settings: Settings) -> set[int]:
    """The words, by identity, of lines that are the same on several pages but for a number that runs on with them."""
    seen: defaultdict[tuple[str, int], dict[int, list[Word]]] = defaultdict(dict)
    for page in pages:
        for line in _edges(page, settings):
            text = " ".join(word.text for word in line)
            for match in _DIGITS.finditer(text):
                template = f"{text[: match.start()]}#{text[match.end() :]}"
                seen[template, int(match.group()) - page.number][page.number] = line
    return {
        id(word)
        for lines in seen.values()
        if len(lines) >= settings.page_number_support
        for line in lines.values()
        for word in line
    }


def _edges(page: Page, settings: Settings) -> Iterator[list[Word]]:
    """The first and the last line of a page, each from left to right."""
    level = [word for word in page.words if word.rotation == 0]
    if not level:
        return
    for edge in (min(level, key=_middle), max(level, key=_middle)):
        near = settings.baseline_slack * edge.size
        yield sorted((word for word in level if abs(_middle(word) - _middle(edge)) <= near), key=lambda w: w.box.x0)


def _middle(word: Word) -> float:
    return (word.box.top + word.box.bottom) / 2
