"""Wording that the formats share: numbers, plurals, the order of findings, and what a summary says.

In: model values. Out: strings and groups, without any mark-up; each format adds its own.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from validator.model import wording
from validator.model.findings import Finding, Severity, Source
from validator.model.labels import STEP
from validator.model.verdicts import Verdict
from validator.report._numbers import hand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from validator.model.extracts import Extract
    from validator.model.findings import Exhibit, Suspect
    from validator.model.results import Checked, Result

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class Standing(StrEnum):
    """What a finding is to its reader: every finding has exactly one."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    UNDECIDABLE = "undecidable"
    ACCEPTED = "accepted"


LABEL = 40  # letters of a label in a list of many: half a line


def standing(finding: Finding) -> Standing:
    """Accepted wins over undecidable, and that over severity: it says what is left to do."""
    if finding.accepted is not None:
        return Standing.ACCEPTED
    if finding.verdict is Verdict.UNDECIDABLE:
        return Standing.UNDECIDABLE
    return Standing(finding.severity.value)


def shown(finding: Finding, level: Severity) -> bool:
    """Whether the finding is at least as severe as ``level``."""
    return _RANK[finding.severity] <= _RANK[level]


def number(value: Decimal) -> str:
    """Plain decimal notation, never with an exponent: 1200, 12.50."""
    return format(value, "f")


def counted(count: int, one: str, many: str = "") -> str:
    """``1 error``, ``2 errors``; ``many`` where adding an s does not do."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(part: int, whole: int) -> str:
    """A share without decimals that never rounds up to everything or down to nothing."""
    if part == whole:
        return "100 %"
    return f"{min(99, max(1, round(100 * part / whole)))} %" if part else "0 %"


def ordered(findings: Iterable[Finding], documents: Iterable[Checked]) -> list[Finding]:
    """In reading order: by document of the run, page, and place on the page of the first figure."""
    place = {checked.extract.document.path: index for index, checked in enumerate(documents)}

    def key(finding: Finding) -> tuple[int, int, float, float, str]:
        where = finding.exhibits[0].location
        if where.document not in place:  # a data source: in the order of the rules, which is the order given
            return len(place), 0, 0, 0, ""
        return place.get(where.document, len(place)), where.page, where.box.top, where.box.x0, finding.fingerprint

    return sorted(findings, key=key)


def about_a_source(finding: Finding) -> bool:
    """Whether a finding is told of a data source, which is no document of the run, and not of a place in one."""
    cell = finding.exhibits[0].location.cell
    return finding.rows is not None or (cell is not None and not cell.row)


def places(finding: Finding) -> str:
    """``2 places on the page``: how many a finding names, and where, unless some are in data and others printed."""
    sources = {exhibit.location.cell is not None and not exhibit.location.cell.row for exhibit in finding.exhibits}
    where = (
        " in the data" if finding.rows is not None or sources == {True} else "" if True in sources else " on the page"
    )
    return f"{counted(len(finding.exhibits), 'place')}{where}"


def heading(finding: Finding) -> str:
    """Where a finding is told: its page or cell, with the document; of a data source the file."""
    where = finding.exhibits[0].location
    return where.document if about_a_source(finding) else where.full


def tally(findings: Iterable[Finding]) -> dict[Standing, int]:
    """How many findings there are of each standing; all five are present."""
    counts = dict.fromkeys(Standing, 0)
    for finding in findings:
        counts[standing(finding)] += 1
    return counts


def headline(result: Result) -> str:
    """What the run came to and how much of its documents it could hold against anything, in one line."""
    counts = tally(result.findings)
    names = {
        Standing.ERROR: ("contradiction", ""),
        Standing.WARNING: ("warning", ""),
        Standing.ACCEPTED: ("accepted finding", ""),
    }
    parts = [counted(counts[kind], *words) for kind, words in names.items() if counts[kind]]
    found = ", ".join(parts) if parts else "No contradiction found"
    checked = sum(one.coverage.checked for one in result.documents)
    figures = checked + sum(one.coverage.unchecked for one in result.documents)
    if not parts and not figures and result.documents and result.whole and not result.sources and not result.holds:
        return "No figures were found, so nothing could be checked"
    return (
        f"{found}; {checked:,} of {counted(figures, 'figure stands', 'figures stand')} in a relation"
        if figures and result.whole
        else found
    )


def relations(result: Result) -> str:
    """How the relations came out, as one sentence without its full stop."""
    hold = counted(result.holds, "relation holds", "relations hold")
    violated = counted(result.violated, "is violated", "are violated")
    undecidable = counted(result.undecidable, "could not be decided", "could not be decided")
    return f"{hold}, {violated}, {undecidable}"


def coverage(checked: Checked) -> str:
    """How many of a document's figures stand in a check."""
    numbers = checked.coverage
    figures = numbers.checked + numbers.unchecked
    if not figures:
        return "no figures found"
    return f"{numbers.checked} of {counted(figures, 'figure')} checked ({percent(numbers.checked, figures)})"


def unchecked(checked: Checked) -> str:
    """The figures that no check touches, and how many of them have a reason in the rule book; "" where none."""
    count = checked.coverage.unchecked
    if not count:
        return ""
    reasons = len(checked.reasons)
    explained = f", {reasons} with a reason in the rule book" if reasons else ""
    return f"{counted(count, 'figure')} not checked{explained}"


