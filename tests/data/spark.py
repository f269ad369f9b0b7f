"""PySpark in local mode, beside the tests' own environment and in a process of its own.

Installed in the tests' environment it would make pandera import `pyspark.pandas`, which is slow and changes what is
tested. So it lies in a folder of the user's cache, and one process has that folder in its path. It has 400 MB, so no
test puts it there unasked: `python tests/data/spark.py install` does, as .ci/run calls it, or VALIDATOR_TEST_SPARK=1.
Run as a program, this module answers plans that it reads from its standard input, or installs PySpark (`install`).
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.model.answers import Answers
    from validator.model.data import DataPlan
    from validator.model.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
# In the environment: 1 asks every rule of Spark, however long that and installing it take; 0 asks nothing of it; a path
# is that of a Python that has PySpark. Without it, planted faults are looked for where PySpark is installed.
WANTED = "VALIDATOR_TEST_SPARK"
_SECONDS = 150  # to install it in, where every rule is not asked for: the whole suite has five minutes
_CONFIGURATION = (  # for tables of a few rows: compiling a query takes far longer than answering it
    "spark.sql.shuffle.partitions=1",
    "spark.sql.codegen.wholeStage=false",
    "spark.sql.codegen.factoryMode=NO_CODEGEN",
    "spark.sql.adaptive.enabled=false",
    "spark.ui.enabled=false",
    "spark.log.level=ERROR",
)


# A minute of Spark is over before its programs are worth being compiled twice.
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


class NotHereError(Exception):
    """Why Spark is not tested."""


class Program(NamedTuple):
    """A Python that has PySpark, or finds it in a folder."""

    python: str
    folder: str = ""


def all_of_it() -> bool:
    """Whether everything is to be asked of Spark, and not only the planted faults."""
    return os.environ.get(WANTED, "") not in ("", "0")


def program(*, install: bool = False) -> Program:
    """What can run Spark; PySpark is installed (400 MB) where there is none yet and that is asked for.

    Raises `NotHereError`.
    """
    wanted = os.environ.get(WANTED, "")
    if wanted == "0":
        raise NotHereError(f"{WANTED}=0 leaves Spark out")
    if shutil.which("java") is None:
        raise NotHereError("Spark needs Java (Debian: apt-get install default-jre-headless)")
    if wanted not in ("", "1"):
        return Program(wanted)
    if find_spec("pyspark") is not None:
        return Program(sys.executable)
    requirement = _requirement()
    named = "".join(sign if sign.isalnum() or sign in ".-" else "-" for sign in requirement)
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "report-validator-tests" / named
    if not folder.is_dir():
        if not install and wanted != "1":
            raise NotHereError("PySpark (400 MB) is not installed; `python tests/data/spark.py install` does it")
        _install(requirement, folder, None if wanted == "1" else _SECONDS)
    return Program(sys.executable, str(folder))


def _requirement() -> str:
    """The PySpark that Ibis wants."""
    for one in requires("ibis-framework") or ():
        needed, _, extra = one.partition(";")
        if needed.startswith("pyspark") and "'pyspark'" in extra:
            return needed.strip()
    raise NotHereError("Ibis says nothing of a PySpark that it wants")


def _install(requirement: str, folder: Path, seconds: float | None) -> None:
    """Put PySpark into a folder, whole or not at all. Raises `NotHereError`."""
    installer = shutil.which("uv")
    command = [installer, "pip", "install", "--python", sys.executable] if installer else _pip()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as scratch:
        made = Path(scratch) / "made"
        try:
            done = subprocess.run(
                [*command, "--quiet", "--target", str(made), requirement],
                capture_output=True,
                text=True,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            raise NotHereError(f"PySpark was not installed within {seconds} seconds; {WANTED}=1 waits") from None
        if done.returncode:
            raise NotHereError(f"PySpark cannot be installed: {done.stderr.strip()[-200:]}")
        try:
            made.rename(folder)
        except OSError:  # another process was faster
            if not folder.is_dir():
                raise


def _pip() -> list[str]:
    return [sys.executable, "-m", "pip", "install", "--retries", "1", "--timeout", "15"]


@contextmanager
def worker(chosen: Program) -> Iterator[Callable[[DataPlan, Settings], Answers]]:
    """What answers plans by Spark; one process for all of them."""
    arguments = " ".join(f"--conf {one}" for one in _CONFIGURATION)
    environment = os.environ | {
        "PYSPARK_SUBMIT_ARGS": f"--master local[1] {arguments} pyspark-shell",
        "JAVA_TOOL_OPTIONS": " ".join(filter(None, (os.environ.get("JAVA_TOOL_OPTIONS"), _JAVA))),
        "PYTHONPATH": os.pathsep.join(filter(None, (chosen.folder, os.environ.get("PYTHONPATH")))),
    }
    running = subprocess.Popen(
        [chosen.python, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    sent, told = running.stdin, running.stdout
    if sent is None or told is None:
        raise NotHereError("no pipes")

    def ask(plan: DataPlan, settings: Settings) -> Answers:
        pickle.dump((plan, settings), sent)
        sent.flush()
        answer = pickle.load(told)  # noqa: S301 - of our own process
        assert not isinstance(answer, str), answer
        return answer

    try:
        yield ask
    finally:
        sent.close()
        try:
            running.wait(60)
        except subprocess.TimeoutExpired:
            running.kill()


def _answer(asked: BinaryIO, told: BinaryIO) -> None:
    """Answer plans until there are no more; whatever goes wrong is told as a text."""
    import traceback

    from validator import data

    while True:
        try:
            plan, settings = pickle.load(asked)  # noqa: S301 - of our own process
        except EOFError:
            return
        try:
            with data.opened(plan.sources, settings, "pyspark://") as opened:
                answer = opened.answers(plan)
        except Exception:  # noqa: BLE001 - a test fails with whatever it was
            answer = traceback.format_exc()
        pickle.dump(answer, told)
        told.flush()


if __name__ == "__main__" and sys.argv[1:] == ["install"]:
    try:
        program(install=True)
    except NotHereError as reason:
        sys.stderr.write(f"Spark will not be tested: {reason}\n")
elif __name__ == "__main__":
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what Spark prints is no answer
    sys.path.insert(0, str(ROOT))
    _answer(sys.stdin.buffer, pipe)
