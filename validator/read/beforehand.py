"""A document read by copies of this process while it goes on: begun early, asked for when it is needed.

In: a path. Out: its ``Document``, or a ``ReadError``. A file that brings the PDF library down brings down a copy, and
costs one clear line. Data files are read when they are asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from validator.copies import MOST_CARDS, Crew, Lost, hands
from validator.model.errors import ReadError
from validator.read.kind import is_data
from validator.read.parts import assembled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.model.pages import Document, Manner
    from validator.model.settings import Settings
    from validator.read.parts import Part

_BYTES_PER_COPY = 1_000_000  # a file of this size has some forty pages, which take longer to read than to hand over


class Beforehand:
    """A context in which a document is read. ``document`` is to be asked for once."""

    def __init__(self, path: str, settings: Settings) -> None:
        self._path = path
        self._settings = settings
        copies = 0 if is_data(path) else min(hands(settings.copies_most), 1 + _size(path) // _BYTES_PER_COPY)
        self._crew = Crew(self._parts, MOST_CARDS, copies) if copies else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._crew is not None:
            self._crew.__exit__()

    def document(self, progress: Callable[[int, int], None] | None = None, manner: Manner | None = None) -> Document:
        """The document, once it is read; ``progress`` gets (pages read, pages in all), ``manner`` is of a text file."""
        from validator import read

        if self._crew is None:
            return read.read_document(self._path, self._settings, progress, manner)
        return assembled(self._path, self._arrived(self._crew), progress)

    def _parts(self, cards: Iterator[int]) -> Iterator[Part | ReadError]:
        """What the copies do."""
        from validator.read.document import parts_of

        try:
            yield from parts_of(self._path, self._settings, cards)
        except ReadError as problem:
            yield problem

    def _arrived(self, crew: Crew[Part | ReadError]) -> Iterator[Part]:
        for one in crew.results():
            if isinstance(one, ReadError):
                raise one
            if not isinstance(one, Lost):
                yield one
            elif one.signal:
                raise ReadError(brought_down(self._path))
            elif one.card is not None:  # a fault of the program, to be told as one: let it happen here
                from validator.read.document import parts_of

                yield from parts_of(self._path, self._settings, iter((one.card,)))


def brought_down(path: str) -> str:
    """What to say of a document whose copy was ended by a signal: a fault of the PDF library, or too little memory."""
    return (
        f"{path}: reading it was ended by the system: too large for the memory here, or broken; print it to a new PDF"
    )


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0  # which reading it will say
