"""A plain run of the tests downloads nothing for Spark, and says what would."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from . import spark

pytest.importorskip("ibis", reason="Ibis is not installed")
pytestmark = pytest.mark.skipif(find_spec("pyspark") is not None, reason="PySpark is installed beside the tests")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders into which PySpark would be installed, on a machine with Java and an empty cache."""
    folders: list[Path] = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv(spark.WANTED, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(spark, "_install", lambda requirement, folder, seconds: folders.append(folder))
    return folders


def test_a_plain_run_installs_nothing_and_says_what_does(installed: list[Path]) -> None:
    with pytest.raises(spark.NotHereError, match=r"400 MB.*spark\.py install"):
        spark.program()
    assert installed == []


def test_what_is_in_the_cache_is_used(installed: list[Path]) -> None:
    wanted = spark.program(install=True)
    Path(wanted.folder).mkdir(parents=True)
    assert spark.program() == wanted == spark.Program(sys.executable, str(installed[0]))
    assert len(installed) == 1


def test_it_is_installed_where_every_rule_is_asked_for(installed: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(spark.WANTED, "1")
    assert spark.program().folder == str(installed[0])


def test_ci_installs_it_before_the_tests_run() -> None:
    lines = (spark.ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    (place,) = (place for place, line in enumerate(lines) if "tests/data/spark.py install" in line)
    assert place < max(place for place, line in enumerate(lines) if "readme_command 2" in line)
    subprocess.run(["bash", "-n", str(spark.ROOT / ".ci" / "run")], check=True)
