"""Commands and exit statuses; the only module that prints.

In: the command line. Out: a report on standard output or in a file, one clear line per error on standard error, and
the exit status: 0 nothing violated, 1 a finding of severity error that nobody accepted, 2 the command, a rule book
or a document could not be used. It decides nothing about figures; `pipeline` does the work and is imported only by
the commands that need it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from validator import __version__
from validator.model.errors import UsageError, ValidatorError
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Self

    from rich.progress import Progress, TaskID

    from validator.model.results import Result
    from validator.report import Context, FolderFormat

CLEAN, VIOLATED, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
_BOOKS = (".yml", ".yaml")
_SUFFIXES = {".htm": "html", ".md": "markdown", ".txt": "text"}  # beside the formats' own names


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; no exception that a user can cause leaves here."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a letter that the locale lacks must not end the run
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except ValidatorError as problem:
        return _fail(*problem.lines)
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except MemoryError:
        return _fail("not enough memory; check fewer documents at once")
    except BrokenPipeError:
        _abandon()
        return UNUSABLE
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        return _fail(f"{where}{problem.strerror or problem}")


# --- the command line -------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line like all others."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")

    def _print_message(self, message: str, file: object = None) -> None:
        """Help and version are output like all other; argparse itself would not mind if nobody could read them."""
        _print(message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="validator", description="Finds figures in published reports that contradict each other.")
    parser.add_argument("--version", action="version", version=f"report-validator {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _check_command(commands)
    _hook_command(commands)
    _suggest_command(commands)
    _figures_command(commands)
    rules = commands.add_parser("rules", help="check rule books without a report")
    rules.add_argument("books", nargs="+", metavar="BOOK")
    rules.set_defaults(run=_rules)
    explain = commands.add_parser("explain", help="what a kind of check does, with examples")
    explain.add_argument("kind", nargs="?", metavar="KIND", help="without it, the kinds are listed")
    explain.set_defaults(run=_explain)
    return parser


def _check_command(commands: argparse._SubParsersAction[_Parser]) -> None:
    check = commands.add_parser(
        "check",
        help="check reports",
        description="Checks reports and says which figures contradict each other.",
        epilog="Exit status: 0 nothing violated; 1 an error was found that no waiver accepts; "
        "2 the command, a rule book or a document could not be used.",
    )
    add = check.add_argument
    add("reports", nargs="*", metavar="REPORT", help="a PDF, CSV, XLSX or Parquet file")
    add("--rules", nargs="+", action="extend", default=[], metavar="BOOK", help="rule books (.yml)")
    add(
        "--source",
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="hold the rules against this data file instead of what the book names; again for more files",
    )
    add("--discover", action="store_true", help="with --rules: also check what no rule asks for, as without --rules")
    add("--engine", metavar="URL", help="what runs rules on data sources instead of DuckDB, as a connection URL")
    add("--waivers", metavar="FILE", help="findings that the authors accept")
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
    add("--no-progress", action="store_true", help="no progress bar")
    check.set_defaults(run=_check)


def _hook_command(commands: argparse._SubParsersAction[_Parser]) -> None:
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
    add("--waivers", metavar="FILE", help="findings that the authors accept")
    add("--engine", metavar="URL", help="what runs rules on data sources instead of DuckDB, as a connection URL")
    add("--no-cache", action="store_true", help="check again what was checked before")
    add("--all", action="store_true", help="show notes too, not only errors and warnings")
    hook.set_defaults(run=_hook)


def _suggest_command(commands: argparse._SubParsersAction[_Parser]) -> None:
    suggest = commands.add_parser(
        "suggest",
        help="write a rule book of what can be discovered in reports",
        description="Writes what was discovered as a rule book to read, amend and keep: validator check REPORT "
        "--rules FILE then gives the same verdicts. Several reports make a book that compares them.",
    )
    suggest.add_argument("reports", nargs="+", metavar="REPORT", help="a PDF, CSV, XLSX or Parquet file")
    suggest.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")
    suggest.add_argument("--no-progress", action="store_true", help="no progress bar")
    suggest.set_defaults(run=_suggest)


def _figures_command(commands: argparse._SubParsersAction[_Parser]) -> None:
    figures = commands.add_parser("figures", help="list every figure that was read, with its value and place")
    figures.add_argument("report", metavar="REPORT", help="a PDF, CSV, XLSX or Parquet file")
    figures.add_argument(
        "--format", choices=("text", "csv", "json"), help="default: by the name of --output, else text"
    )
    figures.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")
    figures.add_argument("--all", action="store_true", help="also the numerals that are not figures, with the reason")
    figures.set_defaults(run=_figures)


def _formats() -> tuple[str, ...]:
    from validator import report

    return report.formats()


# --- the commands -----------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    _sort_out(options)
    if not options.reports and not options.rules:  # a book about data alone needs no report
        raise UsageError("no report given (see validator check --help)")
    _no_input(options.output, _inputs(options))
    name = _format(options.format, options.output, _formats())
    folder = _folder_format(name, options)
    from validator.intake import Intake

    with Intake(options.reports, DEFAULT) as begun, _Bar(enabled=not options.no_progress and not options.quiet) as bar:
        from validator import pipeline  # a document is being read meanwhile

        reports, books = options.reports, options.rules
        if options.source or not reports:
            books = pipeline.books(books, _sources(options.source))
            reports = reports or pipeline.reports(books)
            if folder is None:
                _usable_output(options.output, reports)
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
    _complain(*result.unusable)
    status = UNUSABLE if result.unusable else VIOLATED if result.fails else CLEAN
    if options.output:
        if first is None:
            _write(options.output, text)
        if not options.quiet:
            from validator import report

            if sys.stdout is not None:
                _print(f"{report.headline(result)}; see {_plain(str(first or options.output))}\n")
    elif status != CLEAN or not options.quiet:
        _print(text)
    return status


def _sort_out(options: argparse.Namespace) -> None:
    """What follows --rules and is no YAML file is a report: `--rules book.yml report.pdf` is how people write it."""
    books = [path for path in options.rules if Path(path).suffix.casefold() in _BOOKS]
    options.reports = [*options.reports, *(path for path in options.rules if path not in books)]
    options.rules = books
    _no_books(options.reports, "belongs after --rules")


def _no_books(reports: Iterable[str], where: str) -> None:
    """A rule book in the place of a report would be read as data, in which no figure stands in any relation."""
    for path in reports:
        if Path(path).suffix.casefold() in _BOOKS:
            raise UsageError(f"{path}: is a rule book, not a report; it {where}")


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
        _usable_output(options.output, _inputs(options))
        return None
    if not options.output:
        raise UsageError(f"--format {name} writes a folder of pages: say which with --output FOLDER")
    found = report.load_folder(name)
    found.ready(Path(options.output))
    return found


def _render(result: Result, name: str, options: argparse.Namespace, bar: _Bar) -> str:
    from validator import report

    return report.load(name).render(result, _context(options, bar))


def _context(options: argparse.Namespace, bar: _Bar) -> Context:
    from validator import pipeline, report
    from validator.model.findings import Severity

    return replace(
        _device(options.output),
        level=Severity.NOTE if options.all else Severity.WARNING,
        pictures=report.Pictures(options.pictures),
        page_png=pipeline.page_png,
        progress=bar.update,
    )


def _hook(options: argparse.Namespace) -> int:
    from validator.hook import guard
    from validator.model.findings import Severity

    context = replace(_device(None), level=Severity.NOTE if options.all else Severity.WARNING)
    asked = guard.Asked(options.files, options.rules, options.waivers, options.engine, not options.no_cache)
    status = CLEAN
    for told in guard.check(asked, context):
        _print(told.text)
        _complain(*told.unusable)
        status = max(status, UNUSABLE if told.unusable else VIOLATED if told.fails else CLEAN)
    return status


def _figures(options: argparse.Namespace) -> int:
    _no_books((options.report,), "has no figures to list")
    _usable_output(options.output, (options.report,))
    from validator import pipeline, report

    chosen = _format(options.format, options.output, report.LISTINGS)
    extract = pipeline.figures(options.report, DEFAULT)
    text = report.listing(extract, chosen, _device(options.output), everything=options.all)
    if options.output:
        _write(options.output, text)
    else:
        _print(text)
    return CLEAN


def _suggest(options: argparse.Namespace) -> int:
    _no_books(options.reports, "is used by validator check --rules")
    _usable_output(options.output, options.reports)
    from validator import pipeline

    with _Bar(enabled=not options.no_progress) as bar:
        book = pipeline.suggested(options.reports, DEFAULT, bar.update)
    if options.output:
        _write(options.output, book)
    else:
        _print(book)
    return CLEAN


def _rules(options: argparse.Namespace) -> int:
    from validator import pipeline

    _print("".join(f"{_plain(summary)}\n" for summary in pipeline.check_books(options.books)))
    return CLEAN


def _explain(options: argparse.Namespace) -> int:
    from validator import pipeline, report

    kinds = pipeline.kind_summaries()
    if options.kind is None:
        _print(report.contents(kinds, _device(None)))
        return CLEAN
    if options.kind not in kinds:
        from validator.model.names import nearest

        near = nearest(options.kind, kinds)
        hint = f"; did you mean {near}?" if near else f"; there are {', '.join(kinds)}"
        raise UsageError(f"no kind of check is called {options.kind}{hint}")
    _print(report.page(pipeline.kind_page(options.kind), _device(None)))
    return CLEAN


# --- where output goes ------------------------------------------------------------------------------------------


def _format(asked: str | None, output: str | None, formats: tuple[str, ...]) -> str:
    """The format asked for, else the one that the name of the output file says, else text."""
    if asked:
        return asked
    suffix = Path(output).suffix.lower() if output else ""
    named = _SUFFIXES.get(suffix, suffix.removeprefix(".")) or "text"
    if named not in formats:
        good = [*(end for end, name in _SUFFIXES.items() if name in formats), *(f".{name}" for name in formats)]
        raise UsageError(
            f"--output {output}: there is no format {suffix}; let the name end in {', '.join(sorted(good))}, "
            f"or say which with --format ({', '.join(formats)})"
        )
    return named


def _device(output: str | None) -> Context:
    """What the place of output can show: its width, colour, and letters beyond ASCII."""
    from validator.report import Context

    if output:
        return Context(version=__version__)
    if sys.stdout is None:  # which `_print` will say, if there is anything to print
        return Context(version=__version__)
    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = _columns() if terminal else DEFAULT.text_width
    try:
        "✗›…─→".encode(sys.stdout.encoding or "ascii")
        unicode = True
    except (UnicodeEncodeError, LookupError):
        unicode = False
    width = min(max(width, DEFAULT.text_width_least), DEFAULT.text_width_most)
    return Context(version=__version__, width=width, colour=colour, unicode=unicode)


def _columns() -> int:
    import shutil  # it brings the compressors along: not in a run whose output is no terminal

    return shutil.get_terminal_size((DEFAULT.text_width, 24)).columns


def _usable_output(output: str | None, inputs: Iterable[str | None]) -> None:
    """Refuse an output that cannot work before the work is done, not after it."""
    if not output:
        return
    path = Path(output)
    if path.is_dir():
        raise UsageError(f"--output {output}: is a directory; name a file in it")
    if not path.parent.is_dir():
        raise UsageError(f"--output {output}: there is no directory {path.parent}")
    _no_input(output, inputs)


def _no_input(output: str | None, inputs: Iterable[str | None]) -> None:
    """Refuse to write over what is read."""
    path = Path(output or "")
    if output and any(name and Path(name).exists() and path.exists() and path.samefile(name) for name in inputs):
        raise UsageError(f"--output {output}: is also an input; name another file")


def _write(output: str, text: str) -> None:
    """Write a file whole or not at all: beside it first, then in its place. A device or a pipe is written directly."""
    path = Path(output).resolve()  # what a link names is written, not the link
    encoded = text.encode("utf-8", errors="backslashreplace")
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(encoded)
            return
        beside.write_bytes(encoded)
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    except OSError as problem:
        raise UsageError(f"--output {output}: {problem.strerror}") from problem
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _print(text: str) -> None:
    """Print to standard output; a reader that closed it early (`head`) has what it wanted."""
    if sys.stdout is None:
        raise UsageError("standard output is closed; use --output FILE")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon()
    except OSError as problem:
        _abandon()
        raise UsageError(f"standard output: {problem.strerror}") from problem


def _abandon() -> None:
    """Give standard output up, so that the interpreter does not try to write the rest when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(*messages: str) -> int:
    _complain(*messages)
    return UNUSABLE


