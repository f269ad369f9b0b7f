"""Single misprints planted in real reports: which of them discovery without rules finds, and whom it blames.

usage: python benchmarks/planted.py [--each N] [--only SUBSTRING] [--seed N] [--list]

Every report of ../shared/corpus and the corrected editions in fixtures/ is read once. Then a number that it prints is
changed among the words of its page (a digit replaced, two neighbours swapped, a digit dropped, the value of a
neighbouring cell, a thousands separator that becomes a decimal one), and the changed document goes through extract,
discover, evaluate and explain. The second reader is left out: it would see the file. Of long documents the ten pages
around the number are used. The numbers are a sample, seeded by the name of the report, the same number of each.

found     an error or warning exhibits the changed figure
explained and it is the first suspect (alone, or tied), with what was printed before as its correction
others    errors that were not there before and do not exhibit the changed figure

*Fair* are those changes that a relation with evidence of its own would feel: found on the untouched document, held by
it, and violated with the changed figure in place. Writes the section of RESULTS.md named after this file.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus import SHARED, write
from mutations import swapped

from validator import checks, discover, explain, languages, read
from validator.doubts import complete
from validator.evaluate import evaluate
from validator.extract import extract
from validator.model.figures import NumeralKind
from validator.model.findings import Severity, Source
from validator.model.judged import Judged
from validator.model.locations import Box
from validator.model.relations import Labels, terms_of
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from validator.model.discovered import Discovered
    from validator.model.extracts import Extract
    from validator.model.figures import Figure
    from validator.model.findings import Finding
    from validator.model.pages import Document, Page, Word

ROOT = Path(__file__).resolve().parent.parent
EACH = 12  # misprints in tables per report; in its prose a third of that
WINDOW = 10  # pages of a long document that are looked at together
DIGITS = "0123456789"
LOUD = (Severity.ERROR, Severity.WARNING)
SLIPS = ("digit", "swap", "drop", "neighbour", "separator")
OUTCOMES = ("explained", "blames another", "found", "note", "silent")
_GROUPED = re.compile(r"\d{1,3}([.,'’ \u00a0\u2009\u202f])\d{3}")
_LABELS = (NumeralKind.YEAR, NumeralKind.RANGE, NumeralKind.ORDINAL)

Place = tuple[int, Box]


# --- a document as the tool sees it -----------------------------------------------------------------------------


@dataclass
class Seen:
    """A document with everything that was discovered in it."""

    extract: Extract
    held: list[tuple[Discovered, Judged]]
    findings: tuple[Finding, ...]

    def figures(self) -> dict[Place, Figure]:
        """Its figures by where they stand."""
        return {(one.location.page, one.location.box): one for one in self.extract.figures}


KINDS = checks.kinds()


def seen(document: Document, code: str) -> Seen:
    """Extract, discover, evaluate and explain."""
    language = languages.load(code)
    extracted = extract(document, language, DEFAULT)
    found = discover.discover([extracted], {code: language}, DEFAULT)
    judged = [
        (one, Judged(one.bound, evaluate(relation), source=Source.DISCOVERED, confidence=one.confidence))
        for one in found
        for relation in KINDS[one.bound.kind].relations(one.bound)
    ]
    whole = complete([one for _, one in judged], [extracted])
    findings = explain.findings(explain.in_words(whole, KINDS, [extracted]), DEFAULT)
    held = [pair for pair in judged if pair[1].outcome.verdict is Verdict.HOLDS]
    return Seen(extracted, held, findings)


def loud(found: Sequence[Finding]) -> list[Finding]:
    """What a user is told without asking for more."""
    return [one for one in found if one.verdict is Verdict.VIOLATED and one.severity in LOUD]


def exhibits(finding: Finding, place: Place) -> bool:
    """Whether a finding shows the figure at a place."""
    return any(near((one.location.page, one.location.box), place) for one in finding.exhibits)


def near(one: Place, other: Place) -> bool:
    """Whether two places are one: a number with a digit less is a little narrower."""
    return one[0] == other[0] and (one[1].holds(other[1]) or other[1].holds(one[1]))


# --- misprints --------------------------------------------------------------------------------------------------


def slip(kind: str, text: str, neighbours: Sequence[str], chance: random.Random) -> str | None:
    """Another print of a number by one slip; None where that slip cannot happen to it."""
    places = [place for place, mark in enumerate(text) if mark in DIGITS]
    if kind == "digit":
        place = chance.choice(places)
        least = 1 if place == places[0] and len(places) > 1 else 0
        other = chance.choice([mark for mark in DIGITS[least:] if mark != text[place]])
        return text[:place] + other + text[place + 1 :]
    if kind == "swap":
        pairs = [(a, b) for a, b in pairwise(places) if text[a] != text[b]]
        pairs = [(a, b) for a, b in pairs if not (a == places[0] and text[b] == "0")]
        if not pairs:
            return None
        a, b = chance.choice(pairs)
        return text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]
    if kind == "drop":
        if len(places) < 2:
            return None
        place = chance.choice(places)
        return _grouped(text, [text[one] for one in places if one != place])
    if kind == "neighbour":
        others = [other for other in neighbours if other != text]
        return chance.choice(others) if others else None
    match = _GROUPED.fullmatch(text)
    return text.replace(match[1], "." if match[1] == "," else ",") if match else None


def _grouped(text: str, digits: Sequence[str]) -> str:
    """These digits in the manner of a print: its separators with as many digits behind each as before."""
    marks = {
        sum(other in DIGITS for other in text[place:]): mark for place, mark in enumerate(text) if mark not in DIGITS
    }
    out = ""
    for behind, digit in enumerate(reversed(digits)):
        out = digit + marks.get(behind, "") + out
    return out


def changed(page: Page, figure: Figure, text: str) -> Page | None:
    """The page with another print in a figure's place; None where its words do not show it plainly."""
    box = figure.location.box
    for index, word in enumerate(page.words):
        if not word.box.grown(0.5).holds(box):
            continue
        for match in re.finditer(re.escape(figure.text), word.text):
            if box.grown(0.5).holds(word.part(*match.span())):
                start, stop = match.span()
                return _with(page, {index: _retyped(word, start, stop, text)}, figure.text, text)
    inside = [index for index, word in enumerate(page.words) if box.grown(0.5).holds(word.box)]
    parts = figure.text.split()
    if [page.words[index].text for index in inside] != parts or len(text.split()) > len(parts):
        return None
    groups = text.split()
    groups = [""] * (len(parts) - len(groups)) + groups
    new = {
        i: _retyped(page.words[i], 0, len(page.words[i].text), group) for i, group in zip(inside, groups, strict=True)
    }
    return _with(page, new, figure.text, text)


