"""The kinds of check, one module each, found by walking this package: bound rules in, relations and sentences out.

A kind says which relations a rule means and words their outcome. It must not decide a verdict, read a rule book or
know another kind. Adding one is one module here that exposes ``KIND``, and one page in ``docs/kinds/``.

A kind's module becomes a name of this package, so ``range`` and ``sorted`` are not the builtins here.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import replace
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.model.rules import Kind, Parameter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from validator.model.rules import BoundRule
    from validator.model.verdicts import Outcome


class KindSignatureError(TypeError):
    """A module of this package that is no kind of check: a developer's mistake, never a user's."""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of check by name, in the alphabetical order of their modules."""
    found: dict[str, Kind] = {}
    for info in pkgutil.iter_modules(__path__):
        kind = kind_of(importlib.import_module(f"{__name__}.{info.name}"))
        if kind.name in found:
            raise KindSignatureError(f"{info.name}: the kind “{kind.name}” is there twice")
        found[kind.name] = replace(kind, message=partial(_sentence, kind.message))
    return MappingProxyType(found)


def kind_of(module: ModuleType) -> Kind:
    """The kind that a module exposes; raises `KindSignatureError` where it is not as `Kind` says."""
    kind = getattr(module, "KIND", None)
    where = module.__name__
    if not isinstance(kind, Kind):
        raise KindSignatureError(f"{where}: KIND must be a Kind, not {type(kind).__name__}")
    expected = where.rsplit(".", 1)[-1].replace("_", "-")
    if kind.name != expected:
        raise KindSignatureError(f"{where}: KIND.name must be “{expected}”, not “{kind.name}”")
    if not kind.summary or not all(isinstance(parameter, Parameter) for parameter in kind.parameters):
        raise KindSignatureError(f"{where}: KIND needs a summary, and its parameters must be Parameters")
    _takes(where, "relations", kind.relations, 1)
    _takes(where, "message", kind.message, 2)
    names = {parameter.name for parameter in kind.parameters}
    unknown = ({kind.shorthand} - {""} | {name for form in kind.forms for name in form}) - names
    if unknown:
        raise KindSignatureError(f"{where}: “{min(unknown)}” is not among the parameters")
    return kind


def _sentence(message: Callable[[BoundRule, Outcome], str], bound: BoundRule, outcome: Outcome) -> str:
    """A message with one full stop at its end, also after a unit that has one of its own ("35 pct.")."""
    return f"{message(bound, outcome).rstrip('.')}."


def _takes(where: str, name: str, function: Callable[..., object], count: int) -> None:
    """Refuses a function that cannot be called with ``count`` positional arguments."""
    if not callable(function):
        raise KindSignatureError(f"{where}: KIND.{name} must be a function")
    try:
        inspect.signature(function).bind(*(None,) * count)
    except TypeError as problem:
        raise KindSignatureError(f"{where}: KIND.{name} must take {count} argument(s): {problem}") from problem
