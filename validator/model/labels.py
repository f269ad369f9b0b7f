"""Comparing printed labels: by their letters, whatever the spacing and case, and with allowance for cut-off cells."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STEP = " › "  # between the labels of a path, outermost first, and before the column in the label of a figure
# A cell that is too narrow cuts its label off; shorter beginnings than this fit too many labels to say which was cut.
MIN_CUT_LABEL = 6
_ALIKE = str.maketrans(
    {"\u00ad": None}
    | dict.fromkeys("\u2018\u2019\u02bc\u2032\u00b4`", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
_ELLIPSES = "….\u2026"


class _Key(str):
    """A key that remembers where the words of its label began."""

    __slots__ = ("starts",)
    starts: frozenset[int]


@lru_cache(maxsize=1 << 16)  # the same labels are compared over and over
def key(text: str) -> str:
    """What two labels have in common when they are the same: no white space, no soft hyphens, no case.

    Nor does it matter which apostrophe and which dash a typesetter, a keyboard or a program took.
    """
    words = unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE).split()
    made = _Key("".join(words))
    made.starts = frozenset(accumulate(map(len, words)))
    return made


def match(left: Iterable[str], right: Iterable[str]) -> dict[str, str]:
    """For each key of ``left`` that ``right`` has too, the key there.

    Equal keys match first. What is left over matches where one is the other cut off, because a narrow cell prints
    only the beginning, and no third label competes. A cut is marked by an ellipsis, or it goes through a word; but so
    do two names of which one begins the other, and hence one cut without a mark is not believed alone: a column that
    is too narrow cuts several labels on its side.
    """
    lefts, rights = dict.fromkeys(left), dict.fromkeys(right)
    matched = {name: name for name in lefts if name in rights}
    pairs = _begun(lefts, rights)
    cut = {pair for pair in pairs if _is_cut(*pair)}
    in_left = {one for one, other in cut if _shorter(one, other)}
    in_right = {other for one, other in cut if not _shorter(one, other)}
    claims = Counter(name for pair in pairs for name in {("left", pair[0]), ("right", pair[1])})
    for one, other in pairs:
        alone = claims["left", one] == claims["right", other] == 1
        several = len(in_left if _shorter(one, other) else in_right) > 1
        if alone and (one, other) in cut and (several or _marked(one, other)):
            matched[one] = other
    return matched


def doubtful(left: Iterable[str], right: Iterable[str]) -> frozenset[str]:
    """The keys without a match of which nobody can say whether they are another of the other side, cut off."""
    lefts, rights = dict.fromkeys(left), dict.fromkeys(right)
    matched = match(lefts, rights)
    known = {*matched, *matched.values()}
    return frozenset(name for pair in _begun(lefts, rights) for name in pair if name not in known)


def _begun(lefts: Iterable[str], rights: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of keys, found on one side only, of which one begins the other."""
    ours, theirs = dict.fromkeys(lefts), dict.fromkeys(rights)
    spare = [name for name in theirs if name not in ours]
    return [(one, other) for one in ours if one not in theirs for other in spare if _begins(one, other)]


def _begins(one: str, other: str) -> bool:
    """Whether one key is the beginning of the other, and long enough to tell."""
    short, long = sorted((one.rstrip(_ELLIPSES), other.rstrip(_ELLIPSES)), key=len)
    return len(short) >= MIN_CUT_LABEL and long.startswith(short)


def _shorter(one: str, other: str) -> bool:
    return len(one.rstrip(_ELLIPSES)) < len(other.rstrip(_ELLIPSES))


def _is_cut(one: str, other: str) -> bool:
    """Whether the shorter key says that it is cut, or ends within a word of the longer."""
    short, long = (one, other) if _shorter(one, other) else (other, one)
    end = len(short)
    within = long[end : end + 1].isalpha() and end not in (long.starts if isinstance(long, _Key) else ())
    return within or _marked(one, other)


def _marked(one: str, other: str) -> bool:
    """Whether the shorter key ends in an ellipsis, or nothing but points tells the two apart."""
    short = one if _shorter(one, other) else other
    return short.endswith(("\u2026", "..")) or one.rstrip(_ELLIPSES) == other.rstrip(_ELLIPSES)


def repeated(keys: Sequence[str]) -> frozenset[str]:
    """The keys that occur more than once."""
    seen: set[str] = set()
    return frozenset(name for name in keys if name in seen or seen.add(name))  # type: ignore[func-returns-value]
