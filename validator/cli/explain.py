"""`validator explain`: what a kind of check does, with examples.

In: the name of a kind, or none. Out: its documentation page, or the list of kinds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.cli import output, streams
from validator.cli.status import CLEAN
from validator.model.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from validator.cli.arguments import Commands


def add(commands: Commands) -> None:
    """The arguments of the command."""
    explain = commands.add_parser("explain", help="what a kind of check does, with examples")
    explain.add_argument("kind", nargs="?", metavar="KIND", help="without it, the kinds are listed")
    explain.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show the page of a kind, or the list of them."""
    from validator import pipeline, report

    kinds = pipeline.kind_summaries()
    if options.kind is None:
        streams.say(report.contents(kinds, output.device(None)))
        return CLEAN
    if options.kind not in kinds:
        from validator.model.names import nearest

        near = nearest(options.kind, kinds)
        hint = f"; did you mean {near}?" if near else f"; there are {', '.join(kinds)}"
        raise UsageError(f"no kind of check is called {options.kind}{hint}")
    streams.say(report.page(pipeline.kind_page(options.kind), output.device(None)))
    return CLEAN
