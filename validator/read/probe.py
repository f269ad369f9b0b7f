"""Whether text in doubt can be seen: the page is painted with it and without it.

In: a page and boxes of text objects. Out: those whose absence changes nothing on the page. This settles text under a
picture or a fill, white on white, and what else hides text, without our having to know every way to do so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.locations import Box, hull
from validator.read import pdfium
from validator.read.render import pixels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.read.render import Pixels

_SCALE = 1.5  # pixels per point: the strokes of 4-point type are then a third of a pixel wide and still grey
_MOST_PIXELS = 8_000_000  # of a probe: a larger page is painted smaller
_FAINT = 12  # of 255: a difference that no eye sees on paper


def unseen(page: int, size: tuple[float, float], words: Sequence[tuple[int, Box]]) -> set[int]:
    """Which words, each a box of a text object given by its handle, leave no mark on the page; by their index."""
    width, height = size
    region = hull(box for _, box in words).grown(1)
    region = Box(max(0, region.x0), max(0, region.top), min(width, region.x1), min(height, region.bottom))
    scale = min(_SCALE, (_MOST_PIXELS / max(1.0, region.width * region.height)) ** 0.5)
    painted = pixels(page, size, scale, region)
    boxes = [_within(box, region) for _, box in words]
    gone = {index for index, box in enumerate(boxes) if _plain(painted, box, scale)}
    rest = [index for index in range(len(words)) if index not in gone]
    if not rest:
        return gone
    handles = {words[index][0] for index in rest}
    for handle in handles:
        pdfium.object_activate(handle, 0)
    without = pixels(page, size, scale, region)
    for handle in handles:
        pdfium.object_activate(handle, 1)
    return gone | {index for index in rest if not _differ(painted, without, boxes[index], scale)}


def _within(box: Box, region: Box) -> Box:
    return Box(box.x0 - region.x0, box.top - region.top, box.x1 - region.x0, box.bottom - region.top)


def _rows(painted: Pixels, box: Box, scale: float) -> Iterator[slice]:
    """Where in the data the rows of a box lie."""
    left, right = (min(max(0, int(x * scale)), painted.width) for x in (box.x0, box.x1 + 1 / scale))
    top, bottom = (min(max(0, int(y * scale)), painted.height) for y in (box.top, box.bottom + 1 / scale))
    for row in range(top, bottom):
        yield slice(row * painted.stride + left * painted.depth, row * painted.stride + right * painted.depth)


def _plain(painted: Pixels, box: Box, scale: float) -> bool:
    """Whether a box is of one colour all over: whatever text is there, nobody sees it."""
    colours: set[bytes] = set()
    for row in _rows(painted, box, scale):
        data = painted.data[row]
        colours.add(data[: painted.depth])
        if len(colours) > 1 or data.count(data[: painted.depth]) * painted.depth != len(data):
            return False
    return True


def _differ(one: Pixels, other: Pixels, box: Box, scale: float) -> bool:
    """Whether an eye can tell two paintings of a box apart."""
    for row in _rows(one, box, scale):
        ours, theirs = one.data[row], other.data[row]
        if ours != theirs and any(abs(a - b) >= _FAINT for a, b in zip(ours, theirs, strict=True)):
            return True
    return False
