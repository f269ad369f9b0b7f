r"""Patterns of a rule book as another engine's own: one of RE2 in, one that means the same there out.

A rule book's pattern is in what RE2, Java, PostgreSQL and Python all know (`rulebook.sources` refuses the rest), but a
point, ``\d`` or the end of a text are not the same in all of them; they are spelt out here.
"""

from __future__ import annotations

import re

_ENDS = {"postgres": r"\Z", "pyspark": r"\z", "databricks": r"\z", "trino": r"\z"}  # of the whole text, not of a line
_WORD = "[0-9A-Za-z_]"
_BOUNDARIES = {  # for the engines above, whose own would take letters of any script for parts of a word
    r"\b": f"(?:(?<!{_WORD})(?={_WORD})|(?<={_WORD})(?!{_WORD}))",
}
_ASCII = {r"\d": "0-9", r"\w": "0-9A-Za-z_", r"\s": r"\t\n\f\r "}
_TOKEN = re.compile(r"\\.|\(\?P<\w+>|\[\^?\]?(?:\\.|[^\]\\])*\]|[.$]", re.DOTALL)
_FLAGS = re.compile(r"\(\?([is]+)\)")


def whole(pattern: str, engine: str) -> str:
    """The pattern of texts that match as a whole, for an engine that looks for it anywhere in a text."""
    found = _FLAGS.match(pattern)
    flags = found.group(1) if found else ""
    end = _ENDS.get(engine, "$")

    def spelt(token: re.Match[str]) -> str:
        one = token.group()
        if one == ".":
            return "(?:[^\\n]|\\n)" if "s" in flags else "[^\\n]"
        if one == "$":
            return end
        if one.startswith("(?P<"):
            return "("
        if one.startswith("["):
            return _of_class(one)
        if one.lower() in _ASCII:
            return f"[{'^' if one[1].isupper() else ''}{_ASCII[one.lower()]}]"
        return _BOUNDARIES.get(one, one) if engine in _ENDS else one

    body = _TOKEN.sub(spelt, pattern[found.end() if found else 0 :])
    return f"{'(?i)' if 'i' in flags else ''}^(?:{body}){end}"


def _of_class(written: str) -> str:
    """A class of signs; Java would take a bracket or two ampersands inside for classes of their own."""
    start = 2 if written[1] == "^" else 1
    inner = re.sub(r"\\.|[\[&]", lambda found: _ASCII.get(found.group(), _escaped(found.group())), written[start:-1])
    return f"{written[:start]}{inner}]"


def _escaped(sign: str) -> str:
    return sign if sign.startswith("\\") else f"\\{sign}"
