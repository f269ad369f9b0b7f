"""Which glyphs a reader of the page can see.

In: runs, and what the page paints. Out: the runs without what is surely hidden, how many glyphs went, and the runs in
doubt, for which `probe` looks at the painted page. Pure functions; when unsure a run is kept or put in doubt, never
dropped, since a figure left out is worse than a shadow read.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from validator.read import pdfium
from validator.read.axes import across
from validator.read.shapes import around, box_of_fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.locations import Box
    from validator.read.glyphs import Run
    from validator.read.objects import Colour, Painted, Picture, TextPaint

_SMALLEST = 0.5  # points: type below this is a mark for machines
_CONTRAST = 12  # of 255, in the most different channel: below it an eye sees nothing on paper
_WHITE = (255, 255, 255)
_BAND = 40.0  # points: height of the bands in which fills are looked up
_PAINTS_NOTHING = (pdfium.INVISIBLE, pdfium.CLIP_ONLY)
_STROKES_ONLY = (1, 5)  # text render modes whose fill colour says nothing
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
            if _doubtful(inside, paint, covers) and any(text != " " for text in inside.texts):
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


def _nothing(run: Run, paint: TextPaint) -> bool:
    """Whether a run leaves no paint on the page, wherever it stands."""
    return paint.mode in _PAINTS_NOTHING or run.size < _SMALLEST or (paint.alpha == 0 and paint.mode == 0)


def _doubtful(run: Run, paint: TextPaint, covers: dict[int, list[_Cover]]) -> bool:
    """Whether something was painted over the run, or it has the colour of what lies beneath.

    Never more than a doubt: PDFium calls a gradient white, both in a fill and in text.
    """
    x, y = box_of(run).center
    backing: Colour | None = _WHITE
    for cover in covers.get(int(y // _BAND), ()):
        if cover.box.x0 <= x <= cover.box.x1 and cover.box.top <= y <= cover.box.bottom:
            if cover.order > paint.order:
                return True
            backing = cover.colour
    if paint.colour is None or backing is None or paint.mode in _STROKES_ONLY:
        return False
    return max(abs(one - other) for one, other in zip(paint.colour, backing, strict=True)) < _CONTRAST


def _covers(painted: Painted) -> Iterator[_Cover]:
    for path in painted.paths:
        if path.fill is not None or path.patterned:
            box = box_of_fill(path) if path.solid else None
            yield _Cover(path.order, around(path), None) if box is None else _Cover(path.order, box, path.fill)
        if path.stroke is not None and path.width > _BROAD:
            yield _Cover(path.order, around(path).grown(path.width / 2), None)
    pictures: list[Picture] = [*painted.pictures, *painted.shades]
    for picture in pictures:
        yield _Cover(picture.order, picture.box, None)


def _banded(covers: Iterable[_Cover]) -> dict[int, list[_Cover]]:
    """Covers by the bands of the page that they touch, in painting order."""
    bands: dict[int, list[_Cover]] = defaultdict(list)
    for cover in sorted(covers, key=lambda cover: cover.order):
        for band in range(int(cover.box.top // _BAND), int(cover.box.bottom // _BAND) + 1):
            bands[band].append(cover)
    return bands
