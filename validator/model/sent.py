"""Values that copies of the process send to one another by the ten thousand.

A frozen dataclass with slots is pickled by functions that look its fields up anew for every value, which is most of
what sending a document costs. `sent` gives it functions that know them.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any, TypeVar

C = TypeVar("C", bound=type[Any])


def sent(cls: C) -> C:
    """The same class, a dataclass with slots and two fields or more, pickled by its values in their order."""
    names: tuple[str, ...] = cls.__slots__
    values = attrgetter(*names)
    places = tuple(getattr(cls, name).__set__ for name in names)  # a frozen class refuses plain assignment

    def state_of(self: object) -> tuple[Any, ...]:
        state: tuple[Any, ...] = values(self)
        return state

    def restore(self: object, state: tuple[Any, ...]) -> None:
        for put, value in zip(places, state, strict=True):
            put(self, value)

    for name, function in (("__getstate__", state_of), ("__setstate__", restore)):
        setattr(cls, name, function)
    return cls
