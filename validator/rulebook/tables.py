"""Finds a book's tables in documents by heading, caption, header and rows; says what is wrong where that fails."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from validator.model.names import nearest
from validator.rulebook.squash import squash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from validator.model.tables import Table
    from validator.rulebook.book import TableSpec

_LIKE = 0.4  # of 1: headers share words like "number of", and even a distant one says what the table was read as


@dataclass(frozen=True)
class TableView:
    """A table with what it is found by, squashed once."""

    table: Table

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Heading and caption. A line above a table may have been read as either, so both are searched."""
        return tuple(squash(text) for text in (self.table.heading, self.table.caption) if text)

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """The header as it may be read: own labels only, or level by level with the spanners first."""
        return tuple(squash(text) for text in header_texts(self.table))

    @cached_property
    def rows(self) -> frozenset[str]:
        """The row labels."""
        return frozenset(squash(stub.label) for stub in self.table.stubs)


def header_texts(table: Table) -> Iterator[str]:
    """The header of a table in the orders in which a person may type it."""
    own = [header.path[-1] for header in table.headers if header.path]
    yield " ".join([table.stub_head, *own])
    depth = max((len(header.path) for header in table.headers), default=0)
    if depth > 1:
        levels = [header.path[level] for level in range(depth) for header in table.headers if level < len(header.path)]
        once = [label for i, label in enumerate(levels) if i == 0 or label != levels[i - 1]]
        yield " ".join([table.stub_head, *once])
        yield " ".join([*once[: len(once) - len(own)], table.stub_head, *once[len(once) - len(own) :]])


class _Criterion(NamedTuple):
    """One thing that a table must have; ``texts`` are what a table offers squashed, ``printed`` the same as printed."""

    what: str
    wanted: str
    texts: Callable[[TableView], Iterable[str]]
    printed: Callable[[Table], Iterable[str]]
    whole: bool = False  # the whole text must be the same; else a part of it will do

    def met(self, view: TableView) -> bool:
        """Whether a table has it."""
        wanted = squash(self.wanted)
        return any(wanted == text if self.whole else wanted in text for text in self.texts(view))


def matching(spec: TableSpec, views: Sequence[TableView]) -> list[TableView]:
    """The tables that meet every criterion, in reading order."""
    criteria = list(_criteria(spec))
    return [view for view in views if all(criterion.met(view) for criterion in criteria)]


def _criteria(spec: TableSpec) -> Iterator[_Criterion]:
    for key, wanted in (("heading", spec.heading), ("caption", spec.caption)):
        if wanted is not None:
            yield _Criterion(f"the {key}", wanted.text, attrgetter("titles"), attrgetter("heading", "caption"))
    if spec.header is not None:
        yield _Criterion("the header", spec.header.text, attrgetter("headers"), header_texts)
    for row in spec.rows:
        yield _Criterion("a row", row.text, attrgetter("rows"), lambda t: (stub.label for stub in t.stubs), whole=True)


def missing(spec: TableSpec, views: Sequence[TableView]) -> str:
    """Why no table was found: the first criterion that none meets, with the nearest there is; or that none has all."""
    if not views:
        return "no table was found in the document"
    for criterion in _criteria(spec):
        if not any(criterion.met(view) for view in views):
            return f"no table has {criterion.what} {criterion.wanted!r}{_nearest(criterion, views)}"
    return f"no one table has {' and '.join(f'{c.what} {c.wanted!r}' for c in _criteria(spec))}, though each is found"


def _nearest(criterion: _Criterion, views: Sequence[TableView]) -> str:
    pages = {text: view.table.page for view in reversed(views) for text in criterion.printed(view.table) if text}
    close = nearest(criterion.wanted, pages, least=_LIKE)
    return "" if close is None else f"; the nearest is {' '.join(close.split())!r} on page {pages[close]}"


def several(found: Sequence[TableView]) -> str:
    """That several tables match, and where they stand."""
    places = ", ".join(f"page {view.table.page}" for view in found)
    return f"{len(found)} tables match ({places}); add `nth`, or another criterion such as rows"
