"""A progress bar on standard error: only on a terminal, and only once the work has taken a while."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    from typing import Self

    from rich.progress import Progress, TaskID


class Bar:
    """The bar of one command; used as a context, which takes it off the screen."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled and sys.stderr is not None and sys.stderr.isatty()
        self._start = time.monotonic()
        self._shown: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Called by the pipeline as the work goes on."""
        if not self._enabled or time.monotonic() - self._start < DEFAULT.progress_after:
            return
        if self._shown is None:
            from rich.console import Console
            from rich.progress import Progress

            self._shown = Progress(console=Console(stderr=True), transient=True)
            self._task = self._shown.add_task(stage)
            self._shown.start()
        if self._task is not None:
            self._shown.update(self._task, description=stage, completed=done, total=total or None)
