"""`validator rules`: check rule books without a report.

In: rule books as files. Out: a line for each book that is in order; every fault of the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.cli import streams
from validator.cli.status import CLEAN

if TYPE_CHECKING:
    import argparse

    from validator.cli.arguments import Commands


def add(commands: Commands) -> None:
    """The arguments of the command."""
    rules = commands.add_parser("rules", help="check rule books without a report")
    rules.add_argument("books", nargs="+", metavar="BOOK")
    rules.add_argument(
        "--books-only",
        action="store_true",
        help="pass over YAML files that are no rule books, such as schemas and waivers: they have no line `validator:`",
    )
    rules.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Load the books, and say what is in them."""
    from validator import pipeline
    from validator.hook import glance

    books = list(filter(glance.is_book, options.books)) if options.books_only else options.books
    streams.say("".join(f"{streams.plain(summary)}\n" for summary in pipeline.check_books(books)))
    return CLEAN
