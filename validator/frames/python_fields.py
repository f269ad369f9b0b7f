"""Calls of pandera in a Python schema, `Field`, `Column`, `Index` and `Check`, as parts of its YAML form.

A call in, a mapping with the place of every key out, as if it had been read from YAML. A check that is a function of
its own is not run: it is a fault that says what to write instead.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from validator.frames.demands import CHECK_NAMES, SHORT, WANTS
from validator.frames.python_names import NotLiteralError
from validator.frames.python_types import Typed, typed
from validator.frames.schema import PART_KEYS
from validator.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.frames.faults import Path, Place
    from validator.frames.python_names import Names

INSTEAD = "use pandera's built-in checks, or say it as a rule of the book (see validator explain)"
_COLUMN = (
    "dtype",
    "checks",
    "parsers",
    "nullable",
    "unique",
    "report_duplicates",
    "coerce",
    "required",
    "name",
    "regex",
)
_INDEX = ("dtype", "checks", "parsers", "nullable", "unique", "report_duplicates", "coerce", "name")
_OPTIONS = ("ignore_na", "raise_warning", "n_failure_cases")
_OF_NO_CONSEQUENCE = {
    "title",
    "description",
    "metadata",
    "check_name",
    "n_failure_cases",
    "on_missing",
    "error",
    "name",
}


class Draft:
    """A schema as it is put together: its data, where each key stands, and what is wrong."""

    def __init__(self, file: str, names: Names) -> None:
        self._file = file
        self.names = names
        self.data: dict[str, Any] = {}
        self.marks: dict[Path, Place] = {}
        self.problems: list[Problem] = []

    def mark(self, where: Path, node: ast.AST) -> None:
        """Where a key stands."""
        self.marks[where] = _place(node)

    def refuse(self, node: ast.AST, message: str) -> None:
        """A fault at an expression."""
        self.problems.append(Problem(self._file, *_place(node), message))

    def not_run(self, node: ast.AST, what: str) -> None:
        """The fault of what would have to be run."""
        self.refuse(node, f"{what} is Python that is not run: {INSTEAD}")

    def value(self, node: ast.expr, own: Mapping[str, ast.expr] | None = None) -> tuple[bool, object]:
        """Whether an expression is a literal, and what it comes to; a fault where it is none."""
        try:
            return True, self.names.literal(node, dict(own or {}))
        except NotLiteralError as error:
            self.refuse(error.node, f"{error} would have to be run, and a schema is only read: write the value itself")
            return False, None

    def type(self, node: ast.expr) -> Typed:
        """A type; a fault where it is none."""
        try:
            return typed(node, self.names)
        except NotLiteralError as error:
            self.refuse(error.node, f"{error} is not known: use one of pandera, pandas, NumPy or the language")
            return Typed()


def _place(node: ast.AST) -> Place:
    return getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1


def field(draft: Draft, where: Path, call: ast.Call, own: Mapping[str, ast.expr]) -> dict[str, Any]:
    """What `pa.Field(…)` says; its checks are for the whole field, and so are the options of checks."""
    part: dict[str, Any] = {}
    checks: list[tuple[str, ast.expr, object]] = []
    options: dict[str, object] = {}
    for name, node in words(draft, call, ()):
        if name in CHECK_NAMES and not _none(node):
            read, value = draft.value(node, own)
            if read:
                checks.append((name, node, _wanted(name, value)))
        elif name in _OPTIONS:
            options[name] = draft.value(node, own)[1]
        elif name == "dtype_kwargs":
            _, given = draft.value(node, own)
            if isinstance(given, dict) and isinstance(given.get("categories"), list):
                checks.append(("isin", node, {"allowed_values": given["categories"]}))
        elif name in PART_KEYS | {"alias"}:
            _, part[name] = draft.value(node, own)
            draft.mark((*where, name), node)
        elif name not in CHECK_NAMES | _OF_NO_CONSEQUENCE:
            draft.not_run(node, f"the check {name!r} of your own")
    _put(draft, where, part, checks, options)
    return part


def _none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _wanted(name: str, value: object) -> dict[str, object]:
    """What a check wants by pandera's names for it; a list stands for several of them where there are several."""
    if isinstance(value, dict):
        return value
    keys = WANTS[SHORT.get(name, name)]
    if isinstance(value, list) and len(keys) > 1:
        return dict(zip(keys, value, strict=False)) if len(value) > 1 else {keys[-1]: value[0] if value else None}
    return {keys[-1] if keys[-1] == "exact_value" else keys[0]: value}


