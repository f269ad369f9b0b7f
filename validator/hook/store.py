"""The user's cache folder: JSON values under keys, for whoever can do without them.

In: a kind, a key, a value. Out: the value again, or None: an entry that is not there, not whole, not ours or not what
it says it is does not exist. Nothing here ever raises for the sake of the folder, and nothing is ever executed that was
read from it. It is used before anything else is imported, so it imports little: not platformdirs, which knows the same
three rules and takes twice as long as the start of Python, and not `model.settings`, where limits stand elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]

NAME = "report-validator"
MOST_BYTES = 1_000_000  # of an entry; a report of a run with a hundred findings has 60,000
MOST_ENTRIES = 1_000  # a run on each of twenty books for fifty states of the data
MOST_TOTAL = 50_000_000  # bytes of all entries
MOST_AGE = 60 * 24 * 3600  # seconds since an entry was last of use: two months
LEFTOVER_AGE = 3600  # seconds after which an entry that was never finished is given up
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def folder() -> str | None:
    """The cache folder, made if need be; None where there is none that only this user can write to."""
    base = _base()
    if base is None:
        return None
    own = os.path.join(base, NAME)
    try:
        os.makedirs(base, mode=0o700, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.mkdir(own, 0o700)
        found = os.lstat(own)
    except OSError:
        return None
    return own if stat.S_ISDIR(found.st_mode) and _ours(found) else None


def load(kind: str, key: str) -> Json:
    """The value kept under this key; None where there is none."""
    path = _path(kind, key)
    data = _read(path) if path is not None else None
    if path is None or data is None:
        return None
    import json

    digest, _, body = data.partition(b"\n")
    if digest != _digest(body):
        return None
    try:
        entry = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or entry.keys() != {"key", "value"} or entry["key"] != f"{kind} {key}":
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # of use again
    value: Json = entry["value"]
    return value


def save(kind: str, key: str, value: Json) -> None:
    """Keep a value under a key, if that can be done."""
    import json

    path = _path(kind, key)
    body = json.dumps({"key": f"{kind} {key}", "value": value}).encode("ascii")
    if path is None or len(body) > MOST_BYTES:
        return
    beside = f"{path}.{os.getpid()}.{time.monotonic_ns()}.part"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
            file.write(_digest(body) + b"\n" + body)
        os.replace(beside, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        return
    _tidy(os.path.dirname(path))


def digest(*parts: bytes) -> str:
    """A key for what these parts are, each by itself: no two lists of parts have the same."""
    import hashlib

    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def _digest(body: bytes) -> bytes:
    return digest(body).encode("ascii")


def _base() -> str | None:
    """Where programs of this user keep what they can do without, by the rule of each system."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if os.path.isabs(base) else os.path.join(home, ".cache")  # the rule: a relative one does not count
    return base if os.path.isabs(base) else None


def _path(kind: str, key: str) -> str | None:
    where = folder()
    return None if where is None else os.path.join(where, f"{kind}-{key}.json")


def _ours(found: os.stat_result) -> bool:
    """Whether nobody but this user can have written it; a system without such owners keeps the folder for its user."""
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_MAY_WRITE


def _read(path: str) -> bytes | None:
    """The bytes of an entry that is a plain file of this user's, and no larger than any that was saved."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or not _ours(found) or found.st_size > 2 * MOST_BYTES:
                return None
            return file.read(2 * MOST_BYTES)
    except OSError:
        return None


def _tidy(where: str) -> None:
    """Throw away what is old, then the least recently used beyond the limits."""
    entries = sorted(_entries(where), reverse=True)
    now, count, total = time.time(), 0, 0
    for used, size, path in entries:
        count, total = count + 1, total + size
        spare = path.endswith(".part")
        old = now - used > (LEFTOVER_AGE if spare else MOST_AGE)
        if old or (not spare and (count > MOST_ENTRIES or total > MOST_TOTAL)):
            with contextlib.suppress(OSError):
                os.unlink(path)


def _entries(where: str) -> Iterator[tuple[float, int, str]]:
    """When each entry was last of use, its size and its path."""
    with contextlib.suppress(OSError), os.scandir(where) as found:
        for entry in found:
            with contextlib.suppress(OSError):
                if entry.name.endswith((".json", ".part")):
                    about = entry.stat(follow_symlinks=False)
                    yield about.st_mtime, about.st_size, entry.path
