"""Reads a schema of pandera's YAML form: its text in, plain data with places out. Only safe YAML, of bounded depth."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from validator.frames.demands import MAX_EXPONENT
from validator.frames.faults import START, Path, Place
from validator.frames.written import MAX_DEPTH, Written, fault

if TYPE_CHECKING:
    from collections.abc import Iterator

_SORTS = {
    "tag:yaml.org,2002:bool": "flag (true or false)",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:int": "whole number",
    "tag:yaml.org,2002:timestamp": "date",
}
_SHOWN = 40  # characters of a value that a message quotes


class _UnreadError(Exception):
    """A value that is not what YAML takes it for."""

    def __init__(self, message: str, mark: Any) -> None:
        super().__init__(message)
        self.mark = mark


def read(text: str, path: str) -> Written:
    """The data of a YAML text. Raises `RuleError` where it is none, or has what a schema must not have."""
    import yaml

    loader_class = _loader()
    depth = 0
    try:
        for event in yaml.parse(text, Loader=loader_class):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
                raise fault(path, _place(event.start_mark), "a schema has no aliases and is not nested so deep")
        node = yaml.compose(text, Loader=loader_class)
        data = yaml.load(text, Loader=loader_class)  # noqa: S506 - a safe loader
    except _UnreadError as error:
        raise fault(path, _place(error.mark), str(error)) from error
    except yaml.YAMLError as error:
        why = getattr(error, "problem", None) or "a character that YAML does not allow"
        place = _place(getattr(error, "problem_mark", None)) if hasattr(error, "problem_mark") else _where(error, text)
        raise fault(path, place, f"the schema is not YAML: {why}") from error
    return Written(data, dict(_marks(node, ())))


def _where(error: Exception, text: str) -> Place:
    """The place of a character that YAML forbids, of which only the number is told."""
    at = getattr(error, "position", 0)
    before = text[:at] if isinstance(at, int) else ""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _place(mark: Any) -> Place:
    return (mark.line + 1, mark.column + 1) if mark else START


@lru_cache(maxsize=1)
def _loader() -> Any:
    """A safe loader that makes numbers with decimals as they are written, not the nearest binary fraction."""
    import yaml

    safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Exact(safe):  # type: ignore[misc]  # which base there is depends on how PyYAML was built
        """Reads ``0.3`` as Decimal("0.3"); sixties and infinities stay as YAML means them."""

        def construct_object(self, node: Any, deep: bool = False) -> Any:
            """A value; one that YAML takes for a date or a number and that is none is a fault with its place."""
            try:
                return super().construct_object(node, deep)
            except (ValueError, KeyError, AttributeError, OverflowError) as error:
                sort = _SORTS.get(node.tag, node.tag)
                why = f"{str(node.value)[:_SHOWN]!r} cannot be read as a {sort}; put it in quotes if it is a text"
                raise _UnreadError(why, node.start_mark) from error

    def number(loader: Any, node: Any) -> Decimal | float:
        try:
            value = Decimal(node.value.replace("_", ""))
        except InvalidOperation:
            return loader.construct_yaml_float(node)  # type: ignore[no-any-return]  # PyYAML has no types
        if abs(value.adjusted()) > MAX_EXPONENT:
            return loader.construct_yaml_float(node)  # type: ignore[no-any-return]
        return Decimal(format(value, "f"))  # in plain digits, as data sources want limits

    Exact.add_constructor("tag:yaml.org,2002:float", number)
    return Exact


def _marks(node: Any, path: Path) -> Iterator[tuple[Path, Place]]:
    """The places of the keys; the items of lists are keys by number."""
    if isinstance(getattr(node, "value", None), list):
        for number, item in enumerate(node.value):
            key, value = item if isinstance(item, tuple) else (item, item)
            name = str(key.value) if isinstance(item, tuple) else str(number)
            yield (*path, name), _place(key.start_mark)
            yield from _marks(value, (*path, name))
