"""Findings → text for people and programs: one module per output format, found by walking this package.

In: a `Result` (or an `Extract`, for the listing of figures) and a `Context`. Out: one string; or, of a `FolderFormat`,
a folder. Nothing here prints or judges; a format only arranges what the result says. A module whose name begins with
an underscore is shared by the formats and is none itself.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from validator.report._context import Context, Pictures
from validator.report._words import headline

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from validator.model.extracts import Extract
    from validator.model.results import Result

__all__ = [
    "FOLDERS",
    "LISTINGS",
    "Context",
    "FolderFormat",
    "Format",
    "Pictures",
    "contents",
    "formats",
    "headline",
    "listing",
    "load",
    "load_folder",
    "page",
]

LISTINGS = ("text", "csv", "json")  # the formats of `listing`
FOLDERS = ("gx",)  # the formats that write a folder: told here, so that no module need be imported to know it


class Format(Protocol):
    """What a module of this package offers."""

    def render(self, result: Result, context: Context) -> str:
        """The whole report as one string that ends with a line end."""


class FolderFormat(Protocol):
    """What a module of `FOLDERS` offers; it lists what holds, too. Both functions raise ``UsageError``."""

    def ready(self, folder: Path) -> None:
        """Refuse, before any work is done, what cannot be written there."""

    def write(self, result: Result, context: Context, folder: Path) -> Path:
        """Write the whole report into ``folder``, whole or not at all, and return the file to open first."""


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted; none of their modules is imported for it."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))


def load(name: str) -> Format:
    """The format of that name, one of `formats()` that is a text; only its own imports are paid for."""
    return cast("Format", import_module(f"{__name__}.{name}"))


def load_folder(name: str) -> FolderFormat:
    """The format of that name, one of `FOLDERS`."""
    return cast("FolderFormat", import_module(f"{__name__}.{name}"))


def listing(extract: Extract, name: str, context: Context, *, everything: bool = False) -> str:
    """Every figure of a document, in the format ``name`` of `LISTINGS`; ``everything`` adds the other numerals."""
    from validator.report import _listing

    return _listing.render(extract, name, context, everything=everything)


def contents(pages: Mapping[str, str], context: Context) -> str:
    """The pages of documentation there are, by name, each with what it says in a sentence."""
    from validator.report import _page

    return _page.contents(pages, context)


def page(markdown: str, context: Context) -> str:
    """A page of documentation for a terminal: as written, its headings and code set off where there is colour."""
    from validator.report import _page

    return _page.render(markdown, context)
