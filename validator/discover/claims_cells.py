"""What a figure of a sentence says of a table whose lines the sentence names: a value, a difference, a share.

In: a `Sentence`, the tables that have its words. Out: `Reading`s. A reading is firm where the sentence names exactly one
row and one column whole; the others only count when they hold.
"""

from __future__ import annotations

from bisect import bisect_right
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from validator.discover.claims_readings import change, multiple, one, share, tie, total_of
from validator.discover.claims_tables import Named, axis, best, figure_at, lines, nearest
from validator.discover.claims_words import is_year
from validator.model.figures import NumeralKind
from validator.model.language import Topic
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.discover.claims_readings import Reading
    from validator.discover.claims_sentences import Quantity, Sentence
    from validator.discover.claims_tables import Axis, Group, Sheet, Tables
    from validator.model.extracts import Mention
    from validator.model.figures import Figure
    from validator.model.settings import Settings

_STATED = (
    NumeralKind.COUNT,
    NumeralKind.DECIMAL,
    NumeralKind.PERCENT,
    NumeralKind.POINTS,
    NumeralKind.FRACTION,
    NumeralKind.MULTIPLE,
)


class _Place(NamedTuple):
    """A row group and a column group of a table, with the bits by which the sentence names them."""

    sheet: Sheet
    row: Named
    column: Named
    words: float
    firm: bool
    years: frozenset[str]
    told: tuple[bool, bool]  # whether the sentence, or the unit, says which row and which column


class Motion(NamedTuple):
    """What is said of a figure's movement: ``amount``: the figure is the size of a change, not a value."""

    moves: bool
    falls: bool
    amount: bool


def readings(sentence: Sentence, tables: Tables, settings: Settings) -> Iterator[Reading]:
    """What each figure of ``sentence`` may mean in each table that has its words."""
    if not any(q.figure.value is not None for q in sentence.quantities):
        return
    sheets = tables.of(sentence)
    near = sorted(abs(sheet.table.page - sentence.page) for sheet in sheets)
    for sheet in sheets:
        # A table is one of as many as stand no further away: so many would do as well.
        others = log2(bisect_right(near, abs(sheet.table.page - sentence.page)))
        spoken = sentence.without(sheet.numbers)
        rows, columns = axis(sheet.rows, sentence), axis(sheet.columns, sentence)
        common = min(sum(word in sentence.bag for word in tables.topic(sheet)), settings.topic_words) - others
        if not rows.named and common >= 1:
            for quantity in spoken.quantities:
                if quantity.counts and not is_year(quantity.number, settings):
                    yield from _columns_sum(spoken, quantity, sheet, columns, common, settings)
        if not rows.named or (rows.default and columns.default and not _general(sentence, common)):
            continue
        for quantity in spoken.quantities:
            stated = quantity.figure.value is not None and quantity.figure.kind in _STATED
            if quantity.share:
                yield from _bracketed(sentence, quantity, sheet, settings)
            own = _without_wholes(spoken) if quantity.share else spoken
            if (
                stated
                and _measures(quantity, sheet)
                and (not quantity.number or not is_year(quantity.number, settings))
            ):
                yield from _of(own, quantity, sheet, (rows, columns), common, settings)


def _without_wholes(sentence: Sentence) -> Sentence:
    """A share's whole stands between it and what it is of: "98 % of the 1,776 acres in Ontario"."""
    return sentence.without(frozenset(q.number for q in sentence.quantities if not q.share and whole_of(sentence, q)))


def _measures(quantity: Quantity, sheet: Sheet) -> bool:
    """Whether the table can hold a figure of this unit; percentages are looked at column by column."""
    return quantity.share or not quantity.figure.unit or quantity.figure.unit.casefold() in sheet.printed


