"""Which documents of a run a book applies to: books and extracts in, one scope per application out.

A book that names no document, or one, is applied to every document that it fits; a book that names several is a
comparison, and each name must mean exactly one document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from validator.model.rules import Position
from validator.rulebook.phrases import share_found
from validator.rulebook.squash import squash, squashed
from validator.rulebook.tables import TableView, matching

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.extracts import Extract
    from validator.model.settings import Settings
    from validator.rulebook.book import Book, DocumentSpec
    from validator.rulebook.faults import Faults
    from validator.rulebook.squash import SquashedText


@dataclass(eq=False)
class View:
    """A document with its text squashed and its tables made ready to be searched, once for all books."""

    extract: Extract

    @property
    def path(self) -> str:
        """The document as the user gave it."""
        return self.extract.document.path

    @cached_property
    def text(self) -> SquashedText:
        """Its passages."""
        return squashed(self.extract)

    @cached_property
    def tables(self) -> tuple[TableView, ...]:
        """Its tables, in reading order."""
        return tuple(TableView(table) for table in self.extract.tables)

    def has_words(self, spec: DocumentSpec) -> bool:
        """Whether a document's entry in a book is about this one: its file's name, and all words that it prints."""
        if not spec.named(self.path):
            return False
        title = squash(self.extract.document.title)
        return all((wanted := squash(words.text)) in self.text.text or wanted in title for words in spec.words)


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """One application of a book: the documents by the book's names for them ("" where it has none)."""

    views: Mapping[str, View]

    def among(self, name: str | None) -> tuple[View, ...]:
        """The documents that something may be in: the one that is named, or all."""
        return tuple(self.views.values()) if name is None else (self.views[name],)


def scopes(book: Book, views: Sequence[View], settings: Settings, faults: Faults) -> list[Scope]:
    """How a book applies to a run, at least once unless there is a fault."""
    if not book.needs_documents and book.sources:
        return [Scope({})]
    if not book.documents:
        return _unnamed(book, views, settings, faults)
    fitting = {name: [view for view in views if view.has_words(spec)] for name, spec in book.documents.items()}
    for name, spec in book.documents.items():
        if not fitting[name]:
            words = " and ".join(repr(text.text) for text in spec.words)
            wanted = " and ".join(filter(None, (spec.file and f"is called {spec.file}", words and f"contains {words}")))
            faults.add(spec.position, f"no document of this run {wanted} ({_list(views)})")
        elif len(fitting[name]) > 1 and len(book.documents) > 1:
            faults.add(spec.position, f"several documents contain the words of {name!r}: {_list(fitting[name])}")
    if len(book.documents) == 1:
        return [Scope({name: view}) for name, found in fitting.items() for view in found]
    if any(len(found) != 1 for found in fitting.values()):
        return []
    return [Scope({name: found[0] for name, found in fitting.items()})]


def _unnamed(book: Book, views: Sequence[View], settings: Settings, faults: Faults) -> list[Scope]:
    """A book without `documents`: the only document of the run, or all that hold enough of what it names."""
    shares = [_share(book, view) for view in views]
    least = settings.min_book_match if len(views) > 1 else 0
    found = [view for view, share in zip(views, shares, strict=True) if share and share >= least]
    if not found:
        start = Position(str(book.path), 1, 1)
        faults.add(start, f"the tables and phrases of this book are in no document of this run ({_list(views)})")
    return [Scope({"": view}) for view in found]


def _share(book: Book, view: View) -> float:
    """The share of a book's tables and phrases that a document holds, from 0 to 1."""
    total = len(book.tables) + len(book.phrases)
    if not total:
        return 1.0
    tables = sum(bool(matching(spec, view.tables)) for spec in book.tables.values())
    return (tables + share_found(book.phrases, view.text)) / total


def _list(views: Sequence[View]) -> str:
    return ", ".join(view.path for view in views)
