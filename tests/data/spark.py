"""PySpark in local mode, in an environment and a process of its own.

In the tests' own environment it would make pandera import `pyspark.pandas`, which is slow and changes what is tested.
Run as a program by that environment's Python, this module answers plans that it reads from its standard input.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.model.answers import Answers
    from validator.model.data import DataPlan
    from validator.model.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
WANTED = (
    "VALIDATOR_TEST_SPARK"  # in the environment: 1 makes the environment, a path is that of a Python that has PySpark
)
_CONFIGURATION = (  # for tables of a few rows: compiling a query takes far longer than answering it
    "spark.sql.shuffle.partitions=1",
    "spark.sql.codegen.wholeStage=false",
    "spark.sql.codegen.factoryMode=NO_CODEGEN",
    "spark.sql.adaptive.enabled=false",
    "spark.ui.enabled=false",
    "spark.log.level=ERROR",
)


class NotHereError(Exception):
    """Why Spark is not tested."""


def python(cache: Path) -> Path:
    """A Python that has PySpark; made in ``cache`` (1 GB) if that is asked for. Raises `NotHereError`."""
    if shutil.which("java") is None:
        raise NotHereError("Spark needs Java (Debian: apt-get install default-jre-headless)")
    wanted = os.environ.get(WANTED, "")
    if wanted not in ("", "0", "1"):
        return Path(wanted)
    made = cache / "bin" / "python"
    if (cache / "complete").is_file() and wanted != "0":
        return made
    if wanted != "1":
        raise NotHereError(f"PySpark has no environment yet; {WANTED}=1 makes one, of 1 GB, in pytest's cache folder")
    installer = shutil.which("uv")
    if installer:
        commands = [[installer, "venv", "--quiet", "--clear", "--python", sys.executable, str(cache)]]
        install = [installer, "pip", "install", "--quiet", "--python", str(made)]
    else:
        commands = [[sys.executable, "-m", "venv", "--clear", str(cache)]]
        install = [str(made), "-m", "pip", "install", "--quiet"]
    for command in (*commands, [*install, "-e", f"{ROOT}[spark]"]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise NotHereError(f"PySpark cannot be installed: {done.stderr.strip()[-200:]}")
    (cache / "complete").touch()
    return made


@contextmanager
def worker(program: Path) -> Iterator[Callable[[DataPlan, Settings], Answers]]:
    """What answers plans by Spark; one process for all of them."""
    arguments = " ".join(f"--conf {one}" for one in _CONFIGURATION)
    environment = os.environ | {"PYSPARK_SUBMIT_ARGS": f"--master local[1] {arguments} pyspark-shell"}
    running = subprocess.Popen(
        [program, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
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


if __name__ == "__main__":
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what Spark prints is no answer
    sys.path.insert(0, str(ROOT))
    _answer(sys.stdin.buffer, pipe)
