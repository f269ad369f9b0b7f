"""`validator hook`: check what changed files touch, as a commit hook does.

In: the changed files. Out: what there is to say of each rule book that speaks of one, and the exit status.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from validator.cli import arguments, output, streams
from validator.cli.status import CLEAN, status

if TYPE_CHECKING:
    import argparse

    from validator.cli.arguments import Commands


def add(commands: Commands) -> None:
    """What is asked here is asked in `hook.glance` too, which answers for most commits before this is imported."""
    hook = commands.add_parser(
        "hook",
        help="check what changed files touch, as a commit hook does",
        description="Works out which rules have to do with the changed files, from the data files, schemas and reports "
        "that rule books name, and checks those. What came of it is kept in the user's cache folder.",
        epilog="Exit status: as of check.",
    )
    add = hook.add_argument
    add("files", nargs="+", metavar="FILE", help="a changed file")
    add("--rules", action="append", default=[], metavar="BOOK", help="a rule book or a folder of them (default: rules)")
    add("--waivers", metavar="FILE", help=arguments.WAIVERS)
    add("--engine", metavar="URL", help=arguments.ENGINE)
    add("--no-cache", action="store_true", help="check again what was checked before")
    add("--all", action="store_true", help="show notes too, not only errors and warnings")
    hook.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check what the changed files touch; the worst of what came of it is the status."""
    from validator.hook import guard
    from validator.model.findings import Severity

    context = replace(output.device(None), level=Severity.NOTE if options.all else Severity.WARNING)
    asked = guard.Asked(options.files, options.rules, options.waivers, options.engine, not options.no_cache)
    worst = CLEAN
    for told in guard.check(asked, context):
        streams.say(told.text)
        streams.complain(*told.unusable)
        worst = max(worst, status(told.unusable, fails=told.fails))
    return worst