def _columns_sum(
    sentence: Sentence, quantity: Quantity, sheet: Sheet, found: Axis, common: float, settings: Settings
) -> Iterator[Reading]:
    """A sentence that names no row may speak of all of them together, where the table prints no total."""
    motion = motion_of(sentence, quantity)
    columns, sure = _columns(sheet, found, sentence, quantity, motion)
    if len(columns) != 1 or motion.amount or len(quantity.number) < settings.telling_digits:
        return
    for column in lines(columns[0].group, sentence.years_of(quantity)):
        stubs = enumerate(sheet.table.stubs)
        figures = [figure_at(sheet.table, r, column) for r, stub in stubs if stub.role is Role.BODY]
        parts = [figure for figure in figures if figure is not None]
        if len(parts) > 1:
            words = common + len(_telling(columns[0], sheet.columns))
            firm = sure and not whole_of(sentence, quantity) and not _elsewhere(sentence, quantity)
            yield tie(quantity.figure, total_of(parts), words, firm=firm)


def _general(sentence: Sentence, common: float) -> bool:
    """Whether a sentence speaks of everything in a table by the words of its caption."""
    topics = sentence.topics(sentence.start, sentence.stop)
    return common > 1 and bool(topics & {Topic.TOTAL, Topic.ALL})


def _of(
    sentence: Sentence, quantity: Quantity, sheet: Sheet, axes: tuple[Axis, Axis], common: float, settings: Settings
) -> Iterator[Reading]:
    if quantity.figure.kind is NumeralKind.MULTIPLE:
        yield from _multiples(sentence, quantity, sheet, axes, settings)
        return
    motion, years = motion_of(sentence, quantity), sentence.years_of(quantity)
    rows, row_sure = nearest(axes[0], sentence, quantity)
    columns, column_sure = _columns(sheet, axes[1], sentence, quantity, motion)
    sole = row_sure and column_sure and not whole_of(sentence, quantity) and not _elsewhere(sentence, quantity)
    for row in rows:
        for column in columns:
            named = len(_telling(row, sheet.rows) | _telling(column, sheet.columns))
            dated = _dated(row, years) + _dated(column, years)
            words = named + dated + common
            firm = sole and (named >= 1 or common >= settings.topic_words)
            whole = bool({Topic.TOTAL, Topic.ALL} & sentence.topics(sentence.start, sentence.stop))
            told = [bool(one.words) or len(one.group.at) > 1 or (one.group.total and whole) for one in (row, column)]
            measured = quantity.share or bool(quantity.figure.unit)
            by_unit = measured and column.group not in [one.group for one in axes[1].named if one.words]
            firm = firm and _same_bounds(sentence, row, sheet)
            place = _Place(sheet, row, column, words, firm, years, (told[0], told[1] or by_unit))
            yield from _values(place, quantity, sentence, motion)
            yield from _moves(place, quantity, sentence, motion)
            yield from _shares(place, quantity, sentence)


def _same_bounds(sentence: Sentence, row: Named, sheet: Sheet) -> bool:
    """Whether a line that is named by a number alone has the hedge that the sentence gives it: not "fewer than 1,000"
    for "1,000 or more".
    """
    if not row.words or not all(word[0].isdigit() for word in row.words):
        return True
    labels = [sheet.table.stubs[line].label.casefold() for line in row.group.at.values()]
    hedges = [m.figure.hedge.casefold() for m in _all(sentence) if _number(m.figure) in row.words]
    return all(hedge in label for hedge in hedges for label in labels)


def _number(figure: Figure) -> str:
    return "" if figure.value is None or figure.decimals else str(int(figure.value))