def _retyped(word: Word, start: int, stop: int, text: str) -> Word | None:
    """A word with other characters from ``start`` to ``stop``, which keep the right edge; None where none are left."""
    whole = word.text[:start] + text + word.text[stop:]
    if not whole:
        return None
    a, b = word.edges[start], word.edges[stop]
    step = (b - a) / max(stop - start, 1)
    inner = tuple(b - step * (len(text) - n) for n in range(len(text)))
    before = tuple(edge - step * (len(text) - stop + start) for edge in word.edges[:start])
    edges = (*before, *inner, *word.edges[stop:])
    low, high = min(edges[0], edges[-1]), max(edges[0], edges[-1])
    x0, top, x1, bottom = word.box
    box = Box(x0, low, x1, high) if word.rotation in (90, 270) else Box(low, top, high, bottom)
    return word._replace(text=whole, edges=edges, box=box)


def _with(page: Page, new: dict[int, Word | None], old: str, text: str) -> Page:
    words = [new.get(index, word) for index, word in enumerate(page.words)]
    raw, times = re.subn(rf"(?<!\d){re.escape(old)}(?!\d)", lambda _: text, page.text, count=1)
    return replace(page, words=tuple(word for word in words if word is not None), text=raw if times else "")


# --- the sample -------------------------------------------------------------------------------------------------


class Choice(NamedTuple):
    """A figure that may be misprinted, with what its neighbours in the table print."""

    figure: Figure
    neighbours: tuple[str, ...]
    in_table: bool


