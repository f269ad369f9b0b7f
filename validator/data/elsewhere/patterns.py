r"""Patterns of a rule book as another engine's own: one of RE2 in, one that means the same there out.

A rule book's pattern is in what RE2, Java, PostgreSQL and Python all know (`rulebook.sources` refuses the rest), but a
point, ``\d`` or the end of a text are not the same in all of them; they are spelt out here.
"""

from __future__ import annotations

import re

_ENDS = {"postgres": r"\Z", "pyspark": r"\z", "databricks": r"\z", "trino": r"\z"}  # of the whole text, not of a line
_POSIX = ("snowflake",)  # whose patterns are POSIX's: groups are all counted, nothing is lazy, and there are no flags
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?:|[*+?}]\?|.", re.DOTALL)
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
    if engine in _POSIX:
        return f"^({_posix(body, folded='i' in flags)}){end}"
    return f"{'(?i)' if 'i' in flags else ''}^(?:{body}){end}"


def _posix(pattern: str, *, folded: bool) -> str:
    """A pattern without what POSIX lacks; what it finds is the same. ``folded``: capitals and small letters are one."""

    def spelt(piece: re.Match[str]) -> str:
        one = piece.group()
        if one == "(?:":
            return "("
        if len(one) == 2 and one[0] in "*+?}":
            return one[0]
        if not folded or one.startswith("\\"):
            return one
        if one.startswith("[") and len(one) > 1:
            return _folded(one)
        return f"[{one.lower()}{one.upper()}]" if one.lower() != one.upper() else one

    return _PIECE.sub(spelt, pattern)


def _folded(written: str) -> str:
    """A class of signs with the other case of its letters and of its ranges of letters."""
    inner = written[1:-1]
    more = "".join(_other_case(found.group()) for found in re.finditer(r"\\.|[^\\\]]-[^\\\]]|[^\W\d_]", inner))
    last = "-" if inner.endswith("-") and not inner.endswith("\\-") else ""  # before a letter it would make a range
    return f"[{inner.removesuffix(last)}{more}{last}]"


def _other_case(piece: str) -> str:
    """The other case of a letter, or of a range of letters; of a range across cases letter by letter, as far as new."""
    first, last = piece[0], piece[-1]
    if first == "\\":
        return ""
    if first.islower() == last.islower() and first.isupper() == last.isupper() and first.isalpha():
        return piece.swapcase() if piece.swapcase() != piece else ""
    others = (chr(code).swapcase() for code in range(ord(first), ord(last) + 1))
    return "".join(one for one in others if len(one) == 1 and not first <= one <= last)


def _of_class(written: str) -> str:
    """A class of signs; Java would take a bracket or two ampersands inside for classes of their own."""
    start = 2 if written[1] == "^" else 1
    inner = re.sub(r"\\.|[\[&]", lambda found: _ASCII.get(found.group(), _escaped(found.group())), written[start:-1])
    return f"{written[:start]}{inner}]"


def _escaped(sign: str) -> str:
    return sign if sign.startswith("\\") else f"\\{sign}"
