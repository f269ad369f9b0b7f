"""Reads a schema of pandera's Python form, a model or an object, without running a line of it.

The text of a file in, the same plain data with places out that YAML gives. What people write in such files is
declarative for the most part: fields, columns, built-in checks, literal values and names of them. The rest (a check
that is a function, a helper of one's own) is a fault at its line, which says what to write instead.
"""

from __future__ import annotations

import ast

from validator.frames.faults import START
from validator.frames.python_fields import Draft
from validator.frames.python_models import Model
from validator.frames.python_names import Names
from validator.frames.python_objects import fill
from validator.frames.written import Written, fault
from validator.model.errors import RuleError
from validator.model.names import suggestion

_MODELS = {"DataFrameModel", "SchemaModel"}


def read(text: str, path: str, name: str = "") -> Written:
    """The schema of that name, or the only one. Raises `RuleError` with every fault."""
    try:
        names = Names(ast.parse(text), text)
        draft = Draft(path, names)
        _fill(draft, _chosen(draft, path, name))
    except SyntaxError as error:
        place = (error.lineno or 1, max(1, error.offset or 1))
        raise fault(path, place, f"the schema is not Python: {error.msg}") from error
    except (ValueError, RecursionError, MemoryError) as error:  # a null byte; a thousand brackets
        raise fault(path, START, "the schema is not Python that can be read") from error
    if draft.problems:
        raise RuleError(tuple(draft.problems))
    return Written(draft.data, draft.marks)


# --- which one --------------------------------------------------------------------------------------------------


def _chosen(draft: Draft, path: str, name: str) -> str:
    """The name of the schema that is meant."""
    names = draft.names
    found = [
        *(key for key in names.classes if _is_model(key, names)),
        *(key for key in names.values if _call(key, names)),
    ]
    if name:
        if name in found:
            return name
        if name in names.classes:
            raise fault(path, _line(names.classes[name]), f"{name} is no pandera model{_strange(name, names)}")
        raise fault(path, START, f"there is no schema {name!r} here{suggestion(name, found)}")
    built_on = {base for key in found for base in _bases(key, names)}
    single = [key for key in found if key not in built_on]
    if len(single) == 1:
        return single[0]
    if single:
        raise fault(
            path, START, f"there are several schemas here: say which, as {path}:{single[0]} ({', '.join(single)})"
        )
    strange = next((key for key in names.classes if _strange(key, names)), None)
    if strange:
        raise fault(path, _line(names.classes[strange]), f"{strange} is no pandera model{_strange(strange, names)}")
    raise fault(path, START, "there is no pandera schema here: a DataFrameModel, or a DataFrameSchema with a name")


def _line(node: ast.ClassDef) -> tuple[int, int]:
    return node.lineno, node.col_offset + 1


def _bases(name: str, names: Names) -> list[str]:
    """The classes of the file that a class is built on."""
    bases = names.classes[name].bases if name in names.classes else []
    return [one.id for one in bases if isinstance(one, ast.Name) and one.id in names.classes]


def _is_model(name: str, names: Names, seen: frozenset[str] = frozenset()) -> bool:
    if name in seen:
        return False
    direct = any(names.pandera(base)[-1:] and names.pandera(base)[-1] in _MODELS for base in names.classes[name].bases)
    return direct or any(_is_model(base, names, seen | {name}) for base in _bases(name, names))


def _strange(name: str, names: Names) -> str:
    """What a class is built on that is not of this file."""
    for base in names.classes[name].bases:
        module = names.imported(base)
        if module and module.partition(".")[0] not in ("enum", "typing", "pandera", "abc", "dataclasses"):
            return f": {ast.unparse(base)} comes from {module}, which is not read; write the model in this file"
    return ""


def _call(name: str, names: Names) -> ast.Call | None:
    """The `pa.DataFrameSchema(…)` that a name stands for."""
    value = names.values.get(name)
    return value if isinstance(value, ast.Call) and names.pandera(value.func)[-1:] == ("DataFrameSchema",) else None


def _fill(draft: Draft, name: str) -> None:
    names = draft.names
    if not names.sure(name):
        node = names.classes.get(name) or names.values[name]
        draft.refuse(node, f"{name} is given twice, or changed later: only what it says here could be read")
    elif name in names.classes:
        Model(draft).fill(name)
    elif call := _call(name, names):
        fill(draft, call)
