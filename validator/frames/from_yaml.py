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
    except yaml.YAMLError as error:
        why = getattr(error, "problem", None) or "it cannot be read"
        raise fault(path, _place(getattr(error, "problem_mark", None)), f"the schema is not YAML: {why}") from error
    except ValueError as error:  # a date or a number that there is not: 2024-13-45
        raise fault(path, START, f"a value of the schema cannot be read: {error}") from error
    return Written(data, dict(_marks(node, ())))


def _place(mark: Any) -> Place:
    return (mark.line + 1, mark.column + 1) if mark else START


@lru_cache(maxsize=1)
def _loader() -> Any:
    """A safe loader that makes numbers with decimals as they are written, not the nearest binary fraction."""
    import yaml

    safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Exact(safe):  # type: ignore[misc]  # which base there is depends on how PyYAML was built
        """Reads ``0.3`` as Decimal("0.3"); sixties and infinities stay as YAML means them."""

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
