"""Which single misprints of the two CMM reports would stay unseen by their rule books.

Each figure of the corrected editions is misprinted in turn, one digit at a time, and the relations of the rule books
that it stands in are decided again; the misprint is seen where one that held is now violated. Two shares are printed
per report: of all misprints tried, and of figures of which every misprint tried is seen. The figures with a misprint
that stays unseen follow, with how many of theirs are seen.

A misprint changes one digit of the print to each other digit (a leading zero left out) and moves value and interval
along with it, so that a hedge keeps its meaning; numbers in words take the value next above and below. The rules are
bound once: a rule whose kind looks at values to choose its relations (a range, the mean of groups, a rank) is asked for
its relations anew.

usage: python benchmarks/mutations.py [--originals]     --originals misprints the reports as published instead
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from validator import checks, pipeline, rulebook
from validator.evaluate import evaluate
from validator.model.figures import Figure, NumeralKind
from validator.model.relations import Label, Labels, Linear, Sum, terms_of
from validator.model.rules import Series
from validator.model.settings import DEFAULT
from validator.model.tables import Table
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.model.extracts import Extract
    from validator.model.rules import BoundRule

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ("cmm-2011", "cmm-2023")
BOOKS = (*REPORTS, "cmm-editions")
DIGITS = "0123456789"
_SHORT = Context(prec=3)  # of a fraction, where it is only shown


@dataclass
class Tally:
    """The misprints of one figure: how many were tried, how many were seen."""

    tried: int = 0
    seen: int = 0
    unseen: list[str] = field(default_factory=list)


def misprints(figure: Figure) -> Iterator[Figure]:
    """The figure with each single misprint."""
    if figure.value is None:
        return
    for text, value in _digits(figure) if figure.text.strip().isascii() else _words(figure):
        moved = value - figure.value
        low, high = figure.interval.low, figure.interval.high
        interval = replace(
            figure.interval, low=None if low is None else low + moved, high=None if high is None else high + moved
        )
        yield replace(
            figure, text=text, quote=figure.quote.replace(figure.text, text, 1), value=value, interval=interval
        )


def _digits(figure: Figure) -> Iterator[tuple[str, Decimal]]:
    """Every other print that differs in one digit, with its value."""
    text = figure.text
    places = [place for place, mark in enumerate(text) if mark.isdigit()]
    if not places or figure.kind is NumeralKind.FRACTION:
        yield from _words(figure)
        return
    exponent = -figure.decimals
    for power, place in enumerate(reversed(places)):
        for digit in DIGITS:
            leading = place == places[0] and len(places) > 1 and digit == "0"
            if digit != text[place] and not leading:
                step = (int(digit) - int(text[place])) * Decimal(1).scaleb(power + exponent)
                yield text[:place] + digit + text[place + 1 :], (figure.value or Decimal(0)) + step


def _words(figure: Figure) -> Iterator[tuple[str, Decimal]]:
    """A number in words, or a fraction, that is another: one more or less, or half as much again or less."""
    value = figure.value or Decimal(0)
    step = value / 2 if figure.kind is NumeralKind.FRACTION else Decimal(1)
    for other in (value - step, value + step):
        if other >= 0:
            yield f"{figure.text}→{other.normalize(_SHORT):f}", other


def swapped(value: object, old: Figure, new: Figure) -> object:
    """A bound value with one figure in another's place."""
    if isinstance(value, Sum):
        return _in_sum(value, old, new)
    if isinstance(value, Series):
        points = tuple(point._replace(figure=new) if point.figure is old else point for point in value.points)
        return replace(value, points=points)
    if isinstance(value, Table):
        rows = tuple(
            tuple(replace(cell, figure=new) if cell.figure is old else cell for cell in row) for row in value.cells
        )
        return replace(value, cells=rows)
    if isinstance(value, Linear):
        return replace(value, stated=_in_sum(value.stated, old, new), other=_in_sum(value.other, old, new))
    if isinstance(value, tuple) and not isinstance(value, Label):
        return tuple(swapped(item, old, new) for item in value)
    return value


