"""What a figure of a sentence says of a table whose lines the sentence names: a value, a difference, a share.

In: a `Sentence`, the tables that have its words. Out: `Reading`s. A reading is firm where the sentence names exactly
one row and one column whole; the others only count when they hold.
"""

from __future__ import annotations

from bisect import bisect_right
from math import log2
from typing import TYPE_CHECKING

from validator.discover import claims_beside
from validator.discover.claims_axes import axis, figure_at, lines, nearest
from validator.discover.claims_phrasing import arrives, elsewhere, motion_of, said, whole_of, without_wholes
from validator.discover.claims_places import (
    Place,
    beside_of,
    cells_of,
    columns_of,
    dated,
    pairs_of,
    same_bounds,
    single_of,
    telling,
    whole_sentence,
    wholes_of,
)
from validator.discover.claims_readings import change, multiple, one, share, tie, total_of
from validator.discover.claims_words import Bag, is_year, words
from validator.model.figures import NumeralKind
from validator.model.language import Topic
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.discover.claims_axes import Axis, Named
    from validator.discover.claims_phrasing import Motion
    from validator.discover.claims_readings import Reading
    from validator.discover.claims_sentences import Quantity, Sentence
    from validator.discover.claims_tables import Sheet, Tables
    from validator.model.settings import Settings

_STATED = (
    NumeralKind.COUNT,
    NumeralKind.DECIMAL,
    NumeralKind.PERCENT,
    NumeralKind.POINTS,
    NumeralKind.FRACTION,
    NumeralKind.MULTIPLE,
)


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
                yield from claims_beside.readings(sentence, quantity, sheet, (rows, columns), settings)
            own = without_wholes(spoken) if quantity.share else spoken
            if (
                stated
                and _measures(quantity, sheet)
                and (not quantity.number or not is_year(quantity.number, settings))
            ):
                yield from _of(own, quantity, sheet, (rows, columns), common, settings)


def _measures(quantity: Quantity, sheet: Sheet) -> bool:
    """Whether the table can hold a figure of this unit; percentages are looked at column by column."""
    figure = quantity.figure
    if quantity.share or not figure.unit or figure.unit.casefold() in sheet.printed:
        return True
    return figure.decimals < 0 and sheet.scaled  # “14.7 million kroner” in a table that says “DKKm”


def _columns_sum(
    sentence: Sentence, quantity: Quantity, sheet: Sheet, found: Axis, common: float, settings: Settings
) -> Iterator[Reading]:
    """A sentence that names no row may speak of all of them together, where the table prints no total."""
    motion = motion_of(sentence, quantity)
    columns, sure = columns_of(sheet, found, sentence, quantity, motion)
    if len(columns) != 1 or motion.amount or len(quantity.number) < settings.telling_digits:
        return
    for column in lines(columns[0].group, sentence.years_of(quantity)):
        stubs = enumerate(sheet.table.stubs)
        figures = [figure_at(sheet.table, r, column) for r, stub in stubs if stub.role is Role.BODY]
        parts = [figure for figure in figures if figure is not None]
        if len(parts) > 1:
            words = common + len(telling(columns[0], sheet.columns))
            firm = sure and not whole_of(sentence, quantity) and not elsewhere(sentence, quantity)
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
    columns, column_sure = columns_of(sheet, axes[1], sentence, quantity, motion)
    sole = row_sure and column_sure and not whole_of(sentence, quantity) and not elsewhere(sentence, quantity)
    for row in rows:
        for column in columns:
            named = len(telling(row, sheet.rows) | telling(column, sheet.columns))
            in_year = dated(row, years) + dated(column, years)
            words = named + in_year + common + _of_unit(sheet, column, quantity)
            whole = bool({Topic.TOTAL, Topic.ALL} & sentence.topics(sentence.start, sentence.stop))
            counted = whole and row.group.total and _things(sentence, quantity, column, sheet, settings)
            firm = sole and (named >= 1 or common >= settings.topic_words or counted)
            told = [bool(one.words) or len(one.group.at) > 1 or (one.group.total and whole) for one in (row, column)]
            measured = quantity.share or bool(quantity.figure.unit)
            by_unit = measured and column.group not in [one.group for one in axes[1].named if one.words]
            # The word for a total, and a unit that only one column has, name a line as well as its own words do.
            total = whole and any(one.group.total and not one.words for one in (row, column))
            firm = firm and words + by_unit + total >= settings.claim_words and same_bounds(sentence, row, sheet)
            place = Place(sheet, row, column, words, firm, years, (told[0], told[1] or by_unit))
            yield from _values(place, quantity, sentence, motion)
            yield from _moves(place, quantity, sentence, motion)
            yield from _shares(place, quantity, sentence)


def _of_unit(sheet: Sheet, column: Named, quantity: Quantity) -> bool:
    """Whether a percentage is looked for in the only column of percentages."""
    lines = list(column.group.at.values())
    return quantity.share and sheet.percent.count(True) == len(lines) and all(sheet.percent[c] is True for c in lines)


