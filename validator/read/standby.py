"""The second reader: prepared while figures are understood, asked when some contradict, in a process of its own.

In: the figures of violations. Out: those that are not confirmed. pdfplumber takes longer to import than most reports
take to check, so it is imported on another core while the first reader is at work; it opens nothing before it is
asked. And a file on which it hangs or dies harms nobody: what it has not confirmed by a deadline is not confirmed.
Where there is no second core, it is started when there is something to ask; where no process can be started, the pages
are read here, once the answer is wanted.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from math import ceil
from typing import TYPE_CHECKING, Self

from validator.copies import cores, widen
from validator.model.verdicts import Doubt
from validator.read.bounds import Bounds
from validator.read.kind import is_data
from validator.read.second import BEHIND, Claim, claim_of, doubts

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Collection, Iterable, Iterator

    from validator.model.figures import Figure
    from validator.model.settings import Settings

    Process = subprocess.Popen[str]

_GROUPS = hasattr(os, "killpg")  # not on Windows, where it does not read by two either


class SecondReader:
    """A context. Answers are to be fetched in the order of the questions, each before the context ends.

    ``paths`` are the documents of the run: where all of them are data files, nobody needs to stand by.
    """

    def __init__(self, settings: Settings, paths: Collection[str] | None = None) -> None:
        self._seconds = settings.second_reader_seconds
        self._page = Bounds(ceil(self._seconds), settings.page_memory)
        self._wanted = paths is None or not all(is_data(path) for path in paths)
        self._behind = paths is not None and len(paths) > 1  # copies that take in documents go before it
        self._process: Process | None = None
        self._ready = False  # whether the process has said that it could import pdfplumber
        self._late = False
        self._owed: list[int] = []  # pages of the requests that are not answered yet, the oldest first
        self._data: dict[str, bool] = {}  # whether a document is a data file

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            # Leaving a process closes its pipes, for which one that is gone may still owe a flush, and waits for it.
            with suppress(BrokenPipeError), self._process as process:
                _end(process)

    def prepare(self) -> None:
        """Have it get ready, unless it has been told to before; on one core it would only keep others waiting."""
        if cores() > 1:
            self._start()

    def _start(self) -> None:
        if self._wanted:
            self._wanted = False
            self._process = _started(self._page, behind=self._behind)

    def ask(self, figures: Iterable[Figure]) -> Callable[[], dict[Figure, Doubt]]:
        """Set to work on ``figures``; the function that comes back waits for those that are not confirmed, and why.

        Those of data files are confirmed as they are: what stands in a cell is its value, and nothing was recognised.
        """
        printed = [figure for figure in dict.fromkeys(figures) if not self._is_data(figure.location.document)]
        claims = [claim_of(figure) for figure in printed]
        away = bool(claims) and self._send(claims)

        def answer() -> dict[Figure, Doubt]:
            found = self._received(claims) if away else doubts(claims) if claims else {}
            return {printed[index]: doubt for index, doubt in found.items()}

        return answer

    def _is_data(self, path: str) -> bool:
        if path not in self._data:
            self._data[path] = is_data(path)
        return self._data[path]

    def _send(self, claims: list[Claim]) -> bool:
        """Whether the process could be asked."""
        self._start()
        if self._process is None or self._process.stdin is None:
            return False
        self._owed.append(len({(claim.path, claim.page) for claim in claims}))
        try:
            with self._deadline(self._process):
                self._process.stdin.write(f"{json.dumps(claims)}\n")
                self._process.stdin.flush()
        except OSError:  # it has ended
            if not self._harmed(self._process):
                self._owed.pop()  # nobody will fetch an answer to it
                return False
        return True

    def _received(self, claims: list[Claim]) -> dict[int, Doubt]:
        """The answer to the oldest request, by index: all claims where none came in time."""
        answer = ""
        if self._process is not None:
            with self._deadline(self._process):
                answer = self._fetched(self._process)
        self._owed = self._owed[1:]
        if self._process is None or not self._harmed(self._process):
            return doubts(claims)
        if not answer.endswith("\n"):
            return dict.fromkeys(range(len(claims)), Doubt.UNANSWERED)
        return {index: Doubt(doubt) for index, doubt in json.loads(answer)}

    def _fetched(self, process: Process) -> str:
        """Its next answer, which it gives when it is asked for one by an empty line; "" where it has ended."""
        if process.stdin is None or process.stdout is None:
            return ""
        self._ready = self._ready or bool(process.stdout.readline())
        try:
            process.stdin.write("\n")
            process.stdin.flush()
        except OSError:
            return ""
        return process.stdout.readline()

    def _harmed(self, process: Process) -> bool:
        """Whether an end of it is an answer: it had begun, or came too late, or by a signal, as where memory is short.

        Else it could not begin, and what it was asked harms this process no more than it would have harmed that one.
        """
        if self._ready or self._late:
            return True
        with self._deadline(process):
            status = process.wait()
        return self._late or status < 0

    @contextmanager
    def _deadline(self, process: Process) -> Iterator[None]:
        """End the process when it takes longer than any page does; who waits for it then reads an end of file."""
        timer = threading.Timer(self._seconds * (1 + sum(self._owed)), self._give_up, [process])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # or it might end a process of another run, and a fork would meet a thread that is not done

    def _give_up(self, process: Process) -> None:
        self._late = True
        _end(process)


def _end(process: Process) -> None:
    if _GROUPS and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _started(bounds: Bounds, *, behind: bool) -> Process | None:
    """The process, with the module path of this one; None where none can be started."""
    import subprocess  # not where all documents are data files

    told = (*map(str, bounds), *((BEHIND,) if behind else ()))
    command = [sys.executable, "-P", "-m", "validator.read.second_process", *told]
    try:
        process = subprocess.Popen(  # noqa: S603  nothing of the user's is in it
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            process_group=0 if _GROUPS else None,  # of its own: it reads by two, and both are to end together
            # Both ends speak UTF-8, whatever the user's PYTHONIOENCODING asks of the terminal.
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(part for part in sys.path if part),
                "PYTHONIOENCODING": "utf-8",
            },
        )
    except OSError:
        return None
    for pipe in filter(None, (process.stdin, process.stdout)):
        widen(pipe.fileno())  # a question or an answer that does not fit waits until the other end reads
    return process
