"""Rules, fills and pictures from what a page paints.

In: paths and pictures on the page as seen. Out: ``Stroke``s, ``Fill``s and the boxes of pictures. Pure functions over
boxes; they must not ask PDFium anything, nor what a rule means.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from validator.model.locations import Box, hull
from validator.model.pages import Fill, Stroke

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.read.objects import Path, Picture

_RULE = 2.5  # points: a filled box thinner than this is a rule (office programs draw borders up to 2.25 pt so)
_SHORTEST = 2.0  # points: shorter lines are ticks, dots and parts of letters
_LEVEL = 0.5  # points: a line that strays less from its axis is straight
_APART = 1.5  # points: pieces of one rule that lie no further apart are one rule
_SEAM = 1.0  # points: slices of one picture that lie no further apart are one picture
_CORNERS = 5  # a closed rectangle has five points

Outline = tuple[tuple[float, float], ...]


def strokes(paths: Iterable[Path]) -> tuple[Stroke, ...]:
    """Straight rules, pieces of one rule put together."""
    found = [stroke for path in paths for stroke in _strokes_of(path)]
    level = [stroke for stroke in found if stroke.horizontal]
    upright = [stroke for stroke in found if not stroke.horizontal]
    return (*_merged(level), *_merged(upright))


def _strokes_of(path: Path) -> Iterator[Stroke]:
    for outline in path.outlines:
        if path.fill is not None and is_box(outline):
            box = _cut(_around(outline), path.clip)
            if box is not None and _thin(box):
                yield Stroke(box, min(box.width, box.height))
                continue
        if path.stroke is not None:
            for (ax, ay), (bx, by) in pairwise(outline):
                dx, dy = abs(ax - bx), abs(ay - by)
                if max(dx, dy) >= _SHORTEST and min(dx, dy) <= _LEVEL and not path.curved:
                    box = _cut(Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), path.clip)
                    if box is not None:
                        yield Stroke(box, path.width)


def _thin(box: Box) -> bool:
    return min(box.width, box.height) <= _RULE and max(box.width, box.height) >= _SHORTEST


def _merged(found: list[Stroke]) -> list[Stroke]:
    """Strokes of one direction; those on one line that touch, or nearly, become one."""
    rows: dict[int, list[Stroke]] = defaultdict(list)
    for stroke in found:
        box = stroke.box
        rows[round((box.top + box.bottom) if stroke.horizontal else (box.x0 + box.x1))].append(stroke)
    merged: list[Stroke] = []
    for key in sorted(rows):
        horizontal = rows[key][0].horizontal
        rows[key].sort(key=lambda s: s.box.x0 if s.horizontal else s.box.top)
        row: list[Stroke] = []
        for stroke in rows[key]:
            if row and _gap(row[-1].box, stroke.box, horizontal=horizontal) <= _APART:
                row[-1] = Stroke(hull((row[-1].box, stroke.box)), max(row[-1].width, stroke.width))
            else:
                row.append(stroke)
        merged.extend(row)
    return merged


def _gap(one: Box, other: Box, *, horizontal: bool) -> float:
    return other.x0 - one.x1 if horizontal else other.top - one.bottom


def fills(paths: Iterable[Path]) -> tuple[Fill, ...]:
    """Filled boxes, rounded corners included, that are too thick to be rules."""
    found: dict[Fill, None] = {}
    for path in paths:
        if path.fill is None:
            continue
        for outline in path.outlines:
            box = _cut(_around(outline), path.clip) if is_box(outline) or _rounded(path, outline) else None
            if box is not None and min(box.width, box.height) > _RULE:
                found[Fill(box, path.fill)] = None
    return tuple(found)


def box_of_fill(path: Path) -> Box | None:
    """The box that a filled path covers, where it is a single box, rounded or not; else None."""
    if len(path.outlines) != 1:
        return None
    outline = path.outlines[0]
    return _cut(_around(outline), path.clip) if is_box(outline) or _rounded(path, outline) else None


def around(path: Path) -> Box:
    """The box around all of a path, within its clip."""
    box = hull(map(_around, path.outlines))
    return _cut(box, path.clip) or Box(0, 0, 0, 0)


def is_box(outline: Outline) -> bool:
    """Whether an outline is a rectangle with level and upright sides."""
    if len(outline) < _CORNERS - 1 or len(outline) > _CORNERS + 1:
        return False
    ax, ay = outline[0]
    for bx, by in outline[1:]:  # a plain loop: a map has tens of thousands of outlines
        if not (-_LEVEL <= ax - bx <= _LEVEL or -_LEVEL <= ay - by <= _LEVEL):
            return False
        ax, ay = bx, by
    return len({(round(x), round(y)) for x, y in outline}) <= _CORNERS - 1


def _rounded(path: Path, outline: Outline) -> bool:
    """Whether an outline is a box with rounded corners: every point of it lies on the sides of the box around it."""
    if not path.curved or len(outline) < _CORNERS:
        return False
    x0, top, x1, bottom = _around(outline)
    return all(min(abs(x - x0), abs(x - x1), abs(y - top), abs(y - bottom)) <= _LEVEL for x, y in outline)


def pictures(placed: Iterable[Picture]) -> tuple[Box, ...]:
    """The boxes of pictures; slices of one picture are put together, and a picture drawn twice counts once."""
    boxes = list(dict.fromkeys(picture.box for picture in placed))
    for _ in range(2):  # tiles make rows, rows make a picture; slices in the other direction need the second turn
        boxes = _stacked(boxes, upright=False)
        boxes = _stacked(boxes, upright=True)
    boxes.sort(key=lambda box: -box.width * box.height)
    kept: list[Box] = []
    for box in boxes:
        if not any(_inside(box, other) for other in kept[:_LARGEST]):
            kept.append(box)
    return tuple(sorted(kept, key=lambda box: (box.top, box.x0)))


_LARGEST = 50  # pictures that others are looked for inside of; bounds the work on a page of thousands


def _stacked(boxes: list[Box], *, upright: bool) -> list[Box]:
    """Boxes of the same extent that touch along the other axis, put together."""
    rows: dict[tuple[int, int], list[Box]] = defaultdict(list)
    for box in boxes:
        rows[(round(box.x0), round(box.x1)) if upright else (round(box.top), round(box.bottom))].append(box)
    merged: list[Box] = []
    for row in rows.values():
        row.sort(key=lambda box: box.top if upright else box.x0)
        for number, box in enumerate(row):
            if number and _gap(merged[-1], box, horizontal=not upright) <= _SEAM:
                merged[-1] = hull((merged[-1], box))
            else:
                merged.append(box)
    return merged


def _inside(inner: Box, outer: Box) -> bool:
    wide = outer.grown(_SEAM)
    return wide.x0 <= inner.x0 and inner.x1 <= wide.x1 and wide.top <= inner.top and inner.bottom <= wide.bottom


def _around(outline: Outline) -> Box:
    xs, ys = zip(*outline, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _cut(box: Box, clip: Box) -> Box | None:
    """What a clip leaves of a box, which may be as thin as a line; None where nothing is left."""
    x0, top = max(box.x0, clip.x0), max(box.top, clip.top)
    x1, bottom = min(box.x1, clip.x1), min(box.bottom, clip.bottom)
    return Box(x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None
