"""The report for a pull request or an e-mail. In: a result. Out: Markdown (GitHub's, which most readers take).

Whatever comes from a document or a rule book is escaped, so that a label cannot become a link, a heading or HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.model.findings import Severity
from validator.report import _words as words
from validator.report._excerpts import Grid, Sources
from validator.report._ink import printable
from validator.report._unchecked import by_page
from validator.report._words import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.findings import Finding
    from validator.model.results import Checked, Result
    from validator.report._context import Context
    from validator.report._excerpts import Excerpt, Piece

_SIGNS = {
    Standing.ERROR: "❌",
    Standing.WARNING: "⚠️",
    Standing.NOTE: "ℹ️",
    Standing.UNDECIDABLE: "❔",
    Standing.ACCEPTED: "✅",
}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")  # Markdown acts on these anywhere in a line,
_LEADING = re.compile(r"^(\d*)([-#+=.)](?:\s|$|[-#=]))")  # on these at its start,
_LINK = re.compile(r"(://|www\.)", re.IGNORECASE)  # and GitHub on bare addresses


def render(result: Result, context: Context) -> str:
    """The whole report."""
    findings = words.ordered((f for f in result.findings if words.shown(f, context.level)), result.documents)
    sources = Sources((checked.extract for checked in result.documents), findings, context.settings)
    lines = [f"# {words.headline(result)}", "", f"{words.relations(result)}.", ""]
    place = None
    for finding in findings:
        if words.heading(finding) != place:
            place = words.heading(finding)
            lines += [f"## {escaped(place)}", ""]
        lines += _finding(finding, sources, context)
    if hidden := len(result.findings) - len(findings):
        lines += [f"{words.counted(hidden, 'note')} not shown.", ""]
    if result.whole and result.documents:
        lines += ["## How much was checked", ""]
        for checked in result.documents:
            lines += _coverage(checked)
            if context.level is Severity.NOTE and checked.coverage.unchecked:
                lines += _unchecked(checked, context)
    lines += [f"> {escaped(line)}\n" for line in (*result.warnings, *result.unusable)]
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """``text`` on one line, with nothing left that Markdown would act on."""
    flat = " ".join(printable(text).split())
    safe = _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", flat))
    return _LINK.sub(lambda found: found[0].replace(":", "\\:").replace(".", "\\."), safe)


def _finding(finding: Finding, sources: Sources, context: Context) -> Iterator[str]:
    kind = words.standing(finding)
    yield f"### {_SIGNS[kind]} {escaped(finding.message)}"
    yield ""
    for excerpt in sources.excerpts(finding):
        yield from _excerpt(excerpt, finding)
        yield ""
    facts = [
        f"{kind.value}, {finding.check}",
        *(f"{name} **{escaped(value)}**" for name, value in words.sides(finding)),
    ]
    yield f"- {' · '.join(facts)}"
    for suspect in finding.suspects[: context.settings.suspects_shown]:
        yield f"- suspect: {escaped(words.suspicion(suspect, finding.exhibits))}"
    if finding.diagnosis is not None:
        yield f"- {escaped(finding.diagnosis.text)}"
    if finding.note:
        yield f"- note: {escaped(words.noted(finding, context.settings.quote_length))}"
    if finding.accepted is not None:
        by = finding.accepted
        yield f"- accepted by {escaped(by.name)} on {escaped(by.date)}: {escaped(by.reason)}"
    yield f"- rule: {escaped(words.origin(finding))}, fingerprint `{finding.fingerprint}`"
    yield ""


def _excerpt(excerpt: Excerpt, finding: Finding) -> Iterator[str]:
    """A quote, or a table with the marked figures in bold."""
    here = finding.exhibits[0].location
    place = f"{escaped(excerpt.document)}, " if excerpt.document != here.document else ""
    if place or excerpt.page != here.page:
        yield f"{place}{escaped(excerpt.place)}:"
        yield ""
    if not isinstance(excerpt, Grid):
        yield f"> {''.join(_marked(piece) for piece in excerpt.pieces).strip()}"
        return
    if excerpt.title:
        yield f"{escaped(excerpt.title)}"
        yield ""
    yield f"| | {' | '.join(escaped(column) for column in excerpt.columns)} |"
    yield f"|---|{'---:|' * len(excerpt.columns)}"
    blank = " |" * len(excerpt.columns)
    for line in excerpt.lines:
        if line.skipped:
            yield f"| … {words.counted(line.skipped, 'more row')} |{blank}"
        yield f"| {escaped(line.label)} | {' | '.join(_marked(piece) for piece in line.cells)} |"
    if excerpt.skipped:
        yield f"| … {words.counted(excerpt.skipped, 'more row')} |{blank}"


def _marked(piece: Piece) -> str:
    """A piece of a quote, keeping the spaces at its ends; figures of the finding in bold."""
    text = escaped(piece.text)
    if piece.exhibit is not None:
        return f"**{text or '(blank)'}**"
    lead = " " if piece.text[:1].isspace() else ""
    return f"{lead}{text}{' ' if text and piece.text[-1:].isspace() else ''}"


def _coverage(checked: Checked) -> Iterator[str]:
    yield f"**{escaped(checked.extract.document.path)}**"
    yield ""
    lines = (
        words.coverage(checked),
        words.unchecked(checked),
        words.not_figures(checked.coverage.not_figures),
        words.missed(checked.extract),
        words.pictures(checked.extract),
        *checked.extract.document.warnings,
    )
    yield from (f"- {escaped(line)}" for line in lines if line)
    yield ""


def _unchecked(checked: Checked, context: Context) -> Iterator[str]:
    """The figures that no check touches, page by page."""
    yield f"Not checked in {escaped(checked.extract.document.path)}:"
    yield ""
    for sheet in by_page(checked, context.settings):
        shown = [*sheet.figures, *([words.more(sheet.more)] if sheet.more else [])]
        yield f"- {escaped(sheet.place)}: {escaped('; '.join(shown))}"
    yield ""
