"""`validator figures`: list every figure that was read in a report.

In: a report as a file. Out: its figures with value and place, as text, CSV or JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.cli import arguments, output
from validator.cli.status import CLEAN
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    import argparse

    from validator.cli.arguments import Commands


def add(commands: Commands) -> None:
    """The arguments of the command."""
    figures = commands.add_parser("figures", help="list every figure that was read, with its value and place")
    figures.add_argument("report", metavar="REPORT", help=arguments.REPORT)
    figures.add_argument(
        "--format", choices=("text", "csv", "json"), help="default: by the name of --output, else text"
    )
    figures.add_argument("--output", metavar="FILE", help=arguments.OUTPUT)
    figures.add_argument("--all", action="store_true", help="also the numerals that are not figures, with the reason")
    figures.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read the report and list what is in it."""
    arguments.no_books((options.report,), "has no figures to list")
    output.usable(options.output, (options.report,))
    from validator import pipeline, report

    chosen = output.format_of(options.format, options.output, report.LISTINGS)
    extract = pipeline.figures(options.report, DEFAULT)
    output.give(report.listing(extract, chosen, output.device(options.output), everything=options.all), options.output)
    return CLEAN
