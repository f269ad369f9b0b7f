"""The cells of a table that a figure of a sentence may stand for, and the figures around them.

In: the rows and columns that a sentence names, and a figure. Out: places, cells, their totals and their neighbours.
Must not compare values with what the sentence states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from validator.discover.claims_axes import Named, best, figure_at, lines, nearest
from validator.discover.claims_phrasing import said
from validator.model.figures import NumeralKind
from validator.model.relations import ZERO
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from validator.discover.claims_axes import Axis
    from validator.discover.claims_phrasing import Motion
    from validator.discover.claims_sentences import Quantity, Sentence
    from validator.discover.claims_tables import Group, Sheet
    from validator.model.figures import Figure


class Place(NamedTuple):
    """A row group and a column group of a table, with the bits by which the sentence names them."""

    sheet: Sheet
    row: Named
    column: Named
    words: float
    firm: bool
    years: frozenset[str]
    told: tuple[bool, bool]  # whether the sentence, or the unit, says which row and which column
    spoken: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())  # rows and columns it names besides


def columns_of(
    sheet: Sheet, found: Axis, sentence: Sentence, quantity: Quantity, motion: Motion
) -> tuple[tuple[Named, ...], bool]:
    """The columns that are named and may hold the figure; else the only one of its unit, or with years for a change."""
    fitting = _fitting(found.named, sheet, quantity)
    if fitting and not found.default:
        return nearest(found._replace(named=tuple(fitting)), sentence, quantity)
    if quantity.share and not motion.amount and sheet.percent.count(True) == 1:
        line = sheet.percent.index(True)
        sure = motion.moves or line not in sheet.changes
        return tuple(Named(group, frozenset(), ()) for group in sheet.columns if line in group.at.values()), sure
    free = [Named(group, frozenset(), ()) for group in sheet.columns if _free(group, sentence)]
    if motion.amount:
        series = [one for one in free if sum(bool(year) for year in one.group.at) > 1]
        relative = [one for one in free if one not in series and _relative(one, sheet)] if quantity.share else []
        return (*series, *relative), len(series) == 1
    if quantity.figure.unit:
        measured = [one for one in free if _measured(one, sheet, quantity)]
        if len(measured) == 1:
            return tuple(measured), not found.partly
    if sheet.scaled and not quantity.share and not found.named:
        # An amount in a table of amounts: it stands in the only columns that differ by their years alone.
        series = [one for one in free if len(one.group.at) > 1]
        if len(series) == 1:
            return tuple(series), not found.partly
    fitting = _fitting(free, sheet, quantity) if not found.default else fitting
    if quantity.share:
        fitting = [one for one in free if _relative(one, sheet)] or fitting
    return tuple(fitting), len(fitting) == 1 and not found.partly


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


def same_bounds(sentence: Sentence, row: Named, sheet: Sheet) -> bool:
    """Whether a line named by a number alone has the sentence's hedge: "fewer than 1,000" is not "1,000 or more"."""
    if not row.words or not all(word[0].isdecimal() for word in row.words):
        return True
    labels = [sheet.table.stubs[line].label.casefold() for line in row.group.at.values()]
    hedges = [m.figure.hedge.casefold() for m in said(sentence) if _number(m.figure) in row.words]
    return all(hedge in label for hedge in hedges for label in labels)


def _number(figure: Figure) -> str:
    return "" if figure.value is None or figure.decimals else str(int(figure.value))


def telling(found: Named, groups: Sequence[Group]) -> frozenset[str]:
    """The words that tell a line from others; where there is but one they tell nothing."""
    return found.words if len(groups) > 1 else frozenset()


def dated(found: Named, years: frozenset[str]) -> bool:
    """Whether a line has a figure of one of these years."""
    return any(year and year in years for year in found.group.at)


def cells_of(place: Place) -> list[tuple[int, int, Figure]]:
    """The readable cells of a place in the years spoken of: row, column, figure."""
    return [
        (r, c, figure)
        for r in lines(place.row.group, place.years)
        for c in lines(place.column.group, place.years)
        if (figure := figure_at(place.sheet.table, r, c)) is not None
    ]


def beside_of(place: Place, row: int, column: int) -> list[Figure]:
    """The other figures of a cell's row and column, where the sentence says that it is not them."""
    return _around(place, row, column)[0] if all(place.told) else []


def quoted(place: Place, row: int, column: int, value: Decimal | None) -> bool:
    """Whether a value stands in the row or column of a cell where the sentence may mean it as well."""
    return any(figure.value == value for figure in _around(place, row, column)[1])


