"""Standard output and standard error: the only place that prints.

In: text. Out: the text where a person or a program reads it, an error of the user where nobody can. Must not know what
is printed.
"""

from __future__ import annotations

import contextlib
import os
import sys

from validator.model.errors import UsageError
from validator.model.settings import DEFAULT


def settle() -> None:
    """A letter that the locale lacks must not end the run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")


def say(text: str) -> None:
    """Print to standard output; a reader that closed it early (`head`) has what it wanted."""
    if sys.stdout is None:
        raise UsageError("standard output is closed; use --output FILE")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        abandon()
    except OSError as problem:
        abandon()
        raise UsageError(f"standard output: {problem.strerror}") from problem


def abandon() -> None:
    """Give standard output up, so that the interpreter does not try to write the rest when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(*messages: str) -> None:
    """A line for each error, with the program's name, and no more than a person reads; silence where nobody listens."""
    shown = messages[: DEFAULT.errors_shown]
    more = [f"… and {len(messages) - len(shown):,} more"] if len(messages) > len(shown) else []
    with contextlib.suppress(OSError):
        for message in (*shown, *more):
            print(f"validator: {plain(message)}", file=sys.stderr)  # noqa: T201 - this is where it is printed
        sys.stderr.flush()


def plain(message: str) -> str:
    """One line, whatever a name in it holds: what ends lines, steers terminals or turns text round is written out."""
    if message.isprintable():
        return message
    from unicodedata import category

    return "".join(
        sign if sign.isprintable() or category(sign) == "Zs" else sign.encode("unicode_escape").decode("ascii")
        for sign in message
    )
