"""An argument parser that speaks like the rest of the program, and what several commands ask alike.

In: the words of the command line. Out: an `argparse.Namespace`, or a `UsageError`. Must not run a command.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from validator.cli import streams
from validator.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    Commands = argparse._SubParsersAction["Parser"]

BOOKS = (".yml", ".yaml")
REPORT = "a PDF, CSV, XLSX or Parquet file"
OUTPUT = "write to FILE instead of standard output"
WAIVERS = "findings that the authors accept"
ENGINE = "what runs rules on data sources instead of DuckDB, as a connection URL"
NO_PROGRESS = "no progress bar"


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line like all others."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong instead of printing it together with the usage."""
        raise UsageError(f"{message} (see {self.prog} --help)")

    def _print_message(self, message: str, file: object = None) -> None:
        """Help and version are output like all other; argparse itself would not mind if nobody could read them."""
        streams.say(message)


def is_book(path: str) -> bool:
    """Whether a file is a rule book by its name."""
    return Path(path).suffix.casefold() in BOOKS


def no_books(reports: Iterable[str], where: str) -> None:
    """A rule book in the place of a report would be read as data, in which no figure stands in any relation."""
    for path in reports:
        if is_book(path):
            raise UsageError(f"{path}: is a rule book, not a report; it {where}")
