"""Rules about a batch, judged by the program's own run: a rule book and a batch in, a `Result` out.

The book is written into a folder that lives as long as the run, and so are the values that aggregates are reckoned
from: DuckDB then does what it does for any data source. Nothing here decides or words anything.
"""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import yaml

from validator import pipeline
from validator.gx.metrics import MANY
from validator.gx.tables import NAME
from validator.model import wording
from validator.model.aggregates import Aggregate
from validator.model.errors import RuleError, UsageError
from validator.rulebook.operands import OperandError, parse
from validator.rulebook.operands_tree import aggregates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from validator.gx.metrics import Values
    from validator.model.extracts import Extract
    from validator.model.findings import Finding
    from validator.model.results import Result

BOOK = "rules.yml"
TABLE = "table"  # what operands call the batch as a table; as a data source it is `NAME`
_EVERYTHING = 1 << 31  # rows by which the type of a column of Python values is judged: all of them


@dataclass(frozen=True, slots=True)
class Question:
    """Rules, and what they are about. ``source`` are options of the batch as a data source, such as ``exact``."""

    rules: tuple[Mapping[str, Any], ...]
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict)
    reports: tuple[str, ...] = ()
    language: str | None = None
    waivers: str | None = None


def columns_asked(operands: Iterable[str]) -> tuple[str, ...]:
    """The columns of the batch that aggregates in ``operands`` need. Raises ``UsageError``."""
    found: dict[str, None] = {}
    for text in operands:
        for one in _aggregates(text):
            columns = (*one.by, one.column, *(condition.column for condition in one.where))
            found.update(dict.fromkeys(filter(None, columns)))
    return tuple(found)


def reckons(text: str) -> bool:
    """Whether an operand reckons a figure from the rows of the batch. Raises ``UsageError``."""
    return bool(_aggregates(text))


def _aggregates(text: str) -> list[Aggregate]:
    try:
        found = [one.aggregate for one in aggregates(parse(text, (NAME,)))]
    except OperandError as error:
        raise UsageError(f"{text!r}, character {error.column + 1}: {error}") from error
    other = next((one.source for one in found if one.source != NAME), None)
    if other is not None:
        raise UsageError(f"{text!r}: the batch is called {NAME!r}, not {other!r}: count({NAME}) by country")
    return found


def judged(question: Question, table: Callable[[str], Extract] | None = None, values: Values | None = None) -> Result:
    """What a run says; ``table`` makes the batch a document of a given path.

    Raises ``UsageError`` with every fault of the rules, ``ReadError`` for a report.
    """
    with tempfile.TemporaryDirectory(prefix="validator-") as name:
        folder = Path(name)
        book = folder / BOOK
        book.write_text(yaml.safe_dump(_book(question, values is not None), allow_unicode=True), encoding="utf-8")
        if values is not None:
            _write(values, folder / NAME)
        given = (table(str(folder / NAME)),) if table is not None else ()
        try:
            result = pipeline.check(question.reports, [str(book)], question.waivers, given=given)
        except RuleError as error:
            faults = (_without(problem.message, folder) for problem in error.problems)
            raise UsageError("; ".join((*dict.fromkeys(faults), *_tables(question)))) from error
        findings = tuple(_named(finding, folder) for finding in result.findings)
        return replace(result, findings=findings, warnings=tuple(_without(one, folder) for one in result.warnings))


def _without(message: str, folder: Path) -> str:
    """A message without the places of a book that nobody wrote and that is gone by now, nor the folder of its files."""
    return re.sub(rf"{re.escape(str(folder / BOOK))}(?::[0-9]+)*(?:: )?", "", message).replace(f"{folder}{os.sep}", "")


def _book(question: Question, source: bool) -> dict[str, Any]:
    book: dict[str, Any] = {"validator": 1, "book": "An expectation", "rules": [dict(one) for one in question.rules]}
    if question.tables:
        book["tables"] = {name: dict(table) for name, table in question.tables.items()}
    if source:
        book["sources"] = {NAME: {"files": NAME, **question.source}}
    if question.language:
        book["language"] = question.language
    return book


def _write(values: Values, path: Path) -> None:
    """The values as a Parquet file; combinations that were counted are written as often as they occur."""
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"}) as engine:
        engine.execute(f"SET pandas_analyze_sample = {_EVERYTHING}")
        engine.register("brought", values.frame)
        rows = "SELECT * FROM brought"
        if values.counted:
            rows = f'SELECT brought.* EXCLUDE ("{MANY}") FROM brought, range(CAST("{MANY}" AS BIGINT))'  # noqa: S608
        target = str(path).replace("'", "''")
        engine.execute(f"COPY ({rows}) TO '{target}' (FORMAT parquet)")


def _tables(question: Question) -> Iterator[str]:
    """What tables the reports have, for somebody whose rule found none."""
    for path in question.reports:
        tables = pipeline.figures(path).tables
        titles = wording.listed(f"{wording.title(table)!r} (page {table.page})" for table in tables)
        yield f"{path} has the tables {titles}" if tables else f"{path} has no table"


def _named(finding: Finding, folder: Path) -> Finding:
    """A finding that names the batch instead of a file that is gone by now."""
    exhibits = tuple(
        one._replace(location=one.location._replace(document=NAME))
        if one.location.document.startswith(str(folder))
        else one
        for one in finding.exhibits
    )
    return replace(finding, exhibits=exhibits, rule_location=None)
