"""The examples of docs/kinds: small figures and tables in YAML, bound by the real rule book loader and binder.

An example is a fenced ``yaml`` block. ``figures`` are a name and a print each, or a mapping with ``print``, ``kind``,
``from``, ``to`` (its interval) and ``document``; ``tables`` are rows of cells, the first the header, a label indented
by two spaces per level of a nested stub and marked ``=`` where it is a total. ``sources`` are rows of values, the
first the names of the columns, written as CSV. ``rule`` is written as in a rule book.
``verdict`` is the worst of the rule's relations and ``message`` that of the first with this verdict.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from validator import data
from validator.checks import kinds
from validator.evaluate import evaluate, verdict_of
from validator.explain.data import apart
from validator.model.extracts import Extract, Mention, Passage
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.pages import Document
from validator.model.rules import BoundRule
from validator.model.settings import DEFAULT
from validator.model.tables import Cell, Header, Role, Stub, Table
from validator.model.verdicts import Outcome, Verdict
from validator.rulebook import Ledger, bind, load, plan

if TYPE_CHECKING:
    from validator.rulebook import Book

PAGES = Path(__file__).parents[2] / "docs" / "kinds"
BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCUMENT = "report.pdf"
BOX = Box(0, 0, 9, 9)
_NUMBER = re.compile(r"(-?[\d,]+(?:\.\d+)?)( %)?")
_WORST = (Verdict.VIOLATED, Verdict.UNDECIDABLE, Verdict.HOLDS)


def examples_of(page: Path) -> list[dict]:
    return [yaml.safe_load(block) for block in BLOCK.findall(page.read_text(encoding="utf-8"))]


def figure(printed: object, label: str, document: str = DOCUMENT, box: Box = BOX, **given: object) -> Figure:
    text = str(printed)
    where = Location(document, 1, box)
    if "from" in given:
        low, high = Decimal(str(given["from"])), Decimal(str(given["to"]))
        kind = NumeralKind(str(given.get("kind", "fraction")))
        return Figure(text, (low + high) / 2, Interval(low, high), kind, where, quote=text, label=label)
    found = _NUMBER.fullmatch(text)
    if found is None:
        unread = Interval(None, None)
        return Figure(text, None, unread, NumeralKind.UNREADABLE, where, quote=text, label=label)
    number = found.group(1).replace(",", "")
    value = Decimal(number)
    decimals = len(number.partition(".")[2])
    kind = NumeralKind.PERCENT if found.group(2) else NumeralKind.DECIMAL if decimals else NumeralKind.COUNT
    interval = Interval.exactly(value) if kind is NumeralKind.COUNT else Interval.rounded(value, decimals)
    return Figure(found.group(1), value, interval, kind, where, decimals=decimals, quote=text, label=label)


def table(rows: list[list[object]], document: str = DOCUMENT) -> Table:
    head, *body = rows
    stubs: list[Stub] = []
    path: list[str] = []
    for place, row in enumerate(body):
        text = str(row[0])
        level = (len(text) - len(text.lstrip())) // 2
        label = text.strip().removeprefix("= ")
        path = [*path[:level], label]
        role = Role.TOTAL if text.strip().startswith("= ") else Role.BODY
        stubs.append(Stub(label, level, tuple(path), role, page=1, box=Box(0, 10 * place, 9, 10 * place + 9)))
    headers = tuple(
        Header((str(text).removeprefix("= "),), Role.TOTAL if str(text).startswith("= ") else Role.BODY)
        for text in head[1:]
    )
    cells = tuple(
        tuple(
            _cell(text, f"{stub.label} › {header.label}", document, place, column)
            for column, (text, header) in enumerate(zip(row[1:], headers, strict=True))
        )
        for place, (row, stub) in enumerate(zip(body, stubs, strict=True))
    )
    return Table(document, 1, Box(0, 0, 99, 99), headers, tuple(stubs), cells, stub_head=str(head[0]))


def _cell(printed: object, label: str, document: str, row: int, column: int) -> Cell:
    box = Box(10 + 10 * column, 10 * row, 19 + 10 * column, 10 * row + 9)
    text = "" if printed is None else str(printed)
    readable = _NUMBER.fullmatch(text) or text.startswith("#")
    return Cell(text, box, figure(text, label, document, box) if readable else None)


@dataclass
class Built:
    """A book and the documents that it is for."""

    book: dict = field(default_factory=lambda: {"validator": 1, "book": "an example"})
    passages: dict[str, list[Passage]] = field(default_factory=dict)
    tables: dict[str, list[Table]] = field(default_factory=dict)


def _built(example: dict) -> Built:
    built = Built()
    phrases = []
    for name, given in example.get("figures", {}).items():
        spec = dict(given) if isinstance(given, dict) else {"print": given}
        document = str(spec.pop("document", DOCUMENT))
        text = str(spec.pop("print"))
        one = figure(text, f"{name}", document, **spec)
        words = f"named {name} it is "
        passage = Passage(
            f"{words}{text}.",
            Location(document, 1, Box(0, 0, 9, 9)),
            (Mention(one, len(words), len(words) + len(text)),),
        )
        built.passages.setdefault(document, []).append(passage)
        phrases.append({"text": f"named {name} it is {{{name}}}.", "document": _name(document)})
    for name, rows in example.get("tables", {}).items():
        built.tables.setdefault(DOCUMENT, []).append(table(rows))
        built.book.setdefault("tables", {})[name] = {
            "header": " ".join(str(text).removeprefix("= ") for text in rows[0]),
            "document": _name(DOCUMENT),
            "blank": example.get("blank", "missing"),
        }
    documents = {*built.passages, *built.tables}
    built.book["documents"] = {_name(one): f"words of {one}" for one in sorted(documents)}
    if phrases:
        built.book["figures"] = phrases
    built.book["rules"] = [example["rule"]]
    return built


def _name(document: str) -> str:
    return re.sub(r"\W", "_", f"document {document}")


def judge(example: dict, folder: Path) -> list[tuple[BoundRule, Outcome, str]]:
    """Each relation of an example's rule with its outcome and message."""
    return _judged(example, folder)[1]


