"""`validator check` from outside: what it takes, and its exit statuses."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from validator import cli, pipeline
from validator.cli import check as command
from validator.model.results import Result

from .process import run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def test_statuses_of_a_check(
    result: Result, given: Callable[[object], None], capsys: pytest.CaptureFixture[str]
) -> None:
    given(result)
    assert cli.main(["check", "a.pdf"]) == 1
    given(replace(result, findings=tuple(f for f in result.findings if not f.fails)))
    assert cli.main(["check", "a.pdf"]) == 0
    given(replace(result, unusable=("b.pdf: is empty",)))
    assert cli.main(["check", "a.pdf", "b.pdf"]) == 2
    out, err = capsys.readouterr()
    assert out.count("Summary") == 3
    assert err == "validator: b.pdf: is empty\n"


def test_several_books_in_either_way(given: Callable[[object], None], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Sequence[str]] = []

    def check(paths: Sequence[str], books: Sequence[str], *_: object, **__: object) -> Result:
        seen.append((*paths, "|", *books))
        return Result((), ())

    monkeypatch.setattr(pipeline, "check", check)
    cli.main(["check", "a.pdf", "b.pdf", "--rules", "x.yml", "y.yml"])
    cli.main(["check", "a.pdf", "--rules", "x.yml", "--quiet", "--rules", "y.yml"])
    assert seen == [("a.pdf", "b.pdf", "|", "x.yml", "y.yml"), ("a.pdf", "|", "x.yml", "y.yml")]


def test_quiet_prints_nothing_where_nothing_is_violated(
    result: Result, given: Callable[[object], None], capsys: pytest.CaptureFixture[str]
) -> None:
    given(Result((), ()))
    assert cli.main(["check", "a.pdf", "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    given(result)
    assert cli.main(["check", "a.pdf", "--quiet"]) == 1
    assert "Summary" in capsys.readouterr().out


def test_all_shows_notes(result: Result, given: Callable[[object], None], capsys: pytest.CaptureFixture[str]) -> None:
    given(result)
    cli.main(["check", "a.pdf"])
    assert "####" not in capsys.readouterr().out
    cli.main(["check", "a.pdf", "--all"])
    assert "####" in capsys.readouterr().out


def test_reports_may_follow_the_books() -> None:
    options = cli.parser().parse_args(["check", "--rules", "a.yml", "b.pdf", "c.YAML", "d.csv"])
    command.sort_out(options)
    assert (options.rules, options.reports) == (["a.yml", "c.YAML"], ["b.pdf", "d.csv"])


@pytest.mark.parametrize(
    ("command", "path"), [("check", "pipe.pdf"), ("figures", "pipe.pdf"), ("rules", "pipe.pdf"), ("check", "/dev/zero")]
)
def test_a_pipe_or_a_device_is_no_report(command: str, path: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    done = run(command, str(tmp_path / path))
    assert done.returncode == 2
    assert "no regular file" in done.stderr
