"""Small documents for the tests of rule books: passages and tables built by hand, with made-up numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from validator.model.extracts import Extract, Mention, Passage
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.pages import Document
from validator.model.rules import Kind, Parameter, Takes
from validator.model.tables import Cell, Header, Role, Stub, Table

BOX = Box(0, 0, 10, 10)
PATH = "report.pdf"


def figure(text: str, *, page: int = 1, hedge: str = "", unit: str = "", box: Box = BOX, path: str = PATH) -> Figure:
    value = Decimal(re.sub(r"[^\d]", "", text) or 0)
    quote = " ".join(part for part in (hedge, text, unit) if part)
    where = Location(path, page, box)
    return Figure(text, value, Interval.exactly(value), NumeralKind.COUNT, where, unit=unit, hedge=hedge, quote=quote)


def passage(text: str, *, page: int = 1, path: str = PATH) -> Passage:
    """A passage whose figures are marked ⟨hedge|number|unit⟩ or ⟨number⟩."""
    plain, mentions, last = "", [], 0
    for found in re.finditer(r"⟨(?:([^|⟩]*)\|)?([^|⟩]*)(?:\|([^|⟩]*))?⟩", text):
        hedge, number, unit = found.group(1) or "", found.group(2), found.group(3) or ""
        plain += text[last : found.start()] + (hedge + " " if hedge else "")
        start = len(plain)
        plain += number
        one = figure(number, page=page, hedge=hedge, unit=unit, path=path)
        mentions.append(Mention(one, start, len(plain)))
        plain += f" {unit}" if unit else ""
        last = found.end()
    plain += text[last:]
    return Passage(plain, Location(path, page, BOX), tuple(mentions), ((0, len(plain)),))


def table(
    header: list[str | tuple[str, ...]],
    rows: list[tuple[object, ...]],
    *,
    stub_head: str = "",
    heading: str = "",
    caption: str = "",
    page: int = 1,
    path: str = PATH,
    columns: tuple[Role, ...] = (),
) -> Table:
    """A table from rows of (label or path, cell texts…); Σ before a label is a total, § a subtotal, ¤ a band."""
    stubs, cells = [], []
    for r, (label, *texts) in enumerate(rows):
        path_ = label if isinstance(label, tuple) else (str(label),)
        role = {"Σ": Role.TOTAL, "¤": Role.HEADER, "§": Role.SUBTOTAL}.get(path_[-1][:1], Role.BODY)
        path_ = tuple(part.lstrip("Σ¤§") for part in path_)
        box = Box(0, 10.0 * r, 10, 10.0 * r + 10)
        stubs.append(Stub(path_[-1], len(path_) - 1, path_, role, page=page, box=box))
        cells.append(tuple(_cell(str(text), r, c, page, path) for c, text in enumerate(texts)))
    headers = [Header(h if isinstance(h, tuple) else (h,)) for h in header]
    if columns:
        headers = [Header(h.path, role) for h, role in zip(headers, columns, strict=True)]
    return Table(path, page, BOX, tuple(headers), tuple(stubs), tuple(cells), stub_head, heading, caption)


def _cell(text: str, row: int, column: int, page: int, path: str) -> Cell:
    box = Box(20.0 + 10 * column, 10.0 * row, 30.0 + 10 * column, 10.0 * row + 10)
    number = figure(text, page=page, box=box, path=path) if re.fullmatch(r"[\d.,]+", text) else None
    return Cell(text, box, number)


def extract(*parts: Passage | Table, path: str = PATH, title: str = "") -> Extract:
    passages = tuple(part for part in parts if isinstance(part, Passage))
    tables = tuple(part for part in parts if isinstance(part, Table))
    figures = (*(m.figure for p in passages for m in p.mentions), *(f for t in tables for f in t.figures()))
    return Extract(Document(path, "0" * 64, (), title), "en", tables, passages, figures)


def _kind(name: str, *parameters: Parameter, forms: tuple[tuple[str, ...], ...] = (), main: str = "") -> Kind:
    return Kind(name, name, parameters, lambda bound: (), lambda bound, outcome: "", main, forms)


def _parameter(name: str, takes: Takes, *, required: bool = False, many: bool = False) -> Parameter:
    choices = ("rounded", "truncated") if takes is Takes.CHOICE else ()
    return Parameter(name, takes, name, required, choices, many)


# Kinds of check with every sort of parameter, so that these tests do not change with the real ones.
KINDS = {
    kind.name: kind
    for kind in (
        _kind("footing", _parameter("table", Takes.TABLE, required=True), main="table"),
        _kind("cross-footing", _parameter("table", Takes.TABLE, required=True), main="table"),
        _kind("share", *(_parameter(name, Takes.OPERAND, required=True) for name in ("stated", "part", "whole"))),
        _kind(
            "tie-out",
            _parameter("figures", Takes.OPERANDS),
            _parameter("left", Takes.TABLE),
            _parameter("right", Takes.TABLE),
            _parameter("series", Takes.SERIES, many=True),
            forms=(("figures",), ("left", "right"), ("series",)),
            main="figures",
        ),
        _kind("trend", _parameter("series", Takes.SERIES, required=True), main="series"),
        _kind("labels", _parameter("of", Takes.LABELS, required=True), main="of"),
        _kind("linear", _parameter("relation", Takes.RELATION, required=True), main="relation"),
        _kind(
            "plain",
            _parameter("number", Takes.NUMBER),
            Parameter("slack", Takes.NUMBER, "slack", least=0),
            Parameter("scale", Takes.NUMBER, "scale", above=0),
            Parameter("rank", Takes.NUMBER, "rank", least=1, whole=True),
            _parameter("text", Takes.TEXT, many=True),
            _parameter("mode", Takes.CHOICE),
            _parameter("strict", Takes.FLAG),
        ),
    )
}
