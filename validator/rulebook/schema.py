"""The JSON Schema of the rule file, made from the keys that the loader knows and the parameters of the kinds.

Kinds of check in, a schema as plain data out. It is for editors; what counts is `load`, which says more and better.
`schemas/build.py` writes it to `schemas/rulebook.schema.json`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.model.findings import Severity
from validator.model.rules import Takes
from validator.rulebook.load import (
    BLANKS,
    BOOK_KEYS,
    DOCUMENT_KEYS,
    PHRASE_KEYS,
    TABLE_CRITERIA,
    TABLE_KEYS,
    UNCHECKED_KEYS,
)
from validator.rulebook.sources import SOURCE_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.model.rules import Kind, Parameter

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number"]}  # YAML reads a year as a number
TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]}
WHOLE: Schema = {"type": "integer", "minimum": 1}
OPERAND: Schema = {"$ref": "#/$defs/operand"}
OPERANDS: Schema = {"type": "array", "items": OPERAND, "minItems": 1}

DESCRIPTIONS = {
    "validator": "Version of this format: 1.",
    "book": "A title for people.",
    "language": "Language of the report; detected where it is left out.",
    "reports": "The reports that the book is about (PDF or data files) or patterns, relative to this file.",
    "documents": "A name for each report that the book is about, and words that it contains.",
    "words": "Words that the report contains, all of them.",
    "file": "What the report's file is called, or a pattern of that: cases-*.csv.",
    "sources": "A name for each set of data files: a file, a list of files or patterns, or a mapping.",
    "files": "Data files (CSV, XLSX, Parquet) or patterns, relative to this file.",
    "table": "The table that holds the data, where a run uses an engine elsewhere (--engine).",
    "sheet": "The sheet of a workbook, where it has several.",
    "delimiter": "The sign between columns of a CSV file, or comma, semicolon, tab, pipe; detected where left out.",
    "encoding": "The encoding of a CSV file; detected where left out.",
    "decimal": "The decimal sign of numbers in a CSV file; detected where left out.",
    "thousands": "The sign between thousands in a CSV file.",
    "missing": "Texts that stand for a missing value, beside an empty cell.",
    "exact": "Columns whose decimals are not rounded, such as amounts of money; * for all.",
    "tables": "A name for each table, and what it is found by.",
    "figures": "Phrases of the text; {name} stands for exactly one figure, {} for one without a name.",
    "rules": "What must hold.",
    "unchecked": "Figures that no rule can check, each with its reason.",
    "heading": "A part of the heading above the table.",
    "caption": "A part of the table's caption.",
    "header": "A part of the column labels from left to right, with what stands above the row labels first.",
    "rows": "Row labels that the table has.",
    "nth": "Which one, from 1, where several match.",
    "document": "The name of the document that it is in, where the book is about several.",
    "schema": "A pandera schema for the table, YAML or Python (schemas/cases.py:Cases), relative to this file.",
    "blank": "What a blank cell means: missing (the default) or zero.",
    "text": "The phrase, with {name} or {} for each figure.",
    "reason": "Why no rule can check it; empty where nobody has said yet.",
    "id": "A name for the rule, unique in the book; made of its kind and names where it is left out.",
    "severity": "error (the default), warning or note.",
    "note": "Shown with the finding.",
}


def rulebook_schema(kinds: Mapping[str, Kind]) -> Schema:
    """The schema of a rule file with these kinds of check."""
    by_name: Schema = {"type": "object", "additionalProperties": {"anyOf": [TEXTS, _document()]}}
    parts = {
        "validator": {"const": 1},
        "book": TEXT,
        "language": {"type": "string"},
        "reports": TEXTS,
        "documents": by_name,
        "sources": {"type": "object", "additionalProperties": {"anyOf": [TEXTS, _source()]}},
        "tables": {"type": "object", "additionalProperties": {"$ref": "#/$defs/table"}},
        "figures": {"type": "array", "items": {"$ref": "#/$defs/phrase"}},
        "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
        "unchecked": {"type": "array", "items": {"$ref": "#/$defs/unchecked"}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rule book of report-validator",
        "description": "Which figures of a publication must agree. See docs/rule-books.md.",
        **_object(BOOK_KEYS, parts, required=["validator"]),
        "$defs": {
            "operand": {
                **TEXT,
                "description": 'A figure or a sum: deaths, "ages[Total, 2023] + 2 * victims", "sum(ages[*])".',
            },
            "table": _table(),
            "phrase": {"anyOf": [TEXT, _object(PHRASE_KEYS, _COMMON, required=["text"])]},
            "unchecked": {
                **_object(
                    UNCHECKED_KEYS,
                    {**_COMMON, "figures": OPERANDS, "reason": {"anyOf": [TEXT, {"type": "null"}]}},
                    required=["reason"],
                ),
                "oneOf": [{"required": ["text"]}, {"required": ["figures"]}],
            },
            "rule": _rule(kinds),
        },
    }


_COMMON = {"text": TEXT, "document": TEXT, "nth": WHOLE, "reason": TEXT}


def _object(keys: Iterable[str], parts: Mapping[str, Schema], *, required: Iterable[str] = ()) -> Schema:
    """A mapping with known keys; every key must have a part and a description."""
    properties = {key: {**parts[key], "description": DESCRIPTIONS[key]} for key in keys}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _table() -> Schema:
    parts = dict.fromkeys(TABLE_KEYS, TEXT) | {"rows": TEXTS, "nth": WHOLE, "blank": {"enum": list(BLANKS)}}
    return _object(TABLE_KEYS, parts) | {"anyOf": [{"required": [key]} for key in TABLE_CRITERIA]}


def _document() -> Schema:
    parts = dict.fromkeys(DOCUMENT_KEYS, TEXT) | {"words": TEXTS}
    return _object(DOCUMENT_KEYS, parts) | {"anyOf": [{"required": ["file"]}, {"required": ["words"]}]}


def _source() -> Schema:
    parts = dict.fromkeys(SOURCE_KEYS, TEXT) | {"files": TEXTS, "missing": TEXTS, "exact": TEXTS}
    return _object(SOURCE_KEYS, parts) | {"oneOf": [{"required": ["files"]}, {"required": ["table"]}]}


def _rule(kinds: Mapping[str, Kind]) -> Schema:
    severity = {"enum": [level.value for level in Severity]}
    common = _object(("id", "severity", "note"), {"id": TEXT, "severity": severity, "note": TEXT})
    common["properties"] |= {name: _kind(kind) for name, kind in kinds.items()}
    return common | {"oneOf": [{"required": [name]} for name in kinds]}


def _kind(kind: Kind) -> Schema:
    """What stands under the name of a kind: its parameters, or the value of its main one."""
    mapping: Schema = {
        "type": "object",
        "properties": {one.name: {**_value(one), "description": one.summary} for one in kind.parameters},
        "required": [one.name for one in kind.parameters if one.required],
        "additionalProperties": False,
    }
    if kind.forms:
        mapping["anyOf"] = [{"required": list(form)} for form in kind.forms]
    main = next((one for one in kind.parameters if one.name == kind.shorthand), None)
    return {"description": kind.summary, **({"anyOf": [_value(main), mapping]} if main else mapping)}


def _value(parameter: Parameter) -> Schema:
    value = _VALUES[parameter.takes]
    if parameter.takes is Takes.CHOICE:
        value = {"enum": list(parameter.choices)}
    if parameter.whole:
        value = {"type": ["integer", "string"]}
    if parameter.least is not None:
        value = {**value, "minimum": parameter.least}
    if parameter.above is not None:
        value = {**value, "exclusiveMinimum": parameter.above}
    return {"anyOf": [value, {"type": "array", "items": value, "minItems": 1}]} if parameter.many else value


_VALUES: dict[Takes, Schema] = {
    Takes.OPERAND: OPERAND,
    Takes.OPERANDS: {"anyOf": [OPERAND, OPERANDS]},
    Takes.SERIES: {"anyOf": [OPERAND, OPERANDS]},
    Takes.TABLE: TEXT,
    Takes.LABELS: TEXTS,
    Takes.NUMBER: {"type": ["number", "string"]},
    Takes.TEXT: TEXT,
    Takes.CHOICE: {},
    Takes.FLAG: {"type": "boolean"},
    Takes.RELATION: {"type": "string"},
    Takes.SOURCE: {"type": "string"},
    Takes.COLUMNS: TEXTS,
    Takes.FILTER: {"type": "string"},
    Takes.PATTERN: TEXT,
    Takes.ROW_SUM: {"type": "string"},
}
