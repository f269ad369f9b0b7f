"""Whole rows and columns in the place of single figures: which labels a rule is then taken for.

In: the labels of a row or column, and those that a rule leaves out. Out: what is left out, or what is wrong. It
knows no figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.building import EXCEPT as PARAMETER
from validator.model.labels import STEP, key
from validator.model.names import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

EXCEPT = PARAMETER.name
_WRITTEN_STEP = " > "  # of a path, as operands write it


def left_out(labels: Sequence[str], texts: Sequence[str]) -> frozenset[int]:
    """The places of the labels that are left out: by their own text, or by the whole path ("North > Women")."""
    wanted = {key(_path(text)) for text in texts}
    return frozenset(place for place, label in enumerate(labels) if wanted & _keys(label))


def unknown(labels: Sequence[str], texts: Sequence[str]) -> str:
    """A fault where a text is none of the labels, with the nearest that is; "" where all are."""
    known = {one for label in labels for one in _keys(label)}
    for text in texts:
        if key(_path(text)) not in known:
            near = nearest(text, [label.replace(STEP, _WRITTEN_STEP) for label in labels if label])
            return f"{EXCEPT!r}: there is no “{text}” to leave out" + (f"; the nearest is “{near}”" if near else "")
    return ""


def told(labels: Sequence[str], places: Sequence[int]) -> list[str] | None:
    """The texts by which just the labels at these places are left out; None where nothing tells them from others."""
    texts: dict[str, None] = {}
    for place in places:
        whole = " ".join(labels[place].replace(STEP, _WRITTEN_STEP).split())
        own = " ".join(_own(labels[place]).split())
        text = next((one for one in (own, whole) if _leaves_out(labels, one, place, places)), None)
        if text is None:
            return None
        texts[text] = None
    return list(texts)


def _leaves_out(labels: Sequence[str], text: str, place: int, places: Sequence[int]) -> bool:
    """Whether a text leaves out a place, and none but those that are to be left out."""
    out = left_out(labels, [text])
    return place in out and out <= set(places)


def unlike(ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, str] | None:
    """What two rows or columns have instead of the same labels in the same order; None where they have them."""
    if len(ours) != len(theirs):
        return f"{len(ours)} figures", str(len(theirs))
    return next(((f"“{a}”", f"“{b}” there") for a, b in zip(ours, theirs, strict=True) if key(a) != key(b)), None)


def _keys(label: str) -> set[str]:
    return {key(label), key(_own(label))}


def _own(label: str) -> str:
    """The innermost label of a path."""
    return label.rpartition(STEP)[2]


def _path(text: str) -> str:
    """A path as figures are labelled."""
    return text.replace(_WRITTEN_STEP, STEP)
