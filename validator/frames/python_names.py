"""The names of a Python file and the literal values that expressions stand for. The file is read, never run.

In goes a syntax tree; out come what a name is imported from, what it is assigned, and what a literal comes to. What
would have to be run to be known is a `NotLiteralError` at its place.
"""

from __future__ import annotations

import ast
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from validator.frames.demands import MAX_EXPONENT
from validator.model.errors import ValidatorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MAX_DEPTH = 40  # expressions within expressions; a long sum of lists is so deep
MAX_ITEMS = 100_000  # of a list, or signs of a text; a longer list of allowed values is a range check
MAX_STEPS = 1_000_000  # expressions looked at in one file: names may stand for sums of names, and those again
# The parts of pandera that people import names from; what follows is the name itself.
_MODULES = {"pandas", "polars", "pyspark", "dask", "modin", "ibis", "typing", "api", "model", "model_components"}
_MODULES |= {
    "base",
    "schemas",
    "schema_components",
    "components",
    "container",
    "checks",
    "dataframe",
    "engines",
    "dtypes",
}
_LISTS = {"list", "tuple", "set", "frozenset", "sorted"}
_AS_WRITTEN = {"re.compile", "pandas.Timestamp", "pandas.to_datetime", "datetime.date.fromisoformat"}
_INFINITE = {"math.inf", "numpy.inf"}


class NotLiteralError(ValidatorError):
    """An expression that would have to be run."""

    def __init__(self, node: ast.AST, what: str) -> None:
        super().__init__(what)
        self.node = node


class Names:
    """What the names of a module stand for; ``classes`` and ``values`` only where they are given once."""

    def __init__(self, tree: ast.Module, text: str) -> None:
        self._lines = text
        self._imported: dict[str, str] = {}
        self._steps = 0
        self._unsure: set[str] = set()  # given twice, or changed later
        self.classes: dict[str, ast.ClassDef] = {}
        self.values: dict[str, ast.expr] = {}
        for statement in tree.body:
            self._statement(statement)

    # --- statements ---

    def _statement(self, one: ast.stmt) -> None:
        match one:
            case ast.Import() | ast.ImportFrom():
                self._import(one)
            case ast.ClassDef(name=name):
                self._given(name)
                self.classes[name] = one
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                self._given(name)
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                self._given(name)
                self.values.setdefault(name, value)
            case _:
                self._changes(one)

    def _given(self, name: str) -> None:
        if name in self.classes or name in self.values:
            self._unsure.add(name)

    def _import(self, one: ast.Import | ast.ImportFrom) -> None:
        prefix = "" if isinstance(one, ast.Import) else f"{'.' * one.level}{one.module or ''}."
        for alias in one.names:
            bound = alias.asname or (alias.name if prefix else alias.name.partition(".")[0])
            self._imported[bound] = prefix + alias.name if alias.asname or prefix else bound

    def _changes(self, one: ast.stmt) -> None:
        """What a statement that is not read may change: imports are taken from it, other names are unsure after it."""
        for node in ast.walk(one):
            match node:
                case ast.Import() | ast.ImportFrom():
                    self._import(node)
                case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                    self._unsure.add(name)
                case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                    self._unsure.add(_root(node))
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if self._mutable(name):
                    self._unsure.add(name)

    def _mutable(self, name: str) -> bool:
        return isinstance(self.values.get(name), ast.List | ast.Set | ast.Dict)

    # --- names ---

    def sure(self, name: str) -> bool:
        """Whether a name stands for one thing throughout the file."""
        return name not in self._unsure

    def dotted(self, node: ast.AST) -> str:
        """The full name of what an expression names, such as ``pandas.Int64Dtype``; "" where it names nothing."""
        match node:
            case ast.Name(id=name):
                return self._imported.get(name, name)
            case ast.Attribute(value=value, attr=attr):
                inner = self.dotted(value)
                return f"{inner}.{attr}" if inner else ""
        return ""

    def pandera(self, node: ast.AST) -> tuple[str, ...]:
        """What of pandera an expression names, modules left out: ``("Check", "ge")``; empty where it names no such."""
        first, *parts = self.dotted(node).split(".")
        if first != "pandera":
            return ()
        while len(parts) > 1 and parts[0] in _MODULES:
            del parts[0]
        return tuple(parts)

    def imported(self, node: ast.AST) -> str:
        """The module that a name comes from, "" where it is of this file or of the language."""
        name = _root(node)
        return self._imported[name].rpartition(".")[0] or self._imported[name] if name in self._imported else ""

    # --- values ---

    def literal(self, node: ast.AST, own: dict[str, ast.expr] | None = None, depth: int = 0) -> object:
        """What an expression comes to; ``own`` are names of the class that it stands in. Raises `NotLiteralError`."""
        self._steps += 1
        if depth > MAX_DEPTH or self._steps > MAX_STEPS:
            raise NotLiteralError(node, "an expression nested so deep")

        def inner(one: ast.AST) -> object:
            return self.literal(one, own, depth + 1)

        match node:
            case ast.Constant(value=float()):
                return self._decimal(node)
            case ast.Constant(value=value) if value is None or isinstance(value, bool | int | str):
                return value
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
                return _signed(node, inner(operand), minus=isinstance(sign, ast.USub))
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                return list(_items(items, inner))
            case ast.Dict(keys=keys, values=values):
                return {self._key(key, node, inner): inner(value) for key, value in zip(keys, values, strict=True)}
            case ast.Name(id=name) if own and name in own:
                return self.literal(own[name], None, depth + 1)
            case ast.Name(id=name) if name in self.values and self.sure(name):
                return self.literal(self.values[name], None, depth + 1)
            case ast.BinOp(left=left, op=op, right=right):
                return _combined(node, inner(left), op, inner(right))
            case ast.Call(func=func, args=args, keywords=[]):
                return self._called(node, self.dotted(func), [inner(one) for one in args])
            case _ if self.dotted(node) in _INFINITE:
                return float("inf")
        raise NotLiteralError(node, _described(node, self))

    def _key(self, key: ast.expr | None, node: ast.Dict, inner: Callable[[ast.AST], object]) -> object:
        found = None if key is None else inner(key)
        if not isinstance(found, str | int):
            raise NotLiteralError(key or node, "a key that is no text")
        return found

    def _decimal(self, node: ast.Constant) -> Decimal | float:
        """A number as it is written, not the nearest binary fraction."""
        written = ast.get_source_segment(self._lines, node) or repr(node.value)
        try:
            value = Decimal(written.replace("_", ""))
        except InvalidOperation:
            raise NotLiteralError(node, "this number") from None
        return value if abs(value.adjusted()) <= MAX_EXPONENT else float(node.value)  # type: ignore[arg-type]

    def _called(self, node: ast.Call, name: str, args: Sequence[object]) -> object:
        """The calls that make plain values."""
        match name, args:
            case _, [list() as items] if name in _LISTS:
                return sorted(items, key=repr) if name == "sorted" else items
            case "range", _ if args and len(args) <= 3 and all(type(one) is int for one in args):
                return _ranged(node, args)  # type: ignore[arg-type]  # all of them are int
            case "decimal.Decimal", [str() | int() as value]:
                return self._exactly(node, str(value))
            case "float", [str() as value] if value.strip().casefold() in ("inf", "-inf", "infinity", "-infinity"):
                return float(value)
            case _, [str() as text] if name in _AS_WRITTEN:
                return text
            case "datetime.date", [int() as year, int() as month, int() as day]:
                return f"{year:04}-{month:02}-{day:02}"
            case "datetime.datetime", [int(), int(), int(), *_] if len(args) <= 6:
                return _moment(args)
        raise NotLiteralError(node, _described(node, self))

    def _exactly(self, node: ast.AST, text: str) -> Decimal:
        try:
            return Decimal(text)
        except InvalidOperation:
            raise NotLiteralError(node, "a Decimal that is no number") from None


