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
    rules.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Load the books, and say what is in them."""
    from validator import pipeline

    streams.say("".join(f"{streams.plain(summary)}\n" for summary in pipeline.check_books(options.books)))
    return CLEAN
