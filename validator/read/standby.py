"""The second reader: prepared while figures are understood, asked when some contradict, in a process of its own.

In: the figures of violations. Out: those that are not confirmed. pdfplumber takes longer to import than most reports
take to check, so it is imported on another core while the first reader is at work; it opens nothing before it is
asked. And a file on which it hangs or dies harms nobody: what it has not confirmed by a deadline is not confirmed.
Where there is no second core, or no process can be started, the pages are read here, once the answer is wanted.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import defaultdict
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Self

from validator.read.kind import is_data
from validator.read.second import claim_of, doubtful

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from validator.model.figures import Figure
    from validator.model.settings import Settings

    Process = subprocess.Popen[str]

_GROUPS = hasattr(os, "killpg")  # not on Windows, where it does not read by two either


class SecondReader:
    """A context. Answers are to be fetched in the order of the questions, each before the context ends.

    ``paths`` are the documents of the run: where all of them are data files, nobody needs to stand by.
    """

    def __init__(self, settings: Settings, paths: Iterable[str] | None = None) -> None:
        self._seconds = settings.second_reader_seconds
        wanted = paths is None or not all(is_data(path) for path in paths)
        self._wanted = wanted and (os.cpu_count() or 1) > 1
        self._process: Process | None = None
        self._ready = False  # whether the process has said that it could import pdfplumber
        self._late = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            # Leaving a process closes its pipes, for which one that is gone may still owe a flush, and waits for it.
            with suppress(BrokenPipeError), self._process as process:
                _end(process)

    def prepare(self) -> None:
        """Have it get ready, unless it has been told to before."""
        if self._wanted:
            self._wanted = False
            self._process = _started()

    def ask(self, figures: Iterable[Figure]) -> Callable[[], frozenset[Figure]]:
        """Set to work on ``figures``; the function that comes back waits for those that are not confirmed.

        Those of data files are confirmed as they are: what stands in a cell is its value, and nothing was recognised.
        """
        self.prepare()
        by_document: dict[str, list[Figure]] = defaultdict(list)
        for figure in dict.fromkeys(figures):
            by_document[figure.location.document].append(figure)
        sent = [(path, asked, self._send(path, asked)) for path, asked in by_document.items() if not is_data(path)]

        def answer() -> frozenset[Figure]:
            return frozenset(
                asked[index]
                for path, asked, away in sent
                for index in (self._received(path, asked) if away else _read_here(path, asked))
            )

        return answer

    def _send(self, path: str, figures: list[Figure]) -> bool:
        """Whether the process could be asked."""
        if self._process is None or self._process.stdin is None:
            return False
        request = json.dumps({"path": path, "claims": [claim_of(figure) for figure in figures]})
        try:
            with self._deadline(self._process, figures):
                self._process.stdin.write(f"{request}\n")
                self._process.stdin.flush()
        except OSError:  # it has ended: after a deadline that is an answer, else it never began
            return self._late or self._ready
        return True

    def _received(self, path: str, figures: list[Figure]) -> Iterable[int]:
        """The answer to the oldest request, by index: all figures where none came in time."""
        answer = ""
        if self._process is not None and self._process.stdout is not None:
            with self._deadline(self._process, figures):
                self._ready = self._ready or bool(self._process.stdout.readline())
                answer = self._process.stdout.readline()
        if not self._ready and not self._late:
            return _read_here(path, figures)
        found: list[int] = json.loads(answer) if answer.endswith("\n") else list(range(len(figures)))
        return found

    @contextmanager
    def _deadline(self, process: Process, figures: list[Figure]) -> Iterator[None]:
        """End the process when it takes longer than any page does; who waits for it then reads an end of file."""
        pages = {figure.location.page for figure in figures}
        timer = threading.Timer(self._seconds * (1 + len(pages)), self._give_up, [process])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _give_up(self, process: Process) -> None:
        self._late = True
        _end(process)


def _end(process: Process) -> None:
    if _GROUPS and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _started() -> Process | None:
    """The process, with the module path of this one; None where none can be started."""
    try:
        return subprocess.Popen(
            (sys.executable, "-P", "-m", "validator.read.second_process"),
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


def _read_here(path: str, figures: list[Figure]) -> list[int]:
    return doubtful(path, [claim_of(figure) for figure in figures])