def _root(node: ast.AST) -> str:
    """The first name of an expression."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _described(node: ast.AST, names: Names) -> str:
    """What an expression is, for a message."""
    if isinstance(node, ast.Name | ast.Attribute | ast.Call) and (module := names.imported(node)):
        return f"{ast.unparse(node)[:40]}, which comes from {module},"
    return {
        ast.Lambda: "a lambda",
        ast.ListComp: "a comprehension",
        ast.SetComp: "a comprehension",
        ast.GeneratorExp: "a comprehension",
        ast.JoinedStr: "an f-string",
        ast.Name: f"the name {getattr(node, 'id', '')!r}, which is given no value once and for all here,",
    }.get(type(node), f"{ast.unparse(node)[:40]!r}")


def _items(items: Sequence[ast.expr], inner: Callable[[ast.AST], object]) -> Iterator[object]:
    for item in items:
        if isinstance(item, ast.Starred):
            many = inner(item.value)
            if not isinstance(many, list):
                raise NotLiteralError(item, "a star before what is no list")
            yield from many
        else:
            yield inner(item)


def _signed(node: ast.AST, value: object, *, minus: bool) -> object:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        raise NotLiteralError(node, "a sign before what is no number")
    return -value if minus else value


def _combined(node: ast.BinOp, left: object, op: ast.operator, right: object) -> object:
    """Sums of lists, texts and numbers, and products of whole numbers, as long as they stay small."""
    if isinstance(op, ast.Add | ast.BitOr) and isinstance(left, list) and isinstance(right, list):
        return _small(node, left + right)
    if isinstance(op, ast.Add) and isinstance(left, str) and isinstance(right, str):
        return _small(node, left + right)
    if _plain(left) and _plain(right):
        match op:
            case ast.Add():
                return left + right  # type: ignore[operator]  # two whole numbers, here and below
            case ast.Sub():
                return left - right  # type: ignore[operator]
            case ast.Mult():
                return left * right  # type: ignore[operator]
    raise NotLiteralError(node, f"{ast.unparse(node)[:40]!r}")


def _small(node: ast.AST, joined: list[object] | str) -> object:
    if len(joined) > MAX_ITEMS:
        raise NotLiteralError(node, f"a value of more than {MAX_ITEMS} parts")
    return joined


def _plain(value: object) -> bool:
    return type(value) is int and abs(value) < 10**MAX_EXPONENT


def _ranged(node: ast.AST, args: Sequence[int]) -> list[object]:
    try:
        found = range(*args)
        if len(found) <= MAX_ITEMS:
            return list(found)
    except (ValueError, OverflowError):
        pass
    raise NotLiteralError(node, f"a range of more than {MAX_ITEMS} numbers, or of none,")


def _moment(args: Sequence[object]) -> str:
    year, month, day, hour, minute, second = (*args, 0, 0, 0)[:6]
    return f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
