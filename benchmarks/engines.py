"""Planted faults of every kind of rule on data: which of them each engine finds, in the right row or group.

usage: python benchmarks/engines.py [ENGINE …]

The tables, the faults and the ways to ask each engine are those of the tests (tests/data/test_planted.py, engines.py):
one fault or two for each kind of row rule, one wrong group for each aggregate function, groups that a side lacks. An
engine that is not on this machine is left out, with the reason: PostgreSQL is started where its programs are, Spark
where there are Java and PySpark (`python tests/data/spark.py install`). Names of engines ask only those. Writes the
section of RESULTS.md named after this file where all were asked.
"""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]  # its tests; they are no part of what is installed

from corpus import write  # noqa: E402

from tests.data import engines, postgres, spark, test_planted  # noqa: E402
from validator.model.row_rules import RowCheck  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.data.engines import Engine, Found

LACKING = {"only_left": [("(missing)",), ("R9",)], "only_right": [("R4",)]}  # groups that one side lacks
NAMES = {"RowSum": "row-sum", "KeyIn": "foreign-key", "OfSort": "type", "LengthWithin": "length"}
Cells = dict[str, str]  # what came of each kind


class NotHereError(Exception):
    """Why an engine is left out."""


# --- the engines ------------------------------------------------------------------------------------------------


def _ibis(stack: ExitStack) -> Engine:
    _needs("ibis")
    return engines.on_files("duckdb://")


def _postgres(stack: ExitStack) -> Engine:
    _needs("ibis", "psycopg")
    try:
        return engines.on_postgres(stack.enter_context(postgres.server()))
    except postgres.NotHereError as reason:
        raise NotHereError(str(reason)) from None


def _spark(stack: ExitStack) -> Engine:
    _needs("ibis")
    try:
        return engines.on_spark(stack.enter_context(spark.worker(spark.program())))
    except spark.NotHereError as reason:
        raise NotHereError(str(reason)) from None


def _needs(*modules: str) -> None:
    lacking = [name for name in modules if find_spec(name) is None]
    if lacking:
        raise NotHereError(f"{' and '.join(lacking)} not installed")


ENGINES: dict[str, Callable[[ExitStack], Engine]] = {
    "pandas": lambda _: engines.plainly,
    "duckdb": lambda _: engines.on_files(None),
    "ibis on duckdb": _ibis,
    "postgres": _postgres,
    "spark": _spark,
}


# --- what each found --------------------------------------------------------------------------------------------


def planted(engine: Engine) -> Found:
    """What an engine says of the tables of the tests."""
    tables = {
        "cases": engines.table(test_planted.ROWS, test_planted.KINDS),
        "regions": engines.table(test_planted.PRINTED, test_planted.PRINTED_KINDS),
    }
    asked = engines.Asked(
        tuple(RowCheck("cases", rule) for rule in test_planted.FAILING), (), tuple(test_planted.DIFFERING)
    )
    with TemporaryDirectory() as folder:
        return engine(tables, asked, Path(folder))


def judged(found: Found) -> Cells:
    """Of each kind "found of planted", and what is told beside it that was not planted."""
    kinds: dict[str, list[tuple[set, set]]] = {}
    for check, (*_, rows) in found.rules.items():
        kinds.setdefault(_kind(check.rule), []).append((set(test_planted.FAILING[check.rule]), set(rows)))
    for agreement, pairs in found.pairs.items():
        wanted = {"differing": [(test_planted.DIFFERING[agreement],)], **LACKING}
        both = (_told(wanted), _told(pairs))
        kinds.setdefault(f"reconcile, {agreement.left.function.value}", []).append(both)
    return {kind: _cell(both) for kind, both in kinds.items()}


def _told(pairs: Mapping[str, Sequence[tuple[str, ...]]]) -> set[tuple[str, tuple[str, ...]]]:
    return {(sort, group) for sort, groups in pairs.items() for group in groups}


def _cell(both: list[tuple[set, set]]) -> str:
    wanted = sum(len(one) for one, _ in both)
    right = sum(len(one & told) for one, told in both)
    wrong = sum(len(told - one) for one, told in both)
    return f"{right} of {wanted}" + (f", {wrong} wrong" if wrong else "")


def _kind(rule: object) -> str:
    """The kind of check as rule books call it."""
    name = type(rule).__name__
    dashed = "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name).removeprefix("-")
    return NAMES.get(name, dashed)


def main(wanted: list[str]) -> None:
    """Ask every engine that is here, or those that are named; print the table, and write it where all were asked."""
    if unknown := sorted(set(wanted) - set(ENGINES)):
        sys.exit(f"no engine {unknown[0]!r}; there are {', '.join(ENGINES)}")
    columns: dict[str, Cells] = {}
    notes: list[str] = []
    for name in wanted or ENGINES:
        start = time.perf_counter()
        try:
            with ExitStack() as stack:
                columns[name] = judged(planted(ENGINES[name](stack)))
        except NotHereError as reason:
            notes.append(f"{name} left out: {reason}")
        else:
            notes.append(f"{name}: {time.perf_counter() - start:.1f} s, with its start")
    kinds = list(dict.fromkeys(kind for cells in columns.values() for kind in cells))
    rows = [[kind, *(columns[name].get(kind, "–") for name in columns)] for kind in kinds]
    lines = [
        "`python benchmarks/engines.py`: planted faults of every kind of rule on data, found in the right row or",
        "group; groups that a side lacks are among those of `reconcile`. What is told and was not planted is *wrong*.",
        "",
        f"| | {' | '.join(columns)} |",
        f"|{' --- |' * (len(columns) + 1)}",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
        f"{'; '.join(notes)}.",
    ]
    print("\n".join(lines))
    if not wanted:
        write(lines, "benchmarks/engines.py", plain=True)


if __name__ == "__main__":
    main(sys.argv[1:])
