"""The report for a terminal: by document and page, each finding with the sentence or the rows as printed.

In: a result. Out: text of the context's width, in plain letters or with ANSI colours. Figures that a finding names
are marked where they stand: by colour on a terminal, by brackets elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.findings import Severity
from validator.report import _words as words
from validator.report._excerpts import Quote, Sources
from validator.report._grid import grid
from validator.report._ink import Run, Style, ascii_only, cells, paint, printable, wrap
from validator.report._unchecked import by_page
from validator.report._words import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.model.findings import Finding
    from validator.model.results import Checked, Result
    from validator.report._context import Context
    from validator.report._excerpts import Piece

_STYLES = {
    Standing.ERROR: Style.ERROR,
    Standing.WARNING: Style.WARNING,
    Standing.NOTE: Style.NOTE,
    Standing.UNDECIDABLE: Style.UNDECIDABLE,
    Standing.ACCEPTED: Style.ACCEPTED,
}
_SIGNS = {
    Standing.ERROR: ("✗", "x"),
    Standing.WARNING: ("!", "!"),
    Standing.NOTE: ("·", "-"),
    Standing.UNDECIDABLE: ("?", "?"),
    Standing.ACCEPTED: ("✓", "ok"),
}
_INDENT = "    "
_NAMES = 11  # columns kept for "implied", "suspect", "diagnosis", …


def render(result: Result, context: Context) -> str:
    """The whole report."""
    lines = [line for block in _blocks(result, context) for line in block]
    text = "\n".join(paint(line, colour=context.colour).rstrip() for line in lines) + "\n"
    return text if context.unicode else ascii_only(text)


def _blocks(result: Result, context: Context) -> Iterator[Iterable[list[Run]]]:
    """Blocks of lines: a heading per page, a block per finding, the summary."""
    findings = words.ordered((f for f in result.findings if words.shown(f, context.level)), result.documents)
    sources = Sources((checked.extract for checked in result.documents), findings, context.settings)
    place = None
    for finding in findings:
        if words.heading(finding) != place:
            place = words.heading(finding)
            yield _heading(place, context)
        yield _finding(finding, sources, context)
    yield _summary(result, len(result.findings) - len(findings), context)


def _heading(title: str, context: Context) -> Iterator[list[Run]]:
    yield [Run(printable(title), Style.HEAD)]
    yield [Run("─" * context.width, Style.DIM)]


def _finding(finding: Finding, sources: Sources, context: Context) -> Iterator[list[Run]]:
    kind = words.standing(finding)
    sign = _SIGNS[kind][0 if context.unicode else 1]
    yield [Run(f"{sign:<2}{kind.value}", _STYLES[kind]), Run(f"  {finding.check}", Style.DIM)]
    yield from wrap([Run(printable(finding.message), Style.STRONG)], context.width, _INDENT)
    yield []
    culprits = words.corrections(finding)
    here = finding.exhibits[0].location
    for excerpt in sources.excerpts(finding):
        place = "" if excerpt.document == here.document else f"{excerpt.document}, "
        if place or excerpt.page != here.page:
            yield [Run(f"{_INDENT}  {printable(place + excerpt.place)}:", Style.DIM)]
        if isinstance(excerpt, Quote):
            yield from wrap(_pieces(excerpt.pieces, culprits, context), context.width, f"{_INDENT}  ")
        else:
            yield from grid(excerpt, finding.exhibits, culprits, context)
        yield []
    yield from _details(finding, context)
    yield []


def _pieces(pieces: Iterable[Piece], culprits: Mapping[int, str], context: Context) -> Iterator[Run]:
    """A sentence with its figures marked."""
    for piece in pieces:
        text = printable(piece.text)
        if piece.exhibit is None:
            yield Run(text)
        elif context.colour:
            yield Run(text, Style.CULPRIT if piece.exhibit in culprits else Style.MARK)
        else:
            yield Run(f"[{text}]")


def _details(finding: Finding, context: Context) -> Iterator[list[Run]]:
    """Numbers, suspects, diagnosis, note, acceptance and where the check comes from."""
    most = context.settings.suspects_shown
    rows = [("", words.arithmetic(finding), Style.PLAIN)]
    rows += [
        ("suspect", words.suspicion(suspect, finding.exhibits), Style.ERROR) for suspect in finding.suspects[:most]
    ]
    if len(finding.suspects) > most:
        rows.append(("", words.counted(len(finding.suspects) - most, "more suspect"), Style.DIM))
    if finding.diagnosis is not None:
        rows.append(("diagnosis", finding.diagnosis.text, Style.PLAIN))
    rows.append(("note", words.noted(finding, context.settings.quote_length), Style.PLAIN))
    if finding.accepted is not None:
        by = finding.accepted
        rows.append(("accepted", f"{by.reason} ({by.name}, {by.date})", Style.ACCEPTED))
    rows.append(("rule", f"{words.origin(finding)} · {finding.fingerprint}", Style.DIM))
    for name, text, style in rows:
        if text:
            first = f"{_INDENT}{name:<{_NAMES}}" if name else _INDENT
            yield from wrap([Run(printable(text), style)], context.width, first, " " * cells(first))


def _summary(result: Result, hidden: int, context: Context) -> Iterator[list[Run]]:
    yield from _heading("Summary", context)
    failed = Style.ERROR if result.fails else Style.ACCEPTED
    yield from wrap([Run(words.headline(result), failed)], context.width)
    yield from wrap([Run(f"{words.relations(result)}.")], context.width)
    if hidden:
        yield [Run(f"{words.counted(hidden, 'note')} not shown (--all shows them).", Style.DIM)]
    for checked in result.documents if result.whole else ():
        yield []
        yield from _coverage(checked, context)
    for checked in result.documents if result.whole and context.level is Severity.NOTE else ():
        if checked.coverage.unchecked:
            yield []
            yield from _unchecked(checked, context)
    for warning in (*result.warnings, *result.unusable):
        yield []
        yield from wrap([Run(printable(f"! {warning}"), Style.WARNING)], context.width, "", "  ")


def _coverage(checked: Checked, context: Context) -> Iterator[list[Run]]:
    document = checked.extract.document
    pages = words.counted(len(document.pages), "page")
    yield [Run(printable(document.path), Style.HEAD), Run(f"  {pages}, language {checked.extract.language}", Style.DIM)]
    hint = "" if context.level is Severity.NOTE else " (--all lists them)"
    parts = (
        words.coverage(checked),
        f"{words.unchecked(checked)}{hint}" if checked.coverage.unchecked else "",
        words.not_figures(checked.coverage.not_figures),
        words.missed(checked.extract),
        words.pictures(checked.extract),
        *document.warnings,
    )
    for part in filter(None, parts):
        yield from wrap([Run(printable(part))], context.width, "  ", "    ")


def _unchecked(checked: Checked, context: Context) -> Iterator[list[Run]]:
    """The figures that no check touches, a paragraph for each page."""
    yield [Run(printable(f"Not checked in {checked.extract.document.path}"), Style.HEAD)]
    for sheet in by_page(checked, context.settings):
        shown = [*sheet.figures, *([words.more(sheet.more)] if sheet.more else [])]
        runs = [Run(f"{sheet.place}: ", Style.DIM), Run(printable("; ".join(shown)))]
        yield from wrap(runs, context.width, "  ", "    ")
