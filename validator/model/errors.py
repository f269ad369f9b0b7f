"""Errors that a user can act on. Discrepancies are values, never exceptions."""

from __future__ import annotations

from dataclasses import dataclass


class ValidatorError(Exception):
    """Base of what the command line prints as one clear line, or one for each fault, before it exits with 2."""

    @property
    def lines(self) -> tuple[str, ...]:
        """One for each fault. A name in it may hold a line end, which is no end of the line."""
        return tuple(map(str, self.args))

    def __str__(self) -> str:
        return "\n".join(self.lines)


class ReadError(ValidatorError):
    """Documents that cannot be used. A message for each says what, where and what to do."""


class UsageError(ValidatorError):
    """A command that cannot be carried out as given."""


class Unfit(ValidatorError):  # noqa: N818 - reads as what it says of a rule
    """The figures that a rule names cannot make its check; whoever bound the rule adds the position."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a rule book, schema or waiver file; line and column are 1-based."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class RuleError(ValidatorError):
    """A rule book that cannot be used, with every fault found in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.message)))
        super().__init__(problems)

    @property
    def lines(self) -> tuple[str, ...]:
        """Each problem with its place."""
        return tuple(map(str, self.problems))
