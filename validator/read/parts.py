"""A document in parts, as they come from whoever reads it, put together.

In: parts in any order. Out: the ``Document``, or a ``ReadError`` with one clear line. It opens nothing and loads no
library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from validator.model.errors import ReadError
from validator.model.pages import Document, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Part(NamedTuple):
    """Some pages of a document, with what is known of the whole file."""

    pages: tuple[Page, ...]
    warnings: tuple[str, ...]
    total: int  # pages of the document
    sha256: str
    title: str


def assembled(name: str, parts: Iterable[Part], progress: Callable[[int, int], None] | None = None) -> Document:
    """The document of which these are all the parts, in any order. Raises ``ReadError`` where nothing can be read."""
    ordered: list[Part] = []
    read = 0
    for part in parts:
        ordered.append(part)
        read += len(part.pages)
        if progress is not None:
            progress(read, part.total)
    ordered.sort(key=lambda part: part.pages[0].number)
    pages = tuple(page for part in ordered for page in part.pages)
    warnings = [warning for part in ordered for warning in part.warnings]
    if warnings and not any(page.words for page in pages):
        raise ReadError(f"{name}: {'; '.join(warnings[:3])}")
    warnings.extend(_scanned(name, pages))
    return Document(name, ordered[0].sha256, pages, ordered[0].title, tuple(warnings))


def _scanned(name: str, pages: Sequence[Page]) -> list[str]:
    """A warning that names the pages that are pictures of text. Raises ``ReadError`` where no page holds any."""
    scanned = [page.number for page in pages if page.pictures and not page.words]
    if any(page.words for page in pages):
        return [f"{_listed(scanned)} hold pictures and no text, and were not read"] if scanned else []
    if scanned:
        raise ReadError(
            f"{name}: scanned? {_listed(scanned)} hold pictures and no text; check the PDF it was printed from"
        )
    raise ReadError(f"{name}: no page holds text; check that the PDF was exported with its text")


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:10]))
    return f"pages {shown}" + (f" and {len(numbers) - 10} more" if len(numbers) > 10 else "")
