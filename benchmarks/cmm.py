"""Time and memory of `validator check` with rule books, against a bare pdfplumber script on the same file.

usage: python benchmarks/cmm.py [RUNS]     the corpus file is measured only where ../shared is present
"""

from __future__ import annotations

import sys
from pathlib import Path

from measure import against

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LARGE = ROOT.parent / "shared" / "corpus" / "da-jyske-bank-2020.pdf"
VALIDATOR = [sys.executable, "-m", "validator"]
PEER = [sys.executable, str(HERE / "plumber.py")]


def main(runs: int) -> None:
    """Print one line per measure."""
    for edition in ("2011", "2023"):
        report = str(ROOT / "fixtures" / f"cmm-{edition}" / "report.pdf")
        rules = str(ROOT / "rules" / f"cmm-{edition}.yml")
        checked = against([*VALIDATOR, "check", report, "--rules", rules], [*PEER, report], runs)
        print(f"check cmm-{edition} with its rule book: {checked}")
    if LARGE.exists():
        read = against([*VALIDATOR, "figures", str(LARGE), "--format", "json"], [*PEER, str(LARGE)], max(1, runs // 3))
        print(f"read and extract {LARGE.name}: {read}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