def choices(extracted: Extract) -> list[Choice]:
    """All figures in digits: those of table cells, and those of prose."""
    found = []
    cells: set[Figure] = set()
    for table in extracted.tables:
        for r, row in enumerate(table.cells):
            for c, cell in enumerate(row):
                figure = cell.figure
                if figure is None:
                    continue
                cells.add(figure)
                around = [(r, c - 1), (r, c + 1), (r - 1, c), (r + 1, c)]
                others = [
                    other.text
                    for y, x in around
                    if 0 <= y < len(table.cells)
                    and 0 <= x < len(row)
                    and (other := table.cells[y][x].figure) is not None
                    if other.kind is figure.kind and other.decimals == figure.decimals
                ]
                found.append(Choice(figure, tuple(others), in_table=True))
    in_tables = {(one.location.page, one.location.box) for table in extracted.tables for one in table.figures()}
    found += [
        Choice(one, (), in_table=False)
        for one in extracted.figures
        if one not in cells and (one.location.page, one.location.box) not in in_tables
    ]
    return [one for one in found if usable(one.figure)]


def usable(figure: Figure) -> bool:
    """Whether a figure is a number in digits that could be misprinted."""
    return (
        figure.value is not None
        and figure.kind not in _LABELS
        and re.fullmatch(r"[\d.,'’\s]*\d", figure.text) is not None
    )


class Planted(NamedTuple):
    """What became of one misprint."""

    report: str
    page: int
    label: str
    printed: str
    misprint: str
    slip: str
    in_table: bool
    fair: bool
    outcome: str
    others: int
    blamed: str
    supports: str


