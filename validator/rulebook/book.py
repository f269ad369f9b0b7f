"""A rule book as written: what `load` gives and `bind` takes. Nothing here knows a document yet.

Every part keeps its position in the file. Operands are parsed, names are known to be declared and of the right sort;
whether a report holds what they name is for `bind` to find out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import TYPE_CHECKING

from validator.model.pages import DETECTED, Manner
from validator.model.rules import Position

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from validator.model.data import Source
    from validator.model.findings import Severity
    from validator.model.rules import Parameter
    from validator.rulebook.operands_tree import Equation, Operand


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its position; ``inline`` says that a column inside it is a column in the file."""

    text: str
    position: Position
    inline: bool = False

    def place(self, column: int) -> Position:
        """Where the character at 0-based ``column`` stands, as well as that is known."""
        return self.position._replace(column=self.position.column + column) if self.inline else self.position


@dataclass(frozen=True, slots=True)
class Formula:
    """An operand, parsed, with its text."""

    operand: Operand
    source: Text


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relation between two operands, parsed, with its text."""

    equation: Equation
    source: Text


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """A name for a document of the run, and words that it contains, all of them.

    ``file`` is what its file is called, or a pattern of that; ``manner`` is how a text file of that name is written.
    """

    name: str
    words: tuple[Text, ...]
    position: Position
    file: str = ""
    manner: Manner = DETECTED

    def named(self, path: str) -> bool:
        """Whether a file may be this document by its name."""
        return not self.file or fnmatchcase(PurePath(path).name, self.file)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table by what is printed around and in it; all criteria that are given must match."""

    name: str
    position: Position
    heading: Text | None = None
    caption: Text | None = None
    header: Text | None = None
    rows: tuple[Text, ...] = ()
    nth: int | None = None
    document: str | None = None
    schema: str | None = None  # path of a schema file, made relative to where the program runs
    blank_is_zero: bool = False


@dataclass(frozen=True, slots=True)
class PhraseSpec:
    """A phrase of the text: ``literals`` with a slot between each two, each slot with its name or ""."""

    source: Text
    literals: tuple[str, ...]
    slots: tuple[str, ...]
    nth: int | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A parameter's value in a rule: operands parsed, the rest as plain values.

    By what the parameter takes: operand: Formula; operands: tuple of Formula; series: Formula or a tuple of them;
    labels: Formula or a tuple of Text; table: Text; relation: Relationship; number: Decimal; text, choice and pattern:
    str; flag: bool; columns and filter: Chosen; row sum: SumOfRow. Where the parameter allows many, a tuple of these.
    """

    parameter: Parameter
    value: object
    position: Position


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule as written."""

    kind: str
    name: str
    values: tuple[Written, ...]
    position: Position
    severity: Severity | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class UncheckedSpec:
    """Figures left unchecked: by phrase or by operands. ``reason`` is "" where nobody has given one yet."""

    reason: str
    position: Position
    phrase: PhraseSpec | None = None
    figures: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A whole rule book, or the part of one that is to be checked."""

    path: Path
    title: str = ""
    language: str | None = None
    reports: tuple[Text, ...] = ()  # files or patterns, relative to the book
    documents: Mapping[str, DocumentSpec] = field(default_factory=dict)
    tables: Mapping[str, TableSpec] = field(default_factory=dict)
    phrases: tuple[PhraseSpec, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    rules: tuple[RuleSpec, ...] = ()
    unchecked: tuple[UncheckedSpec, ...] = ()
    warnings: tuple[str, ...] = ()
    whole: bool = True

    @property
    def schemas(self) -> tuple[str, ...]:
        """The schema files that its tables and sources name, each once."""
        tables = [table.schema for table in self.tables.values()]
        sources = [source.schema for source in self.sources.values()]
        return tuple(dict.fromkeys(path for path in (*tables, *sources) if path is not None))

    @property
    def needs_documents(self) -> bool:
        """Whether anything in it is about a report; a book on data alone can be checked without one."""
        return bool(self.documents or self.tables or self.phrases or self.unchecked)

    @property
    def summary(self) -> str:
        """One line about it: file, title and how much it says."""
        sources = (("source", self.sources),) if self.sources else ()
        counts = (*sources, ("table", self.tables), ("phrase", self.phrases), ("rule", self.rules))
        said = ", ".join(f"{len(parts)} {name}{'' if len(parts) == 1 else 's'}" for name, parts in counts)
        return f"{self.path}: {self.title}: {said}"
