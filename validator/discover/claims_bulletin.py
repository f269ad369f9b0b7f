"""Bulletins: figures set like a picture, one below the other with their captions, and a total beside them.

In: the passages of a document, rows of tables too, for such figures are read now as one and now as the other. Out:
`Reading`s: a figure that its caption calls a total, and a run of figures below one another that may add up to it.
Must not look into pages full of figures, nor down one column of a table: those are tables, and looked at as tables.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from validator.discover.claims_readings import footing
from validator.model.figures import NumeralKind
from validator.model.language import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.discover.claims_readings import Reading
    from validator.model.extracts import Extract, Mention, Passage
    from validator.model.figures import Figure
    from validator.model.language import Language
    from validator.model.locations import Box
    from validator.model.settings import Settings
    from validator.model.tables import Table


class _Set(NamedTuple):
    """A figure of a page, and whether its caption says that it is a total."""

    figure: Figure
    total: bool

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.figure.location.box


def readings(extract: Extract, language: Language, settings: Settings) -> Iterator[Reading]:
    """Every total of a sparse page with every run of figures that may be its parts."""
    pages: defaultdict[int, list[_Set]] = defaultdict(list)
    for passage in extract.passages:
        for index, mention in enumerate(passage.mentions):
            if mention.figure.kind is NumeralKind.COUNT and mention.figure.value is not None:
                total = _announced(passage, index, language)
                pages[mention.figure.location.page].append(_Set(mention.figure, total))
    columns = _columns(extract.tables)
    for figures in pages.values():
        if len(figures) <= settings.bulletin_figures and any(one.total for one in figures):
            yield from _page(figures, columns, settings)


def _columns(tables: Sequence[Table]) -> dict[Figure, tuple[int, int]]:
    """The table and the column of each figure of a labelled table."""
    return {
        cell.figure: (index, column)
        for index, table in enumerate(tables)
        for stub, row in zip(table.stubs, table.cells, strict=True)
        for column, cell in enumerate(row)
        if cell.figure is not None and stub.label
    }


def _announced(passage: Passage, index: int, language: Language) -> bool:
    """Whether a word for a total stands between a figure and the one before, or in brackets behind it."""
    mentions: Sequence[Mention] = passage.mentions
    own = mentions[index]
    low = mentions[index - 1].stop if index else 0
    high = mentions[index + 1].start if index + 1 < len(mentions) else len(passage.text)
    after = passage.text[own.stop : high]
    texts = [passage.text[low : own.start], after if after.lstrip(" .:").startswith("(") else ""]
    return any(spot.sense.topic is Topic.TOTAL for text in texts for spot in language.spots(text))


def _page(figures: Sequence[_Set], columns: Mapping[Figure, tuple[int, int]], settings: Settings) -> Iterator[Reading]:
    runs = [run for one in figures for run in _runs(one, figures, settings)]
    for total in figures:
        value = total.figure.value
        if not total.total or value is None or value < 10 ** (settings.telling_digits - 1):
            continue
        fitting = [
            run for run in runs if total.figure not in run and all(0 < (part.value or 0) < value for part in run)
        ]
        for run in fitting:
            if _one_column([total.figure, *run], columns):
                continue
            name = f"page {total.figure.location.page}"
            words = settings.loose_bits
            yield footing(total.figure, run, words, name=name, tries=len(fitting), firm=True, beside_total=True)


def _one_column(figures: Sequence[Figure], columns: Mapping[Figure, tuple[int, int]]) -> bool:
    """Whether all figures stand in one column of a table."""
    places = {columns.get(figure) for figure in figures}
    return len(places) == 1 and None not in places


def _runs(first: _Set, figures: Sequence[_Set], settings: Settings) -> Iterator[list[Figure]]:
    """The runs of three figures or more that begin with one and go on downwards."""
    run, last = [first.figure], first
    while len(run) < settings.bulletin_parts:
        below = [one for one in figures if _follows(last.box, one.box, settings)]
        if not below:
            return
        last = min(below, key=lambda one: one.box.top)
        run.append(last.figure)
        if len(run) >= settings.bulletin_least:
            yield list(run)


def _follows(above: Box, below: Box, settings: Settings) -> bool:
    """Whether one figure stands under the other, no further than captions take."""
    gap = below.top - above.bottom
    return above.x0 < below.x1 and below.x0 < above.x1 and 0 <= gap <= settings.bulletin_gap * above.height
