"""A PostgreSQL server of the tests' own: started in a temporary folder, reached by a socket in it, ended afterwards.

It ends with the tests however they end: a guard beside it sees their end of its pipe closed when they are killed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEBIAN = Path("/usr/lib/postgresql")
_NEVER_ROOT = ("postgres", "nobody")  # whom the server runs as where the tests run as root; it refuses to be root
_SECONDS = 30.0
# What the guard does with the server's number and folder once its input ends; it does not wait for the server for ever.
_GUARD = """
read -r line
kill -INT "$1" 2>/dev/null
tries=0
while kill -0 "$1" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
rm -rf "$2"
"""


class NotHereError(Exception):
    """Why there is no server on this machine."""


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].partition(".")[0]))
    if not versions:
        raise NotHereError("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return versions[-1].parent


def _someone() -> int | None:
    """Another user where the tests run as root."""
    if os.geteuid() != 0:
        return None
    for name in _NEVER_ROOT:
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise NotHereError("PostgreSQL refuses to run as root, and there is no other user")


@contextmanager
def server() -> Iterator[str]:
    """The connection URL of an empty database. Raises `NotHereError`."""
    programs, user = _programs(), _someone()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # not under pytest's folders, which only their owner may enter
    try:
        if user is not None:
            os.chown(folder, user, -1)
        data = folder / "data"
        made = subprocess.run(
            [programs / "initdb", "-D", data, "-A", "trust", "-U", "tests", "-E", "UTF8", "--locale=C", "--no-sync"],
            user=user, cwd=folder, capture_output=True, text=True,
        )  # fmt: skip
        if made.returncode:
            raise NotHereError(f"initdb failed: {made.stderr.strip().splitlines()[-1:]}")
        options = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off", "jit": "off"}
        command = [programs / "postgres", "-D", data, *(f"--{key}={value}" for key, value in options.items())]
        with (folder / "log").open("wb") as log:
            # In sessions of their own: an interrupt from the terminal is for pytest, which then ends them.
            running = subprocess.Popen(command, user=user, cwd=folder, stdout=log, stderr=log, start_new_session=True)
        try:
            with _guarded(running, folder, user):
                _wait(running, folder)
                yield f"postgres://tests@/postgres?host={folder}"
        finally:
            running.send_signal(signal.SIGINT)  # end now, whoever is connected
            running.wait(_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _guarded(running: subprocess.Popen[bytes], folder: Path, user: int | None) -> Iterator[None]:
    """For as long as this lasts, the end of this process is the end of the server and of its folder."""
    command = ["/bin/sh", "-c", _GUARD, "guard", str(running.pid), str(folder)]
    with subprocess.Popen(
        command, user=user, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
    ) as guard:
        try:
            yield
        finally:
            guard.kill()


def _wait(running: subprocess.Popen[bytes], folder: Path) -> None:
    import psycopg

    end = time.monotonic() + _SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user="tests", dbname="postgres").close()
        except psycopg.OperationalError as error:
            if running.poll() is not None or time.monotonic() > end:
                raise NotHereError(f"the server did not start: {(folder / 'log').read_text()[-300:]}") from error
            time.sleep(0.05)
        else:
            return
