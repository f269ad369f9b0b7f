"""The commit hooks as another repository uses them: pre-commit in a scratch repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
PASSED, FAILED = 0, 1


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Author", "-c", "user.email=author@example.org")
    done = run("git", *identity, *arguments, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


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
