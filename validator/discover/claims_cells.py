"""What a figure of a sentence says of a table whose lines the sentence names: a value, a difference, a share.

In: a `Sentence`, the tables that have its words. Out: `Reading`s. A reading is firm where the sentence names exactly one
row and one column whole; the others only count when they hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from validator.discover.claims_readings import change, multiple, one, share, tie, total_of
from validator.discover.claims_tables import axis, figure_at, lines, nearest
from validator.model.figures import NumeralKind
from validator.model.language import Topic
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.discover.claims_readings import Reading
    from validator.discover.claims_sentences import Quantity, Sentence
    from validator.discover.claims_tables import Axis, Group, Named, Sheet, Tables
    from validator.model.figures import Figure
    from validator.model.settings import Settings
    from validator.model.tables import Table

_STATED = (NumeralKind.COUNT, NumeralKind.DECIMAL, NumeralKind.PERCENT, NumeralKind.POINTS, NumeralKind.FRACTION)


class _Place(NamedTuple):
    """A row group and a column group of a table, with the bits by which the sentence names them."""

    sheet: Sheet
    row: Named
    column: Named
    words: float
    firm: bool


class Motion(NamedTuple):
    """What is said of a figure's movement: ``amount``: the figure is the size of a change, not a value."""

    moves: bool
    falls: bool
    amount: bool


def readings(sentence: Sentence, tables: Tables, settings: Settings) -> Iterator[Reading]:
    """What each figure of ``sentence`` may mean in each table that has its words."""
    stated = [q for q in sentence.quantities if q.figure.value is not None]
    if not stated:
        return
    for sheet in tables.of(sentence):
        rows, columns = axis(sheet.rows, sentence), axis(sheet.columns, sentence)
        if (rows.default and columns.default) or not rows.named or not columns.named:
            continue
        common = sum(word in sentence.bag for word in sheet.topic)
        for quantity in stated:
            if quantity.figure.kind in _STATED or quantity.figure.kind is NumeralKind.MULTIPLE:
                yield from _of(sentence, quantity, sheet, (rows, columns), common, settings)


def _of(
    sentence: Sentence, quantity: Quantity, sheet: Sheet, axes: tuple[Axis, Axis], common: int, settings: Settings
) -> Iterator[Reading]:
    if quantity.figure.text.strip() and _digits(quantity.figure) in sheet.numbers:
        return
    motion = motion_of(sentence, quantity)
    rows = nearest(axes[0].named, sentence, quantity)
    columns = nearest(_fitting(axes[1].named, sheet, quantity), sentence, quantity)
    sole = len(rows) == 1 and len(columns) == 1
    for row in rows:
        for column in columns:
            named = len(row.words | column.words)
            dated = _dated(row, sentence) or _dated(column, sentence)
            words = named + dated + min(common, settings.topic_words)
            place = _Place(sheet, row, column, words, sole and named + dated >= 1)
            yield from _values(place, quantity, sentence, motion)
            yield from _moves(place, quantity, sentence, motion)
            yield from _shares(place, quantity, sentence)


def _digits(figure: Figure) -> str:
    return "" if figure.value is None or figure.decimals else str(int(figure.value))


def _dated(found: Named, sentence: Sentence) -> bool:
    return any(year and year in sentence.years for year in found.group.at)


def motion_of(sentence: Sentence, quantity: Quantity) -> Motion:
    """Whether a rise or fall is spoken of beside a figure, and whether the figure is its size."""
    low, high = sentence.before(quantity), sentence.after(quantity)
    spots = [
        spot
        for spot in sentence.spots
        if spot.sense.topic in (Topic.RISE, Topic.FALL)
        and low <= spot.start
        and spot.stop <= high
        and not any(q.start < spot.stop and spot.start < q.stop for q in sentence.quantities)
    ]
    if not spots:
        return Motion(moves=False, falls=False, amount=False)
    best = min(spots, key=lambda spot: min(abs(quantity.start - spot.stop), abs(spot.start - quantity.stop)))
    falls = best.sense.topic is Topic.FALL
    if best.start >= quantity.stop:
        return Motion(moves=True, falls=falls, amount=True)
    last = [spot for spot in sentence.spots if best.stop <= spot.start and spot.stop <= quantity.start]
    amount = any(spot.sense.topic is Topic.BY for spot in last) and not any(
        spot.sense.topic in (Topic.TO, Topic.FROM) for spot in last
    )
    return Motion(moves=True, falls=falls, amount=amount or quantity.figure.kind is NumeralKind.POINTS)


def _fitting(found: Sequence[Named], sheet: Sheet, quantity: Quantity) -> list[Named]:
    """The columns that may hold a figure of this kind."""
    if quantity.figure.kind is NumeralKind.MULTIPLE:
        return list(found)
    relative = quantity.share
    if relative:
        own = [one for one in found if all(sheet.percent[line] is not False for line in one.group.at.values())]
        return own or list(found)
    if quantity.figure.kind is NumeralKind.COUNT and not quantity.figure.unit:
        return [one for one in found if all(sheet.percent[line] is not True for line in one.group.at.values())]
    return list(found)


