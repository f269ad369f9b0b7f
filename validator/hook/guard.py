"""What changed files touch, checked: files and rule books in, a text and a verdict for each book out.

Only the rules that have to do with a changed file are asked, and what came of them is kept in the cache folder for as
long as nothing that it rests on changes: the book, the rules asked, reports, data, schemas, waivers, the way of showing
it and the program itself, each by its content. What rests on an engine elsewhere is never kept. It must not print.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from validator import pipeline
from validator.hook import glance, store
from validator.model.errors import UsageError
from validator.model.schemas import split
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.results import Result
    from validator.report import Context
    from validator.rulebook.touched import Touched

_KIND = "run"
_CODE = (".py", ".yml", ".json", ".jinja")  # what the program's verdicts and texts are made by


class Told(NamedTuple):
    """What is to be said of a book, whether the commit is to be stopped, and reports that could not be read."""

    text: str
    fails: bool
    unusable: tuple[str, ...] = ()


class Asked(NamedTuple):
    """How the hook was called: ``remember`` is whether the cache folder may be used."""

    files: Sequence[str]
    rules: Sequence[str]
    waivers: str | None = None
    engine: str | None = None
    remember: bool = True


def check(asked: Asked, context: Context) -> Iterator[Told]:
    """Every book that the files touch, one after the other. Raises ValidatorError."""
    own = (asked.waivers,) if asked.waivers else ()
    books = glance.books_of(asked.rules, own)
    if not books:
        raise UsageError(f"there is no rule book in {glance.FOLDER}; name files or folders with --rules")
    changed = glance.real_paths(asked.files)
    if changed & glance.real_paths(own):  # what a waiver accepted may have to be told again, in any book
        changed |= glance.real_paths(books)
    near = glance.touched(books, changed, remember=asked.remember)
    for part in pipeline.touched(near, changed, DEFAULT):
        yield _remembered(part, asked, context)


def _remembered(part: Touched, asked: Asked, context: Context) -> Told:
    """What came of this part of a book when it was last checked as it stands; else it is checked."""
    elsewhere = asked.engine is not None or any(source.table for source in part.book.sources.values())
    if not asked.remember or elsewhere:
        return _checked(part, asked, context)
    inputs = _inputs(part, asked)
    before = _state(inputs)
    key = _key(part, inputs, context)
    kept = store.load(_KIND, key)
    if isinstance(kept, dict) and kept.keys() == {"text", "fails"}:
        text, fails = kept["text"], kept["fails"]
        if isinstance(text, str) and isinstance(fails, bool):
            return Told(text, fails)
    told = _checked(part, asked, context)
    if not told.unusable and _state(inputs) == before:  # a file that changed meanwhile was not the one checked
        store.save(_KIND, key, {"text": told.text, "fails": told.fails})
    return told


def _checked(part: Touched, asked: Asked, context: Context) -> Told:
    from validator import report

    result = pipeline.check(part.reports, (part.book,), asked.waivers, DEFAULT, engine=asked.engine)
    return Told(_text(part, result, report.load("text").render(result, context)), result.fails, result.unusable)


def _text(part: Touched, result: Result, rendered: str) -> str:
    """The report of a book; where there is nothing to report, one line."""
    rules = f"{len(part.book.rules)} of {part.rules} {'rule' if part.rules == 1 else 'rules'}"
    schemas = f"{len(part.book.schemas)} {'schema' if len(part.book.schemas) == 1 else 'schemas'}"
    asked = [rules] * bool(part.book.rules) + [schemas] * bool(part.book.schemas)
    head = f"{part.book.path}: {' and '.join(asked)} asked about what changed"
    if result.findings or result.warnings or result.unusable:
        return f"{head}\n\n{rendered}\n"
    return f"{head}: no contradiction found\n"


# --- what a result rests on -------------------------------------------------------------------------------------


def _inputs(part: Touched, asked: Asked) -> list[str]:
    """Every file that the result depends on, in a fixed order."""
    data = [path for source in part.book.sources.values() for path in source.files]
    schemas = [split(named)[0] for named in part.book.schemas]
    waivers = [asked.waivers] if asked.waivers else []
    return [str(part.book.path), *part.reports, *data, *schemas, *waivers]


def _state(paths: Sequence[str]) -> list[tuple[int, ...]]:
    """What the file system says of files without opening them."""
    found = (Path(path).stat() for path in paths)
    return [(one.st_mtime_ns, one.st_ctime_ns, one.st_size, one.st_ino) for one in found]


def _key(part: Touched, inputs: Sequence[str], context: Context) -> str:
    contents = [text.encode() for path in inputs for text in (path, _content(path))]
    rules = [str(spec.position) for spec in part.book.rules]
    sources = [(name, one.schema) for name, one in part.book.sources.items()]
    tables = [(name, one.schema) for name, one in part.book.tables.items()]
    shown = (context.version, context.width, context.colour, context.unicode, context.level.value)
    chosen = repr((rules, sources, tables, part.reports, shown))
    return store.digest(_program(), chosen.encode(), *contents)


def _content(path: str | Path) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _program() -> bytes:
    """The content of this program and the versions of what it is built on: another one may find something else."""
    package = Path(__file__).parents[1]
    whole = hashlib.sha256(sys.version.encode())
    for path in sorted(path for path in package.rglob("*") if path.suffix in _CODE):
        whole.update(f"{path.relative_to(package)} {_content(path)}\n".encode())
    whole.update(repr(sorted(_installed())).encode())
    return whole.digest()


def _installed() -> Iterator[str]:
    """The names of everything installed beside the program; each has its version in it."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            yield from (path.name for path in folder.iterdir() if path.suffix in (".dist-info", ".egg-info"))
