"""The files that a rule book speaks of, as it writes them: what tells a commit hook that a book has nothing to say.

A file in, texts out. Far less is asked of the book than `load` asks, so that it takes milliseconds; what cannot be
understood gives None, and then `load` has to be asked, which tells every fault.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.schemas import split
from validator.rulebook.faults import Faults
from validator.rulebook.nodes import load_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.settings import Settings
    from validator.rulebook.nodes import Node


def references(path: str, settings: Settings) -> tuple[str, ...] | None:
    """The reports, data files and schemas of a book, paths or patterns relative to it; None if it is no book."""
    faults = Faults()
    root = load_file(Path(path), settings, faults)
    if root is None or root.pairs is None or faults.problems:
        return None
    found: list[str] = []
    for key, value in root.pairs:
        if key.text == "reports":
            found += _texts(value)
        elif key.text in ("sources", "tables") and not value.blank:
            if value.pairs is None:
                return None
            for _, entry in value.pairs:
                found += _files(entry)
    return None if "" in found else tuple(dict.fromkeys(found))


def _files(entry: Node) -> Iterator[str]:
    """The files of a source or a table: a source may be its files alone."""
    if entry.pairs is None:
        yield from _texts(entry)
        return
    for key, value in entry.pairs:
        if key.text == "files":
            yield from _texts(value)
        elif key.text == "schema":
            yield from (split(text)[0] for text in _texts(value))


def _texts(node: Node) -> Iterator[str]:
    """The texts of one or a list of them; "" for what is none."""
    for one in node.items if node.items is not None else [node]:
        yield "" if one.blank else one.text or ""
