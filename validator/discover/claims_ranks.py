"""Ranks among the rows of a table: "Ashford had the most cases, 4,821".

In: a `Sentence` with one word for the highest or the lowest, the tables that have its words. Out: `Reading`s: the row
that the sentence names, and whose figure it quotes, is ahead of its siblings. Only where a single sibling is in the way
may it be called violated: with more, the sentence ranks something else. Must not decide which readings are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.discover.claims_axes import axis, figure_at, lines, nearest
from validator.discover.claims_phrasing import motion_of
from validator.discover.claims_places import columns_of
from validator.discover.claims_readings import Reading
from validator.discover.claims_words import leaves_rest
from validator.model.arithmetic import satisfiable
from validator.model.building import single
from validator.model.labels import key
from validator.model.language import Topic
from validator.model.relations import Comparison, Linear
from validator.model.rules import BoundRule, Point, Series
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.discover.claims_sentences import Quantity, Sentence
    from validator.discover.claims_tables import Sheet, Tables
    from validator.model.figures import Figure
    from validator.model.language import Language
    from validator.model.settings import Settings

# What makes it another rank than the first of all: "the highest since", "the second highest", "not the highest".
_OTHER = frozenset({
    Topic.SINCE, Topic.FIRST_TIME, Topic.NEGATION, Topic.ORDINAL, Topic.PREVIOUS, Topic.REMAINING, Topic.COMPARED,
    Topic.RESPECTIVELY, Topic.TREND, Topic.MAJORITY, Topic.OR,
})  # fmt: skip


def readings(sentence: Sentence, tables: Tables, settings: Settings) -> Iterator[Reading]:
    """The rank of the row of which a sentence quotes the figure."""
    high, low = sentence.spots_of(Topic.HIGHEST), sentence.spots_of(Topic.LOWEST)
    quoted = [q for q in sentence.quantities if q.figure.value is not None]
    if len(high) + len(low) != 1 or len(quoted) != 1 or sentence.topics(sentence.start, sentence.stop) & _OTHER:
        return
    spot = (*high, *low)[0]
    if _one_of(sentence, spot.start):
        return
    for sheet in tables.of(sentence):
        found = _cell(sentence, quoted[0], sheet)
        if found is not None:
            yield from _rank(sheet, *found, sentence.language, lowest=bool(low), settings=settings)


def _one_of(sentence: Sentence, start: int) -> bool:
    """Whether a rank is shared: "one of the highest", with nothing that is counted between."""
    return any(
        spot.stop <= start and not any(spot.stop <= word.start < start for word in sentence.subject.all())
        for spot in sentence.spots_of(Topic.PARTITIVE)
    )


def _cell(sentence: Sentence, quantity: Quantity, sheet: Sheet) -> tuple[int, int] | None:
    """The only cell that the sentence names, where it is the one that it quotes."""
    rows, sure = nearest(axis(sheet.rows, sentence), sentence, quantity)
    columns, certain = columns_of(
        sheet, axis(sheet.columns, sentence), sentence, quantity, motion_of(sentence, quantity)
    )
    if not (sure and certain and len(rows) == len(columns) == 1 and rows[0].group.own):
        return None
    years = sentence.years_of(quantity)
    across, down = lines(rows[0].group, years), lines(columns[0].group, years)
    if len(across) != 1 or len(down) != 1:
        return None
    figure = figure_at(sheet.table, across[0], down[0])
    same = figure is not None and figure.value is not None and figure.value in quantity.figure.interval
    return (across[0], down[0]) if same else None


def _rank(
    sheet: Sheet, row: int, column: int, language: Language, *, lowest: bool, settings: Settings
) -> Iterator[Reading]:
    table = sheet.table
    own = table.stubs[row]
    siblings = {
        stub.label: figure
        for r, stub in enumerate(table.stubs)
        if stub.role is Role.BODY
        and (r == row or not leaves_rest(stub.label, language))
        and (stub.level, stub.path[:-1]) == (own.level, own.path[:-1])
        and (figure := figure_at(table, r, column)) is not None
    }
    if len({key(label) for label in siblings}) < settings.counted_labels or own.label not in siblings:
        return
    first: Figure = siblings[own.label]
    ahead = Comparison.LESS_EQUAL if lowest else Comparison.GREATER_EQUAL
    relations = tuple(
        Linear(single(first, "stated", own.label), ahead, single(other, "other", label))
        for label, other in siblings.items()
        if other is not first
    )
    name = table.headers[column].label
    points = tuple(Point(label, figure) for label, figure in siblings.items())
    order = "lowest" if lowest else "highest"
    bound = BoundRule("rank", "", {"series": Series(name, points), "at": (own.label,), "order": order})
    against = sum(satisfiable(relation) is False for relation in relations)
    yield Reading(first, bound, relations, settings.fixed_bits, firm=against <= 1, topic=("rank", order))
