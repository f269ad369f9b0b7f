"""Regular expressions that mean the same to every engine: a pattern in, what only some engines have out."""

from __future__ import annotations

import re

# What Python's expressions have and RE2, which looks at each sign once, or another engine does not have or reads in a
# way of its own: a pattern without it means the same in all of them. Flags are only i and s, and stand at the start.
_NOT_EVERYWHERE = re.compile(
    r"\(\?(?:[=!>(]|<[=!]|P=)|\\[1-9]|(?<!\\)[*+?}]\+|\\[ZGKXuUN]|\(\?(?![:P]|[is]+\))[a-zA-Z-]*|(?<=.)\(\?[is]+\)|\[\[:"
)
_REPEATS = re.compile(r"\{(?:\d*,)?(\d{3,})\}")
_MOST_REPEATS = 255  # that every engine takes


def uncommon(pattern: str) -> tuple[str, int] | None:
    """The first part of a pattern that not every engine has, and where it begins; None where there is none."""
    found = _NOT_EVERYWHERE.search(pattern) or next(
        (one for one in _REPEATS.finditer(pattern) if int(one.group(1)) > _MOST_REPEATS), None
    )
    return (found.group(), found.start()) if found else None
