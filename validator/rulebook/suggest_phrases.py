"""Figures in prose to phrases: the words around a figure, as few as find it, with a slot in its place.

In: the documents of a run and the figures wanted. Out: `Phrase`s, each tried by the search that will find it when the
book is used. Must not give a phrase that finds another figure.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING

from validator.model.figures import NumeralKind
from validator.rulebook.book import PhraseSpec
from validator.rulebook.faults import Faults
from validator.rulebook.phrases import find
from validator.rulebook.phrasing import phrase_text
from validator.rulebook.suggest_names import NO_LANGUAGES, figure_names
from validator.rulebook.suggest_tables import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.model.extracts import Mention, Passage
    from validator.model.figures import Figure
    from validator.model.language import Language
    from validator.rulebook.scope import View

_REACHES = (25, 60, 150, 400)  # characters of context tried on either side: some words, a clause, a sentence, more


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with the figures of its slots in order; ``names`` is "" for a slot without one."""

    text: str
    figures: tuple[Figure, ...]
    names: tuple[str, ...]
    page: int
    nth: int | None = None
    document: str | None = None


def phrases(
    views: Sequence[View],
    documents: Sequence[str | None],
    wanted: Mapping[Figure, bool],
    taken: set[str],
    spoken: Mapping[str, Language] = NO_LANGUAGES,
) -> Iterator[Phrase]:
    """Phrases that cover the wanted figures, those of a sentence together; the value says whether one needs a name."""
    for view, document in zip(views, documents, strict=True):
        covered: set[Figure] = set()
        for passage in view.extract.passages:
            for mentions in _sentences(passage, wanted, covered):
                for phrase in _phrased(view, document, passage, mentions, wanted, taken, spoken):
                    covered.update(phrase.figures)
                    yield phrase


def _sentences(passage: Passage, wanted: Mapping[Figure, bool], covered: set[Figure]) -> Iterator[list[Mention]]:
    """The wanted figures of a passage, sentence by sentence; those with and without names apart."""
    groups: defaultdict[tuple[str, bool], list[Mention]] = defaultdict(list)
    for mention in passage.mentions:
        if mention.figure in wanted and mention.figure not in covered:
            groups[passage.sentence_at(mention.start), wanted[mention.figure]].append(mention)
    yield from groups.values()


def _phrased(
    view: View,
    document: str | None,
    passage: Passage,
    mentions: Sequence[Mention],
    wanted: Mapping[Figure, bool],
    taken: set[str],
    spoken: Mapping[str, Language],
) -> Iterator[Phrase]:
    """One phrase for all, else one for each."""
    language = spoken.get(view.extract.language)
    names: list[str] = []
    counted = ""
    for mention in mentions:
        names.append(_named(passage, mention, taken, language, counted) if wanted[mention.figure] else "")
        counted = names[-1] if mention.figure.kind is NumeralKind.COUNT else counted
    whole = _tried(view, document, passage, mentions, names)
    if whole is not None:
        yield whole
        return
    for mention, name in zip(mentions, names, strict=True):
        single = _tried(view, document, passage, [mention], [name])
        if single is not None:
            yield single


def _tried(
    view: View, document: str | None, passage: Passage, mentions: Sequence[Mention], names: Sequence[str]
) -> Phrase | None:
    """The phrase with the least context that finds these figures alone; else one with its number."""
    figures = tuple(mention.figure for mention in mentions)
    numbered: Phrase | None = None
    for reach in _REACHES:
        words = _words(passage, mentions, names, reach)
        parsed = phrase_text(text(words), Faults())
        if parsed is None:
            continue
        spec = PhraseSpec(text(words), parsed[0], tuple(name for name, _ in parsed[1]))
        hits = [hit.figures for hit in find(spec, view.text)]
        page = figures[0].location.page
        if hits == [figures]:
            return Phrase(words, figures, tuple(names), page, None, document)
        if numbered is None and figures in hits:
            numbered = Phrase(words, figures, tuple(names), page, hits.index(figures) + 1, document)
    return numbered


def _words(passage: Passage, mentions: Sequence[Mention], names: Sequence[str], reach: int) -> str:
    """The passage around the mentions, whole words, with slots."""
    start, stop = mentions[0].start, mentions[-1].stop
    first = 0 if start <= reach else passage.text.find(" ", start - reach, start) + 1
    last = len(passage.text) if stop + reach >= len(passage.text) else passage.text.rfind(" ", stop, stop + reach)
    first = first if first > 0 or start <= reach else start
    last = last if last > 0 else stop
    pieces: list[str] = []
    at = first
    for mention, name in zip(mentions, names, strict=True):
        pieces += (_literal(passage.text[at : mention.start]), "{" + name + "}")
        at = mention.stop
    pieces.append(_literal(passage.text[at:last]))
    return " ".join("".join(pieces).split())


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _named(passage: Passage, mention: Mention, taken: set[str], language: Language | None, counted: str) -> str:
    """The best name for a figure that is free; else the best with a number."""
    names = figure_names(passage, mention, language, counted)
    best = next(names)
    others = (name for name, _ in pairwise(names))  # but for the last, which says nothing
    numbered = (f"{best}_{number}" for number in count(2))
    name = next(name for name in chain([best], others, numbered) if name not in taken)
    taken.add(name)
    return name
