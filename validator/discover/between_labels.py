"""Labels of one thing in two tables: without the words that a whole list shares, and with words cut short.

In: printed labels. Out: shorter labels, and pairs. Knows letters, and no word of any language.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.model.settings import Settings


def without_common(labels: Iterable[str], settings: Settings) -> dict[str, str]:
    """What is left of labels without the words that all of them begin or end with: "Region North", "Region South"."""
    words = {label: label.split() for label in labels}
    if len(words) < settings.shared_word_labels:
        return {}
    first, last = (_common([parts[::step] for parts in words.values()]) for step in (1, -1))
    if not (first or last) or any(len(parts) <= first + last for parts in words.values()):
        return {}
    return {label: " ".join(parts[first : len(parts) - last]) for label, parts in words.items()}


def _common(lists: Sequence[Sequence[str]]) -> int:
    """How many words all lists begin with."""
    count = 0
    for words in zip(*lists, strict=False):
        if len({word.casefold() for word in words}) > 1 or not words[0][:1].isalpha():
            break
        count += 1
    return count


def abbreviated(lefts: Mapping[str, str], rights: Mapping[str, str]) -> dict[str, str]:
    """Of labels by key, the pairs of which one is the other with words cut short, where no third label fits either."""
    by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for name, text in rights.items():
        by_letter[text[:1].casefold()].append(name)
    pairs = [
        (one, other)
        for one, text in lefts.items()
        for other in by_letter[text[:1].casefold()]
        if _short_for(text, rights[other])
    ]
    claims = Counter(place for one, other in pairs for place in (("left", one), ("right", other)))
    return {one: other for one, other in pairs if claims["left", one] == claims["right", other] == 1}


def _short_for(one: str, other: str) -> bool:
    """Whether two labels have as many words, each the same or short for the other: "Dept. of Health"."""
    ours, theirs = one.casefold().split(), other.casefold().split()
    if len(ours) != len(theirs):
        return False
    pairs = [sorted((a.rstrip(".,"), b.rstrip(".,")), key=len) for a, b in zip(ours, theirs, strict=True)]
    return all(short == long or _within(short, long) for short, long in pairs)


def says_so(one: str, other: str) -> bool:
    """Whether every word that one of two labels cuts short ends in a full stop there."""
    for ours, theirs in zip(one.casefold().split(), other.casefold().split(), strict=True):
        short, long = sorted((ours.rstrip(","), theirs.rstrip(",")), key=lambda word: len(word.rstrip(".")))
        if short.rstrip(".") != long.rstrip(".") and not short.endswith("."):
            return False
    return True


def _within(short: str, long: str) -> bool:
    """Whether the letters of one word stand in another in this order, the first of them first."""
    if not short or short[0] != long[0] or not (short.isalpha() and long.isalpha()):
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)
