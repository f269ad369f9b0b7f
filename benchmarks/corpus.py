"""Known misprints of published reports: what `validator check` finds with no rule book, and in what time.

usage: python benchmarks/corpus.py [--time] [ARGUMENT …]

Runs the scorer beside the corpus (../shared/bench/corpus.py; further arguments are handed on) with this checkout's
`validator`, and writes what it says into the section of RESULTS.md named after this file: with how many of the figures,
which years, labels and the like are not, stand in a relation that could be decided. With --time also the time of
all the smaller files in one run against a bare pdfplumber script.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import against

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
RESULTS = HERE / "RESULTS.md"
VALIDATOR = [sys.executable, "-m", "validator"]
LARGE = "da-jyske-bank-2020.pdf"


def score(arguments: list[str]) -> list[str]:
    """The scorer's lines, and one on the figures of all results."""
    command = " ".join([*VALIDATOR, "check", "{pdf}", "--format", "json"])
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.json"
        scorer = [sys.executable, str(SHARED / "bench" / "corpus.py"), "--command", command, "--json", str(results)]
        run = subprocess.run([*scorer, *arguments], capture_output=True, text=True, check=True, cwd=HERE.parent)
        lines = run.stdout.strip().splitlines()
        if results.exists():  # else the user has them written elsewhere
            lines.append(related(json.loads(results.read_text(encoding="utf-8"))))
    return lines


def related(everything: dict[str, dict[str, list[dict[str, dict[str, int]]]]]) -> str:
    """How many of all figures stand in a relation that could be decided; results in, by file."""
    counts = [document["numerals"] for result in everything.values() for document in result["documents"]]
    checked = sum(one["checked"] for one in counts)
    figures = checked + sum(one["unchecked"] for one in counts)
    share = f" ({100 * checked / figures:.0f} %)" if figures else ""
    return f"{checked} of {figures} figures{share} stand in a relation"


def times() -> list[str]:
    """Whole cold processes: the smaller files in one run, and the large one."""
    files = sorted((SHARED / "corpus").glob("*.pdf"))
    small = [str(path) for path in files if path.name != LARGE]
    large = [str(path) for path in files if path.name == LARGE]
    rows = []
    for name, paths in (("the 24 smaller files in one run", small), (LARGE, large)):
        ours = [*VALIDATOR, "check", *paths, "--format", "json", "--no-progress"]
        rows.append(f"{name}: {against(ours, [sys.executable, str(HERE / 'plumber.py'), *paths], 1)}")
    return rows


def write(lines: list[str], section: str = "benchmarks/corpus.py", *, plain: bool = False) -> None:
    """Replace the section of that name, or add it; as it was printed, unless it is ``plain`` Markdown."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results of the benchmarks\n"
    told = lines if plain else ["```", *lines, "```"]
    body = "\n".join([f"## {section}", "", *told, ""])
    pattern = re.compile(rf"^## {re.escape(section)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    found = pattern.search(text)
    text = f"{text[: found.start()]}{body}\n{text[found.end() :]}" if found else f"{text.rstrip()}\n\n{body}"
    RESULTS.write_text(text.rstrip() + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Measure, print and, where the whole corpus was run, write the section."""
    timed = "--time" in arguments
    rest = [argument for argument in arguments if argument != "--time"]
    lines = score(rest)
    print("\n".join(lines))
    if rest:
        return
    kept = [line for line in lines if "\tunjudged\t" not in line and not line.endswith(" alarms")]
    write([*kept, *(times() if timed else ())])


if __name__ == "__main__":
    main(sys.argv[1:])
