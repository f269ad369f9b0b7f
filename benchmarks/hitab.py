"""How claims of analysts about tables are judged: as they stand they raise nothing, with the number changed they do.

Reads ``../shared/bench/hitab/claims-dev.jsonl`` beside the checkout: tables given as grids with the sentences that
analysts wrote about them. Every table stands alone with one sentence, and again with all of its sentences. Then the
number that a sentence claims is changed in three ways: one digit, two digits swapped, and a neighbouring cell's value
put in. Deterministic: every change that is possible is seeded by the sentence.

usage: python benchmarks/hitab.py [CLAIMS.jsonl] [--list]
"""

from __future__ import annotations

import json
import random
import re
import sys
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from validator import checks, languages
from validator.discover.claims import claims
from validator.evaluate import evaluate
from validator.extract import grid
from validator.extract.lines import Block, Line
from validator.extract.prose import passages
from validator.model.extracts import Extract
from validator.model.figures import Figure
from validator.model.locations import Box
from validator.model.pages import Document, Word
from validator.model.settings import DEFAULT
from validator.model.tables import Table
from validator.model.verdicts import Verdict

CLAIMS = Path(__file__).resolve().parents[2] / "shared/bench/hitab/claims-dev.jsonl"
SEED = 20
_CELL = re.compile(r"([A-Z])(\d+)")
_YEAR = re.compile(r"(?:19|20)\d\d")  # names a period, and is no claim
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


class Claim(NamedTuple):
    """A sentence, and the numbers that it claims as they are printed in it: (start, stop)."""

    text: str
    numbers: tuple[tuple[int, int], ...]
    cells: tuple[tuple[int, int], ...]


def block(text: str, top: float) -> Block:
    """A sentence as one line of a page below the table."""
    words, x = [], 0.0
    for word in text.split():
        edges = tuple(x + i for i in range(len(word) + 1))
        words.append(Word(word, Box(x, top, x + len(word), top + 1), edges, 1.0))
        x += len(word) + 1
    return Block(1, (Line(tuple(words), Box(0, top, x, top + 1)),), Box(0, top, x, top + 1))


def raised(table: Table, texts: list[str]) -> list[tuple[str, Figure, str]]:
    """Every contradiction between a table and sentences about it: kind, figure and message."""
    language = languages.load("en")
    prose = [
        passages([block(text, 1000.0 + 10 * i)], table.document, language, None, DEFAULT)
        for i, text in enumerate(texts)
    ]
    extract = Extract(
        Document(table.document, "", ()),
        "en",
        (table,),
        tuple(one for p in prose for one in p.passages),
        (*table.figures(), *(figure for p in prose for figure in p.figures)),
    )
    kinds = checks.kinds()
    found = []
    for one in claims(extract, language, DEFAULT):
        for relation in kinds[one.bound.kind].relations(one.bound):
            outcome = evaluate(relation)
            if outcome.verdict is Verdict.VIOLATED:
                found.append((one.bound.kind, one.bound, kinds[one.bound.kind].message(one.bound, outcome)))
    return found


def claim_of(raw: dict) -> Claim:
    """The claimed numbers of a sentence: those that equal the answer, in percent or not."""
    text = " ".join(raw["sub_sentence"].split())
    wanted = {value for part in raw["key_part"] for value in _values(part)}
    numbers = tuple(
        m.span()
        for m in _NUMBER.finditer(text)
        if Decimal(m.group().replace(",", "")) in wanted and not _YEAR.fullmatch(m.group())
    )
    formulas = [str(part) for part in raw["answer_formula"]]
    cells = tuple(
        (int(row) - 1, ord(column) - ord("A")) for formula in formulas for column, row in _CELL.findall(formula)
    )
    return Claim(text, numbers, cells)


def _values(part: object) -> list[Decimal]:
    try:
        value = Decimal(str(part).replace(",", "."))
    except InvalidOperation:
        return []
    return [value, value * 100]


def changes(claim: Claim, table: list[list[str]]) -> list[tuple[str, str]]:
    """The sentence with its claimed number changed, each with the kind of change."""
    if len(claim.numbers) != 1 or not claim.cells:
        return []
    start, stop = claim.numbers[0]
    printed = claim.text[start:stop]
    chance = random.Random(f"{SEED} {claim.text}")  # noqa: S311 - to be repeatable, not to be secret
    found = []
    digits = [i for i, c in enumerate(printed) if c.isdigit()]
    at = chance.choice(digits)
    lowest = 1 if at == 0 else 0
    other = chance.choice([d for d in range(lowest, 10) if str(d) != printed[at]])
    found.append(("digit", printed[:at] + str(other) + printed[at + 1 :]))
    pairs = [(a, b) for a, b in pairwise(digits) if printed[a] != printed[b] and not (a == 0 and printed[b] == "0")]
    if pairs:
        a, b = chance.choice(pairs)
        swapped = list(printed)
        swapped[a], swapped[b] = swapped[b], swapped[a]
        found.append(("swap", "".join(swapped)))
    row, column = claim.cells[0]
    near = [(row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column)]
    texts = [table[r][c].strip() for r, c in near if 0 <= r < len(table) and 0 <= c < len(table[r])]
    values = [
        text
        for text in texts
        if _NUMBER.fullmatch(text) and not _YEAR.fullmatch(text) and text.replace(",", "") != printed.replace(",", "")
    ]
    if values:
        found.append(("neighbour", chance.choice(values)))
    return [(kind, claim.text[:start] + text + claim.text[stop:]) for kind, text in found]


def main(arguments: list[str]) -> int:
    listing = "--list" in arguments
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    language = languages.load("en")
    alone = together = 0
    tables = sentences = 0
    tried: dict[str, int] = {}
    caught: dict[str, int] = {}
    for line in (paths[0] if paths else CLAIMS).read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        table = grid(raw["table"], raw["file"], language, DEFAULT)
        tables += 1
        own = [claim_of(one) for one in raw["claims"]]
        whole = list(dict.fromkeys(" ".join(one["sentence"].split()) for one in raw["claims"]))
        sentences += len(own)
        for text in dict.fromkeys([*(claim.text for claim in own), *whole]):
            for kind, _, message in raised(table, [text]):
                alone += 1
                print(f"FALSE ALARM {raw['file']}: {text}\n    {kind}: {message}")
        for kind, _, message in raised(table, whole):
            together += 1
            print(f"FALSE ALARM {raw['file']} (all sentences)\n    {kind}: {message}")
        for claim in own:
            for kind, text in changes(claim, raw["table"]):
                tried[kind] = tried.get(kind, 0) + 1
                found = raised(table, [text])
                caught[kind] = caught.get(kind, 0) + bool(found)
                if listing:
                    print(f"{'caught' if found else 'MISSED'} {raw['file']} {kind}: {text}")
                    for name, _, message in found:
                        print(f"      {name}: {message}")
    print(f"{tables} tables, {sentences} sentences")
    print(f"false alarms: {alone} with one sentence at a time, {together} with all sentences of a table")
    for kind, count in tried.items():
        print(f"{kind}: {caught.get(kind, 0)} of {count} caught ({caught.get(kind, 0) / count:.0%})")
    total, hits = sum(tried.values()), sum(caught.values())
    print(f"all: {hits} of {total} caught ({hits / max(total, 1):.0%})")
    return 1 if alone or together else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