def _things(sentence: Sentence, quantity: Quantity, column: Named, sheet: Sheet, settings: Settings) -> bool:
    """Whether a figure counts what a column does, in a year that the table is of: "545 persons", below "Persons"."""
    dates = {number for number in sheet.numbers if is_year(number, settings)}
    if sentence.years and dates and not sentence.years & dates:
        return False
    if quantity.figure.unit and not quantity.share:
        return quantity.figure.unit.casefold() in sheet.printed
    wanted = Bag(words(" ".join((*column.group.own, *(sheet.topic if not column.group.own else ())))), settings)
    behind = min((w for w in sentence.bag.all() if w.start >= quantity.stop), default=None, key=lambda w: w.start)
    if behind is not None and behind.text in wanted:
        return True
    subject = sentence.subject.texts()
    known = Bag(words(" ".join((*sheet.topic, *column.group.own, *column.words))), settings)
    alone = len(sentence.quantities) == 1 and sum(word not in known for word in subject) <= 1
    return alone and any(word in wanted for word in subject)


def _values(place: Place, quantity: Quantity, sentence: Sentence, motion: Motion) -> Iterator[Reading]:
    """The figure is the cell's."""
    if motion.amount or quantity.figure.kind in (NumeralKind.POINTS, NumeralKind.MULTIPLE):
        return
    cells = cells_of(place)
    for r, c, figure in cells:
        percent = place.sheet.percent
        if quantity.share and (percent[c] is False or (percent[c] is None and True in percent)):
            continue
        if quantity.figure.kind is NumeralKind.FRACTION:
            continue
        # Where no year is spoken of, any year's value will do, and none of them may be it.
        firm = place.firm and (len(cells) == 1 or not sentence.dates)
        firm = firm and (not quantity.share or percent[c] is True or not place.sheet.measured)
        beside = beside_of(place, r, c)
        yield tie(quantity.figure, one(figure), place.words, tries=len(cells), firm=firm, beside=beside)


def _moves(place: Place, quantity: Quantity, sentence: Sentence, motion: Motion) -> Iterator[Reading]:
    """The figure is the change of the cells from one year to another."""
    if not motion.moves:
        return
    for old, new, around, sure in pairs_of(place, sentence):
        beside = around if len(sentence.years) > 1 else []
        if old.value or not quantity.share:
            goes = (new.value or 0) < (old.value or 0) if motion.falls else (new.value or 0) > (old.value or 0)
            firm = place.firm and sure and motion.amount and goes and arrives(sentence, quantity, new)
            yield change(
                quantity.figure, one(new), one(old), place.words + 1, falling=motion.falls, firm=firm, beside=beside
            )


def _multiples(
    sentence: Sentence, quantity: Quantity, sheet: Sheet, axes: tuple[Axis, Axis], settings: Settings
) -> Iterator[Reading]:
    """The figure says how many times one line is another, or one year the other."""
    rows, columns = (whole_sentence(one, sentence) for one in axes)
    for named, others, turned in ((rows, columns, False), (columns, rows, True)):
        told = [one for one in named if one.group.own and one.places]
        if len(told) == 2 and len(others) == 1:
            first, second = sorted(told, key=lambda one: one.places[0].start)
            cells = [single_of(sheet, one, others[0], sentence, turned=turned) for one in (first, second)]
            if cells[0] and cells[1] and cells[1].value:
                words = settings.fixed_bits + len(told)
                # Of two that are the same nobody says how many times: then another column is meant.
                firm = cells[0].value != cells[1].value and not axes[turned].partly
                yield multiple(quantity.figure, one(cells[0]), one(cells[1]), words, firm=firm)
                if cells[0].value:  # "compared with the men, there were twice as many women"
                    yield multiple(quantity.figure, one(cells[1]), one(cells[0]), words, firm=False)
    if len(rows) == 1 and len(columns) == 1:
        count = len(telling(rows[0], sheet.rows) | telling(columns[0], sheet.columns))
        place = Place(sheet, rows[0], columns[0], count, count > 0, sentence.years, (True, True))
        for old, new, _, sure in pairs_of(place, sentence):
            if old.value:
                firm = place.firm and sure and len(sentence.years) > 1
                yield multiple(quantity.figure, one(new), one(old), place.words + 1, firm=firm)


def _shares(place: Place, quantity: Quantity, sentence: Sentence) -> Iterator[Reading]:
    """The figure is the share of the cell in its row or column."""
    if not quantity.share:
        return
    cells = cells_of(place)
    for r, c, part in cells:
        if place.sheet.percent[c] is True:
            continue
        wholes = list(wholes_of(place, r, c, sentence))
        for whole in wholes:
            if sum(figure.value or 0 for figure in whole) >= (part.value or 0) > 0:
                spoken = len(whole) == 1 and any(q.figure.value == whole[0].value for q in said(sentence))
                firm = place.firm and len(cells) == 1 and spoken
                beside = beside_of(place, r, c)
                yield share(
                    quantity.figure, one(part), total_of(whole), place.words,
                    tries=len(wholes), firm=firm, beside=beside,
                )  # fmt: skip
