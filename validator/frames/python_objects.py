"""A `pa.DataFrameSchema(…)` as the data of a schema: the call in, its columns, index and options out."""

from __future__ import annotations

import ast
from typing import Any

from validator.frames.python_fields import Draft, component, frame_checks, meant, words
from validator.frames.schema import TOP_KEYS
from validator.model.names import suggestion

_ORDER = ("columns", "checks", "parsers", "index", "dtype", "coerce", "strict", "name", "ordered", "unique")


def fill(draft: Draft, call: ast.Call) -> None:
    """What `pa.DataFrameSchema(…)` says."""
    names = draft.names
    for name, node in words(draft, call, _ORDER):
        draft.mark((name,), node)
        match name:
            case "columns":
                _columns(draft, meant(node, names))
            case "index":
                _index(draft, meant(node, names))
            case "checks":
                draft.data["checks"] = frame_checks(draft, node)
            case "dtype":
                draft.data["dtype"] = draft.type(node).dtype
            case "parsers":
                if not (isinstance(node, ast.Constant) and node.value is None):
                    draft.not_run(node, "a parser")
            case _ if name in TOP_KEYS:
                draft.data[name] = draft.value(node)[1]
            case _:
                draft.refuse(
                    node, f"pandera's DataFrameSchema has no {name!r} that is known here{suggestion(name, TOP_KEYS)}"
                )


def _columns(draft: Draft, node: ast.expr) -> None:
    """A mapping from names to columns, as braces or as `dict(…)`."""
    if isinstance(node, ast.Constant) and node.value is None:
        return
    pairs: list[tuple[ast.expr | str | None, ast.expr]] = []
    if isinstance(node, ast.Dict):
        pairs = list(zip(node.keys, node.values, strict=True))
    elif isinstance(node, ast.Call) and draft.names.dotted(node.func) == "dict" and not node.args:
        pairs = [(word.arg, word.value) for word in node.keywords]
    else:
        draft.not_run(node, f"{ast.unparse(node)[:40]!r}, which stands for the columns,")
    columns = draft.data.setdefault("columns", {})
    for key, value in pairs:
        if key is None:
            draft.not_run(value, "what is given with two stars")
            continue
        read, name = (True, key) if isinstance(key, str) else draft.value(key)
        call = meant(value, draft.names)
        if not isinstance(call, ast.Call) or draft.names.pandera(call.func)[-1:] != ("Column",):
            draft.not_run(value, f"{ast.unparse(value)[:40]!r}, which stands for a column,")
        elif read:
            where = ("columns", str(name))
            draft.mark(where, key if isinstance(key, ast.expr) else value)
            columns[str(name)] = component(draft, where, call)


def _index(draft: Draft, node: ast.expr) -> None:
    """`pa.Index(…)`, or `pa.MultiIndex([…])`."""
    if isinstance(node, ast.Constant) and node.value is None:
        return
    named = draft.names.pandera(node.func)[-1:] if isinstance(node, ast.Call) else ()
    several = [node]
    if isinstance(node, ast.Call) and named == ("MultiIndex",) and node.args and isinstance(node.args[0], ast.List):
        several = [meant(one, draft.names) for one in node.args[0].elts]
    found: list[dict[str, Any]] = []
    for one in several:
        if not isinstance(one, ast.Call) or draft.names.pandera(one.func)[-1:] != ("Index",):
            draft.not_run(one, f"{ast.unparse(one)[:40]!r}, which stands for the index,")
            continue
        draft.mark(("index", str(len(found))), one)
        found.append(component(draft, ("index", str(len(found))), one))
    draft.data["index"] = found
