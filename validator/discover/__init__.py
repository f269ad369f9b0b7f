"""Extracts → the relations that nobody wrote: `discover`. Floats propose them; `evaluate` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.discovered import Discovered
    from validator.model.extracts import Extract
    from validator.model.language import Language
    from validator.model.settings import Settings


def inside(extract: Extract, settings: Settings) -> tuple[Discovered, ...]:
    """What the tables of one document support, each by itself."""
    from validator.discover.within import tables

    return tuple(tables(extract, settings))


def discover(
    extracts: Sequence[Extract],
    languages: Mapping[str, Language],
    settings: Settings,
    known: Mapping[str, Sequence[Discovered]] | None = None,
) -> tuple[Discovered, ...]:
    """What the figures of these documents support: relations that hold, for coverage, and those that do not.

    ``languages`` are those that the documents are written in, by code. ``known`` is what `inside` has found already,
    by the path of the document.
    """
    from validator.discover.between import between
    from validator.discover.claims import claims
    from validator.discover.labels import labels

    already = known or {}
    per_document = (already.get(one.document.path) for one in extracts)
    tables = tuple(
        found
        for extract, seen in zip(extracts, per_document, strict=True)
        for found in (inside(extract, settings) if seen is None else seen)
    )
    relations = (*tables, *between(extracts, settings, tables))
    return (*relations, *labels(extracts, languages, relations, settings), *claims(extracts, languages, settings))
