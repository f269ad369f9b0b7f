"""Faults of rule books, collected so that all are told at once, and the nearest right word for a misspelt one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.errors import Problem, RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.rules import Position


class Faults:
    """What is wrong so far. ``warnings`` do not make a book unusable."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.warnings: list[str] = []

    def add(self, position: Position, message: str) -> None:
        """One more fault."""
        self.problems.append(Problem(position.path, position.line, position.column, message))

    def warn(self, position: Position, message: str) -> None:
        """Something a person should look at, which changes nothing."""
        self.warnings.append(f"{position.path}:{position.line}:{position.column}: {message}")

    def raise_any(self) -> None:
        """Raise RuleError with every fault, if there is one."""
        if self.problems:
            raise RuleError(tuple(self.problems))


def nearest(word: str, words: Iterable[str], *, least: float = 60) -> str | None:
    """The most similar of ``words``, if its similarity (0 to 100) is at least ``least``.

    60 lets through two slips in a five-letter word and is where rapidfuzz's own examples begin to look alike.
    """
    from rapidfuzz import fuzz, process  # only on failure: a good book never pays for it

    found = process.extractOne(word, list(words), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=least)
    return found[0] if found else None


def suggestion(word: str, words: Iterable[str]) -> str:
    """'; did you mean …?', or the choices, or nothing, to append to a message."""
    known = list(words)
    if close := nearest(word, known):
        return f"; did you mean {close!r}?"
    return f"; known are {', '.join(known)}" if 0 < len(known) <= _FEW else ""


_FEW = 12  # more names than this in a message hide the message
