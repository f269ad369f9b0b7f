"""Comparing printed labels: by their letters, whatever the spacing and case, and with allowance for cut-off cells."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A cell that is too narrow cuts its label off; shorter beginnings than this fit too many labels to say which was cut.
MIN_CUT_LABEL = 6
_ELLIPSES = "….\u2026"


@lru_cache(maxsize=1 << 16)  # the same labels are compared over and over
def key(text: str) -> str:
    """What two labels have in common when they are the same: no white space, no soft hyphens, no case."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u00ad", "")
    return "".join(folded.split())


def match(left: Iterable[str], right: Iterable[str]) -> dict[str, str]:
    """For each key of ``left`` that ``right`` has too, the key there.

    Equal keys match first. What is left over matches where one is the beginning of the other and no third label
    competes, because a narrow cell prints only the beginning.
    """
    lefts, rights = dict.fromkeys(left), dict.fromkeys(right)
    matched = {name: name for name in lefts if name in rights}
    spare = [name for name in rights if name not in matched]
    loose = [name for name in lefts if name not in matched]
    candidates = {name: [other for other in spare if _cut(name, other)] for name in loose}
    claims: defaultdict[str, int] = defaultdict(int)
    for others in candidates.values():
        for other in others:
            claims[other] += 1
    matched.update(
        (name, others[0]) for name, others in candidates.items() if len(others) == 1 and claims[others[0]] == 1
    )
    return matched


def _cut(one: str, other: str) -> bool:
    """Whether one key may be the other, cut off."""
    short, long = sorted((one.rstrip(_ELLIPSES), other.rstrip(_ELLIPSES)), key=len)
    return len(short) >= MIN_CUT_LABEL and long.startswith(short)


def repeated(keys: Sequence[str]) -> frozenset[str]:
    """The keys that occur more than once."""
    seen: set[str] = set()
    return frozenset(name for name in keys if name in seen or seen.add(name))  # type: ignore[func-returns-value]
