"""How the text files of a run are written, as far as its rule books say it: books and paths in, manners by path out.

Asked before any document is read, so that a document is known here by what its file is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.pages import DETECTED
from validator.rulebook.faults import Faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.model.pages import Manner
    from validator.rulebook.book import Book


def manners(books: Sequence[Book], paths: Iterable[str]) -> Mapping[str, Manner]:
    """The manner of each path that a book gives one. Raises RuleError where two say different things of one file."""
    faults = Faults()
    specs = [one for book in books for one in book.documents.values() if one.manner != DETECTED]
    found: dict[str, Manner] = {}
    for path in paths if specs else ():
        for spec in specs:
            if spec.named(path) and found.setdefault(path, spec.manner) != spec.manner:
                faults.add(spec.position, f"document {spec.name!r} has {path} written otherwise than another document")
    faults.raise_any()
    return found
