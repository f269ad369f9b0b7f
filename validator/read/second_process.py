"""The second reader as a process of its own: requests on standard input, answers on standard output, a JSON line each.

Run by `standby` as ``python -m validator.read.second_process``. Says that it is ready once pdfplumber is
imported; then for each ``{"path", "claims": [[page, text, box], …]}`` answers with the list of claims, by index, that
pdfplumber does not bear out. Ends when its input ends, which it also does when the program that asked is gone.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

from validator.model.locations import Box
from validator.read.second import Claim, doubtful

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGES_TO_SHARE = 3  # fewer are read before a copy is at work
_CARD = 4  # bytes for the number of a page; a read of a pipe takes what it asks for at once
_PAGES_TO_DEAL = 1000  # 4,000 bytes fit into a pipe that nobody reads yet, on every system


def main() -> None:
    """Answer until nobody asks any more."""
    answers = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints is no answer; what stands in a broken file is nobody's concern
    import pdfplumber  # noqa: F401  imported while the first reader is still at work: that is what this process is for

    gc.freeze()
    gc.set_threshold(50_000, 20, 50)  # as in `validator.__main__`
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        claims = [Claim(page, text, Box(*box)) for page, text, box in request["claims"]]
        print(json.dumps(shared(request["path"], claims)), file=answers, flush=True)


def shared(path: str, claims: list[Claim]) -> list[int]:
    """Like `doubtful`; a copy of this process reads beside it, since reading a page takes longest of all.

    Both draw the pages from one pipe, those with most claims first, each the next when it is done with one. What the
    copy drew and does not answer is not borne out. It ends with this process: both are in one group (`standby`).
    """
    pages = [page for page, _ in Counter(claim.page for claim in claims).most_common()]
    if not _PAGES_TO_SHARE <= len(pages) <= _PAGES_TO_DEAL or not hasattr(os, "fork"):
        return doubtful(path, claims)
    deck, dealer = os.pipe()
    os.write(dealer, b"".join(page.to_bytes(_CARD, "big") for page in pages))
    os.close(dealer)
    source, target = os.pipe()
    copy = os.fork()
    if not copy:
        try:
            with os.fdopen(target, "w") as pipe:
                drawn: list[int] = []
                found = doubtful(path, claims, _drawn(deck, drawn))
                json.dump((drawn, found), pipe)
        finally:
            os._exit(0)  # and not what this process has yet to do
    os.close(target)
    ours: list[int] = []
    found = doubtful(path, claims, _drawn(deck, ours))
    with os.fdopen(source) as pipe:
        answer = pipe.read()
    os.waitpid(copy, 0)
    os.close(deck)
    theirs, more = json.loads(answer) if answer.endswith("]]") else ([], [])
    read = {*ours, *theirs}
    return sorted({*found, *more, *(index for index, claim in enumerate(claims) if claim.page not in read)})


def _drawn(deck: int, drawn: list[int]) -> Iterator[int]:
    """The pages that this process draws, one at a time, until none is left."""
    while card := os.read(deck, _CARD):
        drawn.append(int.from_bytes(card, "big"))
        yield drawn[-1]


if __name__ == "__main__":
    main()