def more(count: int) -> str:
    """``… and 12 more``, at the end of a list."""
    return f"… and {count:,} more"


def not_figures(reasons: Mapping[str, int]) -> str:
    """The numerals that are no figures, most frequent reason first; "" where none."""
    total = sum(reasons.values())
    if not total:
        return ""
    parts = (f"{reason} {count}" for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0])))
    return f"{counted(total, 'other numeral')}: {', '.join(parts)}"


def missed(extract: Extract) -> str:
    """The numerals that an independent count saw and nobody understood, with their pages; "" where none."""
    if not extract.missed:
        return ""
    pages = sorted({stray.page for stray in extract.missed})
    were = "was" if len(extract.missed) == 1 else "were"
    where = f"{'page' if len(pages) == 1 else 'pages'} {', '.join(map(str, pages))}"
    return f"{counted(len(extract.missed), 'numeral')} {were} seen but not understood: {where}"


def pictures(extract: Extract) -> str:
    """The pictures that nobody could read; "" where none."""
    count = extract.pictures
    return f"{counted(count, 'picture')} could not be read" if count else ""


def arithmetic(finding: Finding) -> str:
    """``printed 112 · implied 115 · difference -3``: what is known of the two sides; "" for a relation of labels."""
    return " · ".join(f"{name} {value}" for name, value in sides(finding))


def sides(finding: Finding) -> list[tuple[str, str]]:
    """The printed value, the implied one and their difference, each with its name, as far as they are known."""
    own = hand(finding.exhibits)
    parts = []
    if finding.stated is not None:
        cell = finding.exhibits[0].location.cell
        parts.append(("reckoned" if cell is not None and not cell.row else "printed", own.write(finding.stated)))
    if finding.implied is not None:
        parts.append(("implied", own.write(finding.implied)))
    if finding.difference:
        parts.append(("difference", own.write(finding.difference, sign=True)))
    return parts


def correction(suspect: Suspect, exhibits: tuple[Exhibit, ...]) -> str:
    """What the suspected figure should be, written as the report writes it: "50.9 million", "1.204"."""
    own = exhibits[suspect.figure]
    others = [exhibit.figure for exhibit in exhibits if exhibit.figure is not None and exhibit is not own]
    said = wording.in_words_of(suspect.should_be, own.figure, others) if own.figure is not None else None
    return said or hand((own, *exhibits)).write(suspect.should_be)


def corrections(finding: Finding) -> dict[int, str]:
    """Exhibit → what it should be, for the suspects that stand out: the best, unless several are as good as it."""
    best = [suspect for suspect in finding.suspects if suspect.score == finding.suspects[0].score]
    return {s.figure: correction(s, finding.exhibits) for s in best} if len(best) == 1 else {}


def suspicion(suspect: Suspect, exhibits: tuple[Exhibit, ...]) -> str:
    """``Nigeria › Antal: 23 should be 20; this satisfies 3 checks``. A sentence as a label is not repeated."""
    exhibit = exhibits[suspect.figure]
    name = f"{clipped(exhibit.label)}: " if exhibit.label and not exhibit.label.endswith((".", "…")) else ""
    where = _apart(exhibit, exhibits)
    name = f"{name.removesuffix(': ')} ({where}): " if name and where else name
    count = len(suspect.satisfies)
    satisfies = f"; this satisfies {counted(count, 'check')}" if count > 1 else ""
    return f"{name}{exhibit.text or 'the blank cell'} should be {correction(suspect, exhibits)}{satisfies}"


def _apart(exhibit: Exhibit, exhibits: tuple[Exhibit, ...]) -> str:
    """The document or the page of an exhibit, where another one has its label elsewhere."""
    here = exhibit.location
    there = [other.location for other in exhibits if other.label == exhibit.label and other is not exhibit]
    others = [location.document for location in there if location.document != here.document]
    if others:
        return wording.told_apart(here.document, others[0])[0]
    return f"page {here.page}" if here.cell is None and any(location.page != here.page for location in there) else ""


def clipped(text: str, length: int = 72) -> str:
    """A label no longer than ``length``, cut in the middle of a sentence if need be."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def narrowed(path: str, length: int) -> str:
    """``Women › over 18 › Denmark`` in ``length`` letters: the outer labels go first, the innermost is cut last."""
    parts = " ".join(path.split()).split(STEP)
    for outer in range(len(parts)):
        shown = STEP.join((*(["…"] if outer else []), *parts[outer:]))
        if len(shown) <= length:
            return shown
    return clipped(parts[-1], length)


def noted(finding: Finding, most: int) -> str:
    """The note of its rule, or in quotes what the page says of it; at most so many characters."""
    text = clipped(finding.note, most)
    return f"“{text}”" if text and finding.source is Source.DISCOVERED else text


def origin(finding: Finding) -> str:
    """Where the check comes from: the rule and its line in the book, or that it was discovered."""
    name = finding.rule or ("" if finding.rule_location else f"{finding.source.value} {finding.check}")
    if not finding.rule_location:
        return name
    return f"{name} ({finding.rule_location})" if name else finding.rule_location
