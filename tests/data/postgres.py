"""A PostgreSQL server of the tests' own: started in a temporary folder, reached by a socket in it, ended afterwards."""

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
            running = subprocess.Popen(command, user=user, cwd=folder, stdout=log, stderr=log)
        try:
            url = f"postgres://tests@/postgres?host={folder}"
            _wait(running, folder)
            yield url
        finally:
            running.send_signal(signal.SIGINT)  # end now, whoever is connected
            running.wait(_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
