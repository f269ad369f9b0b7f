"""Where a report is written, and what it may hold there."""

from __future__ import annotations

import json
import os
import pty
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator import cli
from validator.cli import output

from .process import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model.results import Result


def test_the_name_of_the_output_file_says_the_format(
    result: Result, given: Callable[[object], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given(result)
    for name, start in [("a.json", "{"), ("a.md", "# "), ("a.txt", "harbour"), ("report", "harbour")]:
        assert cli.main(["check", "a.pdf", "--output", str(tmp_path / name)]) == 1
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    for name in ("b.md", "b.docx"):
        assert cli.main(["check", "a.pdf", "--format", "json", "--output", str(tmp_path / name)]) == 1
        json.loads((tmp_path / name).read_text(encoding="utf-8"))
    assert capsys.readouterr().out.startswith("4 contradictions, 1 warning, 1 accepted finding; 39 of 41 figures")


def test_output_is_whole_or_not_at_all(
    result: Result, given: Callable[[object], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(result)
    path = tmp_path / "a.json"
    path.write_text("before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert cli.main(["check", "a.pdf", "--output", str(path)]) == 2
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_output_through_a_link_keeps_the_link_and_the_mode(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("before")
    target.chmod(0o600)
    link.symlink_to(target)
    output.write(str(link), "after")
    assert link.is_symlink()
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("after", 0o600)


def on_a_terminal(arguments: list[str], **environment: str) -> str:
    """What a command shows where standard output is a terminal."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update({"TERM": "xterm", **environment})
        os.execv(sys.executable, [sys.executable, "-m", "validator", *arguments])  # noqa: S606 - a terminal of its own
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end has closed
            break
        if not part:
            break
        shown += part
    os.waitpid(pid, 0)
    os.close(terminal)
    return shown.decode()


def test_colour_only_on_a_terminal_that_wants_it() -> None:
    assert "\x1b[" in on_a_terminal(["explain", "footing"])
    assert "\x1b[" not in on_a_terminal(["explain", "footing"], NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(["explain", "footing"], TERM="dumb")
    assert "\x1b[" not in run("explain", "footing").stdout
