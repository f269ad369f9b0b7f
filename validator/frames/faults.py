"""What is wrong with a schema file, on its way from where it is seen to the problem that names its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.errors import Problem, ValidatorError

if TYPE_CHECKING:
    from collections.abc import Mapping

Place = tuple[int, int]  # line and column, both 1-based
Path = tuple[str, ...]  # the keys that lead to a part of a schema; the items of lists are keys by number
START: Place = (1, 1)


class MisfitError(ValidatorError):
    """A part of a schema that cannot be used; whoever knows its place adds it."""


class Faults:
    """Every fault of one schema file. ``marks`` says where each key stands."""

    def __init__(self, file: str, marks: Mapping[Path, Place]) -> None:
        self._file = file
        self._marks = marks
        self.problems: list[Problem] = []

    def place(self, where: Path) -> Place:
        """Where a part stands: its own place, or that of what it is in."""
        while where and where not in self._marks:
            where = where[:-1]
        return self._marks.get(where, START)

    def add(self, where: Path, message: str) -> None:
        """A fault of the part that these keys lead to."""
        self.problems.append(Problem(self._file, *self.place(where), message))
