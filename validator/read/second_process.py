"""The second reader as a process of its own: requests on standard input, answers on standard output, a JSON line each.

Run by `standby` as ``python -m validator.read.second_process SECONDS BYTES``, which are what a page may take. Says that
it is ready once pdfplumber is imported; then works on each list of claims, ``[[path, page, text, box], …]``, as it
comes. What pdfplumber does not bear out of the oldest, ``[[index, doubt], …]``, it says when it reads an empty line:
answers that nobody waits for would fill the pipe, and it would take no more questions. Ends when its input ends, and,
at work, soon after the program that asked is gone.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
from collections import deque
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from validator.collecting import seldom
from validator.copies import MOST_CARDS, Crew, Lost, hands
from validator.model.locations import Box
from validator.model.verdicts import Doubt
from validator.read.bounds import Bounds, limited
from validator.read.second import BEHIND, Claim, Place, Seen, by_place, doubt, reread

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGES_TO_SHARE = 3  # fewer are read before a second copy is at work
# By these a page ends the copy that reads it, whenever it is read: too much time, and what comes of too little memory.
_BY_THE_PAGE = {getattr(signal, name, None) for name in ("SIGXCPU", "SIGABRT", "SIGSEGV", "SIGBUS")}
_COPIES = 2  # no more: they are at work beside the first reader's process
_BEHIND = 5  # a third of the share of a process that takes in documents: what is left to it comes when those are done
_KEPT = 100_000  # glyphs of pages seen before, 25 MB: what is asked about next often stands on a page of those


# What pdfminer's reader of streams would log of every token, if anybody listened: the asking alone is a tenth of it.
_TALKATIVE = ("pdfminer.psparser", "pdfminer.pdfinterp")


def _nothing(*_: object, **__: object) -> None:
    pass


def main(bounds: Bounds, *, behind: bool) -> None:
    """Answer until nobody asks any more."""
    if behind and hasattr(os, "nice"):
        os.nice(_BEHIND)
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints is no answer; what stands in a broken file is nobody's concern
    import pdfplumber  # noqa: F401  imported while the first reader is still at work: that is what this process is for

    import validator.read.second_glyphs  # noqa: F401  likewise

    for name in _TALKATIVE:
        logging.getLogger(name).debug = _nothing  # type: ignore[method-assign]
    gc.freeze()
    seldom()
    print("ready", file=answers, flush=True)
    known: dict[Place, Seen | None] = {}
    found: deque[dict[int, Doubt]] = deque()
    program = os.getppid()
    for line in sys.stdin:
        if line.isspace():
            print(json.dumps(sorted(found.popleft().items())), file=answers, flush=True)
            continue
        claims = [Claim(path, page, text, Box(*box)) for path, page, text, box in json.loads(line)]
        with _asked_by(program):
            found.append(shared(claims, hands(_COPIES), known, bounds))


@contextmanager
def _asked_by(program: int) -> Iterator[None]:
    """At work: look every second whether the program that asked is still there, and end where it is not.

    Its copies end with this process.
    """
    if not hasattr(signal, "setitimer"):  # Windows, where the work is done here and the end of the input is all
        yield
        return

    def look(*_: object) -> None:
        if os.getppid() != program:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def shared(claims: list[Claim], copies: int, known: dict[Place, Seen | None], bounds: Bounds) -> dict[int, Doubt]:
    """Like `doubts`; copies of this process share the pages, since reading a page takes longest of all.

    A page on which a copy takes more than ``bounds`` cannot be read; what it drew before it was lost in another way is
    unanswered. ``known`` are pages as they were seen before, and afterwards some of these: a page of many drawings
    takes half a second.
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
        wanted = copies if len(pages) >= _PAGES_TO_SHARE else min(copies, 1)
        with Crew(partial(_read, pages, bounds), len(pages), wanted) as crew:
            for one in crew.results():
                if isinstance(one, Lost):
                    if one.card is not None and one.signal in _BY_THE_PAGE:
                        known[pages[one.card]] = None  # and would end the next copy in the same way
                        judge(pages[one.card], None)
                else:
                    judge(*one)
                    known.update([one])
                    kept += _size(one[1])
                while kept > _KEPT:
                    kept -= _size(known.pop(next(iter(known))))
    return {index: why for index, why in found.items() if why is not None}


def _read(pages: list[Place], bounds: Bounds, cards: Iterator[int]) -> Iterator[tuple[Place, Seen | None]]:
    """What copies do: each of ``pages`` that they draw, in bounds."""
    with limited(bounds) as begin_page:

        def drawn() -> Iterator[Place]:
            for card in cards:
                begin_page()
                yield pages[card]

        yield from reread(pages, drawn())


def _size(seen: Seen | None) -> int:
    """How many glyphs are kept of a page."""
    return 0 if seen is None else len(seen)


if __name__ == "__main__":
    main(Bounds(*map(int, sys.argv[1:3])), behind=BEHIND in sys.argv[3:])
