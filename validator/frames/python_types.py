"""Annotations and types of a Python schema: an expression in, the name of a type of pandera out."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from validator.frames.dtypes import dtype_of
from validator.frames.faults import MisfitError
from validator.frames.python_names import NotLiteralError

if TYPE_CHECKING:
    from validator.frames.python_names import Names

_OPTIONAL = {"typing.Optional", "typing_extensions.Optional"}
_UNION = {"typing.Union", "typing_extensions.Union"}
_ANNOTATED = {"typing.Annotated", "typing_extensions.Annotated"}
_SKIPPED = {"typing.ClassVar", "typing_extensions.ClassVar"}
_COLUMNS = {"Series", "FieldType", "Column"}
_PLAIN = {
    "int": "int64",
    "float": "float64",
    "str": "str",
    "bool": "bool",
    "object": "object",
    "typing.Any": None,
    "typing_extensions.Any": None,
    "decimal.Decimal": "decimal",
    "datetime.date": "date",
    "datetime.datetime": "datetime64[ns]",
    "pandas.Timestamp": "datetime64[ns]",
}


class Typed(NamedTuple):
    """A type; ``categories`` are the only values that it has, where it says so."""

    dtype: str | None = None
    categories: list[object] | None = None


class Annotation(NamedTuple):
    """What an annotation says of a field. ``field`` is the call of ``Field`` that it may hold."""

    type: Typed
    of_index: bool = False
    required: bool = True
    nullable: bool = False
    field: ast.expr | None = None


def annotation(node: ast.expr, names: Names) -> Annotation | None:
    """An annotation; None where it marks no field (``ClassVar``). Raises `NotLiteralError`."""
    node = _unquoted(node)
    node, optional = _without_none(node, names)
    inner, index, nullable = node, False, False
    if isinstance(node, ast.Subscript):
        if names.dotted(node.value) in _SKIPPED:
            return None
        named = names.pandera(node.value)
        if named and named[-1] in _COLUMNS | {"Index"}:
            index = named[-1] == "Index"
            inner, nullable = _without_none(_named_type(node.slice), names)
    field = None
    if isinstance(inner, ast.Subscript) and names.dotted(inner.value) in _ANNOTATED:
        parts = inner.slice.elts if isinstance(inner.slice, ast.Tuple) else [inner.slice]
        field = next((one for one in parts[1:] if _is_field(one, names)), None)
        inner, categories = parts[0], next((one for one in parts[1:] if isinstance(one, ast.List)), None)
        if categories is not None and _categorical(inner, names):
            return Annotation(Typed("category", _values(categories, names)), index, not optional, nullable, field)
    return Annotation(typed(inner, names), index, not optional, nullable, field)


def typed(node: ast.expr, names: Names) -> Typed:
    """A type, by any of its names. Raises `NotLiteralError` where it has to be run to be known."""
    if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, str)):
        return Typed(node.value)
    if isinstance(node, ast.Call):
        if _categorical(node.func, names):
            given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "categories")]
            return Typed("category", _values(given[0], names) if given else None)
        return typed(node.func, names)
    dotted = names.dotted(node)
    if dotted in _PLAIN:
        return Typed(_PLAIN[dotted])
    first, _, last = dotted.rpartition(".")
    if first.partition(".")[0] in ("pandera", "pandas", "numpy", "polars", "pyarrow"):
        return Typed(last.removesuffix("Dtype").rstrip("_"))
    if isinstance(node, ast.Name) and node.id in names.values and names.sure(node.id):
        value = names.values[node.id]
        if isinstance(value, ast.Attribute | ast.Constant):  # a name of a name is not looked up twice
            return typed(value, names)
    raise NotLiteralError(node, f"the type {ast.unparse(node)[:40]!r}")


def _unquoted(node: ast.expr) -> ast.expr:
    """An annotation that is written as a text."""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return node
    try:
        inner = ast.parse(node.value, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise NotLiteralError(node, "this annotation") from None
    for one in ast.walk(inner):
        if isinstance(one, ast.expr):
            ast.copy_location(one, node)
    return inner


def _named_type(node: ast.expr) -> ast.expr:
    """What stands in the brackets of a column: a type by its name, or an annotation that is written as a text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            dtype_of(node.value)
        except MisfitError:
            return _unquoted(node)
    return node


def _without_none(node: ast.expr, names: Names) -> tuple[ast.expr, bool]:
    """A type without the None that it may be instead, and whether it may."""
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
            return left, True
        case ast.BinOp(left=ast.Constant(value=None), op=ast.BitOr(), right=right):
            return right, True
        case ast.Subscript(value=value, slice=inner) if names.dotted(value) in _OPTIONAL:
            return inner, True
        case ast.Subscript(value=value, slice=ast.Tuple(elts=[inner, ast.Constant(value=None)])) if (
            names.dotted(value) in _UNION
        ):
            return inner, True
    return node, False


def _is_field(node: ast.expr, names: Names) -> bool:
    return isinstance(node, ast.Call) and names.pandera(node.func)[-1:] == ("Field",)


def _categorical(node: ast.AST, names: Names) -> bool:
    return names.dotted(node).rpartition(".")[2] in ("CategoricalDtype", "Category", "Enum")


def _values(node: ast.expr, names: Names) -> list[object] | None:
    values = names.literal(node)
    return values if isinstance(values, list) else None