def planted(path: Path, options: argparse.Namespace) -> list[Planted]:
    """The misprints of one report."""
    document = read.read_document(str(path), DEFAULT)
    code = languages.detect(" ".join(page.text for page in document.pages))
    chance = random.Random(f"{options.seed}/{path.name}")  # noqa: S311 - a sample that can be drawn again
    windows = [document.pages[at : at + WINDOW] for at in range(0, len(document.pages), WINDOW)]
    if len(windows) > 1 and len(document.pages) <= 2 * WINDOW:
        windows = [document.pages]
    chance.shuffle(windows)
    found: list[Planted] = []
    for pages in windows[:3]:
        here = replace(document, pages=pages)
        found += _in_window(here, code, path.name, chance, options.each // min(3, len(windows)))
    return found


def _in_window(document: Document, code: str, name: str, chance: random.Random, each: int) -> list[Planted]:
    before = seen(document, code)
    bad = [(e.location.page, e.location.box) for one in loud(before.findings) for e in one.exhibits]
    found: list[Planted] = []
    for in_table, most in ((True, each), (False, max(each // 3, 1))):
        candidates = [one for one in choices(before.extract) if one.in_table is in_table]
        chance.shuffle(candidates)
        done = 0
        for choice in candidates:
            if done == most:
                break
            place = choice.figure.location.page, choice.figure.location.box
            if any(near(place, other) for other in bad):
                continue
            one = _planted(document, code, name, choice, before, chance)
            if one is not None:
                found.append(one)
                done += 1
    return found


def _planted(
    document: Document, code: str, name: str, choice: Choice, before: Seen, chance: random.Random
) -> Planted | None:
    figure = choice.figure
    kinds = list(SLIPS)
    chance.shuffle(kinds)
    number = next(n for n, page in enumerate(document.pages) if page.number == figure.location.page)
    for kind in kinds:
        text = slip(kind, figure.text, choice.neighbours, chance)
        page = changed(document.pages[number], figure, text) if text and text != figure.text else None
        if page is None or text is None:
            continue
        pages = (*document.pages[:number], page, *document.pages[number + 1 :])
        after = seen(replace(document, pages=pages), code)
        place = figure.location.page, figure.location.box
        new = next((one for at, one in after.figures().items() if near(at, place)), None)
        if new is not None and new.value == figure.value:
            continue  # a separator that is read as what was meant
        outcome, blamed = judged(after, before, place, figure)
        felt = list(feeling(before, figure, new))
        return Planted(
            name, place[0], " ".join(figure.label.split())[-60:], figure.text, text, kind, choice.in_table,
            bool(felt), outcome, len(accused(after, before, place)), blamed, ", ".join(sorted(Counter(felt))),
        )  # fmt: skip
    return None


def feeling(before: Seen, figure: Figure, new: Figure | None) -> Iterator[str]:
    """The kinds of relations with evidence of their own that held and that the misprint violates."""
    for one, judgement in before.held:
        relation = judgement.outcome.relation
        if one.bits <= DEFAULT.proof_bits or isinstance(relation, Labels):
            continue
        if all(term.figure is not figure for term in terms_of(relation)):
            continue
        if new is None:
            yield one.bound.kind
            continue
        values = {key: swapped(value, figure, new) for key, value in one.bound.values.items()}
        relations = KINDS[one.bound.kind].relations(replace(one.bound, values=values))
        if any(evaluate(other).verdict is Verdict.VIOLATED for other in relations):
            yield one.bound.kind


def judged(after: Seen, before: Seen, place: Place, figure: Figure) -> tuple[str, str]:
    """What became of a misprint, and what is said of it."""
    told = [one for one in loud(after.findings) if exhibits(one, place)]
    for one in told:
        if any(near(at, place) and value == figure.value for at, value in first_suspects(one)):
            return "explained", one.message
    blamed = [one for one in told if first_suspects(one)]
    if blamed and not any(near(at, place) for one in blamed for at, _ in first_suspects(one)):
        return "blames another", blamed[0].message
    if told:
        return "found", told[0].message
    quiet = [one for one in after.findings if one.verdict is Verdict.VIOLATED and exhibits(one, place)]
    return ("note", quiet[0].message) if quiet else ("silent", "")


def first_suspects(finding: Finding) -> Iterator[tuple[Place, Decimal]]:
    """The places of the best suspects of a finding, with what they should be."""
    for one in finding.suspects:
        if one.score == finding.suspects[0].score:
            where = finding.exhibits[one.figure].location
            yield (where.page, where.box), one.should_be


def accused(after: Seen, before: Seen, place: Place) -> list[Finding]:
    """Errors that the misprint brings about and that do not show it."""
    known = {_name(one) for one in before.findings if one.severity is Severity.ERROR}
    errors = [one for one in loud(after.findings) if one.severity is Severity.ERROR]
    return [one for one in errors if _name(one) not in known and not exhibits(one, place)]


def _name(finding: Finding) -> tuple[str, frozenset[Place]]:
    return finding.check, frozenset((one.location.page, one.location.box) for one in finding.exhibits)


# --- the measure ------------------------------------------------------------------------------------------------


def table(found: Sequence[Planted]) -> Iterator[str]:
    """The measure as a Markdown table: a row for all, for each kind of slip, and for prose."""
    heads = (
        "misprints | fair | found | explained | another blamed | only a note | silent | others accused | found of all"
    )
    yield f"| | {heads} |"
    yield "| --- " * (heads.count("|") + 2) + "|"
    inside = [one for one in found if one.in_table]
    rows = [("in tables", inside)]
    rows += [(f"– {kind}", [one for one in inside if one.slip == kind]) for kind in SLIPS]
    rows.append(("in prose", [one for one in found if not one.in_table]))
    for name, several in rows:
        fair = [one for one in several if one.fair]
        count = Counter(one.outcome for one in fair)
        told = sum(count[outcome] for outcome in OUTCOMES[:3])
        every = sum(one.outcome in OUTCOMES[:3] for one in several)
        cells = [
            len(several), len(fair), _of(told, len(fair)), _of(count["explained"], len(fair)), count["blames another"],
            count["note"], count["silent"], sum(one.others for one in several), _of(every, len(several)),
        ]  # fmt: skip
        yield f"| {name} | {' | '.join(map(str, cells))} |"


def _of(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else "–"


def reports(only: str) -> list[Path]:
    """The reports of the corpus, and the corrected editions of the fixtures."""
    paths = [*sorted((SHARED / "corpus").glob("*.pdf")), *sorted(ROOT.glob("fixtures/cmm-*/corrected.pdf"))]
    return [path for path in paths if only in str(path)]


def main(options: argparse.Namespace) -> None:
    """Plant, print and, where the usual sample was taken, write the section."""
    paths = reports(options.only)
    with ProcessPoolExecutor(2) as crew:
        found = [one for several in crew.map(planted, paths, [options] * len(paths)) for one in several]
    if options.list:
        for one in sorted(found, key=lambda one: (not one.in_table, not one.fair, OUTCOMES.index(one.outcome))):
            print(
                f"{one.outcome}\t{'fair' if one.fair else '-'}\t{one.report} p{one.page}\t{one.slip}\t"
                f"{one.printed} → {one.misprint}\t{one.label}\tothers {one.others}\t[{one.supports}]\t{one.blamed}"
            )
    lines = list(table(found))
    print("\n".join(lines))
    if not options.only and options.each == EACH and not options.seed:
        write(lines, "benchmarks/planted.py", plain=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--each", type=int, default=EACH)
    asked.add_argument("--only", default="")
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--list", action="store_true")
    main(asked.parse_args())
