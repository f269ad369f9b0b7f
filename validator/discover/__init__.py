"""Extracts → the relations that nobody wrote: `discover`. Floats propose them; `evaluate` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.discovered import Discovered
    from validator.model.extracts import Extract
    from validator.model.language import Language
    from validator.model.settings import Settings


def discover(
    extracts: Sequence[Extract], languages: Mapping[str, Language], settings: Settings
) -> tuple[Discovered, ...]:
    """What the figures of these documents support: relations that hold, for coverage, and those that do not.

    ``languages`` are those that the documents are written in, by code.
    """
    from validator.discover.between import between
    from validator.discover.claims import claims
    from validator.discover.labels import labels
    from validator.discover.within import tables

    inside = tuple(one for extract in extracts for one in tables(extract, settings))
    found = (*inside, *between(extracts, settings, inside))
    return (*found, *labels(extracts, languages, found, settings), *claims(extracts, languages, settings))