def _in_sum(one: Sum, old: Figure, new: Figure) -> Sum:
    return replace(one, terms=tuple(t._replace(figure=new) if t.figure is old else t for t in one.terms))


class Book:
    """The rules of a run, by the figures that they stand on."""

    def __init__(self, extracts: list[Extract]) -> None:
        self.kinds = checks.kinds()
        books = rulebook.load([str(ROOT / "rules" / f"{name}.yml") for name in BOOKS], self.kinds, DEFAULT)
        self.rules = rulebook.bind(books, extracts, self.kinds, DEFAULT).rules
        self.before = [self.violated(bound) for bound in self.rules]
        self.by_figure: Mapping[Figure, list[int]] = self._by_figure()

    def violated(self, bound: BoundRule) -> int:
        """How many relations of a rule are violated."""
        return sum(evaluate(one).verdict is Verdict.VIOLATED for one in self.kinds[bound.kind].relations(bound))

    def _by_figure(self) -> Mapping[Figure, list[int]]:
        found: defaultdict[Figure, dict[int, None]] = defaultdict(dict)
        for index, bound in enumerate(self.rules):
            for relation in self.kinds[bound.kind].relations(bound):
                for term in () if isinstance(relation, Labels) else terms_of(relation):
                    found[term.figure][index] = None
                if bound.kind in ("range", "mean", "rank"):  # may mean other relations once a value has changed
                    for value in bound.values.values():
                        for one in figures_of(value):
                            found[one][index] = None
        return {figure: list(rules) for figure, rules in found.items()}

    def sees(self, old: Figure, new: Figure) -> bool:
        """Whether some rule is violated oftener than before."""
        for index in self.by_figure.get(old, ()):
            bound = self.rules[index]
            values = {name: swapped(value, old, new) for name, value in bound.values.items()}
            if self.violated(replace(bound, values=values)) > self.before[index]:
                return True
        return False


def figures_of(value: object) -> Iterator[Figure]:
    """The figures of a bound value."""
    if isinstance(value, Sum):
        yield from value.figures()
    elif isinstance(value, Series):
        yield from (point.figure for point in value.points)
    elif isinstance(value, tuple):
        for item in value:
            yield from figures_of(item)


def tallies(extract: Extract, book: Book) -> dict[Figure, Tally]:
    """What became of the misprints of each figure of a report."""
    found: dict[Figure, Tally] = {}
    for figure in extract.figures:
        tally = found[figure] = Tally()
        for other in misprints(figure):
            seen = book.sees(figure, other)
            tally.tried += 1
            tally.seen += seen
            if not seen:
                tally.unseen.append(other.text)
    return found


def main(edition: str) -> None:
    """Print the measure for both reports."""
    extracts = [pipeline.figures(str(ROOT / "fixtures" / name / f"{edition}.pdf")) for name in REPORTS]
    book = Book(extracts)
    for name, extract in zip(REPORTS, extracts, strict=True):
        found = tallies(extract, book)
        tried, seen = (sum(getattr(tally, what) for tally in found.values()) for what in ("tried", "seen"))
        safe = sum(tally.seen == tally.tried for tally in found.values())
        ever = sum(tally.seen > 0 for tally in found.values())
        print(f"{name} ({edition}): {seen} of {tried} single misprints seen ({seen / tried:.1%})")
        print(f"  {ever} of {len(found)} figures have a misprint that is seen ({ever / len(found):.1%}),", end=" ")
        print(f"{safe} have none that stays unseen ({safe / len(found):.1%})")
        for figure, tally in found.items():
            if tally.unseen:
                label = " ".join(figure.label.split())[:70]
                where = f"page {figure.location.page}: {figure.quote or figure.text} ({label})"
                print(f"    {tally.seen} of {tally.tried} seen  {where}: unseen {', '.join(tally.unseen[:9])}")


if __name__ == "__main__":
    main("report" if "--originals" in sys.argv[1:] else "corrected")