def _complain(*messages: str) -> None:
    """A line for each error, with the program's name, and no more than a person reads; silence where nobody listens."""
    shown = messages[: DEFAULT.errors_shown]
    more = [f"… and {len(messages) - len(shown):,} more"] if len(messages) > len(shown) else []
    with contextlib.suppress(OSError):
        for message in (*shown, *more):
            print(f"validator: {_plain(message)}", file=sys.stderr)  # noqa: T201 - this module prints
        sys.stderr.flush()


def _plain(message: str) -> str:
    """One line, whatever a name in it holds: what ends lines, steers terminals or turns text round is written out."""
    if message.isprintable():
        return message
    from unicodedata import category

    return "".join(
        sign if sign.isprintable() or category(sign) == "Zs" else sign.encode("unicode_escape").decode("ascii")
        for sign in message
    )


class _Bar:
    """A progress bar on standard error: only on a terminal, and only once the work has taken a while."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled and sys.stderr is not None and sys.stderr.isatty()
        self._start = time.monotonic()
        self._shown: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Called by the pipeline as the work goes on."""
        if not self._enabled or time.monotonic() - self._start < DEFAULT.progress_after:
            return
        if self._shown is None:
            from rich.console import Console
            from rich.progress import Progress

            self._shown = Progress(console=Console(stderr=True), transient=True)
            self._task = self._shown.add_task(stage)
            self._shown.start()
        if self._task is not None:
            self._shown.update(self._task, description=stage, completed=done, total=total or None)
