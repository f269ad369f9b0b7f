"""AggreCol: sums, averages, divisions and relative changes found in 200 tables of statistical offices.

usage: python benchmarks/aggrecol.py [FOLDER] [PREDICTIONS]

FOLDER holds the annotated tables and their scorer (../shared/bench/aggrecol where present). Each table is read from its
grid of strings, like any other table; what discovery finds in it, whether or not it holds, is the prediction. The
benchmark's aggregations all lie in one row or one column; what takes figures of several, as a change since the year
above, is left out.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import write

from validator import discover, languages
from validator.extract import grid
from validator.model.extracts import Extract
from validator.model.pages import Document
from validator.model.relations import Sum
from validator.model.rules import Series
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.discovered import Discovered
    from validator.model.figures import Figure

HOME = Path(__file__).resolve().parents[2] / "shared" / "bench" / "aggrecol"
OPERATORS = {"footing": "Sum", "mean": "Average", "share": "Division", "change": "RelativeChange"}
STATED = ("total", "stated")


def aggregations(rows: list[list[str]]) -> list[dict[str, Any]]:
    """What is discovered in one table, in the benchmark's terms: cells as [row, column]."""
    language = languages.load(languages.detect(" ".join(cell for row in rows for cell in row)))
    table = grid(rows, "table", language, DEFAULT)
    extract = Extract(Document("table", "", ()), language.code, tables=(table,), figures=tuple(table.figures()))
    found = (_aggregation(one) for one in discover.discover([extract], {}, DEFAULT))
    return [one for one in found if one is not None]


def _aggregation(one: Discovered) -> dict[str, Any] | None:
    operator = OPERATORS.get(one.bound.kind)
    if operator is None or ("count" in one.bound.values and "total" not in one.bound.values):
        return None  # a mean that is only held against its count says nothing of its parts
    stated: list[Figure] = []
    others: list[Figure] = []
    for name, value in one.bound.values.items():
        is_stated = name in STATED and (operator, name) != ("Average", "total")
        (stated if is_stated else others).extend(_figures(value))
    if len(stated) != 1 or not _in_line([_cell(figure) for figure in (*stated, *others)]):
        return None
    return {
        "operator": operator,
        "aggregator_index": _cell(stated[0]),
        "aggregatee_indices": [_cell(figure) for figure in others],
    }


def _in_line(cells: list[list[int]]) -> bool:
    """Whether cells stand in one row or in one column."""
    return any(len({cell[place] for cell in cells}) == 1 for place in (0, 1))


def _figures(value: object) -> Iterator[Figure]:
    if isinstance(value, Series):
        yield from (point.figure for point in value.points)
    elif isinstance(value, Sum):
        yield from value.figures()


def _cell(figure: Figure) -> list[int]:
    return [int(figure.location.box.top), int(figure.location.box.x0)]


def main(folder: Path, predictions: Path) -> None:
    """Predict for all tables and print what the benchmark's own scorer says."""
    start, slowest = time.perf_counter(), 0.0
    gold = folder / "troy_official.jl.gz"
    with gzip.open(gold, "rt", encoding="utf-8") as tables, predictions.open("w", encoding="utf-8") as out:
        for line in tables:
            table = json.loads(line)
            begun = time.perf_counter()
            found = aggregations(table["table_array"])
            slowest = max(slowest, time.perf_counter() - begun)
            record = {key: table[key] for key in ("file_name", "table_id")} | {"aggregations": found}
            out.write(json.dumps(record) + "\n")
    timed = f"{time.perf_counter() - start:.1f} s in all, {slowest:.2f} s for the slowest table"
    command = [sys.executable, str(folder / "score.py"), str(gold), str(predictions)]
    scored = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    print(f"{timed}\n{scored}")
    write([timed, *scored.splitlines()], "benchmarks/aggrecol.py")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        given = [Path(argument) for argument in sys.argv[1:]]
        main(given[0] if given else HOME, given[1] if len(given) > 1 else Path(scratch) / "predictions.jl")
