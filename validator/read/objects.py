"""What a page paints, in painting order: paths, pictures and the paint of its text objects.

In: a page by its handle. Out: ``Painted``: plain values in points on the page as seen. It must not decide what counts
as a rule, a fill or a hidden word; `shapes` and `visible` do.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from validator.model.locations import Box
from validator.read import pdfium
from validator.read.axes import IDENTITY, Frame, Matrix, apply, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.settings import Settings

Colour = tuple[int, int, int]


class Path(NamedTuple):
    """A painted path. ``outlines`` are its subpaths as points; a curve counts by its end point, and sets ``curved``.

    ``fill`` and ``stroke`` are colours, or None where that is not painted; ``solid`` is False for a see-through fill;
    ``patterned`` says that it is filled with a pattern or a shading, which has no one colour.
    """

    order: int
    outlines: tuple[tuple[tuple[float, float], ...], ...]
    curved: bool
    fill: Colour | None
    stroke: Colour | None
    width: float
    solid: bool
    patterned: bool
    clip: Box


class Picture(NamedTuple):
    """An image as placed; its box is what the clip leaves of it."""

    order: int
    box: Box


class TextPaint(NamedTuple):
    """How a text object is painted. ``colour`` is None where it is a pattern or cannot be told."""

    order: int
    mode: int
    colour: Colour | None
    alpha: int
    clip: Box


@dataclass(slots=True)
class Painted:
    """Everything a page paints; ``texts`` by the handle of the text object. ``shades`` are smooth shadings."""

    paths: list[Path] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    shades: list[Picture] = field(default_factory=list)
    texts: dict[int, TextPaint] = field(default_factory=dict)
    complete: bool = True  # False where the page holds more objects than are looked at


class _Place(NamedTuple):
    """The surroundings of an object: the matrix of the forms it is in, and what their clips leave."""

    matrix: Matrix
    clip: Box
    depth: int


class ObjectReader:
    """Reads what one page after another paints; keeps the buffers between calls."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._floats = (ctypes.c_float * 8)()
        self._float_at = [ctypes.addressof(self._floats) + 4 * i for i in range(8)]
        self._ints = (ctypes.c_uint * 4)()
        self._int_at = [ctypes.addressof(self._ints) + 4 * i for i in range(4)]
        self._frame = Frame(0, 0, 0, 0, 0)
        self._page = Box(0, 0, 0, 0)

    def painted(self, page: int, frame: Frame) -> Painted:
        """What ``page`` paints, up to the bounds in the settings."""
        self._frame = frame
        width, height = frame.size
        self._page = Box(0, 0, width, height)
        found = Painted()
        segments_left = self._settings.max_segments_per_page
        for order, (kind, handle, place) in enumerate(self._walk(page)):
            if order >= self._settings.max_objects_per_page:
                found.complete = False
                break
            if kind == pdfium.TEXT:
                found.texts[handle] = self._text(order, handle, place)
            elif kind == pdfium.PATH:
                path = self._path(order, handle, place, segments_left)
                if path is not None:
                    segments_left -= sum(map(len, path.outlines))
                    found.paths.append(path)
            elif kind in (pdfium.IMAGE, pdfium.SHADING):
                box = _meet(self._bounds(handle, place.matrix), self._clip(handle, place))
                if box is not None:
                    (found.pictures if kind == pdfium.IMAGE else found.shades).append(Picture(order, box))
        return found

    def _walk(self, page: int) -> Iterator[tuple[int, int, _Place]]:
        """Every object of the page and of the forms in it, in painting order."""
        place = _Place(IDENTITY, self._page, 0)
        for index in range(pdfium.page_object_count(page)):
            yield from self._visit(pdfium.page_object(page, index), place)

    def _visit(self, handle: int | None, place: _Place) -> Iterator[tuple[int, int, _Place]]:
        if not handle:
            return
        kind = pdfium.object_type(handle)
        if kind != pdfium.FORM:
            yield kind, handle, place
        elif place.depth < self._settings.max_form_depth:
            inner = _Place(times(self._matrix(handle), place.matrix), self._clip(handle, place), place.depth + 1)
            for index in range(pdfium.form_object_count(handle)):
                yield from self._visit(pdfium.form_object(handle, index), inner)

    def _text(self, order: int, handle: int, place: _Place) -> TextPaint:
        colour, alpha = self._colour(handle, stroke=False)
        return TextPaint(order, pdfium.text_mode(handle), colour, alpha, self._clip(handle, place))

    def _path(self, order: int, handle: int, place: _Place, segments_left: int) -> Path | None:
        pdfium.path_draw_mode(handle, self._int_at[0], self._int_at[1])
        filled, stroked = self._ints[0] != pdfium.FILL_NONE, bool(self._ints[1])
        count = pdfium.path_segment_count(handle)
        if not (filled or stroked) or count < 1 or count > min(segments_left, self._settings.max_segments_per_path):
            return None
        fill, alpha = self._colour(handle, stroke=False) if filled else (None, 0)
        stroke, stroke_alpha = self._colour(handle, stroke=True) if stroked else (None, 0)
        matrix = times(self._matrix(handle), place.matrix)
        pdfium.object_stroke_width(handle, self._float_at[0])
        width = self._floats[0] * (abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5)
        outlines, curved = self._outlines(handle, count, matrix)
        return Path(
            order,
            outlines,
            curved,
            fill if alpha else None,
            stroke if stroke_alpha else None,
            width,
            alpha == 255,
            filled and fill is None,
            self._clip(handle, place),
        )

    def _outlines(
        self, handle: int, count: int, matrix: Matrix
    ) -> tuple[tuple[tuple[tuple[float, float], ...], ...], bool]:
        outlines: list[list[tuple[float, float]]] = []
        curved = False
        x_at, y_at = self._float_at[0], self._float_at[1]
        floats, point = self._floats, self._frame.point
        for index in range(count):
            segment = pdfium.path_segment(handle, index)
            kind = pdfium.segment_type(segment)
            pdfium.segment_point(segment, x_at, y_at)
            here = point(*apply(matrix, floats[0], floats[1]))
            if kind == pdfium.MOVE_TO or not outlines:
                outlines.append([here])
            else:
                outlines[-1].append(here)
            curved = curved or kind == pdfium.BEZIER_TO
            if pdfium.segment_close(segment) and outlines[-1][0] != here:
                outlines[-1].append(outlines[-1][0])
        return tuple(map(tuple, outlines)), curved

    def _colour(self, handle: int, *, stroke: bool) -> tuple[Colour | None, int]:
        """Colour and alpha; the colour is None for a pattern."""
        ask = pdfium.object_stroke if stroke else pdfium.object_fill
        if not ask(handle, *self._int_at):
            return None, 255
        red, green, blue, alpha = self._ints
        return (red, green, blue), alpha

    def _matrix(self, handle: int) -> Matrix:
        if not pdfium.object_matrix(handle, self._float_at[0]):
            return IDENTITY
        a, b, c, d, e, f, *_ = self._floats
        return a, b, c, d, e, f

    def _bounds(self, handle: int, matrix: Matrix) -> Box:
        if not pdfium.object_bounds(handle, *self._float_at[:4]):
            return Box(0, 0, 0, 0)
        left, bottom, right, top = self._floats[:4]
        return self._around([(left, bottom), (right, top), (left, top), (right, bottom)], matrix)

    def _around(self, points: list[tuple[float, float]], matrix: Matrix) -> Box:
        seen = [self._frame.point(*apply(matrix, x, y)) for x, y in points]
        xs, ys = [x for x, _ in seen], [y for _, y in seen]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _clip(self, handle: int, place: _Place) -> Box:
        """What the clip of an object leaves of the page, as a box (of a shape that is no box, the box around it)."""
        clip = pdfium.clip_path(handle)
        left = place.clip
        for number in range(max(0, pdfium.clip_count(clip)) if clip else 0):
            points = []
            for index in range(min(pdfium.clip_segment_count(clip, number), self._settings.max_segments_per_clip)):
                segment = pdfium.clip_segment(clip, number, index)
                pdfium.segment_point(segment, self._float_at[0], self._float_at[1])
                points.append((self._floats[0], self._floats[1]))
            if points:
                left = _meet(left, self._around(points, place.matrix)) or Box(0, 0, 0, 0)
        return left


def _meet(one: Box, other: Box) -> Box | None:
    """What two boxes share, or None."""
    x0, top = max(one.x0, other.x0), max(one.top, other.top)
    x1, bottom = min(one.x1, other.x1), min(one.bottom, other.bottom)
    return Box(x0, top, x1, bottom) if x0 < x1 and top < bottom else None
