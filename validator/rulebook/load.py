"""Rule files in, books out: everything about a book that can be known without a report is checked here.

`load` reads files and nothing else. It raises one RuleError with every fault of every file, each with line and
column.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.pages import Manner
from validator.rulebook import fields
from validator.rulebook.book import Book, DocumentSpec, PhraseSpec, TableSpec, Text, UncheckedSpec
from validator.rulebook.faults import Faults, suggestion
from validator.rulebook.nodes import load_file
from validator.rulebook.operands import FUNCTIONS, NAME
from validator.rulebook.phrasing import phrase_text
from validator.rulebook.schema_files import schema_named
from validator.rulebook.sources import MANNER_KEYS, read_manner, read_sources
from validator.rulebook.specs import Names, read_formula, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from validator.model.rules import Kind, Position
    from validator.model.settings import Settings
    from validator.rulebook.nodes import Node

VERSION = "1"
SECTIONS = ("documents", "sources", "tables", "figures", "rules", "unchecked")
BOOK_KEYS = ("validator", "book", "language", "reports", *SECTIONS)
DOCUMENT_KEYS = ("words", "file", *MANNER_KEYS)
TABLE_KEYS = ("heading", "caption", "header", "rows", "nth", "document", "schema", "blank")
TABLE_CRITERIA = ("heading", "caption", "header", "rows")
PHRASE_KEYS = ("text", "document", "nth")
UNCHECKED_KEYS = ("text", "figures", "document", "nth", "reason")
BLANKS = ("missing", "zero")


def load(paths: Iterable[str | Path], kinds: Mapping[str, Kind], settings: Settings) -> tuple[Book, ...]:
    """The books in ``paths``, in order. Raises RuleError with every fault in all of them."""
    faults = Faults()
    books = [_book(Path(path), kinds, settings, faults) for path in paths]
    faults.raise_any()
    return tuple(book for book in books if book is not None)


def _book(path: Path, kinds: Mapping[str, Kind], settings: Settings, faults: Faults) -> Book | None:
    root = load_file(path, settings, faults)
    if root is None:
        return None
    found = fields.fields(root, "a rule book", BOOK_KEYS, faults, required=("validator",), sections=SECTIONS)
    version = found.get("validator")
    if version is not None and version.text != VERSION:
        faults.add(version.position, f"format {version.text or version.shape!r} is not known; this program reads 1")
    title = fields.text(found.get("book"), "'book'", faults)
    language = fields.text(found.get("language"), "'language'", faults)
    reports = fields.texts(found.get("reports"), "'reports'", faults)
    documents = _documents(found.get("documents"), faults)
    names = Names(documents=documents, book=path)
    read_sources(found.get("sources"), names, faults)
    _tables(found.get("tables"), names, faults)
    phrases = _phrases(found.get("figures"), names, faults)
    rules = read_rules(found.get("rules"), kinds, names, faults)
    unchecked = _unchecked_list(found.get("unchecked"), names, faults)
    warnings = tuple(f"{position}: {name!r} is used by no rule" for name, position in names.unused())
    return Book(
        path=path,
        title=title.text if title else path.stem,
        language=language.text if language else None,
        reports=reports,
        documents=documents,
        tables=names.tables,
        phrases=phrases,
        sources=names.sources,
        rules=rules,
        unchecked=unchecked,
        warnings=warnings,
    )


def _documents(node: Node | None, faults: Faults) -> dict[str, DocumentSpec]:
    if node is None:
        return {}
    found = {}
    for name, key, value in fields.pairs(node, "'documents'", faults):
        found[name] = _document_spec(name, key.position, value, faults)
    return found


def _document_spec(name: str, position: Position, node: Node, faults: Faults) -> DocumentSpec:
    """A document: its words, or a mapping."""
    said = f"the words that document {name!r} contains"
    if node.pairs is None:
        return DocumentSpec(name, fields.texts(node, said, faults), position)
    what = f"document {name!r}"
    found = fields.fields(node, what, DOCUMENT_KEYS, faults)
    file = fields.text(found.get("file"), f"'file' of {what}", faults)
    if "file" not in found and ("words" not in found or len(found) > 1):
        faults.add(position, f"{what} needs 'file', what its file is called, for anything but its words")
    words = fields.texts(found.get("words"), said, faults)
    manner = Manner(*read_manner(found, what, faults))
    return DocumentSpec(name, words, position, file.text if file else "", manner)


def _tables(node: Node | None, names: Names, faults: Faults) -> None:
    if node is None:
        return
    for name, key, value in fields.pairs(node, "'tables'", faults):
        if name in names.sources:
            faults.add(key.position, f"the name {name!r} is taken since line {names.sources[name].position.line}")
        elif _good_name(name, key.position, faults):
            names.tables[name] = _table(name, key.position, value, names, faults)


def _table(name: str, position: Position, node: Node, names: Names, faults: Faults) -> TableSpec:
    what = f"table {name!r}"
    found = fields.fields(node, what, TABLE_KEYS, faults)
    if node.pairs is not None and not any(key.text in TABLE_CRITERIA for key, _ in node.pairs):
        faults.add(position, f"{what} needs at least one of {', '.join(TABLE_CRITERIA)} to be found by")
    blank = fields.choice(found.get("blank"), f"'blank' of {what}", BLANKS, faults)
    return TableSpec(
        name=name,
        position=position,
        heading=fields.text(found.get("heading"), f"'heading' of {what}", faults),
        caption=fields.text(found.get("caption"), f"'caption' of {what}", faults),
        header=fields.text(found.get("header"), f"'header' of {what}", faults),
        rows=fields.texts(found.get("rows"), f"'rows' of {what}", faults),
        nth=fields.whole(found.get("nth"), f"'nth' of {what}", faults),
        document=_document(found.get("document"), names, faults),
        schema=schema_named(found.get("schema"), f"'schema' of {what}", names.book, faults),
        blank_is_zero=blank == "zero",
    )


def _document(node: Node | None, names: Names, faults: Faults) -> str | None:
    """A document's name, which must be declared."""
    named = fields.text(node, "'document'", faults)
    if named is None:
        return None
    if named.text not in names.documents:
        faults.add(named.position, f"no document {named.text!r} is declared{suggestion(named.text, names.documents)}")
    return named.text


