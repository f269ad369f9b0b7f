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


def data_uri(document: str, page: Page, context: Context) -> str:
    """The page as a data URI, "" where it cannot be drawn."""
    if context.page_png is None:
        return ""
    settings = context.settings
    try:
        png = context.page_png(document, page.number, settings.picture_long_side / max(page.width, page.height))
    except ReadError:
        return ""
    kind, picture = _smallest(png, settings.picture_quality)
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode('ascii')}"


def _smallest(png: bytes, quality: int) -> tuple[str, bytes]:
    """The picture in the smaller of two encodings: a palette suits plain type, WebP suits photographs."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        opaque = picture.convert("RGB")
    webp, palette = io.BytesIO(), io.BytesIO()
    opaque.save(webp, "WEBP", quality=quality, method=4)
    opaque.quantize(colors=32, dither=Image.Dither.NONE).save(palette, "PNG", optimize=True)
    few = opaque.getcolors(maxcolors=256) is not None  # a palette of fewer colours would spoil a photograph
    if few and palette.tell() < webp.tell():
        return "png", palette.getvalue()
    return "webp", webp.getvalue()