def _put(
    draft: Draft,
    where: Path,
    part: dict[str, Any],
    checks: Sequence[tuple[str, ast.AST, object]],
    options: Mapping[str, object],
) -> None:
    """Checks in pandera's longer form, in which one may stand twice."""
    listed: list[dict[str, Any]] = []
    for name, node, wanted in checks:
        stats = wanted if isinstance(wanted, dict) else {}
        draft.mark((*where, "checks", str(len(listed))), node)
        listed.append({**stats, "options": {"check_name": name, **options, **stats.get("options", {})}})
    if listed:
        part["checks"] = listed


def component(draft: Draft, where: Path, call: ast.Call) -> dict[str, Any]:
    """What `pa.Column(…)` or `pa.Index(…)` says."""
    part: dict[str, Any] = {}
    index = draft.names.pandera(call.func)[-1:] == ("Index",)
    checks: list[tuple[str, ast.AST, object]] = []
    for name, node in words(draft, call, _INDEX if index else _COLUMN):
        match name:
            case "dtype":
                dtype, categories = draft.type(node)
                part["dtype"] = dtype
                draft.mark((*where, "dtype"), node)
                if categories:
                    checks.append(("isin", node, {"allowed_values": categories}))
            case "checks":
                checks += _checks(draft, node)
            case "parsers":
                if not _none(node):
                    draft.not_run(node, "a parser")
            case _ if name in PART_KEYS and not _none(node):
                _, part[name] = draft.value(node)
                draft.mark((*where, name), node)
            case _ if name not in PART_KEYS | _OF_NO_CONSEQUENCE:
                draft.refuse(node, f"pandera's {'Index' if index else 'Column'} has no {name!r} that is known here")
    _put(draft, where, part, checks, {})
    return part


def words(draft: Draft, call: ast.Call, order: Sequence[str]) -> Iterator[tuple[str, ast.expr]]:
    """The arguments of a call by name, those without one by their order."""
    for place, node in enumerate(call.args):
        if isinstance(node, ast.Starred) or place >= len(order):
            draft.not_run(node, "an argument without a name here")
        else:
            yield order[place], node
    for word in call.keywords:
        if word.arg is None:
            draft.not_run(word.value, "what is given with two stars")
        else:
            yield word.arg, word.value


# --- checks -----------------------------------------------------------------------------------------------------


def _checks(draft: Draft, node: ast.expr) -> Iterator[tuple[str, ast.AST, object]]:
    """A check, or a list of them."""
    found = meant(node, draft.names)
    for one in found.elts if isinstance(found, ast.List | ast.Tuple) else [found]:
        if not _none(one):
            yield from _check(draft, meant(one, draft.names))


def meant(node: ast.expr, names: Names) -> ast.expr:
    """What a name of the file stands for."""
    if isinstance(node, ast.Name) and node.id in names.values and names.sure(node.id):
        return names.values[node.id]
    return node


def _check(draft: Draft, node: ast.expr) -> Iterator[tuple[str, ast.AST, object]]:
    """One `pa.Check.name(…)`."""
    named = draft.names.pandera(node.func) if isinstance(node, ast.Call) else ()
    if not isinstance(node, ast.Call) or named[:-1] != ("Check",) or named[-1] not in CHECK_NAMES:
        draft.not_run(node, "a check that is a function" if named == ("Check",) else f"{ast.unparse(node)[:40]!r}")
        return
    keys = WANTS[SHORT.get(named[-1], named[-1])]
    listed = len(keys) == 1 and named[-1] in ("isin", "notin") and len(node.args) > 1
    stats: dict[str, object] = {}
    options: dict[str, object] = {}
    if listed:
        _, stats[keys[0]] = draft.value(ast.copy_location(ast.List(node.args, ast.Load()), node))
        node = ast.Call(node.func, [], node.keywords, lineno=node.lineno, col_offset=node.col_offset)
    # pandera takes one argument of `str_length` for the length itself, and two for its limits.
    order = keys[-1:] if keys[-1] == "exact_value" and len(node.args) == 1 else keys
    for name, value in words(draft, node, order):
        if name in keys:
            _, stats[name] = draft.value(value)
        elif name in _OPTIONS:
            _, options[name] = draft.value(value)
        elif name not in _OF_NO_CONSEQUENCE:
            draft.not_run(value, f"the option {name!r} of a check")
    yield named[-1], node, {**stats, "options": options}


def frame_checks(draft: Draft, node: ast.expr) -> list[dict[str, Any]]:
    """The checks of a whole frame."""
    part: dict[str, Any] = {}
    _put(draft, (), part, list(_checks(draft, node)), {})
    found: list[dict[str, Any]] = part.get("checks", [])
    return found
