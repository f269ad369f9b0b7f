"""Files and their pages as opened: the bytes of something that looks like a PDF, and the frame of a page.

In: a path, or a page by its handle. Out: bytes or a ``Frame``; ``ReadError`` with one clear line. It must not read
what is on a page.
"""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.errors import ReadError
from validator.read import pdfium
from validator.read.axes import Frame

if TYPE_CHECKING:
    from validator.model.settings import Settings

_HEADER_WITHIN = 1024  # bytes: PDF readers look for "%PDF-" in as many


def load(name: str, settings: Settings) -> bytes:
    """The bytes of a file that looks like a PDF. Raises ``ReadError`` for anything else."""
    file = Path(name)
    try:
        if file.is_dir():
            raise ReadError(f"{name}: this is a directory; name the PDF in it")
        size = file.stat().st_size
        if not file.is_file():  # a pipe or a device has no end that could be waited for
            raise ReadError(f"{name}: this is no regular file; save the report to one")
        if size > settings.max_bytes:
            raise ReadError(f"{name}: {size:,} bytes are more than the {settings.max_bytes:,} that are read")
        data = file.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{name}: no such file") from None
    except OSError as error:
        raise ReadError(f"{name}: cannot be read: {error.strerror}") from error
    if not data:
        raise ReadError(f"{name}: the file is empty")
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise ReadError(f"{name}: this is not a PDF; export the report as PDF and check that")
    return data


def may_hide_forms(data: bytes) -> bool:
    """Whether a form of the PDF may stand in a layer: the key for it, as it is or with escapes, is in the file.

    Forms are streams, and those are never inside other streams.
    """
    return any(key in data for key in (b"/OC", b"/O#", b"/#4"))


def page_frame(page: int) -> Frame:
    """The visible part of a page (crop box within media box) and its rotation."""
    rect = (ctypes.c_float * 4)()
    pdfium.page_box(page, rect)
    left, top, right, bottom = rect
    return Frame(left, bottom, right, top, pdfium.page_rotation(page) % 4)
