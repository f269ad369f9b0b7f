"""Writes the JSON Schemas beside this file: ``python schemas/build.py``.

The one of the rule file follows the kinds of check; the one of the results follows the model. A test compares the
committed files with what this makes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.checks import kinds
from validator.model.data import Format
from validator.model.figures import Unused
from validator.model.findings import Severity, Source
from validator.model.pages import CELL_HEIGHT, CELL_WIDTH
from validator.model.verdicts import Verdict
from validator.report.json import SCHEMA_VERSION
from validator.rulebook.schema import rulebook_schema

if TYPE_CHECKING:
    from enum import StrEnum

Schema = dict[str, Any]

HERE = Path(__file__).parent
TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
EDGES: Schema = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
FIRST: Schema = {"type": "integer", "minimum": 1}


def either(schema: Schema) -> Schema:
    """The value or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def record(description: str, **properties: Schema) -> Schema:
    """An object that has all of these and, so that readers need not change when one is added, perhaps others."""
    return {"type": "object", "description": description, "properties": properties, "required": list(properties)}


def described(schema: Schema, description: str) -> Schema:
    """The same with a description."""
    return {**schema, "description": description}


def items(schema: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": schema}


def one_of(words: type[StrEnum], *some: StrEnum) -> Schema:
    """One word of an enumeration, or of some of it."""
    return {"enum": [word.value for word in some or words]}


def document() -> Schema:
    """A document of the run and how much of it was checked."""
    reasons = {
        "type": "object",
        "description": "Numerals that are not figures, counted by the reason.",
        "propertyNames": one_of(Unused),
        "additionalProperties": COUNT,
    }
    numerals = record(
        "Every numeral on the pages: total = checked + unchecked + all that are not figures + missed.",
        total=COUNT,
        checked=COUNT,
        unchecked=COUNT,
        not_figures=reasons,
        missed=described(COUNT, "Seen by an independent count and not understood."),
    )
    return record(
        "A document of the run.",
        path=described(TEXT, "As it was given."),
        sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        pages=COUNT,
        language=TEXT,
        numerals=numerals,
        unchecked=described(items(unchecked()), "The figures that no check touches, page by page."),
        unchecked_more=described(COUNT, "How many more there are than are listed."),
        pictures=described(COUNT, "Pictures large enough to hold a chart, which nobody could read."),
        warnings=items(TEXT),
    )


def unchecked() -> Schema:
    """A figure that no check touches."""
    return record(
        "A figure that stands in no relation which could be decided.",
        text=described(TEXT, "As a reader would quote it."),
        label=described(TEXT, "Row › column, or the sentence."),
        page=described(FIRST, "The sheet, in a data file."),
        bbox=described(EDGES, "As of a figure of a finding."),
        cell=described(either(TEXT), "The cell of a data file. Null on a page."),
        reason=described(either(TEXT), "Why no rule can check it, where a rule book says so."),
    )


def source() -> Schema:
    """A data source that rules asked."""
    return record(
        "A data source of the rule books that rules asked.",
        name=TEXT,
        files=described(items(TEXT), "As the engine was given them; none where it holds the table itself."),
        table=described(either(TEXT), "The name of the table on the engine; null for files."),
        format=described(either(one_of(Format)), "What the files are; null for a table."),
        engine=described(TEXT, "What ran the rules, such as duckdb or postgres."),
        rows=COUNT,
    )


def figure() -> Schema:
    """A figure of a finding."""
    return record(
        "A figure in its role, with its place on the page, or in a data file.",
        role=described(TEXT, "total, part, stated, …"),
        text=described(TEXT, "As printed."),
        value=described(either(NUMBER), "Null for a label, or where it cannot be read."),
        document=TEXT,
        page=described(FIRST, "The sheet, in a data file."),
        bbox=described(
            EDGES,
            "x0, top, x1, bottom in points from the top left of the page as it is seen; "
            f"of a sheet as if all its cells were {CELL_WIDTH:g} by {CELL_HEIGHT:g}.",
        ),
        cell=described(either(TEXT), "The cell of a data file: Sheet1!C14, or line 118, column age. Null on a page."),
        label=described(TEXT, "Row › column, or the sentence."),
    )


def finding() -> Schema:
    """A discrepancy, or a check that could not be decided."""
    suspect = record(
        "A figure whose change would satisfy the rules named.",
        figure=described(COUNT, "Its index in figures."),
        should_be=NUMBER,
        satisfies=items(TEXT),
        score=either(NUMBER),
    )
    return record(
        "A discrepancy, or a check that could not be decided.",
        fingerprint=described(TEXT, "Stable over a reflow of the page: what a waiver refers to."),
        check=described(TEXT, "The kind of check."),
        rule=either(TEXT),
        source=one_of(Source),
        rule_location=described(either(TEXT), "File and line of the rule."),
        verdict=one_of(Verdict, Verdict.VIOLATED, Verdict.UNDECIDABLE),
        severity=one_of(Severity),
        confidence={"type": "number", "minimum": 0, "maximum": 1},
        message=described(TEXT, "One sentence, in figures as printed."),
        context=described(TEXT, "The sentence or row as printed."),
        stated=either(NUMBER),
        implied=either(NUMBER),
        difference=either(NUMBER),
        rows=described(either(COUNT), "Rows or groups of data it is about; null where it is about printed figures."),
        figures={**items(figure()), "minItems": 1},
        suspects=items(suspect),
        diagnosis=either(record("What probably happened.", kind=TEXT, text=TEXT)),
        note=described(either(TEXT), "The note of the rule, or what the page says that explains it."),
        accepted=either(record("The waiver that matched.", reason=TEXT, name=TEXT, date=TEXT)),
    )


def result_schema() -> Schema:
    """The result of a run."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Result of report-validator",
        **record(
            "What one run found.",
            schema_version={"const": SCHEMA_VERSION},
            tool=record("What wrote it.", name=TEXT, version=TEXT),
            documents=items(document()),
            sources=items(source()),
            summary=record("Relations by verdict.", **{verdict.value: COUNT for verdict in Verdict}),
            findings=items(finding()),
            warnings=items(TEXT),
            unusable=described(items(TEXT), "Documents of the run that could not be read."),
        ),
    }


def schemas() -> dict[Path, str]:
    """The text of each schema file."""
    found = {"rulebook.schema.json": rulebook_schema(kinds()), "result.schema.json": result_schema()}
    return {HERE / name: json.dumps(one, indent=2, ensure_ascii=False) + "\n" for name, one in found.items()}


if __name__ == "__main__":
    for path, text in schemas().items():
        path.write_text(text, encoding="utf-8")
