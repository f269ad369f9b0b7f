"""Tables to entries of a rule book: a name that a person would choose, and criteria that find this table and no other.

In: the documents of a run. Out: `Named` tables, each tried by the same search that will find it when the book is
used. Must not name a table that the search cannot tell from others.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from validator.model.errors import UsageError
from validator.model.rules import Position
from validator.rulebook.book import DocumentSpec, TableSpec, Text
from validator.rulebook.grid import Grid
from validator.rulebook.operands import FUNCTIONS
from validator.rulebook.squash import squash
from validator.rulebook.suggest_names import NO_LANGUAGES, slug, telling
from validator.rulebook.tables import header_texts, matching

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.model.language import Language
    from validator.model.tables import Table
    from validator.rulebook.scope import View
    from validator.rulebook.tables import TableView

_NOWHERE = Position("", 1, 1)
_NUMBERED = re.compile(r"^\W*\w+\s+[\d.]+\s*[:.–—-]*\s*")  # "Table 4. "
_WORDS = 3  # words of a name: more make operands long
_QUOTED = 60  # characters of a criterion: about half a line of the book
_MOST_ROWS = 2  # rows that tell a table from others


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A table under its name, with its entry in the book and its cells as operands will find them."""

    spec: TableSpec
    table: Table
    grid: Grid

    @property
    def name(self) -> str:
        """What operands call it."""
        return self.spec.name


def text(written: str) -> Text:
    """A text of a book that is not in a file yet."""
    return Text(written, _NOWHERE)


def documents(views: Sequence[View]) -> dict[str, DocumentSpec]:
    """Names for the documents of a comparison, each with words that no other contains; none for a single one."""
    if len(views) < 2:
        return {}
    found: dict[str, DocumentSpec] = {}
    for number, view in enumerate(views, start=1):
        name = f"report_{number}"
        spec = next((one for one in _told_apart(name, view, views)), None)
        if spec is None:
            raise UsageError(f"{view.path}: no words tell it from the other reports; suggest a book for each by itself")
        found[name] = spec
    return found


def _told_apart(name: str, view: View, views: Sequence[View]) -> Iterator[DocumentSpec]:
    """Entries with words of a document that the others lack: its title, headings, then any line."""
    title = [view.extract.document.title] if view.extract.document.title else []
    passages = sorted(view.extract.passages, key=lambda passage: not passage.heading)
    for words in chain(title, (shortened(passage.text) for passage in passages)):
        spec = DocumentSpec(name, (text(words),), _NOWHERE)
        if squash(words) and [other for other in views if other.has_words(spec)] == [view]:
            yield spec


def named(
    views: Sequence[View], names: Sequence[str | None], spoken: Mapping[str, Language] = NO_LANGUAGES
) -> list[Named | None]:
    """Every table of a run in order, None for those that nothing printed tells from others.

    ``names`` are the book's names for the documents, None for the only one; ``spoken`` the languages by their codes.
    """
    words = [[list(_names(one.table, spoken.get(view.extract.language))) for one in view.tables] for view in views]
    often = Counter(name for tables in words for several in tables for name in dict.fromkeys(several))
    taken: set[str] = set(FUNCTIONS)
    found: list[Named | None] = []
    for view, document, tables in zip(views, names, words, strict=True):
        for one, several in zip(view.tables, tables, strict=True):
            spec = _told(one, view.tables, document)
            if spec is None:
                found.append(None)
                continue
            own = next((name for name in several if often[name] == 1), several[0])
            spec = replace(spec, name=_free(own, one.table.page, taken))
            found.append(Named(spec, one.table, Grid(spec.name, one.table)))
    return found


def zeros(one: Named) -> Named:
    """The same table with its blank cells counted as zero."""
    return Named(replace(one.spec, blank_is_zero=True), one.table, Grid(one.name, one.table, blank_is_zero=True))


def shortened(words: str) -> str:
    """The beginning of a text, in one line, cut between words."""
    line = " ".join(words.split())
    return line if len(line) <= _QUOTED else line[:_QUOTED].rsplit(" ", 1)[0] or line[:_QUOTED]


def _told(view: TableView, others: Sequence[TableView], document: str | None) -> TableSpec | None:
    """The first criteria that find this table alone; else the first that find it among others, by its number."""
    among: list[tuple[int, int, TableSpec]] = []
    for order, criteria in enumerate(_criteria(view.table)):
        spec = replace(criteria, document=document)
        found = matching(spec, others)
        if len(found) == 1 and found[0] is view:
            return spec
        if view in found:
            among.append((len(found), order, replace(spec, nth=found.index(view) + 1)))
    return min(among, key=lambda one: one[:2])[2] if among else None


def _criteria(table: Table) -> Iterator[TableSpec]:
    """What may tell a table from others, the most readable first."""
    blank = TableSpec("", _NOWHERE)
    header = next((shortened(words) for words in header_texts(table) if squash(words)), "")
    titles = [
        spec
        for spec in (
            replace(blank, caption=text(shortened(table.caption))) if squash(table.caption) else None,
            replace(blank, heading=text(shortened(table.heading))) if squash(table.heading) else None,
            replace(blank, header=text(header)) if header else None,
        )
        if spec is not None
    ]
    yield from titles
    yield from (replace(spec, header=text(header)) for spec in titles if header and spec.header is None)
    rows = _rows(table)
    for base in (*titles, blank):
        yield from (replace(base, rows=(text(row),)) for row in rows)
    if len(rows) > 1:
        yield from (replace(base, rows=tuple(map(text, rows[:_MOST_ROWS]))) for base in (*titles, blank))


def _rows(table: Table) -> list[str]:
    """Row labels short enough to quote."""
    labels = (" ".join(stub.label.split()) for stub in table.stubs)
    return list(dict.fromkeys(label for label in labels if squash(label) and len(label) <= _QUOTED))


def _names(table: Table, language: Language | None) -> Iterator[str]:
    """Names from what is printed about a table, the best first."""
    own = [header.path[-1] for header in table.headers if header.path]
    title = _NUMBERED.sub("", table.caption)
    rows = _rows(table)[:_MOST_ROWS]
    for said in (table.stub_head, title, table.heading, " ".join(own), " ".join(rows)):
        if name := slug(telling(said, language), _WORDS):
            yield name
    yield "table"


def _free(name: str, page: int, taken: set[str]) -> str:
    """The name, with the page where another table has it, and a number where that page has several."""
    for candidate in chain((name, f"{name}_p{page}"), (f"{name}_p{page}_{n}" for n in range(2, len(taken) + 3))):
        if candidate not in taken:
            taken.add(candidate)
            return candidate
    return name
