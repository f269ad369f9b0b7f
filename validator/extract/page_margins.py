"""Words that are the numbers of the pages, so that a table whose last column ends above one does not take it in.

In: the pages of a document. Out: the words of a first or last line that carry a number which runs on with the pages.
Other things run on for a page or two, "Week 12" and "Week 13" above their tables; but a page has one number.
Must not judge what stands in the middle of a page, nor a document of one page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.model.pages import Page, Word
    from validator.model.settings import Settings

_DIGITS = re.compile(r"(?<![\d.,])\d{1,4}(?![\d%]|[.,]\d)")


def running_numbers(pages: Sequence[Page], settings: Settings) -> set[int]:
    """The words, by identity, of lines that are the same on several pages but for a number that runs on with them.

    Of a line with letters the number must be as far from that of its page as it is on most pages where one runs on.
    """
    seen: defaultdict[tuple[str, int], dict[int, list[Word]]] = defaultdict(dict)
    for page in pages:
        for line in _edges(page, settings):
            for template, number in numbers_of(" ".join(word.text for word in line)):
                seen[template, number - page.number][page.number] = line
    running = {key: lines for key, lines in seen.items() if len(lines) >= settings.page_number_support}
    distances = _distances(running)
    return {
        id(word)
        for (template, distance), lines in running.items()
        for page_number, line in lines.items()
        if distances[page_number] == distance or not any(map(str.isalpha, template))
        for word in line
    }


def numbers_of(text: str) -> Iterator[tuple[str, int]]:
    """The numbers of a line that may be those of its page, each with the rest of the line."""
    for match in _DIGITS.finditer(text):
        yield f"{text[: match.start()]}#{text[match.end() :]}", int(match.group())


def _distances(running: Mapping[tuple[str, int], Mapping[int, object]]) -> dict[int, int]:
    """How far from that of its page a number is, for each page: as on most pages, or else the nearest."""
    pages: defaultdict[int, set[int]] = defaultdict(set)
    for (_, distance), lines in running.items():
        pages[distance].update(lines)
    rising = sorted(pages, key=lambda distance: (len(pages[distance]), -abs(distance)))
    return {page: distance for distance in rising for page in pages[distance]}


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
