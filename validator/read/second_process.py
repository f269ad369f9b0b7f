"""The second reader as a process of its own: requests on standard input, answers on standard output, a JSON line each.

Run by `standby` as ``python -m validator.read.second_process``. Says that it is ready once pdfplumber is
imported; then for each list of claims, ``[[path, page, text, box], …]``, answers with those that pdfplumber does not
bear out, ``[[index, doubt], …]``. Ends when its input ends, which it also does when the program that asked is gone.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from typing import TYPE_CHECKING

from validator.copies import MOST_CARDS, Crew, Lost, hands
from validator.model.locations import Box
from validator.model.verdicts import Doubt
from validator.read.second import BEHIND, Claim, Place, Seen, by_place, doubt, reread

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGES_TO_SHARE = 3  # fewer are read before a copy is at work
_COPIES = 2  # no more: they are at work beside the first reader's process
_BEHIND = 5  # a third of the share of a process that takes in documents: what is left to it comes when those are done
_KEPT = 100_000  # glyphs of pages seen before, 25 MB: what is asked about next often stands on a page of those


# What pdfminer's reader of streams would log of every token, if anybody listened: the asking alone is a tenth of it.
_TALKATIVE = ("pdfminer.psparser", "pdfminer.pdfinterp")


def _nothing(*_: object, **__: object) -> None:
    pass


def main() -> None:
    """Answer until nobody asks any more."""
    if BEHIND in sys.argv[1:] and hasattr(os, "nice"):
        os.nice(_BEHIND)
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints is no answer; what stands in a broken file is nobody's concern
    import pdfplumber  # noqa: F401  imported while the first reader is still at work: that is what this process is for

    import validator.read.second_glyphs  # noqa: F401  likewise

    for name in _TALKATIVE:
        logging.getLogger(name).debug = _nothing  # type: ignore[method-assign]
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)  # as in `validator.__main__`
    print("ready", file=answers, flush=True)
    known: dict[Place, Seen | None] = {}
    for line in sys.stdin:
        claims = [Claim(path, page, text, Box(*box)) for path, page, text, box in json.loads(line)]
        print(json.dumps(sorted(shared(claims, hands(_COPIES), known).items())), file=answers, flush=True)


def shared(claims: list[Claim], copies: int, known: dict[Place, Seen | None]) -> dict[int, Doubt]:
    """Like `doubts`; copies of this process share the pages, since reading a page takes longest of all.

    What a copy drew before it was lost is unanswered. ``known`` are pages as they were seen before, and afterwards
    some of these: a page of many drawings takes half a second.
    """
    asked = by_place(claims)
    found: dict[int, Doubt | None] = dict.fromkeys(range(len(claims)), Doubt.UNANSWERED)

    def judge(place: Place, seen: Seen | None) -> None:
        found.update({index: doubt(claims[index], seen) for index in asked[place]})

    for place in asked.keys() & known.keys():
        judge(place, known[place])
    order = [place for place in asked if place not in known]
    kept = sum(map(_size, known.values()))
    for first in range(0, len(order), MOST_CARDS):
        pages = order[first : first + MOST_CARDS]

        def read(cards: Iterator[int], pages: list[Place] = pages) -> Iterator[tuple[Place, Seen | None]]:
            return reread(pages, (pages[card] for card in cards))

        with Crew(read, len(pages), copies if len(pages) >= _PAGES_TO_SHARE else 0) as crew:
            for one in crew.results():
                if not isinstance(one, Lost):
                    judge(*one)
                    known.update([one])
                    kept += _size(one[1])
                while kept > _KEPT:
                    kept -= _size(known.pop(next(iter(known))))
    return {index: why for index, why in found.items() if why is not None}


def _size(seen: Seen | None) -> int:
    """How many glyphs are kept of a page."""
    return 0 if seen is None else len(seen)


if __name__ == "__main__":
    main()
