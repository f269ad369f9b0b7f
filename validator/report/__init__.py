"""Findings → text for people and programs: one module per output format, found by walking this package.

In: a `Result` (or an `Extract`, for the listing of figures) and a `Context`. Out: one string. Nothing here prints,
writes a file or judges; a format only arranges what the result says. A module whose name begins with an underscore
is shared by the formats and is none itself.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from validator.report._context import Context, Pictures
from validator.report._words import headline

if TYPE_CHECKING:
    from validator.model.extracts import Extract
    from validator.model.results import Result

__all__ = ["LISTINGS", "Context", "Format", "Pictures", "formats", "headline", "listing", "load", "page"]

LISTINGS = ("text", "csv", "json")  # the formats of `listing`


class Format(Protocol):
    """What a module of this package offers."""

    def render(self, result: Result, context: Context) -> str:
        """The whole report as one string that ends with a line end."""


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted; none of their modules is imported for it."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))


def load(name: str) -> Format:
    """The format of that name, one of `formats()`; only its own imports are paid for."""
    return cast("Format", import_module(f"{__name__}.{name}"))


def listing(extract: Extract, name: str, context: Context, *, everything: bool = False) -> str:
    """Every figure of a document, in the format ``name`` of `LISTINGS`; ``everything`` adds the other numerals."""
    from validator.report import _listing

    return _listing.render(extract, name, context, everything=everything)


def page(markdown: str, context: Context) -> str:
    """A page of documentation for a terminal: as written, its headings and code set off where there is colour."""
    from validator.report import _page

    return _page.render(markdown, context)
