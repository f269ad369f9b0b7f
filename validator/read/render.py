"""Pages as pictures.

In: a path or a page. Out: a PNG of the page as it is seen, for people; raw pixels, for `probe`. It must not read text.
"""

from __future__ import annotations

import ctypes
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from validator.model.errors import ReadError
from validator.model.locations import Box
from validator.read import pdfium
from validator.read.files import load, page_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from validator.model.settings import Settings

_BGRX, _DEPTH = 3, 4  # FPDFBitmap_BGRx, four bytes per pixel
_WHITE = 0xFFFFFFFF
_WITH_ANNOTATIONS = 0x01  # FPDF_ANNOT: what a viewer shows
_LONGEST_SIDE = 10_000  # pixels: a larger picture is no page that anybody looks at


class Pixels(NamedTuple):
    """Rows of ``stride`` bytes with ``depth`` bytes per pixel, blue first."""

    width: int
    height: int
    stride: int
    depth: int
    data: bytes


def page_png(path: str | Path, page: int, scale: float, settings: Settings) -> bytes:
    """The 1-based ``page`` as a PNG of ``scale`` pixels per point. Raises ``ReadError``."""
    with page_pictures(path, settings) as picture:
        return picture(page, scale)


@contextmanager
def page_pictures(path: str | Path, settings: Settings) -> Iterator[Callable[[int, float], bytes]]:
    """A function (1-based page, scale) → PNG that keeps the document open, for many pages. Raises ``ReadError``."""
    name = str(path)
    with pdfium.opened(load(name, settings), name) as document:

        def picture(page: int, scale: float) -> bytes:
            with pdfium.page_of(document, page - 1) as handle:
                if not handle:
                    raise ReadError(f"{name}: page {page} cannot be drawn; the PDF has no such page or it is damaged")
                return _png(pixels(handle, page_frame(handle).size, scale))

        yield picture


def pixels(page: int, size: tuple[float, float], scale: float, region: Box | None = None) -> Pixels:
    """The page, or a region of it, painted on white; ``size`` is that of the page as seen, in points."""
    part = region or Box(0, 0, *size)
    width, height = (min(_LONGEST_SIDE, max(1, round(side * scale))) for side in (part.width, part.height))
    bitmap = pdfium.new_bitmap(width, height, _BGRX, None, 0)
    if not bitmap:
        raise ReadError(f"a page picture of {width} by {height} pixels needs more memory than there is")
    try:
        pdfium.fill_bitmap(bitmap, 0, 0, width, height, _WHITE)
        left, top, right, bottom = (round(side * scale) for side in (-part.x0, -part.top, *size))
        pdfium.render(bitmap, page, left, top, max(1, right), max(1, bottom), 0, _WITH_ANNOTATIONS)
        stride = pdfium.bitmap_stride(bitmap)
        data = ctypes.string_at(pdfium.bitmap_buffer(bitmap), stride * height)
    finally:
        pdfium.destroy_bitmap(bitmap)
    return Pixels(width, height, stride, _DEPTH, data)


def _png(painted: Pixels) -> bytes:
    from PIL import Image

    image = Image.frombuffer("RGB", (painted.width, painted.height), painted.data, "raw", "BGRX", painted.stride, 1)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
