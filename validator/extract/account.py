"""Every numeral accounted for (design, section 2, fourth idea): an independent count against what extraction holds.

In: a document and its figures and numerals. Out: runs of digits that the page text has and nobody holds. The count
reads the reader's raw page text, not the words that extraction worked on, and knows nothing of numbers: it compares
runs of digits, page by page. Numbers in words have no digits and are not counted here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from validator.model.extracts import Stray

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.figures import Figure, Numeral
    from validator.model.pages import Document, Page

_RUN = re.compile(r"\d+")
_IGNORED = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def missed(document: Document, figures: Iterable[Figure], numerals: Iterable[Numeral]) -> tuple[Stray, ...]:
    """The digits on the pages that none of ``figures`` and ``numerals`` (each given once) holds."""
    held: dict[int, Counter[str]] = defaultdict(Counter)
    everything: set[Figure | Numeral] = {*figures, *numerals}
    for one in everything:
        held[one.location.page].update(runs(one.text))
    found: list[Stray] = []
    for page in document.pages:
        printed = Counter(runs(page_text(page)))
        lost, extra = printed - held[page.number], held[page.number] - printed
        if not _same_digits(lost, extra):  # parted differently: "1 2 3" on the page, "123" as read
            found += [Stray(page.number, run) for run in lost.elements()]
    return tuple(found)


def runs(text: str) -> list[str]:
    """The runs of digits in ``text``, in order."""
    return _RUN.findall(text.translate(_IGNORED))


def page_text(page: Page) -> str:
    """The raw text of a page as its reader gives it, or its words where there is none."""
    raw: str = getattr(page, "text", "")
    return raw or " ".join(word.text for word in page.words)


def _same_digits(lost: Counter[str], extra: Counter[str]) -> bool:
    """Whether both have the same digits, each equally often, in runs of different lengths."""
    return Counter("".join(lost.elements())) == Counter("".join(extra.elements()))
