"""What a single page may take of the machine while a copy of this process reads it, by the first reader or the second.

In: how much. Out: a copy that the system ends where a page takes more, which `copies` tells as a signal; or, where it
is Python that is refused memory, a ``MemoryError``. Inside the PDF library nothing else can stop a page whose drawings
draw drawings, each of them ten others. The process that answers to the user is never bounded, since it would end
without a word.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from validator import copies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from validator.model.settings import Settings

_SIZES = Path("/proc/self/statm")  # in pages of memory, that of the addresses first


class Bounds(NamedTuple):
    """What a page may take: seconds of a core, and bytes beyond what the process holds before."""

    seconds: int
    memory: int


def bounded(settings: Settings) -> AbstractContextManager[Callable[[], None]]:
    """`limited` by the settings."""
    return limited(Bounds(settings.page_seconds, settings.page_memory))


@contextmanager
def limited(bounds: Bounds) -> Iterator[Callable[[], None]]:
    """A context with a function to be called before each page; it does nothing where this process is no copy."""
    if not copies.is_copy() or sys.platform == "win32":
        yield lambda: None
        return
    import resource

    before = {kind: resource.getrlimit(kind) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS)}
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what is ended leaves no image of its memory behind

    def lower(kind: int, wanted: int) -> None:
        """Never above what the user has set; the hard limit stays, so that the next page may raise it again."""
        least = min((wanted, *(limit for limit in before[kind] if limit != resource.RLIM_INFINITY)))
        resource.setrlimit(kind, (least, before[kind][1]))

    def begin_page() -> None:
        lower(resource.RLIMIT_CPU, round(time.process_time()) + bounds.seconds)

    if _SIZES.exists():
        held = int(_SIZES.read_text("ascii").split()[0]) * resource.getpagesize()
        lower(resource.RLIMIT_AS, held + bounds.memory)
    try:
        yield begin_page
    finally:
        for kind, limits in before.items():
            resource.setrlimit(kind, limits)
