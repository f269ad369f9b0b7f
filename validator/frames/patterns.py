r"""Patterns of a schema on the texts of a table: a pattern and texts in, the texts that match out, in bounded time.

Python's own expressions try one way through a text after the other: ``(a+)+b`` takes hours for a line of letters, and
a schema file comes from anywhere. RE2, which DuckDB brings along and which runs the same patterns on data sources,
looks at each sign once. It takes a tenth of a second to open, so that a pattern with next to nothing to try, as the
names of columns mostly are, is left to Python.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from validator.frames.faults import MisfitError
from validator.model.patterns import uncommon

if TYPE_CHECKING:
    from collections.abc import Collection

ANYTHING = r"(?:.|\n)*"  # in signs that every engine's patterns know
# Flags stand at the beginning of a pattern, and of one that it becomes a part of.
_FLAGS = re.compile(r"\(\?([is]+)\)")
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[0-9]*(?:,[0-9]*)?\}|.", re.DOTALL)
_FIXED = re.compile(r"\{[0-9]+\}")
_MOST_BARS = 8  # each may double what there is to try: 256 ways
_KEPT = 4096  # names with patterns whose answer is kept: a schema of tens of columns with a table of a hundred


def checked(pattern: str) -> str:
    """The pattern. Raises `MisfitError` where it is none, or has what not every engine has."""
    if strange := uncommon(pattern):
        raise MisfitError(f"{strange[0]!r} is not in the patterns of every engine")
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise MisfitError(f"{pattern!r} is no pattern: {getattr(error, 'msg', error)}") from None
    return pattern


def within(pattern: str, before: str, after: str) -> str:
    """A pattern as a part of one for the whole text."""
    flags = _FLAGS.match(pattern)
    inner = pattern[flags.end() :] if flags else pattern
    return f"{flags.group() if flags else ''}{before}(?:{inner}){after}"


@lru_cache(maxsize=_KEPT)
def begins(pattern: str, text: str) -> bool:
    """Whether a text begins like the pattern. Raises `MisfitError` as `matching` does."""
    if _simple(pattern):
        return re.match(pattern, text) is not None
    return bool(matching(within(pattern, "", ANYTHING), (text,)))


def matching(pattern: str, texts: Collection[str]) -> frozenset[str]:
    """Those of the texts that match as a whole. Raises `MisfitError` for a pattern that is too large to run."""
    import duckdb  # 0.1 s, for a schema with a pattern on cells alone

    try:
        rows = _engine().execute(_QUERY, [[*map(_whole, texts)], _whole(pattern)]).fetchall()
    except duckdb.Error as error:
        why = str(error).splitlines()[0].partition(": ")[2]
        raise MisfitError(f"the pattern {pattern!r} cannot be run: {why}") from None
    found = {text for (text,) in rows}
    return frozenset(one for one in texts if _whole(one) in found)


_QUERY = "SELECT text FROM (SELECT unnest($1::VARCHAR[]) AS text) WHERE regexp_full_match(text, $2)"


@lru_cache(maxsize=1)
def _engine() -> Any:
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    return duckdb.connect(":memory:", config=config)


def _whole(text: str) -> str:
    """A text without half signs, which a broken document may have and UTF-8 has not."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


def _simple(pattern: str) -> bool:
    """Whether Python has next to nothing to try and reads every sign as RE2 does.

    One part may be repeated so or so often, and no bracket is.
    """
    repeats = bars = 0
    last = ""
    for part in _TOKEN.findall(pattern):
        if part.startswith("\\") and part[1:].isalnum():
            return False
        if part.startswith("{") or part in "*+?":
            if last in ("", "(", ")"):  # of a bracket, or what begins one with a meaning of its own
                return False
            repeats += _FIXED.fullmatch(part) is None
        bars += part == "|"
        last = part
    return repeats <= 1 and bars <= _MOST_BARS
