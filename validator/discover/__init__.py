"""Extracts → the relations that nobody wrote: `discover`. Floats propose them; `evaluate` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.discovered import Discovered
    from validator.model.extracts import Extract
    from validator.model.language import Language
    from validator.model.settings import Settings


class Alone(NamedTuple):
    """What one document supports by itself."""

    tables: tuple[Discovered, ...]  # within each table
    claims: tuple[Discovered, ...]  # of its sentences


def alone(extract: Extract, language: Language | None, settings: Settings) -> Alone:
    """What one document supports by itself; nothing is claimed in a language that is not given."""
    from validator.discover.claims import claims
    from validator.discover.within import tables

    said = tuple(claims(extract, language, settings)) if language is not None else ()
    return Alone(tuple(tables(extract, settings)), said)


def discover(
    extracts: Sequence[Extract],
    languages: Mapping[str, Language],
    settings: Settings,
    known: Mapping[str, Alone] | None = None,
) -> tuple[Discovered, ...]:
    """What the figures of these documents support: relations that hold, for coverage, and those that do not.

    ``languages`` are those that the documents are written in, by code. ``known`` is what `alone` has found already,
    by the path of the document.
    """
    from validator.discover.between import between
    from validator.discover.labels import labels

    given = known or {}
    each = [given.get(one.document.path) or alone(one, languages.get(one.language), settings) for one in extracts]
    inside = tuple(found for one in each for found in one.tables)
    relations = (*inside, *between(extracts, settings, inside))
    said = (found for one in each for found in one.claims)
    return (*relations, *labels(extracts, languages, relations, settings), *said)
