"""What an operand says, as a small tree: references to figures, numbers, sums, and how they are joined.

In: nothing; `operands` makes the tree of a text. Out: the text again, ``str(tree)``, in the grammar of that module. It
knows no report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.rulebook.aggregates import AggregateOf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from validator.model.relations import Comparison

_SPECIAL = re.compile(r'[,>#\[\]*"]|^\s|\s$')


@dataclass(frozen=True, slots=True)
class LabelPattern:
    """A label: literal parts with any text between them (one part: no wildcard). ``nth`` picks among several."""

    parts: tuple[str, ...]
    nth: int | None = None

    @property
    def any(self) -> bool:
        """Whether it is a bare ``*``."""
        return len(self.parts) > 1 and not any(self.parts)

    @property
    def every(self) -> bool:
        """Whether it is ``**``: all there is, at whatever depth, totals too."""
        return self.parts == ("", "", "")

    @property
    def glob(self) -> bool:
        """Whether it may match several labels."""
        return len(self.parts) > 1 and self.nth is None

    def __str__(self) -> str:
        text = "*".join(_quote(part) for part in self.parts)
        return (text or '""') + ("" if self.nth is None else f"#{self.nth}")


@dataclass(frozen=True, slots=True)
class Reference:
    """A name, with the paths of a row and a column where it is of a table."""

    name: str
    row: tuple[LabelPattern, ...] = ()
    column: tuple[LabelPattern, ...] = ()
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        paths = [" > ".join(map(str, path)) for path in (self.row, self.column) if path]
        return f"{self.name}[{', '.join(paths)}]" if paths else self.name


@dataclass(frozen=True, slots=True)
class Constant:
    """A number written in the rule book."""

    value: Decimal

    def __str__(self) -> str:
        return f"{self.value:f}"


@dataclass(frozen=True, slots=True)
class Scaled:
    """A weight times an operand."""

    weight: Decimal
    operand: Operand

    def __str__(self) -> str:
        return f"{self.weight:f} * {_atom(self.operand)}"


@dataclass(frozen=True, slots=True)
class Added:
    """Operands added up, each with True for plus and False for minus; at least two, or one with a minus."""

    terms: tuple[tuple[bool, Operand], ...]

    def __str__(self) -> str:
        shown = [("+ " if plus else "- ") + (_atom(o) if isinstance(o, Added) else str(o)) for plus, o in self.terms]
        return " ".join(shown).removeprefix("+ ")


@dataclass(frozen=True, slots=True)
class SumOf:
    """``sum(…)``: every figure that its arguments match."""

    arguments: tuple[Operand, ...]

    def __str__(self) -> str:
        return f"sum({', '.join(map(str, self.arguments))})"


@dataclass(frozen=True, slots=True)
class CountOf:
    """``count(…)``: how many rows or columns match."""

    reference: Reference

    def __str__(self) -> str:
        return f"count({self.reference})"


@dataclass(frozen=True, slots=True)
class Equation:
    """Two operands that are compared."""

    left: Operand
    comparison: Comparison
    right: Operand

    def __str__(self) -> str:
        return f"{self.left} {self.comparison.value} {self.right}"


Operand = Reference | Constant | Scaled | Added | SumOf | CountOf | AggregateOf


def references(operand: Operand) -> Iterator[Reference]:
    """Every reference in an operand, from left to right."""
    return (one for one in _named(operand) if isinstance(one, Reference))


def aggregates(operand: Operand) -> Iterator[AggregateOf]:
    """Every figure of a data source in an operand, from left to right."""
    return (one for one in _named(operand) if isinstance(one, AggregateOf))


def _named(operand: Operand) -> Iterator[Reference | AggregateOf]:
    """Whatever an operand names."""
    match operand:
        case Reference() | AggregateOf():
            yield operand
        case CountOf(reference=reference):
            yield reference
        case Scaled(operand=inner):
            yield from _named(inner)
        case Added(terms=terms):
            for _, inner in terms:
                yield from _named(inner)
        case SumOf(arguments=arguments):
            for inner in arguments:
                yield from _named(inner)
        case Constant():
            return


def singles(operand: Operand) -> Iterator[Reference]:
    """The references of an operand that stand for one figure each: not those that are added up or counted."""
    match operand:
        case Reference():
            yield operand
        case Scaled(operand=inner):
            yield from singles(inner)
        case Added(terms=terms):
            for _, inner in terms:
                yield from singles(inner)
        case _:
            return


def _quote(part: str) -> str:
    """A literal part of a label as it must be written."""
    return '"' + part.replace('"', '""') + '"' if _SPECIAL.search(part) else part


def _atom(operand: Operand) -> str:
    """An operand in brackets where it must have them to be one factor."""
    return f"({operand})" if isinstance(operand, Added | Scaled | Constant) else str(operand)