def _around(place: Place, row: int, column: int) -> tuple[list[Figure], list[Figure]]:
    """The other figures of a cell's row and column; apart, those of totals, which need no name, and of lines named."""
    table, (rows, columns) = place.sheet.table, place.spoken
    places = [(row, c, c in columns or head.role is Role.TOTAL) for c, head in enumerate(table.headers) if c != column]
    places += [(r, column, r in rows or stub.role is Role.TOTAL) for r, stub in enumerate(table.stubs) if r != row]
    found: tuple[list[Figure], list[Figure]] = ([], [])
    for r, c, meant in places:
        figure = figure_at(table, r, c)
        if figure is not None:
            found[meant].append(figure)
    return found


def spoken_of(axes: tuple[Axis, Axis], row: Named, column: Named) -> tuple[frozenset[int], frozenset[int]]:
    """The rows and columns that a sentence names by words, apart from those that a figure is taken to stand by."""
    rows, columns = (
        frozenset(
            line
            for named in found.named
            if named.group is not own.group and named.group.own
            for line in named.group.at.values()
        )
        for found, own in zip(axes, (row, column), strict=True)
    )
    return rows, columns


def pairs_of(place: Place, sentence: Sentence) -> Iterator[tuple[Figure, Figure, list[Figure], bool]]:
    """Earlier and later figures; sure where the sentence names both years, or the line has no others."""
    table = place.sheet.table
    # "by 3 % in 2022 and 5 % in 2023": each is of its own year, and what it is a change from is not said.
    several = sum(q.share for q in sentence.quantities) > 1 and len(sentence.years) > 1 and len(place.years) == 1
    spoken = place.years if several else sentence.years
    by_row = (place.row.group.at, lines(place.column.group, sentence.years), False)
    by_column = (place.column.group.at, lines(place.row.group, sentence.years), True)
    for at, across, turned in (by_row, by_column):
        years = sorted(year for year in at if year)
        wanted = [year for year in years if year in spoken]
        if len(years) < 2 or len(across) != 1:
            continue
        if len(wanted) < 2:
            last = wanted[0] if wanted else ""
            wanted = [y for y in years if last and y <= last][-2:] if last else []
            wanted = wanted if len(wanted) == 2 else years if len(years) == 2 else []
        sure = len(wanted) == 2 and not several
        for old, new in [(wanted[0], wanted[-1])] if wanted else []:
            spots = [(across[0], at[y]) if turned else (at[y], across[0]) for y in (old, new)]
            figures = [figure_at(table, r, c) for r, c in spots]
            if figures[0] is not None and figures[1] is not None:
                beside = [f for r, c in spots for f in beside_of(place, r, c)]
                yield figures[0], figures[1], [*beside, *(f for f in figures if f)], sure


def wholes_of(place: Place, row: int, column: int, sentence: Sentence) -> Iterator[list[Figure]]:
    """What a cell may be a share of: what the sentence states of its row or column, a total, or all together."""
    table = place.sheet.table
    spoken = {mention.figure.value for mention in said(sentence)}
    at = place.column.group.at
    years = frozenset(at.values()) if len(at) > 1 else frozenset()  # of one thing: none is a part of another
    down = [(stub.role, figure_at(table, r, column)) for r, stub in enumerate(table.stubs) if r != row]
    along = [
        (head.role, figure_at(table, row, c))
        for c, head in enumerate(table.headers)
        if c != column and place.sheet.percent[c] is not True and c not in years
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
                yield from _whole_of(own, body)


def _whole_of(own: Figure, others: list[Figure]) -> Iterator[list[Figure]]:
    """All figures of a line together, or the one of them that is their total; none where that is the figure itself."""
    everything = sum((f.value or ZERO for f in (own, *others)), ZERO)
    if own.value is not None and 2 * own.value == everything:
        return
    totals = [f for f in others if f.value and 2 * f.value == everything]
    yield totals[:1] or [own, *others]


def single_of(sheet: Sheet, found: Named, other: Named, sentence: Sentence, *, turned: bool) -> Figure | None:
    """The only cell of a line in the line across it, in the years that are spoken of."""
    across = [(r, c) for r in lines(found.group, sentence.years) for c in lines(other.group, sentence.years)]
    spots = [(c, r) for r, c in across] if turned else across
    return figure_at(sheet.table, *spots[0]) if len(spots) == 1 else None


def whole_sentence(found: Axis, sentence: Sentence) -> tuple[Named, ...]:
    """The groups that a sentence names anywhere."""
    return best(found.named, sentence.start, sentence.stop)
