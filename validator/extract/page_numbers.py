"""Which numbers at the top or bottom of the pages are page numbers.

In: blocks of all pages. Out: the places (block, value) whose number runs on with the pages. A lone number in the margin
counts where it is the page's own number, or where the margins of other pages carry it on at the same distance.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from validator.extract.page_margins import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.lines import Block
    from validator.model.settings import Settings


def page_numbers(blocks: Sequence[Block], settings: Settings) -> dict[int, int]:
    """For the index of each block that is a running head or foot: the page number that it prints."""
    seen: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for index in _margins(blocks):
        text = " ".join(line.text for line in blocks[index].lines)
        for template, number in numbers_of(text):
            seen[template, number - blocks[index].page].append((index, number))
    found: dict[int, int] = {}
    for (template, distance), places in seen.items():
        pages = {blocks[index].page for index, _ in places}
        alone = not any(sign.isalnum() for sign in template)
        if len(pages) >= settings.page_number_support or (alone and distance == 0):
            found.update(places)
    return found


def _margins(blocks: Sequence[Block]) -> Iterator[int]:
    """The highest and the lowest block of every page, where they are one line."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        by_page[block.page].append(index)
    for indexes in by_page.values():
        top = min(indexes, key=lambda i: blocks[i].box.top)
        bottom = max(indexes, key=lambda i: blocks[i].box.bottom)
        yield from (i for i in {top, bottom} if len(blocks[i].lines) == 1)
