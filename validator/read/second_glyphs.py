"""The characters of a page for the second reader: pdfminer at work on those parts of its content that set text.

In: a pdfplumber page. Out: its glyphs on the page as seen. Half the content of a page of tables is lines, colours and
tags, and pdfminer takes as long over them as over the text; they move no character, so they are taken out before it
parses what is left. Pictures that stand in the content itself (BI … EI) are not parsed around: what looks like a
drawing among their bytes goes as well, which nobody misses, since no picture is looked at; what looks like text stays.
It must not look at what the first reader saw.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTFigure
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, stream_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Repetitions are possessive, so that no content can make the search go back: it takes time in proportion to its length.
_N = rb"[-+]?+(?:\d++(?:\.\d*+)?+|\.\d++)\s++"
_SEGMENTS = rb"(?:N N (?:N N N N c|N N [vy]|[ml])\s++|h\s++|N N N N re\s++)++"
_PAINTED = rb"(?:W\*?+\s++)?+(?:[SsFn]|[fBb]\*?+)(?=\s)"
_COLOUR = rb"(?:N N N (?:N )?+)?+(?:N )?+(?:rg|RG|g|G|k|K|scn?|SCN?)(?=\s)"
_STROKE = rb"N [jJMiw](?=\s)|\[[^\[\]()<>]*+\]\s*+N d(?=\s)"
_TAG = rb"/[A-Za-z0-9]++\s*+<<[^<>()]*+>>\s*+BDC(?=\s)|EMC(?=\s)"
_BARE = rb"[^()\\]|\\."
_STRING = reduce(lambda inner, _: rb"\((?:" + _BARE + b"|" + inner + rb")*+\)", range(8), _BARE)  # nobody nests more
# What is in brackets stays, whatever it says; and so does a path that is not painted, lest each of its parts be tried.
_KEPT = _STRING + rb"|\\.|(?<=\s)" + _SEGMENTS + b"(?!" + _PAINTED + b")"
_LEFT_OUT = rb"(?<=\s)(?:" + b"|".join((_SEGMENTS + _PAINTED, _COLOUR, _STROKE, _TAG)) + b")"
_DRAWN = re.compile((b"(" + _KEPT + b")|" + _LEFT_OUT).replace(b"N ", _N), re.DOTALL)


class Glyph(NamedTuple):
    """A character with the middle of its box on the page as seen, its extent, and its width along the line."""

    text: str
    x: float
    y: float
    size: float
    width: float


def glyphs_of(page: Any) -> Iterator[Glyph]:
    """The characters of a pdfplumber page, in points from the top left of what is seen of it, in the file's order.

    Raises whatever pdfminer raises of content that it cannot read.
    """
    page.page_obj.mediabox = _sorted(page.page_obj.mediabox)  # any two corners may be given; pdfminer takes the first
    device = _Characters(page.pdf.rsrcmgr, pageno=page.page_number)
    _TextInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    left, top = _corner(page)
    top -= page.height  # heights grow upwards from the bottom of the media box
    for char in _characters(device.get_result()):
        x, y = (char.x0 + char.x1) / 2 - left, -(char.y0 + char.y1) / 2 - top
        yield Glyph(char.get_text(), x, y, char.size, char.x1 - char.x0)


class _Characters(PDFPageAggregator):
    """What a page holds, without its lines and pictures."""

    def paint_path(self, *_: object) -> None:
        """Nobody asks for lines."""

    def render_image(self, *_: object) -> None:
        """Nor for pictures."""


class _TextInterpreter(PDFPageInterpreter):
    """Executes content, that of forms included, as far as it may set text."""

    def execute(self, streams: Sequence[object]) -> None:
        super().execute([_without_drawings(stream_value(stream)) for stream in streams])


def _without_drawings(stream: PDFStream) -> PDFStream:
    bare = PDFStream({}, text_operators(stream.get_data()))
    if stream.objid is not None:
        bare.set_objid(stream.objid, stream.genno or 0)  # by which pdfminer knows a form that contains itself
    return bare


def text_operators(content: bytes) -> bytes:
    """Page content without whole paths, colours, the manner of lines, and tags."""
    return _DRAWN.sub(rb"\1", content)


def _characters(items: Iterable[Any]) -> Iterator[LTChar]:
    """The characters of a layout, those of forms within it included."""
    for item in items:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTFigure):
            yield from _characters(item)


def _corner(page: Any) -> tuple[float, float]:
    """Where the top left of the crop box, as seen, lies from the top left of the media box, turned as it is seen."""
    mx0, my0, mx1, my1 = _sorted(page.page_obj.mediabox)
    cx0, cy0, cx1, cy1 = _sorted(page.page_obj.cropbox or page.page_obj.mediabox)
    left, bottom, right, top = max(0, cx0 - mx0), max(0, cy0 - my0), max(0, mx1 - cx1), max(0, my1 - cy1)
    return {0: (left, top), 90: (bottom, left), 180: (right, bottom), 270: (top, right)}[page.rotation]


def _sorted(box: Sequence[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
