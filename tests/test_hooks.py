"""The commit hooks as another repository uses them: pre-commit in a scratch repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CONFIG = """\
repos:
  - repo: {hooks}
    rev: {revision}
    hooks:
      - id: validator-check
        args: [report.pdf, --rules, rules/book.yml]
      - id: validator-rules
"""
DATA_CONFIG = """\
repos:
  - repo: {hooks}
    rev: {revision}
    hooks:
      - id: validator-changed
"""
PASSED, FAILED = 0, 1


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    left_out = ("GIT_", "PYTHONDONTWRITEBYTECODE")  # the environment of a hook is compiled once, when it is first used
    environment = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Author", "-c", "user.email=author@example.org")
    done = run("git", *identity, *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder for what pre-commit installs (400 MB), apart from the user's own, and gone afterwards."""
    folder = tmp_path_factory.mktemp("pre-commit")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRE_COMMIT_HOME", str(folder))
        patch.setenv("PIP_COMPILE", "0")  # most of what is installed is never imported here
        yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as a repository of one commit, as it stands in the working tree."""
    folder = tmp_path_factory.mktemp("hooks")
    left_out = shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__", ".hypothesis", "reports", "tests")
    shutil.copytree(ROOT, folder, dirs_exist_ok=True, ignore=left_out)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "The hooks")
    return folder


@pytest.fixture(scope="module")
def repository(hooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of somebody who guards a report, its hooks installed."""
    folder = tmp_path_factory.mktemp("guarded")
    git(folder, "init", "--quiet")
    (folder / "rules").mkdir()
    shutil.copy(ROOT / "fixtures" / "cmm-2011" / "corrected.pdf", folder / "report.pdf")
    shutil.copy(ROOT / "rules" / "cmm-2011.yml", folder / "rules" / "book.yml")
    shutil.copy(ROOT / "schemas" / "labelled_counts.yml", folder / "rules" / "schema.yml")  # no book, and passed over
    (folder / ".pre-commit-config.yaml").write_text(
        CONFIG.format(hooks=hooks, revision=git(hooks, "rev-parse", "HEAD")), encoding="utf-8"
    )
    git(folder, "add", "--all")
    return folder


def pre_commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "pre_commit", *arguments, folder=folder)


def test_a_sound_report_passes_and_a_misprint_stops_the_commit(repository: Path) -> None:
    sound = pre_commit(repository, "run")
    assert sound.returncode == PASSED, sound.stdout + sound.stderr
    assert sound.stdout.count("Passed") == 2
    git(repository, "commit", "--quiet", "-m", "A sound report")

    shutil.copy(ROOT / "fixtures" / "cmm-2011" / "report.pdf", repository / "report.pdf")
    git(repository, "add", "--all")
    misprinted = pre_commit(repository, "run")
    assert misprinted.returncode == FAILED
    assert "should be the same" in misprinted.stdout
    assert "report.pdf, page" in misprinted.stdout
    git(repository, "checkout", "--quiet", "HEAD", "--", "report.pdf")

    book = repository / "rules" / "book.yml"
    book.write_text(book.read_text(encoding="utf-8").replace("tie-out:", "tie-owt:", 1), encoding="utf-8")
    git(repository, "add", "--all")
    misspelt = pre_commit(repository, "run", "validator-rules")
    assert misspelt.returncode == FAILED
    assert "tie-out" in misspelt.stdout
    git(repository, "checkout", "--quiet", "HEAD", "--", "rules")

    (repository / "notes.txt").write_text("nothing to check", encoding="utf-8")
    git(repository, "add", "--all")
    other = pre_commit(repository, "run")
    assert other.returncode == PASSED
    assert other.stdout.count("Skipped") == 2


@pytest.fixture(scope="module")
def team(hooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of a data team: a report, the case data behind it, and the rule book that ties them."""
    folder = tmp_path_factory.mktemp("team")
    git(folder, "init", "--quiet")
    for name in ("rules", "data"):
        (folder / name).mkdir()
    fixture = ROOT / "fixtures" / "cmm-2023"
    shutil.copy(fixture / "corrected.pdf", folder / "report.pdf")
    shutil.copy(fixture / "cases-as-amended.csv", folder / "data" / "cases.csv")
    book = (ROOT / "rules" / "cases" / "cmm-2023.yml").read_text(encoding="utf-8")
    book = book.replace("../../fixtures/cmm-2023/cases-as-amended.csv", "../data/cases.csv")
    book = book.replace("language: da\n", "language: da\nreports: ../report.pdf\n")
    (folder / "rules" / "report.yml").write_text(book, encoding="utf-8")
    (folder / ".pre-commit-config.yaml").write_text(
        DATA_CONFIG.format(hooks=hooks, revision=git(hooks, "rev-parse", "HEAD")), encoding="utf-8"
    )
    git(folder, "add", "--all")
    return folder


def commit(folder: Path, message: str) -> subprocess.CompletedProcess[str]:
    identity = ("-c", "user.name=Author", "-c", "user.email=author@example.org")
    return run("git", *identity, "commit", "--quiet", "-m", message, folder=folder)


def test_a_commit_that_breaks_a_published_row_is_stopped(team: Path) -> None:
    installed = pre_commit(team, "install")
    assert installed.returncode == PASSED, installed.stdout + installed.stderr
    sound = commit(team, "A report and its cases")
    assert sound.returncode == PASSED, sound.stdout + sound.stderr

    cases = team / "data" / "cases.csv"
    lines = cases.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if ",Letland," in line)
    moved = [*lines[:at], lines[at].replace("Letland", "Iran"), *lines[at + 1 :]]
    cases.write_text("".join(moved), encoding="utf-8")
    git(team, "add", "--all")
    stopped = commit(team, "One case more from Iran")
    told = " ".join((stopped.stdout + stopped.stderr).split())
    assert stopped.returncode == FAILED
    assert "1 is printed for Letland; count(cases) by country gives nothing." in told
    assert "1 is printed for Iran; count(cases) by country gives 2." in told
    assert "report.pdf, page 12" in told
    assert git(team, "log", "--oneline").count("\n") == 0  # still one commit

    cases.write_text("".join(lines), encoding="utf-8")
    (team / "notes.txt").write_text("nothing to check", encoding="utf-8")
    git(team, "add", "--all")
    other = commit(team, "Notes")
    assert other.returncode == PASSED, other.stdout + other.stderr


def test_a_commit_of_something_else_is_instant(team: Path) -> None:
    """As long as Python takes to start several times, at most; the measure itself is benchmarks/hook.py."""
    (team / "more.txt").write_text("nothing to check", encoding="utf-8")
    git(team, "add", "--all")
    assert pre_commit(team, "run").returncode == PASSED
    commands = (sys.executable, "-c", "pass"), (sys.executable, "-m", "validator", "hook", "more.txt")
    turns = [[_seconds(*command, folder=team) for command in commands] for _ in range(7)]  # by turns: machines are busy
    python, hook = map(min, zip(*turns, strict=True))
    assert hook < 8 * python


def _seconds(*command: str, folder: Path) -> float:
    start = time.perf_counter()
    assert run(*command, folder=folder).returncode == PASSED
    return time.perf_counter() - start
