"""Regular expressions that mean the same to every engine: a pattern in, what only some engines have out."""

from __future__ import annotations

import re

# What Python's expressions have and RE2, which looks at each sign once, does not, and flags that not every engine has:
# a pattern without it means the same in all of them.
_NOT_RE2 = re.compile(r"\(\?(?:[=!>(]|<[=!]|P=)|\\[1-9]|(?<!\\)[*+?}]\+|\\[ZGKX]|\(\?[is]*[aLmux]")


def uncommon(pattern: str) -> tuple[str, int] | None:
    """The first part of a pattern that RE2 lacks, and where it begins; None where there is none."""
    found = _NOT_RE2.search(pattern)
    return (found.group(), found.start()) if found else None
