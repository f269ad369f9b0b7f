"""Finds phrases in documents: a phrase and squashed text in, the figure of each slot out, or what is wrong.

A slot covers exactly one figure. The figure's own hedge and unit may stand inside the slot or beside it: both
"a rise of {x} from" and "a rise of just under {x} from" find "a rise of just under a quarter from".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from validator.model.figures import Unused
from validator.rulebook.squash import Spot, SquashedText, squash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.model.figures import Figure
    from validator.rulebook.book import PhraseSpec

_SLOT_REACH = 40  # squashed characters: what a slot may cover when a failed match is explained, "twenty-five thousand"
_SHOWN = 90  # characters of the nearest text in a message
_LIKE = 60.0  # of 100: a text less similar than this helps nobody


class Hit(NamedTuple):
    """One place where a phrase stands, with the figure of each slot."""

    text: SquashedText
    start: int
    figures: tuple[Figure, ...]

    @property
    def page(self) -> int:
        """The page of its first figure."""
        return self.figures[0].location.page

    @property
    def where(self) -> str:
        """Document and page, for messages."""
        return f"{self.figures[0].location.document}, page {self.page}"


def find(phrase: PhraseSpec, text: SquashedText) -> list[Hit]:
    """Every place where the phrase stands in a document with a figure in each slot, in reading order."""
    literals = [squash(literal) for literal in phrase.literals]
    hits: list[Hit] = []
    for start, at in _starts(literals, text):
        spots = _follow(text, literals, 1, at)
        if spots is not None and (not hits or hits[-1].figures[0] is not spots[0].figure):
            hits.append(Hit(text, start, tuple(spot.figure for spot in spots)))
    return hits


def _starts(literals: Sequence[str], text: SquashedText) -> Iterator[tuple[int, int]]:
    """Where the phrase may begin, and where its first slot then does."""
    if literals[0]:
        yield from ((at, at + len(literals[0])) for at in _places(literals[0], text.text))
    elif literals[1]:
        # It begins with a slot: the figures shortly before its first words.
        for at in _places(literals[1], text.text):
            near = text.spots_between(max(at - _SLOT_REACH, 0), at)
            yield from ((spot.start, spot.start) for spot in near)
    else:
        yield from ((spot.start, spot.start) for spot in text.spots)


def _places(part: str, text: str) -> Iterator[int]:
    """Every place of one text in another."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _follow(text: SquashedText, literals: Sequence[str], index: int, at: int) -> list[Spot] | None:
    """The figures of the slots from ``at`` on, if the rest of the phrase stands there."""
    if index == len(literals):
        return []
    for spot, stop in _fillings(text, at):
        if text.text.startswith(literals[index], stop):
            rest = _follow(text, literals, index + 1, stop + len(literals[index]))
            if rest is not None:
                return [spot, *rest]
    return None


def _fillings(text: SquashedText, at: int) -> Iterator[tuple[Spot, int]]:
    """What a slot that begins at ``at`` may cover: a figure with its hedge before and its unit after, or less."""
    for index in range(bisect_left(text.spot_starts, at), len(text.spots)):
        spot = text.spots[index]
        gap = text.text[at : spot.start]
        if len(gap) > _SLOT_REACH:
            return
        if gap and not spot.before.endswith(gap):
            continue
        for length in range(len(spot.after) + 1):
            if text.text.startswith(spot.after[:length], spot.stop):
                yield spot, spot.stop + length


def share_found(phrases: Sequence[PhraseSpec], text: SquashedText) -> int:
    """How many of the phrases have all their words in a document, in order."""
    return sum(_loose(phrase).search(text.text) is not None for phrase in phrases)


def _loose(phrase: PhraseSpec) -> re.Pattern[str]:
    """The words of a phrase with anything short in its slots."""
    gap = f"(.{{1,{_SLOT_REACH}}}?)"
    return re.compile(gap.join(re.escape(squash(literal)) for literal in phrase.literals))


def explain(phrase: PhraseSpec, texts: Sequence[SquashedText]) -> str:
    """Why a phrase was found nowhere: a slot without exactly one figure, or the nearest text there is."""
    for text in texts:
        found = _loose(phrase).search(text.text)
        if found is not None:
            page = text.passage_at(found.start()).location.page
            return f"the words stand on page {page}, but {_bad_slot(phrase, text, found)}"
    near = _nearest(phrase, texts)
    return f"found nowhere{f'; the nearest text is {near}' if near else ''}"


def _bad_slot(phrase: PhraseSpec, text: SquashedText, found: re.Match[str]) -> str:
    for index, name in enumerate(phrase.slots, start=1):
        inside = text.spots_between(*found.span(index))
        if len(inside) != 1:
            covered = found.group(index)
            reason = text.reason_at(found.start(index), covered)
            if reason is Unused.YEAR:
                return f"{covered} is a year, which names a period; write it as printed instead of {{{name}}}"
            if reason is not None:
                return (
                    f"{covered!r} is read as a {reason} and not as a figure; write it as printed instead of {{{name}}}"
                )
            what = "no figure" if not inside else f"{len(inside)} figures"
            return f"the slot {{{name}}} covers {covered!r}, which is {what}; a slot covers exactly one"
    return "a slot covers more than a figure with its hedge and unit; write the other words into the phrase"


def _nearest(phrase: PhraseSpec, texts: Sequence[SquashedText]) -> str:
    """The sentence most like the phrase, quoted with its page."""
    from rapidfuzz import fuzz, process  # only on failure: a good book never pays for it

    sentences = [
        (passage.text[start:stop], passage.location.page)
        for text in texts
        for passage in text.passages
        for start, stop in (passage.sentences or ((0, len(passage.text)),))
    ]
    wanted = squash("".join(phrase.literals))
    long_enough = [(squash(text), text, page) for text, page in sentences if 2 * len(squash(text)) >= len(wanted)]
    # Partial: a phrase is often a part of a long sentence. A much shorter text would be a part of the phrase.
    found = process.extractOne(
        wanted, [text for text, _, _ in long_enough], scorer=fuzz.partial_ratio, score_cutoff=_LIKE
    )
    if found is None:
        return ""
    _, sentence, page = long_enough[found[2]]
    shown = " ".join(sentence.split())
    shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    return f"“{shown}” (page {page})"
