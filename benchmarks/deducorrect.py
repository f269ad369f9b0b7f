"""How often the first suspect is the variable that is wrong, on the balance edits of R's deducorrect and editrules.

Reads ``../shared/bench/deducorrect/vectors.json`` beside the checkout and prints one row per record, then a total. A
record with several wrong variables has as many chances: each of them must lead the suspects of a finding that it
stands in, and no variable that is right may lead one. A record of rounding only must raise nothing when its figures
are read as rounded.

usage: python benchmarks/deducorrect.py [VECTORS]
"""

from __future__ import annotations

import json
import re
import sys
from decimal import Decimal
from pathlib import Path

from validator.evaluate import evaluate
from validator.explain import findings
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.judged import Judged
from validator.model.locations import Box, Location
from validator.model.relations import Comparison, Linear, Sum, Term
from validator.model.rules import BoundRule
from validator.model.settings import DEFAULT

VECTORS = Path(__file__).resolve().parents[2] / "shared/bench/deducorrect/vectors.json"
_EDIT = re.compile(r"(.+?)(<=|>=|=|<|>)(.+)")
_TERM = re.compile(r"([+-]?)(?:(\d+(?:\.\d+)?)\*)?([A-Za-z_]\w*|\d+(?:\.\d+)?)")


def figure(name: str, value: object, *, rounded: bool) -> Figure:
    number = Decimal(str(value))
    interval = Interval.rounded(number, 0) if rounded else Interval.exactly(number)
    return Figure(str(value), number, interval, NumeralKind.COUNT, Location("record", 1, Box(0, 0, 1, 1)), label=name)


def side(text: str, figures: dict[str, Figure], role: str) -> Sum:
    terms, constant = [], Decimal(0)
    for sign, factor, name in _TERM.findall(text.replace(" ", "")):
        weight = Decimal(f"{sign}1") * Decimal(factor or 1)
        if name in figures:
            terms.append(Term(figures[name], weight, role))
        else:
            constant += weight * Decimal(name)
    return Sum(tuple(terms), constant)


def judged(edits: list[str], figures: dict[str, Figure]) -> list[Judged]:
    found = []
    for number, edit in enumerate(edits):
        left, comparison, right = _EDIT.fullmatch(edit).groups()
        # The total stands on the right of a balance edit, and a single figure is what is stated.
        stated, other = (right, left) if comparison == "=" else (left, right)
        relation = Linear(side(stated, figures, "stated"), Comparison(comparison), side(other, figures, "part"))
        found.append(Judged(BoundRule("linear", f"edit {number + 1}", {}), evaluate(relation), edit))
    return found


def leaders(edits: list[str], record: dict[str, object], *, rounded: bool = False) -> list[tuple[str, str, str]]:
    """For each finding the edit, its first suspect and what that should be."""
    figures = {name: figure(name, value, rounded=rounded) for name, value in record.items()}
    found = []
    for finding in findings(judged(edits, figures), DEFAULT):
        first = finding.suspects[0] if finding.suspects else None
        name = finding.exhibits[first.figure].label if first else "-"
        found.append((finding.message, name, str(first.should_be) if first else "-"))
    return found


def records(vectors: dict) -> list[tuple[str, list[str], dict[str, object], list[set[str]], bool]]:
    """Name, edits, record, sets of variables of each of which one must lead, and whether it is only rounded."""
    found = []
    for group in vectors["typos"]:
        for one in group["records"]:
            record = dict(zip(group["cols"], one["x"], strict=True))
            wrong = [set(name.strip("()").split(",")) for name in one["wrong"]]
            found.append((f"typo {one['id']}", group["edits"], record, wrong, False))
    found += [(f"rounding {n}", one["edits"], one["x"], [], True) for n, one in enumerate(vectors["rounding"], 1)]
    for n, one in enumerate(vectors["signs"], 1):
        changed = {name for name in one["x"] if one["x"][name] != one["truth"][name]}
        found.append((f"sign {n}", one["edits"], one["x"], [changed], False))
    for n, one in enumerate(vectors["errorlocate_mip"], 1):
        found.append((f"localise {n}", one["edits"], one["x"], [{name} for name in one["wrong"]], False))
    return found


def main() -> int:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else VECTORS
    right = chances = false = 0
    for name, edits, record, wrong, rounded in records(json.loads(path.read_text())):
        found = leaders(edits, record, rounded=rounded)
        named = {leader for _, leader, _ in found}
        hits = sum(1 for one in wrong if one & named)
        alarms = named - set().union(*wrong)
        right, chances, false = right + hits, chances + len(wrong), false + len(alarms)
        said = "; ".join(f"{edit}: {leader} should be {value}" for edit, leader, value in found) or "nothing raised"
        print(f"{name}\t{hits}/{len(wrong)}\t{said}")
    print(f"wrong variables named first: {right} of {chances}; variables that are right named first: {false}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
