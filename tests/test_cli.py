"""The command line from outside: exit statuses, one line per error, and what happens when output cannot be had."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from report.sample import build

from validator import cli, pipeline
from validator.checks import kinds
from validator.model.errors import Problem, ReadError, RuleError
from validator.model.results import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HEAVY = ("pypdfium2", "pdfplumber", "yaml", "rich", "jinja2", "pandas", "numpy", "PIL", "babel", "rapidfuzz")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return build(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """Let the pipeline give this result, or raise this, whatever it is asked."""

    def give(outcome: object) -> None:
        def check(*_: object, **__: object) -> object:
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(pipeline, "check", check)

    return give


def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "validator", *arguments]
    return subprocess.run(command, text=True, timeout=60, capture_output="stdout" not in more, check=False, **more)  # type: ignore[call-overload,no-any-return]


# --- exit statuses ----------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("problem", "status", "lines"),
    [
        (ReadError("a.pdf: is encrypted"), 2, ["validator: a.pdf: is encrypted"]),
        (
            RuleError((Problem("b.yml", 2, 1, "second"), Problem("b.yml", 1, 4, "first"))),
            2,
            ["validator: b.yml:1:4: first", "validator: b.yml:2:1: second"],
        ),
        (
            ReadError("a\nvalidator: all is well\x1b[2J.pdf: no", "\u202eb.pdf: no"),
            2,
            ["validator: a\\nvalidator: all is well\\x1b[2J.pdf: no", "validator: \\u202eb.pdf: no"],
        ),
        (
            RuleError(tuple(Problem("b.yml", line, 1, "no") for line in range(1, 2001))),
            2,
            [*(f"validator: b.yml:{line}:1: no" for line in range(1, 101)), "validator: … and 1,900 more"],
        ),
        (KeyboardInterrupt(), 130, ["validator: interrupted"]),
        (MemoryError(), 2, ["validator: not enough memory; check fewer documents at once"]),
        (OSError(5, "Input/output error", "a.pdf"), 2, ["validator: a.pdf: Input/output error"]),
    ],
)
def test_every_error_is_said_in_clear_lines(
    problem: BaseException,
    status: int,
    lines: list[str],
    given: Callable[[object], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    given(problem)
    assert cli.main(["check", "a.pdf"]) == status
    out, err = capsys.readouterr()
    assert (out, err.splitlines()) == ("", lines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the following arguments are required"),
        (["check"], "no report given"),
        (["check", "--rules", "a.yml", "no-such-report.pdf"], "a.yml"),
        (["chek"], "invalid choice"),
        (["check", "a.pdf", "--format", "xml"], "invalid choice"),
        (["check", "a.pdf", "--output", "."], "is a directory"),
        (["check", "a.pdf", "--output", "nowhere/a.html"], "there is no directory nowhere"),
        (["check", __file__, "--output", __file__, "--format", "text"], "is also an input"),
        (["check", "a.pdf", "--output", "a.docx"], "there is no format .docx; let the name end in .gx, .htm, .html"),
        (["figures", "a.pdf", "--output", "a.html"], "let the name end in .csv, .json, .text, .txt"),
        (["check", "book.yml"], "book.yml: is a rule book, not a report; it belongs after --rules"),
        (["check", "a.pdf", "b.YAML", "--rules", "c.yml"], "b.YAML: is a rule book"),
        (["figures", "book.yml"], "book.yml: is a rule book"),
        (["suggest", "book.yml"], "book.yml: is a rule book"),
        (["explain", "foting"], "did you mean footing?"),
        (["rules", "no-such-book.yml"], "no-such-book.yml"),
        (["check", "no-such-report.pdf"], "no-such-report.pdf"),
        (["figures", "no-such-report.pdf"], "no-such-report.pdf"),
    ],
)
def test_a_command_that_cannot_be_used(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert all(line.startswith("validator: ") for line in done.stderr.splitlines())


# --- what is written, and where ---------------------------------------------------------------------------------


def test_several_books_in_either_way(given: Callable[[object], None], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Sequence[str]] = []

    def check(paths: Sequence[str], books: Sequence[str], *_: object, **__: object) -> Result:
        seen.append((*paths, "|", *books))
        return Result((), ())

    monkeypatch.setattr(pipeline, "check", check)
    cli.main(["check", "a.pdf", "b.pdf", "--rules", "x.yml", "y.yml"])
    cli.main(["check", "a.pdf", "--rules", "x.yml", "--quiet", "--rules", "y.yml"])
    assert seen == [("a.pdf", "b.pdf", "|", "x.yml", "y.yml"), ("a.pdf", "|", "x.yml", "y.yml")]


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


# --- as a process -----------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("raised", ["KeyboardInterrupt", "RuntimeError from KeyboardInterrupt()"])
def test_an_interrupt_before_the_command_line_is_there(raised: str) -> None:
    code = f"from validator import __main__ as m, cli\ndef late(): raise {raised}\ncli.main = late\nm.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (130, "validator: interrupted\n")


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


@pytest.mark.parametrize("arguments", [("--version",), ("explain", "footing")])
def test_small_commands_start_without_heavy_libraries(arguments: tuple[str, ...]) -> None:
    done = run(*arguments, env=os.environ | {"PYTHONPROFILEIMPORTTIME": "1"})
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert "argparse" in imported
    assert imported.isdisjoint(HEAVY)


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


def test_the_bar_appears_only_for_long_work(
    result: Result, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    clock = [0.0]
    monkeypatch.setattr(cli.time, "monotonic", lambda: clock[0])
    with cli._Bar(enabled=True) as bar:
        bar.update("a.pdf", 1, 3)
        assert bar._shown is None
        clock[0] = 1.5
        bar.update("a.pdf", 2, 3)
        assert bar._shown is not None
    with cli._Bar(enabled=False) as bar:
        clock[0] = 9.0
        bar.update("a.pdf", 2, 3)
        assert bar._shown is None


def test_a_fault_of_the_program_is_one_line_and_no_verdict() -> None:
    code = "import sys; from validator import __main__ as m, cli; cli.main = lambda: [][0]; sys.exit(m.main())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("validator: a fault of the program")
    assert done.stderr.count("\n") == 1


def test_reports_may_follow_the_books() -> None:
    from validator import cli

    options = cli._parser().parse_args(["check", "--rules", "a.yml", "b.pdf", "c.YAML", "d.csv"])
    cli._sort_out(options)
    assert (options.rules, options.reports) == (["a.yml", "c.YAML"], ["b.pdf", "d.csv"])


@pytest.mark.parametrize(
    ("command", "path"), [("check", "pipe.pdf"), ("figures", "pipe.pdf"), ("rules", "pipe.pdf"), ("check", "/dev/zero")]
)
def test_a_pipe_or_a_device_is_no_report(command: str, path: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    done = run(command, str(tmp_path / path))
    assert done.returncode == 2
    assert "no regular file" in done.stderr


def test_output_through_a_link_keeps_the_link_and_the_mode(tmp_path: Path) -> None:
    from validator import cli

    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("before")
    target.chmod(0o600)
    link.symlink_to(target)
    cli._write(str(link), "after")
    assert link.is_symlink()
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("after", 0o600)
