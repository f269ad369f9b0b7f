"""What a page paints, in painting order: paths, pictures and the paint of its text objects.

In: a page by its handle. Out: ``Painted``: plain values in points on the page as seen. It must not decide what counts
as a rule, a fill or a hidden word; `shapes` and `visible` do.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from validator.model.locations import Box
from validator.read import pdfium
from validator.read.axes import IDENTITY, Frame, Matrix, apply, times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from validator.model.settings import Settings

Colour = tuple[int, int, int]
# Of a shading, and what PDFium says of a tiling pattern, whatever that paints; a grey of 75 % looks the same to us.
UNTOLD = (None, (191, 191, 191))
_LONGEST_NAME = 64  # bytes of the name of a mark that are looked at
_LAYER = "OC\0".encode("utf-16-le")  # PDF 32000-1, 14.6: the tag of content in a layer
_NOTHING = "\0".encode("utf-16-le")


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
    """How a text object is painted. ``colour`` is None where it is a pattern or cannot be told.

    ``strange``: it is see-through or masked, in a layer that may be off, or in a clip of any shape, so that only the
    painted page tells whether it is seen.
    """

    order: int
    mode: int
    colour: Colour | None
    alpha: int
    clip: Box
    strange: bool = False


@dataclass(slots=True)
class Painted:
    """Everything a page paints; ``texts`` by the handle of the text object. ``shades`` are smooth shadings.

    ``notes`` are the places of annotations, which a viewer draws over all else.
    """

    paths: list[Path] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    shades: list[Picture] = field(default_factory=list)
    notes: list[Box] = field(default_factory=list)
    texts: dict[int, TextPaint] = field(default_factory=dict)
    complete: bool = True  # False where the page holds more objects than are looked at


class _Place(NamedTuple):
    """The surroundings of an object: the matrix of the forms it is in, and what their clips leave.

    ``strange`` is that of ``TextPaint``, for all that is in the form.
    """

    matrix: Matrix
    clip: Box
    depth: int
    strange: bool


class ObjectReader:
    """Reads what one page after another paints; keeps the buffers between calls.

    ``layered`` says whether forms may be in layers of the document, which PDFium does not tell.
    """

    def __init__(self, settings: Settings, layered: Callable[[], bool] = lambda: True) -> None:
        self._settings = settings
        self._ask = layered
        self._name = ctypes.create_string_buffer(_LONGEST_NAME)
        self._length = ctypes.c_ulong()
        self._odd_clip = False  # whether the last clip asked for is no plain box
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
        clipped = False  # to the shape of letters, which PDFium does not tell
        found.notes.extend(self._notes(page))
        for order, (kind, handle, place) in enumerate(self._walk(page)):
            if order >= self._settings.max_objects_per_page:
                found.complete = False
                break
            if kind == pdfium.TEXT:
                found.texts[handle] = text = self._text(order, handle, place, clipped)
                clipped = clipped or text.mode >= pdfium.CLIPS
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
        place = _Place(IDENTITY, self._page, 0, strange=False)
        for index in range(pdfium.page_object_count(page)):
            yield from self._visit(pdfium.page_object(page, index), place)

    def _visit(self, handle: int | None, place: _Place) -> Iterator[tuple[int, int, _Place]]:
        if not handle:
            return
        kind = pdfium.object_type(handle)
        if kind != pdfium.FORM:
            yield kind, handle, place
        elif place.depth < self._settings.max_form_depth:
            clip = self._clip(handle, place)
            strange = place.strange or self._odd_clip or bool(pdfium.object_transparent(handle))
            strange = strange or self._in_layer(handle) or self._layered
            inner = _Place(times(self._matrix(handle), place.matrix), clip, place.depth + 1, strange)
            for index in range(pdfium.form_object_count(handle)):
                yield from self._visit(pdfium.form_object(handle, index), inner)

    def _text(self, order: int, handle: int, place: _Place, clipped: bool) -> TextPaint:
        colour, alpha = self._colour(handle, stroke=False)
        clip = self._clip(handle, place)
        strange = colour in UNTOLD or place.strange or clipped or self._odd_clip
        strange = strange or bool(pdfium.object_transparent(handle)) or self._in_layer(handle)
        return TextPaint(order, pdfium.text_mode(handle), colour, alpha, clip, strange)

    @cached_property
    def _layered(self) -> bool:
        return self._ask()  # once, and only where there is a form: it looks at the whole file

    def _in_layer(self, handle: int) -> bool:
        """Whether an object is marked as part of a layer, which may be off."""
        for number in range(pdfium.mark_count(handle)):
            pdfium.mark_name(pdfium.mark(handle, number), self._name, _LONGEST_NAME, ctypes.byref(self._length))
            if self._length.value == len(_LAYER) and self._name.raw.startswith(_LAYER):
                return True
        return False

    def _notes(self, page: int) -> Iterator[Box]:
        """Where annotations are drawn; links seldom are."""
        count = pdfium.note_count(page)
        if count > self._settings.max_notes_per_page:
            yield self._page
            return
        for number in range(count):
            note = pdfium.note(page, number)
            if not note:
                continue
            drawn = pdfium.note_appearance(note, pdfium.NORMAL_APPEARANCE, None, 0) > len(_NOTHING)
            if (drawn or pdfium.note_type(note) != pdfium.LINK) and pdfium.note_box(note, self._float_at[0]):
                left, top, right, bottom = self._floats[:4]
                yield self._frame.box(left, bottom, right, top)
            pdfium.close_note(note)

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
        self._odd_clip = False
        for number in range(max(0, pdfium.clip_count(clip)) if clip else 0):
            points = []
            for index in range(min(pdfium.clip_segment_count(clip, number), self._settings.max_segments_per_clip)):
                segment = pdfium.clip_segment(clip, number, index)
                pdfium.segment_point(segment, self._float_at[0], self._float_at[1])
                points.append((self._floats[0], self._floats[1]))
            self._odd_clip = self._odd_clip or not _is_box(points)
            if points:
                left = _meet(left, self._around(points, place.matrix)) or Box(0, 0, 0, 0)
        return left


def _is_box(points: list[tuple[float, float]]) -> bool:
    """Whether a clip is one upright rectangle."""
    return len(points) in (4, 5) and len({x for x, _ in points}) <= 2 and len({y for _, y in points}) <= 2


def _meet(one: Box, other: Box) -> Box | None:
    """What two boxes share, or None."""
    x0, top = max(one.x0, other.x0), max(one.top, other.top)
    x1, bottom = min(one.x1, other.x1), min(one.bottom, other.bottom)
    return Box(x0, top, x1, bottom) if x0 < x1 and top < bottom else None
