"""Which glyphs a reader of the page can see.

In: runs, and what the page paints. Out: the runs without what is surely hidden, how many glyphs went, and the runs in
doubt, for which `probe` looks at the painted page. Pure functions; when unsure a run is kept or put in doubt, never
dropped, since a figure left out is worse than a shadow read.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from validator.read import pdfium
from validator.read.axes import across, along
from validator.read.objects import UNTOLD
from validator.read.shapes import around, box_of_fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.locations import Box
    from validator.read.glyphs import Run
    from validator.read.objects import Colour, Painted, Picture, TextPaint

_SMALLEST = 0.5  # points: type below this is a mark for machines
_CONTRAST = 12  # of 255, in the most different channel: below it an eye sees nothing on paper
_LAST = sys.maxsize  # painted after all else
_WHITE = (255, 255, 255)
_BAND = 40.0  # points: height of the bands in which fills are looked up
_PAINTS_NOTHING = (pdfium.INVISIBLE, pdfium.CLIP_ONLY)
_STROKES_ONLY = (1, 5)  # text render modes whose fill colour says nothing
_PART = 0.25  # ems of a run that something must cover for doubt: half a digit
_BROAD = 2.5  # points: a line broader than this may be the ground of a heading


class Sifted(NamedTuple):
    """``kept`` includes the runs in ``doubt``; ``hidden`` are runs of glyphs that were left out."""

    kept: list[Run]
    doubt: list[Run]
    hidden: list[Run]


class _Cover(NamedTuple):
    """Something painted over an area: a fill with its colour, or what has no one colour that we know (None)."""

    order: int
    box: Box
    colour: Colour | None


def sift(runs: Iterable[Run], painted: Painted) -> Sifted:
    """Part the runs of a page into what can be seen, what may not be, and what cannot."""
    covers = _banded(_covers(painted))
    result = Sifted([], [], [])
    for run in runs:
        paint = painted.texts.get(run.handle)
        if paint is None:  # beyond the number of objects that are looked at
            result.kept.append(run)
            continue
        if _nothing(run, paint):
            result.hidden.append(run)
            continue
        inside, outside = clipped(run, paint.clip)
        if outside is not None:
            result.hidden.append(outside)
        if inside is not None:
            result.kept.append(inside)
            if (paint.strange or inside.font.blank or _doubtful(inside, paint, covers)) and set(inside.texts) != {" "}:
                result.doubt.append(inside)
    return result


def box_of(run: Run) -> Box:
    """The box of a run on the page."""
    return across(run.rotation, min(run.starts), max(run.stops), run.upper, run.lower)


def clipped(run: Run, clip: Box) -> tuple[Run | None, Run | None]:
    """What lies inside the clip and what outside, glyph by glyph (a glyph goes with its middle)."""
    box = box_of(run)
    if clip.x0 <= box.x0 and box.x1 <= clip.x1 and clip.top <= box.top and box.bottom <= clip.bottom:
        return run, None
    middle = (run.upper + run.baseline) / 2
    seen = [
        clip.holds(across(run.rotation, start, stop, middle, middle))
        for start, stop in zip(run.starts, run.stops, strict=True)
    ]
    if all(seen):
        return run, None
    if not any(seen):
        return None, run
    return run.only(seen), run.only([not one for one in seen])


class Spot(NamedTuple):
    """A word of a run: its glyphs from ``first`` up to ``stop``, and its box."""

    first: int
    stop: int
    box: Box


def spots(run: Run) -> list[Spot]:
    """The words of a run, cut at spaces and wide gaps."""
    found: list[Spot] = []
    first: int | None = None
    for index, text in enumerate((*run.texts, " ")):
        if first is not None and (text == " " or run.starts[index] - run.stops[index - 1] > run.size):
            part = slice(first, index)
            box = across(run.rotation, min(run.starts[part]), max(run.stops[part]), run.upper, run.lower)
            found.append(Spot(first, index, box))
            first = None
        if first is None and text != " ":
            first = index
    return found


def parted(run: Run, gone: Iterable[Spot]) -> tuple[Run | None, Run | None]:
    """A run without some of its words, and those; None where nothing but spaces is left."""
    seen = [True] * len(run.texts)
    for spot in gone:
        seen[spot.first : spot.stop] = [False] * (spot.stop - spot.first)
    if all(seen):
        return run, None
    if all(text == " " for text, one in zip(run.texts, seen, strict=True) if one):
        return None, run
    return run.only(seen), run.only([not one for one in seen])


def _nothing(run: Run, paint: TextPaint) -> bool:
    """Whether a run leaves no paint on the page, wherever it stands."""
    return paint.mode in _PAINTS_NOTHING or run.size < _SMALLEST or (paint.alpha == 0 and paint.mode == 0)


def _doubtful(run: Run, paint: TextPaint, covers: dict[int, list[_Cover]]) -> bool:
    """Whether something was painted over the run, or it has the colour of what lies beneath.

    Never more than a doubt: PDFium calls a gradient white, both in a fill and in text.
    """
    box = box_of(run)
    x, y = box.center
    start, stop, upper, lower = along(run.rotation, box)
    middle, much = (upper + lower) / 2, _PART * min(run.size, stop - start)
    backing: Colour | None = _WHITE
    for order, area, colour in covers.get(int(y // _BAND), ()):
        if order < paint.order:
            if area[0] <= x <= area[2] and area[1] <= y <= area[3]:
                backing = colour
                break
            continue
        first, last, high, low = along(run.rotation, area)
        if high <= middle <= low and min(last, stop) - max(first, start) >= much:
            return True
    if paint.colour is None or paint.mode in _STROKES_ONLY:
        return False
    if backing is None:
        return True
    return max(abs(one - other) for one, other in zip(paint.colour, backing, strict=True)) < _CONTRAST


def _covers(painted: Painted) -> Iterator[_Cover]:
    for path in painted.paths:
        if path.fill is not None or path.patterned:
            box = box_of_fill(path) if path.solid else None
            told = None if path.fill in UNTOLD else path.fill
            yield _Cover(path.order, around(path), None) if box is None else _Cover(path.order, box, told)
        if path.stroke is not None and path.width > _BROAD:
            yield _Cover(path.order, around(path).grown(path.width / 2), None)
    pictures: list[Picture] = [*painted.pictures, *painted.shades]
    for picture in pictures:
        yield _Cover(picture.order, picture.box, None)
    for box in painted.notes:
        yield _Cover(_LAST, box, None)


def _banded(covers: Iterable[_Cover]) -> dict[int, list[_Cover]]:
    """Covers by the bands of the page that they touch, the last painted first."""
    bands: dict[int, list[_Cover]] = defaultdict(list)
    ordered = sorted(covers, key=lambda cover: cover.order)
    for cover in ordered[::-1]:  # of one path the stroke, which comes after its fill, lies over it
        for band in range(int(cover.box.top // _BAND), int(cover.box.bottom // _BAND) + 1):
            bands[band].append(cover)
    return bands
