"""Lists that run in parallel: "1,204, 87 and 352 cases in the North, the East and the South respectively".

In: a `Sentence` with a word for "respectively", the tables that have its words. Out: `Reading`s: the figures of the
list are the cells of the lines that the sentence names, in their order. Only where half of the list holds at least:
then the order is the one that is meant. Must not decide which readings are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.discover.claims_axes import axis, figure_at, lines
from validator.discover.claims_readings import one, tie
from validator.model.language import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.discover.claims_axes import Axis, Named
    from validator.discover.claims_readings import Reading
    from validator.discover.claims_sentences import Quantity, Sentence
    from validator.discover.claims_tables import Sheet, Tables
    from validator.model.figures import Figure
    from validator.model.settings import Settings


def readings(sentence: Sentence, tables: Tables, settings: Settings) -> Iterator[Reading]:
    """The list of a sentence against each table that names as many lines."""
    listed = _listed(sentence, settings)
    if len(listed) < _LEAST:
        return
    for sheet in tables.of(sentence):
        for cells in _cells(sentence, sheet, len(listed)):
            ties = [
                tie(quantity.figure, one(cell), settings.fixed_bits, firm=True)
                for quantity, cell in zip(listed, cells, strict=True)
            ]
            right = sum(reading.holds for reading in ties)
            if 2 * right >= len(ties):
                yield from ties


_LEAST = 2  # one figure, or one label, is no list


def _listed(sentence: Sentence, settings: Settings) -> list[Quantity]:
    """The figures of one kind that commas and an "and" join, next to the only word for "respectively"."""
    spots = sentence.spots_of(Topic.RESPECTIVELY)
    if len(spots) != 1:
        return []
    runs: list[list[Quantity]] = []
    for quantity in sentence.quantities:
        if (
            runs
            and quantity.figure.kind is runs[-1][-1].figure.kind
            and _joined(sentence, runs[-1][-1], quantity, settings)
        ):
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    long = [run for run in runs if len(run) >= _LEAST]
    return long[0] if len(long) == 1 else []


def _joined(sentence: Sentence, before: Quantity, after: Quantity, settings: Settings) -> bool:
    between = sentence.between(before, after)
    near = len(between.split()) <= settings.list_gap
    return near and ("," in between or ";" in between or Topic.AND in sentence.topics(before.stop, after.start))


def _cells(sentence: Sentence, sheet: Sheet, count: int) -> Iterator[list[Figure]]:
    """The cells of so many lines of one axis, in the order in which they are named, in the one line across them."""
    rows, columns = axis(sheet.rows, sentence), axis(sheet.columns, sentence)
    for named, across, turned in ((rows, columns, False), (columns, rows, True)):
        groups = _in_order(named)
        other = _only(across)
        if len(groups) == count and other is not None and not named.default:
            years = sentence.years
            spots = [(lines(group.group, years), lines(other.group, years)) for group in groups]
            if all(len(own) == len(theirs) == 1 for own, theirs in spots):
                places = [(own[0], theirs[0]) for own, theirs in spots]
                yield from _whole(sheet, [(c, r) if turned else (r, c) for r, c in places])
    ordered = [word.text for word in sentence.dates]
    if len(ordered) == count and len(set(ordered)) == count:
        row, column = _only(rows), _only(columns)
        if row is not None and column is not None:
            for at, across_, turned in ((column.group.at, row, False), (row.group.at, column, True)):
                fixed = lines(across_.group, frozenset())
                if all(year in at for year in ordered) and len(fixed) == 1:
                    yield from _whole(sheet, [(at[y], fixed[0]) if turned else (fixed[0], at[y]) for y in ordered])


def _whole(sheet: Sheet, places: Sequence[tuple[int, int]]) -> Iterator[list[Figure]]:
    cells = [figure_at(sheet.table, row, column) for row, column in places]
    there = [cell for cell in cells if cell is not None]
    if len(there) == len(cells):
        yield there


def _in_order(found: Axis) -> list[Named]:
    """The groups that are named by words of their own, in the order of the sentence."""
    named = [one_ for one_ in found.named if one_.group.own and one_.places]
    return sorted(named, key=lambda one_: min(word.start for word in one_.places))


def _only(found: Axis) -> Named | None:
    return found.named[0] if len(found.named) == 1 else None
