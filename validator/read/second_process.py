"""The second reader as a process of its own: requests on standard input, answers on standard output, a JSON line each.

Run by `standby` as ``python -m validator.read.second_process``. Says that it is ready once pdfplumber is
imported; then for each ``{"path", "claims": [[page, text, box], …]}`` answers with the list of claims, by index, that
pdfplumber does not bear out. Ends when its input ends, which it also does when the program that asked is gone.
"""

from __future__ import annotations

import gc
import json
import sys

from validator.model.locations import Box
from validator.read.second import Claim, doubtful


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
        print(json.dumps(doubtful(request["path"], claims)), file=answers, flush=True)


if __name__ == "__main__":
    main()
