"""A pandera model as the data of a schema: a class of a Python file in, its fields and its `Config` out.

A class says what the classes of the file that it is built on say, and its own after that. A method that pandera would
call is not run: it is a fault.
"""

from __future__ import annotations

import ast

from validator.frames.python_fields import Draft, field
from validator.frames.python_names import NotLiteralError
from validator.frames.python_types import annotation
from validator.frames.schema import TOP_KEYS

_FUNCTIONS = {"check", "dataframe_check", "parser", "dataframe_parser"}  # decorators of what would have to be run
_OF_NO_CONSEQUENCE = {"from_format", "from_format_kwargs", "to_format", "to_format_kwargs", "to_format_buffer"}


class Model:
    """The fields and the `Config` of a class and of all that it is built on, the outermost first."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._names = draft.names
        self._types: dict[str, ast.expr] = {}  # the annotation of each field
        self._values: dict[str, ast.expr] = {}  # what it is assigned
        self._own: dict[str, ast.expr] = {}  # other names of the class

    def fill(self, name: str) -> None:
        """Put together what a class says."""
        self._collect(name, frozenset())
        for key, node in self._types.items():
            self._field(key, node)

    def _collect(self, name: str, seen: frozenset[str]) -> None:
        if name in seen:
            return
        node = self._names.classes[name]
        for base in reversed(node.bases):
            if isinstance(base, ast.Name) and base.id in self._names.classes:
                self._collect(base.id, seen | {name})
            elif not self._names.pandera(base):
                self._draft.not_run(base, f"{ast.unparse(base)[:40]!r}, which a model is built on,")
        if node.decorator_list:
            self._draft.not_run(node.decorator_list[0], "what a model is decorated with")
        for statement in node.body:
            self._statement(statement)

    def _statement(self, one: ast.stmt) -> None:
        match one:
            case ast.AnnAssign(target=ast.Name(id=name)) if name.startswith("_"):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), annotation=written, value=value):
                self._types[name] = written
                self._values.pop(name, None)
                if value is not None:
                    self._values[name] = value
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                (self._values if name in self._types else self._own)[name] = value
            case ast.ClassDef(name="Config"):
                self._config(one)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(one)
            case ast.Pass() | ast.Expr(value=ast.Constant()):
                pass
            case _:
                self._draft.not_run(one, "this statement")

    def _function(self, one: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """A method is of no consequence, unless pandera would call it."""
        for decorator in one.decorator_list:
            named = self._names.pandera(decorator.func if isinstance(decorator, ast.Call) else decorator)
            if named and named[-1] in _FUNCTIONS:
                self._draft.not_run(decorator, f"the {named[-1].replace('_', ' ')} {one.name!r}")

    def _config(self, one: ast.ClassDef) -> None:
        for statement in one.body:
            match statement:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                ):
                    self._option(name, value)
                case ast.Pass() | ast.Expr(value=ast.Constant()):
                    pass
                case _:
                    self._draft.not_run(statement, "this statement")

    def _option(self, name: str, node: ast.expr) -> None:
        draft = self._draft
        if name.startswith(("_", "multiindex_")) or name in _OF_NO_CONSEQUENCE:
            return
        if name not in TOP_KEYS:
            draft.not_run(node, f"the check {name!r} of your own")
            return
        draft.mark((name,), node)
        draft.data[name] = draft.type(node).dtype if name == "dtype" else draft.value(node, self._own)[1]

    def _field(self, key: str, node: ast.expr) -> None:
        """One field, as a column or as the index."""
        draft = self._draft
        try:
            found = annotation(node, self._names)
        except NotLiteralError as error:
            draft.refuse(error.node, f"{error} is not known: use one of pandera, pandas, NumPy or the language")
            return
        if found is None:
            return
        value = self._values.get(key, found.field)
        indices = draft.data.get("index", [])
        call = value if isinstance(value, ast.Call) and self._names.pandera(value.func)[-1:] == ("Field",) else None
        if value is not None and call is None:
            draft.not_run(value, f"what {key!r} is assigned")
            return
        draft.mark(("field", key), node)
        place = ("index", str(len(indices))) if found.of_index else ("columns", key)
        part = {} if call is None else field(draft, place, call, self._own)
        name = part.pop("alias", None) or key
        draft.mark(place if found.of_index else ("columns", str(name)), node)
        self._move(place, str(name))
        part = {"dtype": found.type.dtype, "required": found.required, **part}
        part.setdefault("nullable", found.nullable)
        if found.type.categories:
            listed = {"allowed_values": found.type.categories, "options": {"check_name": "isin"}}
            part["checks"] = [*part.get("checks", []), listed]
        if found.of_index:
            del part["required"]
            draft.data["index"] = [*indices, {**part, "name": str(name)}]
        else:
            draft.data.setdefault("columns", {})[str(name)] = part

    def _move(self, place: tuple[str, ...], name: str) -> None:
        """Marks made by the name of a field are those of the column that it is about."""
        if place[0] == "columns" and place[1] != name:
            for where in [where for where in self._draft.marks if where[:2] == place]:
                self._draft.marks["columns", name, *where[2:]] = self._draft.marks.pop(where)
