"""Which lines of which tables a sentence names.

In: tables and a `Sentence`. Out: for each table that the sentence speaks of, the rows and the columns named, by the
words of their labels. A table's words are listed once; a sentence looks up only its own words. Must not compare figures.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from validator.discover.claims_words import Bag, Word, is_year, label_words
from validator.model.figures import NumeralKind
from validator.model.language import Topic
from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.discover.claims_sentences import Quantity, Sentence
    from validator.model.figures import Figure
    from validator.model.language import Language
    from validator.model.settings import Settings
    from validator.model.tables import Table


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Lines of one axis that differ at most in their year: ``at`` maps a year ("" where there is none) to a line.

    ``own`` are the words of the label, ``above`` those of the labels that it stands under.
    """

    own: tuple[str, ...]
    above: tuple[str, ...]
    at: dict[str, int]
    total: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A table with its lines by their words; ``topic`` are words of caption, heading and of labels that all share."""

    table: Table
    rows: tuple[Group, ...]
    columns: tuple[Group, ...]
    topic: frozenset[str]
    percent: tuple[bool | None, ...]  # per column: whether its figures are percentages; None where nothing says
    numbers: frozenset[str]  # numbers in labels and captions: a sentence that repeats one states no figure


class Named(NamedTuple):
    """A line group that a sentence names, by which words, and where they stand; no words where it is the default."""

    group: Group
    words: frozenset[str]
    places: tuple[Word, ...]


class Axis(NamedTuple):
    """What a sentence says of one axis: the groups named, none of which another one covers."""

    named: tuple[Named, ...]
    default: bool  # nothing was named: the only line, or the total


def sheet(table: Table, language: Language, settings: Settings) -> Sheet:
    """The words of ``table``."""
    row_words = [_row_words(table, row, language) for row in range(len(table.stubs))]
    column_words = [_column_words(table, column, language) for column in range(len(table.headers))]
    filled_rows = [r for r, row in enumerate(table.cells) if any(cell.figure for cell in row)]
    filled_columns = [c for c in range(len(table.headers)) if any(row[c].figure for row in table.cells)]
    common = _common([row_words[r] for r in filled_rows]) | _common([column_words[c] for c in filled_columns])
    about = (table.caption, table.heading, table.stub_head, *(header.label for header in table.headers))
    texts = [*about, *table.notes, *(stub.label for stub in table.stubs)]
    return Sheet(
        table,
        _groups(filled_rows, row_words, [stub.role for stub in table.stubs], common, settings),
        _groups(filled_columns, column_words, [header.role for header in table.headers], common, settings),
        frozenset(w for text in about[:3] for w in label_words(text, language)) | common,
        _percents(table, language),
        frozenset(w for text in texts for w in label_words(text, language) if w[0].isdigit()),
    )


class _Words(NamedTuple):
    own: tuple[str, ...]
    above: tuple[str, ...]


def _row_words(table: Table, row: int, language: Language) -> _Words:
    stub = table.stubs[row]
    above = [word for label in stub.path[:-1] for word in label_words(label, language)]
    return _Words(tuple(label_words(stub.label, language)), tuple(above))


def _column_words(table: Table, column: int, language: Language) -> _Words:
    return _Words(tuple(w for part in table.headers[column].path for w in label_words(part, language)), ())


def _common(lines: Sequence[_Words]) -> frozenset[str]:
    """Words that every line has: they tell none from another."""
    if len(lines) < 2:
        return frozenset()
    return frozenset.intersection(*(frozenset((*line.own, *line.above)) for line in lines))


def _groups(
    filled: Sequence[int], lines: Sequence[_Words], roles: Sequence[Role], common: frozenset[str], settings: Settings
) -> tuple[Group, ...]:
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Group] = {}
    for index in filled:
        own = [word for word in dict.fromkeys(lines[index].own) if word not in common]
        above = tuple(word for word in dict.fromkeys(lines[index].above) if word not in common)
        years = [word for word in own if is_year(word, settings)]
        year = years[0] if len(years) == 1 else ""
        words = tuple(word for word in own if word != year)
        key = (words, above)
        if key in found and year in found[key].at:
            key = (words, (*above, f"#{index}"))  # the same label again: two lines, told apart by nothing
        if key not in found:
            found[key] = Group(words, key[1], {}, roles[index] is Role.TOTAL)
        found[key].at[year] = index
    return tuple(found.values())


def _percents(table: Table, language: Language) -> tuple[bool | None, ...]:
    """Whether columns hold percentages. A unit printed above the first of several columns holds for all of them."""
    general = _says_percent(" ".join((table.caption, table.heading, table.stub_head)), language)
    said = [_says_percent(header.label, language) for header in table.headers]
    found: list[bool | None] = []
    for column in range(len(table.headers)):
        figures = [row[column].figure for row in table.cells]
        kinds = {figure.kind for figure in figures if figure is not None}
        large = any(f is not None and f.value is not None and abs(f.value) > _ALL_PERCENT for f in figures)
        if NumeralKind.PERCENT in kinds or (said[column] and not large):
            found.append(True)
        elif kinds == {NumeralKind.COUNT} and not (general or any(said)):
            found.append(False)
        else:
            found.append(False if large else None)
    return tuple(found)


_ALL_PERCENT = 100


def _says_percent(text: str, language: Language) -> bool:
    return any(spot.sense.topic in (Topic.PERCENT, Topic.SHARE) for spot in language.spots(text))


class Tables:
    """All tables of a document, found by the words of a sentence."""

    def __init__(self, tables: Iterable[Table], language: Language, settings: Settings) -> None:
        self._settings = settings
        self.sheets = [sheet(table, language, settings) for table in tables if any(True for _ in table.figures())]
        self._by_start: defaultdict[str, set[int]] = defaultdict(set)
        for index, one in enumerate(self.sheets):
            for group in (*one.rows, *one.columns):
                for word in (*group.own, *group.above):
                    start = word if word[0].isdigit() else word[: settings.stem_letters]
                    self._by_start[start].add(index)

    def of(self, sentence: Sentence) -> list[Sheet]:
        """The tables that have a word of the sentence in a label."""
        found: set[int] = set()
        for start in sentence.bag.starts():
            found |= self._by_start.get(start, set())
        return [self.sheets[index] for index in sorted(found)]


def axis(groups: Sequence[Group], sentence: Sentence) -> Axis:
    """The groups that a sentence names whole; else the total, or the only group there is."""
    named = [one for group in groups if (one := _named(group, sentence)) is not None]
    if named:
        best = [one for one in named if not any(one.words < other.words for other in named)]
        most = {one.words: min(_missing(other, sentence) for other in best if other.words == one.words) for one in best}
        return Axis(tuple(one for one in best if _missing(one, sentence) == most[one.words]), default=False)
    plain = [group for group in groups if not group.own and not group.above]
    for choice in ([group for group in groups if group.total], plain, groups):
        if len(choice) == 1:
            return Axis((Named(choice[0], frozenset(), ()),), default=True)
    return Axis((), default=True)


def _named(group: Group, sentence: Sentence) -> Named | None:
    places: list[Word] = []
    for word in group.own:
        here = list(sentence.bag.places(word))
        if not here:
            return None
        places += here
    above = [word for word in group.above if word in sentence.bag]
    dated = [year for year in group.at if year and year in sentence.years]
    if not (group.own or above or dated):
        return None
    if not group.own and not above and group.above:
        return None
    return Named(group, frozenset((*group.own, *above)), tuple(places))


def _missing(one: Named, sentence: Sentence) -> int:
    return sum(word not in sentence.bag for word in one.group.above)


def nearest(found: Sequence[Named], sentence: Sentence, quantity: Quantity) -> tuple[Named, ...]:
    """Of several groups named, the one whose words stand beside the figure, with no other figure between."""
    if len(found) <= 1:
        return tuple(found)
    low, high = sentence.before(quantity), sentence.after(quantity)
    beside = [one for one in found if any(low <= word.start and word.stop <= high for word in one.places)]
    if len(beside) == 1:
        return tuple(beside)
    left = [one for one in found if any(low <= word.start and word.stop <= quantity.start for word in one.places)]
    closed = sentence.passage.text[quantity.stop : quantity.stop + 1] in _CLOSING
    return tuple(left) if closed and len(left) == 1 else tuple(found)


_CLOSING = (")", "]", "%)")


def lines(group: Group, years: frozenset[str]) -> list[int]:
    """The lines of a group in the years that are spoken of; all of them where no year is."""
    dated = [line for year, line in group.at.items() if year in years]
    return dated or list(group.at.values())


def figure_at(table: Table, row: int, column: int) -> Figure | None:
    """A readable figure of a cell."""
    figure = table.cells[row][column].figure
    return figure if figure is not None and figure.value is not None else None
