"""What the commit hook costs: whole cold processes of `validator hook` beside `python -c pass`, in turn.

usage: python benchmarks/hook.py [RUNS]

A scratch folder holds the 2023 report with its case data, the book that ties the two, a book on the data alone, and the
other books of `rules/`. The cache folder is a fresh one. Needs `validator` to be installed beside this Python.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from measure import Run, run

ROOT = Path(__file__).resolve().parents[1]
FIXTURE = ROOT / "fixtures" / "cmm-2023"
NOTHING = [sys.executable, "-c", "pass"]
HOOK = [str(Path(sys.executable).with_name("validator")), "hook"]
MOST_TIMES, MOST_MORE = 4.0, 1.5  # times `python -c pass`; seconds more than that where DuckDB is needed
DATA_BOOK = """\
validator: 1
book: rows
sources:
  people: ../data/people.csv
rules:
  - not-null: [people.country, people.sex]
  - unique: people.id
  - in-set: {columns: people.sex, values: [Kvinde, Mand, Transkvinde]}
"""


def main(runs: int) -> None:
    """Print one line per measure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _made(folder)
        os.chdir(folder)
        os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = str(folder / "cache")
        _times("nothing that a book speaks of", [*HOOK, "notes.txt"], runs)
        _times("the same without the cache folder", [*HOOK, "--no-cache", "notes.txt"], runs, limit=False)
        _more("data, rules on rows (DuckDB)", [*HOOK, "--no-cache", "data/people.csv"], runs)
        _more("data behind a report of 14 pages (DuckDB, PDFium)", [*HOOK, "--no-cache", "data/cases.csv"], runs)
        _more("the same, as it was checked before", [*HOOK, "data/cases.csv"], runs)


def _made(folder: Path) -> None:
    """The scratch folder."""
    shutil.copytree(ROOT / "rules", folder / "rules", ignore=shutil.ignore_patterns("cases"))
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    (folder / "data").mkdir()
    for name in ("cases", "people"):
        shutil.copy(FIXTURE / "cases-as-amended.csv", folder / "data" / f"{name}.csv")
    shutil.copy(FIXTURE / "corrected.pdf", folder / "report.pdf")
    book = (ROOT / "rules" / "cases" / "cmm-2023.yml").read_text(encoding="utf-8")
    book = book.replace("../../fixtures/cmm-2023/cases-as-amended.csv", "../data/cases.csv")
    book = book.replace("language: da\n", "language: da\nreports: ../report.pdf\n", 1)
    (folder / "rules" / "cases.yml").write_text(book, encoding="utf-8")
    (folder / "rules" / "people.yml").write_text(DATA_BOOK, encoding="utf-8")
    (folder / "notes.txt").write_text("nothing", encoding="utf-8")


def _pairs(command: list[str], runs: int) -> list[tuple[Run, Run]]:
    """Both processes in turn, after one warm-up each, so that what else the machine does falls on both."""
    run(command), run(NOTHING)
    pairs = [(run(command), run(NOTHING)) for _ in range(runs)]
    if any(ours.status for ours, _ in pairs):
        sys.exit(f"{' '.join(command)}: found something where there is nothing")
    return pairs


def _times(what: str, command: list[str], runs: int, *, limit: bool = True) -> None:
    pairs = _pairs(command, runs)
    ratio = statistics.median(ours.seconds / nothing.seconds for ours, nothing in pairs)
    work = statistics.median(ours.work / nothing.work for ours, nothing in pairs)
    seconds = statistics.median(ours.seconds for ours, _ in pairs)
    aim = f" (at most {MOST_TIMES:g})" if limit else ""
    print(f"{what}: {1000 * seconds:.0f} ms, {ratio:.1f} times `python -c pass`{aim}; of processors {work:.1f} times")


def _more(what: str, command: list[str], runs: int) -> None:
    pairs = _pairs(command, runs)
    more = statistics.median(ours.seconds - nothing.seconds for ours, nothing in pairs)
    work = statistics.median(ours.work - nothing.work for ours, nothing in pairs)
    print(f"{what}: {more:.2f} s more than `python -c pass` (at most {MOST_MORE:g}); of processors {work:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
