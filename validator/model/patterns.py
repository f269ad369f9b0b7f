"""Regular expressions that mean the same to every engine: a pattern in, what only some engines have out."""

from __future__ import annotations

import re

# What Python's expressions have and RE2, which looks at each sign once, or another engine does not have or reads in a
# way of its own: a pattern without it means the same in all of them. Flags are only i and s, and stand at the start.
_NOT_EVERYWHERE = re.compile(
    r"\(\?(?:[=!>(]|<[=!]|P=)|\\[1-9]|(?<!\\)[*+?}]\+|\\[ZGKXuUNB]|\(\?(?![:P]|[is]+\))[a-zA-Z-]*|(?<=.)\(\?[is]+\)|\[\[:"
    r"|(?<!\\)\{,[0-9]+\}"  # up to so often to Python, and five signs to RE2
)
# Classes of signs; inside one, not every engine knows a class of all other signs or the edge of a word.
_CLASS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_INSIDE = re.compile(r"\\(?:([DWSbB])|.)", re.DOTALL)
_REPEATS = re.compile(r"\{(?:\d*,)?(\d{3,})\}")
_MOST_REPEATS = 255  # that every engine takes


def uncommon(pattern: str) -> tuple[str, int] | None:
    """The first part of a pattern that not every engine has, and where it begins; None where there is none."""
    found = _NOT_EVERYWHERE.search(pattern) or next(
        (one for one in _REPEATS.finditer(pattern) if int(one.group(1)) > _MOST_REPEATS), None
    )
    return (found.group(), found.start()) if found else _in_class(pattern)


def _in_class(pattern: str) -> tuple[str, int] | None:
    for one in _CLASS.finditer(pattern):
        if one.group().startswith("["):
            for sign in _INSIDE.finditer(pattern, one.start(), one.end()):
                if sign.group(1):
                    return sign.group(), sign.start()
    return None
