"""Faults of rule books, collected so that all are told at once, and the nearest right word for a misspelt one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import names
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


def suggestion(word: str, words: Iterable[str]) -> str:
    """'; did you mean …?', or the choices, or nothing, to append to a message."""
    return names.suggestion(word, words, "known are")
