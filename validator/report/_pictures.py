"""Page pictures for the HTML report: which pages get one, and each as a small data URI.

In: the result and a source of PNG pictures. Out: `data:` URIs. A page that can no longer be drawn (its file is gone)
has none; the report then shows its figures on a blank sheet.
"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

from validator.model.errors import ReadError
from validator.report._context import Pictures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.model.findings import Finding
    from validator.model.pages import Page
    from validator.model.results import Result
    from validator.report._context import Context


def marked_pages(findings: Iterable[Finding]) -> set[tuple[str, int]]:
    """The (document, page) pairs on which a finding has a figure."""
    return {(e.location.document, e.location.page) for finding in findings for e in finding.exhibits}


def pictured_pages(result: Result, context: Context) -> set[tuple[str, int]]:
    """The pages that are shown as pictures."""
    choice = context.pictures
    every = {(c.extract.document.path, page.number) for c in result.documents for page in c.extract.document.pages}
    if context.page_png is None or choice is Pictures.NONE:
        return set()
    if choice is Pictures.AUTO:
        choice = Pictures.ALL if len(every) <= context.settings.picture_pages else Pictures.FINDINGS
    return every if choice is Pictures.ALL else every & marked_pages(result.findings)


def data_uri(document: str, page: Page, context: Context, *, small: bool) -> str:
    """The page as a data URI, "" where it cannot be drawn; ``small`` where there are many."""
    if context.page_png is None or not (page.width and page.height):  # a damaged page has no size
        return ""
    settings = context.settings
    side = settings.picture_small_side if small else settings.picture_long_side
    try:
        png = context.page_png(document, page.number, side / max(page.width, page.height))
    except ReadError:
        return ""
    picture = _smallest(png, settings.picture_quality, settings.picture_colours)
    return f"data:image/webp;base64,{base64.b64encode(picture).decode('ascii')}"


def _smallest(png: bytes, quality: int, colours: int) -> bytes:
    """The picture as WebP, in the smaller of two ways: few colours without loss for type, lossy for photographs."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        opaque = picture.convert("RGB")
    type_, photograph = io.BytesIO(), io.BytesIO()
    few = opaque.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.convert("RGB").save(type_, "WEBP", lossless=True, quality=20, method=1)
    opaque.save(photograph, "WEBP", quality=quality, method=2)
    return min(type_.getvalue(), photograph.getvalue(), key=len)