def _good_name(name: str, position: Position, faults: Faults) -> bool:
    """Whether operands can use a name."""
    if name in FUNCTIONS:
        faults.add(position, f"{name!r} cannot be a name: it is a function of operands")
    elif not NAME.fullmatch(name):
        faults.add(position, f"{name!r} cannot be a name: use letters, digits and _, beginning with a letter")
    else:
        return True
    return False


def _phrases(node: Node | None, names: Names, faults: Faults) -> tuple[PhraseSpec, ...]:
    if node is None:
        return ()
    read = (_phrase(item, names, faults) for item in fields.items(node, "'figures'", faults))
    return tuple(phrase for phrase in read if phrase is not None)


def _phrase(node: Node, names: Names, faults: Faults) -> PhraseSpec | None:
    """A phrase: a text, or a mapping with more to say; its names are declared."""
    if node.pairs is None:
        return _slots(fields.text(node, "a phrase", faults), None, None, names, faults)
    found = fields.fields(node, "a phrase", PHRASE_KEYS, faults, required=("text",))
    return _spec(found, names, faults)


def _spec(found: Mapping[str, Node], names: Names, faults: Faults) -> PhraseSpec | None:
    document = _document(found.get("document"), names, faults)
    nth = fields.whole(found.get("nth"), "'nth' of a phrase", faults)
    return _slots(fields.text(found.get("text"), "'text' of a phrase", faults), document, nth, names, faults)


def _slots(
    source: Text | None, document: str | None, nth: int | None, names: Names, faults: Faults
) -> PhraseSpec | None:
    if source is None:
        return None
    parsed = phrase_text(source, faults)
    if parsed is None:
        return None
    literals, slots = parsed
    for name, at in slots:
        position = source.place(at)
        if not name or not _good_name(name, position, faults):
            continue
        if name in names.figures or name in names.tables or name in names.sources:
            first = names.figures.get(name) or (names.tables.get(name) or names.sources[name]).position
            faults.add(position, f"the name {name!r} is taken since line {first.line}")
        else:
            names.figures[name] = position
    return PhraseSpec(source, literals, tuple(name for name, _ in slots), nth, document)


def _unchecked_list(node: Node | None, names: Names, faults: Faults) -> tuple[UncheckedSpec, ...]:
    if node is None:
        return ()
    read = (_unchecked(item, names, faults) for item in fields.items(node, "'unchecked'", faults))
    return tuple(entry for entry in read if entry is not None)


def _unchecked(node: Node, names: Names, faults: Faults) -> UncheckedSpec | None:
    what = "an 'unchecked' entry"
    # A reason that is still to be written may be left empty; the entry then waits for it, and counts as without one.
    found = fields.fields(node, what, UNCHECKED_KEYS, faults, required=("reason",), sections=("reason",))
    if node.pairs is None:
        return None
    if ("text" in found) == ("figures" in found):
        faults.add(node.position, f"{what} needs either 'text' or 'figures'")
    reason = fields.text(found.get("reason"), "'reason'", faults)
    phrase = _spec(found, names, faults) if "text" in found else None
    items = fields.items(found["figures"], "'figures'", faults) if "figures" in found else []
    formulas = (read_formula(item, "a figure", names, faults) for item in items)
    figures = tuple(formula for formula in formulas if formula is not None)
    return UncheckedSpec(reason.text if reason else "", node.position, phrase, figures)
