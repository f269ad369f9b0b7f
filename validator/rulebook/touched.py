"""What of a rule book files have to do with: a book and some files in, the part of it that they touch out.

A rule is touched by a file of a source that it names, and by a report where it names anything printed. A book that is
among the files is touched whole. Nothing is read here but the names of files.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from validator.model.data import Chosen
from validator.model.errors import Problem, RuleError
from validator.model.rules import Position, Takes
from validator.model.schemas import split
from validator.rulebook.book import Formula, Relationship, Text
from validator.rulebook.faults import Faults
from validator.rulebook.operands_tree import aggregates, references
from validator.rulebook.sources import files_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from validator.model.data import Source
    from validator.rulebook.book import Book, RuleSpec
    from validator.rulebook.operands_tree import Operand


_REPORTS = "'reports'"


class Touched(NamedTuple):
    """The part of a book to be checked, the reports it is to be checked on, and how many rules the whole book has."""

    book: Book
    reports: tuple[str, ...]
    rules: int


class _Uses(NamedTuple):
    """What a rule is about: sources by name, and whether anything printed."""

    sources: frozenset[str]
    printed: bool


def reports(book: Book) -> tuple[str, ...]:
    """The report files that a book names. Raises RuleError for one that is not there."""
    faults = Faults()
    found = files_of(book.reports, _REPORTS, book.path, faults)
    faults.raise_any()
    return found


def touched(book: Book, changed: Collection[str]) -> Touched | None:
    """What ``changed``, real paths of files, have to do with a book; None where it is nothing that can be checked.

    Raises RuleError where what they touch needs a report that is not there, or that the book does not name.
    """
    if _real(str(book.path)) in changed:
        return _whole(book)
    sources = {name for name, source in book.sources.items() if _concerns(source, changed)}
    tables = {name for name, table in book.tables.items() if table.schema and _schema(table.schema) in changed}
    printed = _among(book, changed)
    uses = {spec.position: _uses(spec) for spec in book.rules}
    rules = tuple(
        spec
        for spec in book.rules
        if uses[spec.position].sources & sources or (printed and uses[spec.position].printed)
    )
    if not rules and not sources and not tables and not printed:
        return None
    named = {name for spec in rules for name in uses[spec.position].sources}
    part = replace(book, rules=rules, warnings=(), whole=False, sources=_kept(book, named, sources))
    if not printed and not tables and not any(uses[spec.position].printed for spec in rules):
        bare = replace(part, documents={}, tables={}, phrases=(), unchecked=())
        return Touched(bare, (), len(book.rules)) if rules or part.sources else None
    if not printed:  # schemas of tables are judged where the report or the schema changed
        own = {name: replace(t, schema=t.schema if name in tables else None) for name, t in book.tables.items()}
        part = replace(part, tables=own, unchecked=())
    alone = printed and not sources and not tables and len(book.documents) < 2  # each report by itself
    return Touched(part, printed if alone else _needed(book), len(book.rules))


def _whole(book: Book) -> Touched | None:
    """All of a book; a book that is about reports alone, and names none, cannot be checked without being told which."""
    if not book.needs_documents:
        return Touched(book, (), len(book.rules))
    return Touched(book, _needed(book), len(book.rules)) if book.reports or book.sources else None


def _needed(book: Book) -> tuple[str, ...]:
    if not book.reports:
        place = next(iter(book.sources.values())).position if book.sources else Position(str(book.path), 1, 1)
        message = "these data are tied to a report, and the book does not say to which file; add 'reports: FILE'"
        raise RuleError((Problem(place.path, place.line, place.column, message),))
    return reports(book)


def _real(path: str) -> str:
    return os.path.normcase(os.path.realpath(path))


def _schema(named: str) -> str:
    """The real path of the file of a schema."""
    return _real(split(named)[0])


def _concerns(source: Source, changed: Collection[str]) -> bool:
    """Whether one of the files is data of a source, or its schema."""
    schema = [_schema(source.schema)] if source.schema else []
    return any(path in changed for path in (*map(_real, source.files), *schema))


def _among(book: Book, changed: Collection[str]) -> tuple[str, ...]:
    """The reports of a book that are among the files; those that are not there cannot be."""
    return tuple(path for path in files_of(book.reports, _REPORTS, book.path, Faults()) if _real(path) in changed)


def _kept(book: Book, named: Collection[str], changed: Collection[str]) -> dict[str, Source]:
    """The sources that the rules of a part name, and those whose schema is to be judged anew."""
    return {
        name: source if name in changed else replace(source, schema=None)
        for name, source in book.sources.items()
        if name in named or (name in changed and source.schema is not None)
    }


def _uses(spec: RuleSpec) -> _Uses:
    """What the parameters of a rule name."""
    names = {str(one.value) for one in spec.values if one.parameter.takes is Takes.SOURCE}
    printed = False
    for written in spec.values:
        for part in _parts(written.value):
            if isinstance(part, Text):
                printed = True
            elif isinstance(part, Chosen):
                names.add(part.source)
            else:
                names.update(one.aggregate.source for one in aggregates(part))
                printed = printed or any(True for _ in references(part))
    return _Uses(frozenset(names - {""}), printed)


def _parts(value: object) -> Iterator[Operand | Chosen | Text]:
    """The operands, columns and printed names in a value."""
    if isinstance(value, Formula):
        yield value.operand
    elif isinstance(value, Relationship):
        yield from (value.equation.left, value.equation.right)
    elif isinstance(value, Chosen | Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)
