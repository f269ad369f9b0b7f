"""`validator check`: check reports, with rule books or without.

In: reports, rule books and waivers as files. Out: a report on what contradicts what, and the exit status.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli import arguments, output, streams
from validator.cli.progress import Bar
from validator.cli.status import CLEAN, status
from validator.model.errors import UsageError
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from validator.cli.arguments import Commands
    from validator.model.results import Result
    from validator.report import Context, FolderFormat


def add(commands: Commands) -> None:
    """The arguments of the command."""
    check = commands.add_parser(
        "check",
        help="check reports",
        description="Checks reports and says which figures contradict each other.",
        epilog="Exit status: 0 nothing violated; 1 an error was found that no waiver accepts; "
        "2 the command, a rule book or a document could not be used.",
    )
    add = check.add_argument
    add("reports", nargs="*", metavar="REPORT", help=arguments.REPORT)
    add("--rules", nargs="+", action="extend", default=[], metavar="BOOK", help="rule books (.yml)")
    add(
        "--source",
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="hold the rules against this data file instead of what the book names; again for more files",
    )
    add("--discover", action="store_true", help="with --rules: also check what no rule asks for, as without --rules")
    add("--engine", metavar="URL", help=arguments.ENGINE)
    add("--waivers", metavar="FILE", help=arguments.WAIVERS)
    add("--format", choices=_formats(), help="default: by the name of --output, else text")
    add("--output", metavar="FILE", help="write to FILE instead of standard output; a folder where --format is gx")
    add(
        "--pictures",
        choices=("auto", "findings", "all", "none"),
        default="auto",
        help="which pages the HTML report shows (auto: all of a short report, those with findings of a long one)",
    )
    add("--all", action="store_true", help="show notes too, and which figures no check touches")
    add("--quiet", action="store_true", help="print nothing unless an error is found")
    add("--no-progress", action="store_true", help=arguments.NO_PROGRESS)
    check.set_defaults(run=run)


def _formats() -> tuple[str, ...]:
    from validator import report

    return report.formats()


def run(options: argparse.Namespace) -> int:
    """Check the reports and give what came of it."""
    sort_out(options)
    if not options.reports and not options.rules:  # a book about data alone needs no report
        raise UsageError("no report given (see validator check --help)")
    output.no_input(options.output, _inputs(options))
    name = output.format_of(options.format, options.output, _formats())
    folder = _folder_format(name, options)
    from validator.intake import Intake

    with Intake(options.reports, DEFAULT) as begun, Bar(enabled=not options.no_progress and not options.quiet) as bar:
        from validator import pipeline  # a document is being read meanwhile

        reports, books = options.reports, options.rules
        if options.source or not reports:
            books = pipeline.books(books, _sources(options.source))
            reports = reports or pipeline.reports(books)
            if folder is None:
                output.usable(options.output, reports)
        result = pipeline.check(
            reports,
            books,
            options.waivers,
            DEFAULT,
            bar.update,
            discover=options.discover,
            engine=options.engine,
            holding=folder is not None,
            intake=begun if options.reports else None,
        )
        text = _render(result, name, options, bar) if folder is None else ""
        first = folder.write(result, _context(options, bar), Path(options.output)) if folder is not None else None
    streams.complain(*result.unusable)
    _give(result, text, first, options)
    return status(result.unusable, fails=result.fails)


def _give(result: Result, text: str, first: Path | None, options: argparse.Namespace) -> None:
    """Write or print the report; of one that is written (a folder is already) a line says where it is."""
    if not options.output:
        if not options.quiet or status(result.unusable, fails=result.fails) != CLEAN:
            streams.say(text)
        return
    if first is None:
        output.write(options.output, text)
    if not options.quiet and sys.stdout is not None:
        from validator import report

        streams.say(f"{report.headline(result)}; see {streams.plain(str(first or options.output))}\n")


def sort_out(options: argparse.Namespace) -> None:
    """What follows --rules and is no YAML file is a report: `--rules book.yml report.pdf` is how people write it."""
    books = [path for path in options.rules if arguments.is_book(path)]
    options.reports = [*options.reports, *(path for path in options.rules if path not in books)]
    options.rules = books
    arguments.no_books(options.reports, "belongs after --rules")


def _sources(given: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The files given for each source on the command line."""
    found: dict[str, tuple[str, ...]] = {}
    for one in given:
        name, _, path = one.partition("=")
        if not name or not path:
            raise UsageError(f"--source {one}: write NAME=FILE, such as --source cases=cases-2024.csv")
        if not Path(path).is_file():
            raise UsageError(f"--source {one}: there is no file {path}")
        found[name] = (*found.get(name, ()), path)
    return found


def _inputs(options: argparse.Namespace) -> tuple[str | None, ...]:
    """The files that a check is given."""
    given = (one.partition("=")[2] for one in options.source)
    return (*options.reports, *options.rules, options.waivers, *given)


def _folder_format(name: str, options: argparse.Namespace) -> FolderFormat | None:
    """The format where it writes a folder, None where it writes a file; an output that cannot work is refused."""
    from validator import report

    if name not in report.FOLDERS:
        output.usable(options.output, _inputs(options))
        return None
    if not options.output:
        raise UsageError(f"--format {name} writes a folder of pages: say which with --output FOLDER")
    found = report.load_folder(name)
    found.ready(Path(options.output))
    return found


def _render(result: Result, name: str, options: argparse.Namespace, bar: Bar) -> str:
    from validator import report

    return report.load(name).render(result, _context(options, bar))


def _context(options: argparse.Namespace, bar: Bar) -> Context:
    from validator import pipeline, report
    from validator.model.findings import Severity

    return replace(
        output.device(options.output),
        level=Severity.NOTE if options.all else Severity.WARNING,
        pictures=report.Pictures(options.pictures),
        page_png=pipeline.page_png,
        progress=bar.update,
    )