def _cells(place: _Place, sentence: Sentence) -> list[tuple[int, int, Figure]]:
    return [
        (r, c, figure)
        for r in lines(place.row.group, sentence.years)
        for c in lines(place.column.group, sentence.years)
        if (figure := figure_at(place.sheet.table, r, c)) is not None
    ]


def _beside(table: Table, row: int, column: int) -> list[Figure]:
    """The other figures of a cell's row and column."""
    around = [figure_at(table, row, c) for c in range(len(table.headers)) if c != column]
    around += [figure_at(table, r, column) for r in range(len(table.stubs)) if r != row]
    return [figure for figure in around if figure is not None]


def _values(place: _Place, quantity: Quantity, sentence: Sentence, motion: Motion) -> Iterator[Reading]:
    """The figure is the cell's."""
    if motion.amount or quantity.figure.kind in (NumeralKind.POINTS, NumeralKind.MULTIPLE):
        return
    table, cells = place.sheet.table, _cells(place, sentence)
    for r, c, figure in cells:
        if quantity.share and place.sheet.percent[c] is False:
            continue
        if quantity.figure.kind is NumeralKind.FRACTION:
            continue
        firm = place.firm and len(cells) == 1
        yield tie(quantity.figure, one(figure), place.words, firm=firm, beside=_beside(table, r, c))


def _moves(place: _Place, quantity: Quantity, sentence: Sentence, motion: Motion) -> Iterator[Reading]:
    """The figure is the change of the cells from one year to another."""
    multiples = quantity.figure.kind is NumeralKind.MULTIPLE
    if not (motion.moves or multiples):
        return
    for old, new, beside, sure in _pairs(place, sentence):
        firm = place.firm and sure
        if multiples:
            if old.value:
                yield multiple(quantity.figure, one(new), one(old), place.words + 1, firm=firm)
        elif old.value or not quantity.share:
            falls = motion.falls
            yield change(
                quantity.figure, one(new), one(old), place.words + 1,
                falling=falls, firm=firm and motion.amount, beside=beside,
            )  # fmt: skip


def _pairs(place: _Place, sentence: Sentence) -> Iterator[tuple[Figure, Figure, list[Figure], bool]]:
    """Earlier and later figures; sure where the sentence names both years, or the line has no others."""
    table = place.sheet.table
    by_row = (place.row.group.at, lines(place.column.group, sentence.years), False)
    by_column = (place.column.group.at, lines(place.row.group, sentence.years), True)
    for at, across, turned in (by_row, by_column):
        years = sorted(year for year in at if year)
        wanted = [year for year in years if year in sentence.years]
        if len(years) < 2 or len(across) != 1:
            continue
        if len(wanted) < 2:
            last = wanted[0] if wanted else ""
            wanted = [y for y in years if last and y <= last][-2:] if last else []
            wanted = wanted if len(wanted) == 2 else years if len(years) == 2 else []
        sure = len(wanted) == 2
        for old, new in [(wanted[0], wanted[-1])] if wanted else []:
            spots = [(across[0], at[y]) if turned else (at[y], across[0]) for y in (old, new)]
            figures = [figure_at(table, r, c) for r, c in spots]
            if figures[0] is not None and figures[1] is not None:
                beside = [f for r, c in spots for f in _beside(table, r, c)]
                yield figures[0], figures[1], [*beside, *(f for f in figures if f)], sure


def _shares(place: _Place, quantity: Quantity, sentence: Sentence) -> Iterator[Reading]:
    """The figure is the share of the cell in its row or column."""
    if not quantity.share:
        return
    table, cells = place.sheet.table, _cells(place, sentence)
    for r, c, part in cells:
        if place.sheet.percent[c] is True:
            continue
        wholes = list(_wholes(place, r, c, sentence))
        for whole in wholes:
            if sum(figure.value or 0 for figure in whole) > 0:
                firm = place.firm and len(cells) == 1 and len(wholes) == 1
                beside = _beside(table, r, c)
                yield share(
                    quantity.figure, one(part), total_of(whole), place.words,
                    tries=len(wholes), firm=firm and len(whole) == 1, beside=beside,
                )  # fmt: skip


def _wholes(place: _Place, row: int, column: int, sentence: Sentence) -> Iterator[list[Figure]]:
    """What a cell may be a share of: figures of its row or column that the sentence states, a total, or all together."""
    table = place.sheet.table
    spoken = {q.figure.value for q in sentence.quantities if q.counts}
    down = [(stub.role, figure_at(table, r, column)) for r, stub in enumerate(table.stubs) if r != row]
    along = [(head.role, figure_at(table, row, c)) for c, head in enumerate(table.headers) if c != column]
    own = table.cells[row][column].figure
    stated = [f for _, f in (*down, *along) if f is not None and f.value in spoken]
    if stated:
        yield stated[:1]
        return
    for others in (down, along):
        totals = [f for role, f in others if role is Role.TOTAL and f is not None]
        if totals:
            yield totals[:1]
        else:
            body = [f for role, f in others if role is Role.BODY and f is not None]
            if own is not None and len(body) > 1:
                yield [own, *body]


def group_of(found: Axis) -> Group | None:
    """The only group that is named."""
    return found.named[0].group if len(found.named) == 1 else None