def told(example: dict, folder: Path) -> list[tuple[Verdict, str]]:
    """What each relation of an example's rule, and each thing that it asks of data, came to, and that in words."""
    of_data, judged = _judged(example, folder)
    return [*of_data, *((outcome.verdict, message) for _, outcome, message in judged)]


def _judged(example: dict, folder: Path) -> tuple[list[tuple[Verdict, str]], list[tuple[BoundRule, Outcome, str]]]:
    built = _built(example)
    for name, rows in example.get("sources", {}).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        built.book.setdefault("sources", {})[name] = f"{name}.csv"
    path = folder / "book.yml"
    path.write_text(yaml.safe_dump(built.book, sort_keys=False, allow_unicode=True), encoding="utf-8")
    extracts = []
    for document in sorted({*built.passages, *built.tables}):
        title = Passage(f"words of {document}", Location(document, 1, Box(0, 0, 9, 9)))
        passages = (title, *built.passages.get(document, []))
        tables = tuple(built.tables.get(document, []))
        figures = (*(m.figure for p in passages for m in p.mentions), *(f for t in tables for f in t.figures()))
        extracts.append(Extract(Document(document, "0" * 64, ()), "en", tables, passages, figures))
    books = load([path], kinds(), DEFAULT)
    of_data, ledger = _of_data(books)
    binding = bind(books, extracts, kinds(), DEFAULT, ledger)
    found = []
    for bound in binding.rules:
        kind = kinds()[bound.kind]
        for relation in kind.relations(bound):
            outcome = evaluate(relation)
            found.append((bound, outcome, kind.message(bound, outcome)))
    return of_data, found


def _of_data(books: tuple[Book, ...]) -> tuple[list[tuple[Verdict, str]], Ledger]:
    """What the sources of an example answer."""
    asked = plan(books, kinds())
    if not asked.plan.sources:
        return [], Ledger(DEFAULT)
    with data.opened(asked.plan.sources, DEFAULT) as opened:
        answers = opened.answers(asked.plan)
    found = []
    for bound, asks in asked.rules:
        for one in asks:
            for part in apart({**answers.rows, **answers.pairs}[one]):
                found.append((verdict_of(part), kinds()[bound.kind].tells(bound, part)))
    return found, Ledger(DEFAULT, answers.reckoned, {bound.position for bound, asks in asked.rules if asks})


def worst(judged: list[tuple[Verdict, str]]) -> tuple[Verdict, str]:
    """The worst verdict and the first message with it."""
    verdict = next(one for one in _WORST if any(one is said for said, _ in judged))
    return verdict, next(text for said, text in judged if said is verdict)
