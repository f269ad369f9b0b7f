"""Names for figures and tables from the words beside them, as a person would choose them.

In: a passage with a figure, or the titles of a table, and the language of the document. Out: words of a name. What is
counted stands behind a figure ("1,204 patients"), what is measured in front of it ("Net expenditure was 14 million
kroner", "an increase of 5 %"). Must not know what is a name already; who writes the book does.
"""

from __future__ import annotations

import re
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from validator.model.figures import NumeralKind
from validator.model.language import Topic
from validator.rulebook.operands import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.model.extracts import Mention, Passage
    from validator.model.language import Language

NO_LANGUAGES: Mapping[str, Language] = MappingProxyType({})
_WORD = re.compile(r"[^\W\d_]\w*")
_SHORT = 3  # letters: shorter words name nothing
_WORDS = 2  # words of a figure's name: more make operands long
_LONGEST = 60  # characters of a name: half a line of the book
_FAR = 200  # characters before or behind a figure, two lines or three: words further off are not about it
_BREAK = re.compile(r"[.,;:!?()\[\]–—\d]|\s-\s")  # what ends the words that belong to a figure
# Words that say how a number is made, not what of.
_MADE = frozenset({
    Topic.UNIT, Topic.PERCENT, Topic.POINTS, Topic.PERMILLE, Topic.SCALE, Topic.HEDGE, Topic.HEDGE_AFTER, Topic.TIMES,
    Topic.LINK, Topic.AND, Topic.OR, Topic.TO, Topic.FROM, Topic.PARTITIVE, Topic.COMPARED, Topic.OF_WHICH, Topic.SHARE,
})  # fmt: skip
_MEASURED = frozenset({Topic.UNIT, Topic.PERCENT, Topic.POINTS, Topic.PERMILLE, Topic.SCALE})
_RELATIVE = frozenset({NumeralKind.PERCENT, NumeralKind.POINTS})
_PERCENT = "percent"


def slug(words: Sequence[str], most: int) -> str:
    """The first words as a name of a rule book; "" where there is none."""
    name = "_".join(words[:most])[:_LONGEST]
    return name if NAME.fullmatch(name) else ""


def telling(text: str, language: Language | None) -> list[str]:
    """The words of a text that say what it is about; all but the shortest where no language is known."""
    return [word for run in _runs(text, language) for word in run]


def figure_names(passage: Passage, mention: Mention, language: Language | None, counted: str = "") -> Iterator[str]:
    """Names for a figure of a passage, the best first; at last a name that says nothing.

    ``counted`` is the name of the count that stands before it in its sentence: a percentage is mostly its share.
    """
    ahead, behind = _ahead(passage.text, mention.start), passage.text[mention.stop : mention.stop + _FAR]
    start, figure = _behind_unit(behind, language), mention.figure
    clause = _clause_before(ahead)
    after = next(iter(_runs(_clause(behind[start:]), language)), [])[:_WORDS]
    before = _last(_runs(clause, language))
    if figure.kind in _RELATIVE:
        stems, last = [_change(clause, language), [counted] if counted else [], before, after], []
        ending = [_PERCENT]
    else:
        measured = start > 0 or bool(figure.unit) or figure.decimals < 0
        stems, last = [before, after] if measured else [after, before], [*before, *after]
        ending = []
    for words in chain(stems, _wider(ahead, language), [last]):
        if words and (name := slug([*words, *ending], len(words) + 1)):
            yield name
    yield "figure"


def _ahead(text: str, stop: int) -> str:
    """What stands before a figure and may be about it, in whole words."""
    start = max(0, stop - _FAR)
    return text[start if start == 0 else text.find(" ", start, stop) + 1 or start : stop]


def _wider(ahead: str, language: Language | None) -> Iterator[list[str]]:
    """The last words before a figure, of whatever clause; looked up only where the nearer ones name nothing free."""
    yield _last(_runs(ahead, language))


def _change(clause: str, language: Language | None) -> list[str]:
    """The last word of a clause that says that something rises or falls."""
    spots = language.spots(clause) if language is not None else ()
    said = [clause[spot.start : spot.stop] for spot in spots if spot.sense.topic in (Topic.RISE, Topic.FALL)]
    return _WORD.findall(said[-1].casefold()) if said else []


def _behind_unit(behind: str, language: Language | None) -> int:
    """Where the unit or the word of scale right behind a figure ends; 0 where there is none."""
    if language is None:
        return 0
    at = len(behind) - len(behind.lstrip())
    found = True
    stop = 0
    spots = language.spots(behind[: _LONGEST * 2])
    while found:
        found = False
        for spot in spots:
            if spot.start == at and spot.sense.topic in _MEASURED and spot.stop > stop:
                stop, found = spot.stop, True
        at = stop + len(behind[stop:]) - len(behind[stop:].lstrip())
    return stop


def _clause(text: str) -> str:
    """A text up to what ends a clause, a number included."""
    found = _BREAK.search(text)
    return text[: found.start()] if found else text


def _clause_before(text: str) -> str:
    """A text from what begins a clause, a number included."""
    stops = [match.end() for match in _BREAK.finditer(text)]
    return text[stops[-1] :] if stops else text


def _last(runs: list[list[str]]) -> list[str]:
    return runs[-1][-_WORDS:] if runs else []


def _runs(text: str, language: Language | None) -> list[list[str]]:
    """The telling words of a text, those together that nothing parts."""
    dropped = _dropped(text, language)
    runs: list[list[str]] = [[]]
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        if (
            len(word) < _SHORT
            or any(low <= match.start() < high for low, high in dropped)
            or (language is not None and word in language.stop_words)
        ):
            runs.append([])
        else:
            runs[-1].append(word)
    return [run for run in runs if run]


def _dropped(text: str, language: Language | None) -> list[tuple[int, int]]:
    if language is None:
        return []
    return [(spot.start, spot.stop) for spot in language.spots(text) if spot.sense.topic in _MADE]
