"""Standard output and standard error: what happens when nobody can have what is printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from validator import cli
from validator.checks import kinds

from .process import run


def test_a_reader_that_leaves_early_is_no_error() -> None:
    kinds = subprocess.Popen([sys.executable, "-m", "validator", "explain", "footing"], stdout=-1, stderr=-1)
    assert kinds.stdout is not None
    kinds.stdout.close()
    _, err = kinds.communicate(timeout=60)
    assert err == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_clear_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = run("explain", "footing", stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (2, "validator: standard output: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("check", "--help")])
def test_help_that_nobody_gets_is_an_error(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = run(*arguments, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (2, "validator: standard output: No space left on device\n")


@pytest.mark.parametrize(
    ("arguments", "closed", "out", "err"),
    [
        ("explain", ">&-", "", "validator: standard output is closed; use --output FILE\n"),
        ("--help", ">&-", "", "validator: standard output is closed; use --output FILE\n"),
        ("check absent.pdf", "2>&-", "", ""),
        ("check absent.pdf", ">&- 2>&- <&-", "", ""),
    ],
)
def test_streams_that_are_closed(arguments: str, closed: str, out: str, err: str) -> None:
    command = f"{sys.executable} -m validator {arguments} {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, out, err)


def test_a_locale_without_our_letters(capsys: pytest.CaptureFixture[str]) -> None:
    """With the pages of checks that hold the most signs that such a locale has not: each another text to write."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    foreign = {}
    for kind in kinds():
        assert cli.main(["explain", kind]) == 0
        foreign[kind] = len({sign for sign in capsys.readouterr().out if not sign.isascii()})
    most = sorted(foreign, key=lambda kind: foreign[kind])[-3:]
    assert all(foreign[kind] for kind in most)
    for kind in most:
        done = run("explain", kind, env=environment)
        assert (done.returncode, done.stderr) == (0, "")
