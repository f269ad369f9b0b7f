"""What `validator check` finds in the CMM reports with no rule book, of what the rule books find.

usage: python benchmarks/unruled.py

Both editions are checked in one run, with and without the books. A relation that a book finds violated counts as found
where a discovered finding carries more than half of its figures and labels (a figure may be told where it is repeated);
a discrepancy of the AUDIT.md files where one of its rules is. The corrected editions must raise nothing. Writes the
section of RESULTS.md named after this file.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from corpus import VALIDATOR, write

ROOT = Path(__file__).resolve().parent.parent
EDITIONS = ("2011", "2023")
BOOKS = ("cmm-2011", "cmm-2023", "cmm-editions")
_ROW = re.compile(r"^\| (\d+) \|.*\| ([^|]*) \|$", re.MULTILINE)


def violated(edition: str, *arguments: str) -> list[dict[str, Any]]:
    """The violations that a run over both reports finds."""
    paths = [f"fixtures/cmm-{year}/{edition}.pdf" for year in EDITIONS]
    run = subprocess.run(
        [*VALIDATOR, "check", *paths, *arguments, "--format", "json"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    return [one for one in json.loads(run.stdout)["findings"] if one["verdict"] == "violated"]


def places(finding: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The figures and labels of a finding by where they stand."""
    return [(f["document"], f["page"], *(round(edge) for edge in f["bbox"])) for f in finding["figures"]]


def same(declared: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether a discovered finding is about what a declared one is about."""
    ours, theirs = set(places(declared)), set(places(found))
    return 2 * len(ours & theirs) > len(ours)


def main() -> None:
    """Measure, print and write the section."""
    books = [argument for book in BOOKS for argument in ("--rules", f"rules/{book}.yml")]
    declared, discovered = violated("report", *books), violated("report")
    found = [one for one in declared if any(same(one, other) for other in discovered)]
    lines = [f"{'found ' if one in found else 'missed'} {one['rule']}: {one['message']}" for one in declared]
    rows: list[tuple[str, bool]] = []
    for year in EDITIONS:
        audit = (ROOT / f"fixtures/cmm-{year}/AUDIT.md").read_text(encoding="utf-8")
        audit = audit[: audit.index("## Weighed")]
        rules = [(number, re.findall(r"`([\w-]+)`", named)) for number, named in _ROW.findall(audit)]
        rows += [(f"{year} #{n}", any(one["rule"] in named for one in found)) for n, named in rules]
    missed = ", ".join(name for name, here in rows if not here)
    lines.append(f"relations: {len(found)} of {len(declared)}")
    lines.append(f"discrepancies: {sum(here for _, here in rows)} of {len(rows)}; missed: {missed or 'none'}")
    lines.append(f"corrected editions: {len(violated('corrected'))} raised")
    print("\n".join(lines))
    write(lines, "benchmarks/unruled.py")


if __name__ == "__main__":
    sys.exit(main())
