"""Where a report goes: a file or standard output, in which format, and what can be shown there.

In: what the command line says of the output. Out: the format, a `Context` for it, or a file. Must not know what is
written.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from validator import __version__
from validator.cli import streams
from validator.model.errors import UsageError
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.report import Context

_SUFFIXES = {".htm": "html", ".md": "markdown", ".txt": "text"}  # beside the formats' own names


def format_of(asked: str | None, output: str | None, formats: tuple[str, ...]) -> str:
    """The format asked for, else the one that the name of the output file says, else text."""
    if asked:
        return asked
    suffix = Path(output).suffix.lower() if output else ""
    named = _SUFFIXES.get(suffix, suffix.removeprefix(".")) or "text"
    if named not in formats:
        good = [*(end for end, name in _SUFFIXES.items() if name in formats), *(f".{name}" for name in formats)]
        raise UsageError(
            f"--output {output}: there is no format {suffix}; let the name end in {', '.join(sorted(good))}, "
            f"or say which with --format ({', '.join(formats)})"
        )
    return named


def device(output: str | None) -> Context:
    """What the place of output can show: its width, colour, and letters beyond ASCII."""
    from validator.report import Context

    if output:
        return Context(version=__version__)
    if sys.stdout is None:  # which `streams.say` will say, if there is anything to print
        return Context(version=__version__)
    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = _columns() if terminal else DEFAULT.text_width
    try:
        "✗›…─→".encode(sys.stdout.encoding or "ascii")
        unicode = True
    except (UnicodeEncodeError, LookupError):
        unicode = False
    width = min(max(width, DEFAULT.text_width_least), DEFAULT.text_width_most)
    return Context(version=__version__, width=width, colour=colour, unicode=unicode)


def _columns() -> int:
    import shutil  # it brings the compressors along: not in a run whose output is no terminal

    return shutil.get_terminal_size((DEFAULT.text_width, 24)).columns


def usable(output: str | None, inputs: Iterable[str | None]) -> None:
    """Refuse an output that cannot work before the work is done, not after it."""
    if not output:
        return
    path = Path(output)
    if path.is_dir():
        raise UsageError(f"--output {output}: is a directory; name a file in it")
    if not path.parent.is_dir():
        raise UsageError(f"--output {output}: there is no directory {path.parent}")
    no_input(output, inputs)


def no_input(output: str | None, inputs: Iterable[str | None]) -> None:
    """Refuse to write over what is read."""
    path = Path(output or "")
    if output and any(name and Path(name).exists() and path.exists() and path.samefile(name) for name in inputs):
        raise UsageError(f"--output {output}: is also an input; name another file")


def give(text: str, output: str | None) -> None:
    """Write to the file that was named, else print."""
    if output:
        write(output, text)
    else:
        streams.say(text)


def write(output: str, text: str) -> None:
    """Write a file whole or not at all: beside it first, then in its place. A device or a pipe is written directly."""
    path = Path(output).resolve()  # what a link names is written, not the link
    encoded = text.encode("utf-8", errors="backslashreplace")
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(encoded)
            return
        beside.write_bytes(encoded)
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o7777)
        beside.replace(path)
    except OSError as problem:
        raise UsageError(f"--output {output}: {problem.strerror}") from problem
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