def _elsewhere(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure is listed "respectively", or is what another one is compared with: its line is named far off."""
    if sentence.spots_of(Topic.RESPECTIVELY):
        return True
    start, stop = sentence.clause(quantity)
    low = sentence.before(quantity)
    compared = Topic.COMPARED in sentence.topics(low, quantity.start)
    return compared and low > sentence.start and not any(start <= w.start and w.stop <= stop for w in sentence.dates)


def _telling(found: Named, groups: Sequence[Group]) -> frozenset[str]:
    """The words that tell a line from others; where there is but one they tell nothing."""
    return found.words if len(groups) > 1 else frozenset()


def _columns(
    sheet: Sheet, found: Axis, sentence: Sentence, quantity: Quantity, motion: Motion
) -> tuple[tuple[Named, ...], bool]:
    """The columns that are named and may hold the figure; else the only one of its unit, or with years for a change."""
    fitting = _fitting(found.named, sheet, quantity)
    if fitting and not found.default:
        return nearest(found._replace(named=tuple(fitting)), sentence, quantity)
    if quantity.share and not motion.amount and sheet.percent.count(True) == 1:
        line = sheet.percent.index(True)
        return tuple(Named(group, frozenset(), ()) for group in sheet.columns if line in group.at.values()), True
    free = [Named(group, frozenset(), ()) for group in sheet.columns if _free(group, sentence)]
    if motion.amount:
        dated = [one for one in free if sum(bool(year) for year in one.group.at) > 1]
        relative = [one for one in free if one not in dated and _relative(one, sheet)] if quantity.share else []
        return (*dated, *relative), len(dated) == 1
    if quantity.figure.unit:
        measured = [one for one in free if _measured(one, sheet, quantity)]
        if len(measured) == 1:
            return tuple(measured), not found.partly
    fitting = _fitting(free, sheet, quantity) if not found.default else fitting
    if quantity.share:
        fitting = [one for one in free if _relative(one, sheet)] or fitting
    return tuple(fitting), len(fitting) == 1 and not found.partly


def _free(group: Group, sentence: Sentence) -> bool:
    """Whether a label says nothing that the sentence would have to repeat."""
    return not group.own or all(word in sentence.bag for word in group.own) or group.total or _only_one(group, sentence)


def _only_one(group: Group, sentence: Sentence) -> bool:
    return len(group.at) > 1 and not group.above


def _relative(one: Named, sheet: Sheet) -> bool:
    return all(sheet.percent[line] is True for line in one.group.at.values())


def _measured(one: Named, sheet: Sheet, quantity: Quantity) -> bool:
    """Whether a column's header prints the unit of a figure."""
    unit = quantity.figure.unit.casefold()
    return any(unit in sheet.table.headers[line].label.casefold().split() for line in one.group.at.values())


def _dated(found: Named, years: frozenset[str]) -> bool:
    return any(year and year in years for year in found.group.at)


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
    spots = [spot for spot in spots if spot.start < quantity.stop or _close(sentence, quantity, spot.start)]
    if not spots:
        return Motion(moves=False, falls=False, amount=False)
    best = min(spots, key=lambda spot: min(abs(quantity.start - spot.stop), abs(spot.start - quantity.stop)))
    falls = best.sense.topic is Topic.FALL
    if best.start >= quantity.stop:
        return Motion(moves=True, falls=falls, amount=True)
    last = [spot for spot in sentence.spots if best.stop <= spot.start and spot.stop <= quantity.start]
    by = {(spot.start, spot.stop) for spot in last if spot.sense.topic is Topic.BY}
    away = {Topic.TO, Topic.FROM}
    amount = bool(by) and not any(s.sense.topic in away and (s.start, s.stop) not in by for s in last)
    return Motion(moves=True, falls=falls, amount=amount or quantity.figure.kind is NumeralKind.POINTS)


def _close(sentence: Sentence, quantity: Quantity, start: int) -> bool:
    """Whether what follows a figure belongs to it: "5 points higher", "a 5-acre rise"."""
    text = sentence.passage.text[quantity.stop : start]
    return len(text.split()) <= 1 and not any(sign in text for sign in _STOPS)


_STOPS = ",;:()"


def whole_of(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a figure is a whole of which the sentence tells a part: "55 of the 112", "of the 112, 55 are"."""
    return part_before(sentence, quantity) is not None or begins_with(sentence, quantity)


def part_before(sentence: Sentence, quantity: Quantity) -> Quantity | None:
    """The 55 of "55 of the 112"."""
    for spot in _partitives(sentence, quantity):
        for part in sentence.quantities:
            if part.stop <= spot and not _wordy(sentence, part.stop, spot):
                return part
    return None


def begins_with(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a sentence begins with "of the 112"."""
    return any(not sentence.passage.text[sentence.start : spot].strip() for spot in _partitives(sentence, quantity))


def _partitives(sentence: Sentence, quantity: Quantity) -> list[int]:
    """Where a word like "of" stands right before a figure."""
    return [
        spot.start
        for spot in sentence.spots_of(Topic.PARTITIVE)
        if spot.stop <= quantity.start and not _wordy(sentence, spot.stop, quantity.start)
    ]


def _wordy(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether a part holds more than an article."""
    return len(sentence.passage.text[start:stop].split()) > 1


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


def _cells(place: _Place) -> list[tuple[int, int, Figure]]:
    return [
        (r, c, figure)
        for r in lines(place.row.group, place.years)
        for c in lines(place.column.group, place.years)
        if (figure := figure_at(place.sheet.table, r, c)) is not None
    ]


def _beside(place: _Place, row: int, column: int) -> list[Figure]:
    """The other figures of a cell's row and column, where the sentence says that it is not them."""
    table, around = place.sheet.table, []
    if all(place.told):
        around += [figure_at(table, row, c) for c in range(len(table.headers)) if c != column]
        around += [figure_at(table, r, column) for r in range(len(table.stubs)) if r != row]
    return [figure for figure in around if figure is not None]


def _values(place: _Place, quantity: Quantity, sentence: Sentence, motion: Motion) -> Iterator[Reading]:
    """The figure is the cell's."""
    if motion.amount or quantity.figure.kind in (NumeralKind.POINTS, NumeralKind.MULTIPLE):
        return
    table, cells = place.sheet.table, _cells(place)
    for r, c, figure in cells:
        percent = place.sheet.percent
        if quantity.share and (percent[c] is False or (percent[c] is None and True in percent)):
            continue
        if quantity.figure.kind is NumeralKind.FRACTION:
            continue
        # Where no year is spoken of, any year's value will do, and none of them may be it.
        firm = place.firm and (len(cells) == 1 or not sentence.dates)
        beside = _beside(place, r, c)
        yield tie(quantity.figure, one(figure), place.words, tries=len(cells), firm=firm, beside=beside)


def _moves(place: _Place, quantity: Quantity, sentence: Sentence, motion: Motion) -> Iterator[Reading]:
    """The figure is the change of the cells from one year to another."""
    if not motion.moves:
        return
    for old, new, around, sure in _pairs(place, sentence):
        beside = around if len(sentence.years) > 1 else []
        if old.value or not quantity.share:
            goes = (new.value or 0) < (old.value or 0) if motion.falls else (new.value or 0) > (old.value or 0)
            firm = place.firm and sure and motion.amount and goes and _arrives(sentence, quantity, new)
            yield change(
                quantity.figure, one(new), one(old), place.words + 1, falling=motion.falls, firm=firm, beside=beside
            )


def _arrives(sentence: Sentence, quantity: Quantity, new: Figure) -> bool:
    """Whether a value that the change is said to lead to ("by 7 % to 3,318") is the one of the table."""
    after = [q for q in sentence.quantities if q.start >= quantity.stop]
    leads = bool(after) and Topic.TO in sentence.topics(quantity.stop, after[0].start)
    return not leads or after[0].figure.value == new.value


def _multiples(
    sentence: Sentence, quantity: Quantity, sheet: Sheet, axes: tuple[Axis, Axis], settings: Settings
) -> Iterator[Reading]:
    """The figure says how many times one line is another, or one year the other."""
    rows, columns = (_whole_sentence(one, sentence) for one in axes)
    for named, others, turned in ((rows, columns, False), (columns, rows, True)):
        told = [one for one in named if one.group.own and one.places]
        if len(told) == 2 and len(others) == 1:
            first, second = sorted(told, key=lambda one: one.places[0].start)
            cells = [_single(sheet, one, others[0], sentence, turned=turned) for one in (first, second)]
            if cells[0] and cells[1] and cells[1].value:
                words = settings.fixed_bits + len(told)
                yield multiple(quantity.figure, one(cells[0]), one(cells[1]), words, firm=not axes[turned].partly)
                if cells[0].value:  # "compared with the men, there were twice as many women"
                    yield multiple(quantity.figure, one(cells[1]), one(cells[0]), words, firm=False)
    if len(rows) == 1 and len(columns) == 1:
        telling = len(_telling(rows[0], sheet.rows) | _telling(columns[0], sheet.columns))
        place = _Place(sheet, rows[0], columns[0], telling, telling > 0, sentence.years, (True, True))
        for old, new, _, sure in _pairs(place, sentence):
            if old.value:
                firm = place.firm and sure and len(sentence.years) > 1
                yield multiple(quantity.figure, one(new), one(old), place.words + 1, firm=firm)


def _whole_sentence(found: Axis, sentence: Sentence) -> tuple[Named, ...]:
    return best(found.named, sentence.start, sentence.stop)


def _single(sheet: Sheet, found: Named, other: Named, sentence: Sentence, *, turned: bool) -> Figure | None:
    """The only cell of a line in the line across it, in the years that are spoken of."""
    across = [(r, c) for r in lines(found.group, sentence.years) for c in lines(other.group, sentence.years)]
    spots = [(c, r) for r, c in across] if turned else across
    return figure_at(sheet.table, *spots[0]) if len(spots) == 1 else None


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
                beside = [f for r, c in spots for f in _beside(place, r, c)]
                yield figures[0], figures[1], [*beside, *(f for f in figures if f)], sure


def _shares(place: _Place, quantity: Quantity, sentence: Sentence) -> Iterator[Reading]:
    """The figure is the share of the cell in its row or column."""
    if not quantity.share:
        return
    table, cells = place.sheet.table, _cells(place)
    for r, c, part in cells:
        if place.sheet.percent[c] is True:
            continue
        wholes = list(_wholes(place, r, c, sentence))
        for whole in wholes:
            if sum(figure.value or 0 for figure in whole) >= (part.value or 0) > 0:
                spoken = len(whole) == 1 and any(q.figure.value == whole[0].value for q in _all(sentence))
                firm = place.firm and len(cells) == 1 and spoken
                beside = _beside(place, r, c)
                yield share(
                    quantity.figure, one(part), total_of(whole), place.words,
                    tries=len(wholes), firm=firm, beside=beside,
                )  # fmt: skip


def _bracketed(sentence: Sentence, quantity: Quantity, sheet: Sheet, settings: Settings) -> Iterator[Reading]:
    """A percentage with its count in brackets, where the count is one cell of the table: its share in row or column."""
    text = sentence.passage.text
    counts = [
        q
        for q in sentence.quantities
        if q.counts and q.start > quantity.stop and text[quantity.stop : q.start].strip() == "("
    ]
    if len(counts) != 1 or len(counts[0].number) < settings.telling_digits:
        return
    table = sheet.table
    cells = [
        (r, c)
        for r, row in enumerate(table.cells)
        for c, cell in enumerate(row)
        if cell.figure is not None and cell.figure.value == counts[0].figure.value
    ]
    if len(cells) != 1:
        return
    (r, c), nothing = cells[0], Named(sheet.rows[0], frozenset(), ())
    part = figure_at(table, r, c)
    if part is None:
        return
    place = _Place(sheet, nothing, nothing, 0, True, frozenset(), (True, True))
    wholes = [whole for whole in _wholes(place, r, c, sentence) if sum(f.value or 0 for f in whole) > (part.value or 0)]
    for whole in wholes:
        yield share(
            quantity.figure, one(part), total_of(whole), settings.fixed_bits - 1,
            tries=len(wholes), firm=True, beside=_beside(place, r, c),
        )  # fmt: skip


def _all(sentence: Sentence) -> list[Mention]:
    return [m for m in sentence.passage.mentions if sentence.start <= m.start < sentence.stop]


def _wholes(place: _Place, row: int, column: int, sentence: Sentence) -> Iterator[list[Figure]]:
    """What a cell may be a share of: figures of its row or column that the sentence states, a total, or all together."""
    table = place.sheet.table
    spoken = {mention.figure.value for mention in _all(sentence)}
    down = [(stub.role, figure_at(table, r, column)) for r, stub in enumerate(table.stubs) if r != row]
    along = [
        (head.role, figure_at(table, row, c))
        for c, head in enumerate(table.headers)
        if c != column and place.sheet.percent[c] is not True
    ]
    own = table.cells[row][column].figure
    stated = [f for _, f in (*down, *along) if f is not None and f.value in spoken]
    if own is not None and own.value in spoken:
        stated = []
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
