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

from validator.model.locations import Box
from validator.read.second import Claim, doubtful

_PAGES_TO_SHARE = 3  # fewer are read before a copy is at work


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
    """Like `doubtful`; every other page is read by a copy of this process, since reading a page takes longest of all.

    What the copy does not answer is not borne out. It ends with this process: both are in one group (`standby`).
    """
    pages = sorted({claim.page for claim in claims})
    if len(pages) < _PAGES_TO_SHARE or not hasattr(os, "fork"):
        return doubtful(path, claims)
    handed = frozenset(pages[1::2])
    theirs = [index for index, claim in enumerate(claims) if claim.page in handed]
    ours = [index for index, claim in enumerate(claims) if claim.page not in handed]
    source, target = os.pipe()
    copy = os.fork()
    if not copy:
        try:
            with os.fdopen(target, "w") as pipe:
                json.dump(doubtful(path, [claims[index] for index in theirs]), pipe)
        finally:
            os._exit(0)  # and not what this process has yet to do
    os.close(target)
    found = [ours[place] for place in doubtful(path, [claims[index] for index in ours])]
    with os.fdopen(source) as pipe:
        answer = pipe.read()
    os.waitpid(copy, 0)
    found += [theirs[place] for place in json.loads(answer)] if answer.endswith("]") else theirs
    return sorted(found)


if __name__ == "__main__":
    main()
