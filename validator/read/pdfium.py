"""The few functions of PDFium that we call, with plain integers as handles, and the errors it gives.

In: a path. Out: open documents and pages, closed again by ``with``; ``ReadError`` where PDFium refuses. It must not
know what is on a page. The library's own ctypes bindings make an object of every pointer, which doubles the cost of
a call; a page has thousands of glyphs, so the same entry points are given plainer types here. Those bindings also
declare several hundred functions at every start, so the library beside them is opened without them.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import contextmanager
from ctypes import PYFUNCTYPE, c_char_p, c_float, c_int, c_size_t, c_ulong, c_void_p
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.model.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5  # FPDF_PAGEOBJ_*
INVISIBLE, CLIP_ONLY = 3, 7  # text render modes that paint nothing
CLIPS = 4  # text render modes from this one on also clip what comes after
LINK = 2  # FPDF_ANNOT_LINK
NORMAL_APPEARANCE = 0  # FPDF_ANNOT_APPEARANCEMODE_NORMAL
LINE_TO, BEZIER_TO, MOVE_TO = 0, 1, 2  # FPDF_SEGMENT_*
FILL_NONE = 0  # FPDF_FILLMODE_NONE

_PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD
_SECURITY_UNKNOWN = 5  # FPDF_ERR_SECURITY


_NAMES = {"win32": "pdfium.dll", "darwin": "libpdfium.dylib"}  # elsewhere libpdfium.so


def library() -> Any:
    """PDFium as its package ships it; its own bindings find it where it is not beside them (a system's PDFium)."""
    spec = find_spec("pypdfium2_raw")
    for folder in (spec and spec.submodule_search_locations) or ():
        file = Path(folder, _NAMES.get(sys.platform, "libpdfium.so"))
        if file.is_file():
            return ctypes.CDLL(str(file))
    import pypdfium2_raw

    return pypdfium2_raw


_LIBRARY = library()


def _plain(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """PDFium's function of that name; the interpreter lock is kept, which makes calls of a microsecond cheaper."""
    address = ctypes.cast(getattr(_LIBRARY, name), c_void_p).value
    return PYFUNCTYPE(result, *arguments)(address or 0)


_handle = c_void_p

load_document = _plain("FPDF_LoadMemDocument64", _handle, c_void_p, c_size_t, c_char_p)
close_document = _plain("FPDF_CloseDocument", None, _handle)
last_error = _plain("FPDF_GetLastError", c_ulong)
page_count = _plain("FPDF_GetPageCount", c_int, _handle)
meta_text = _plain("FPDF_GetMetaText", c_ulong, _handle, c_char_p, c_void_p, c_ulong)

load_page = _plain("FPDF_LoadPage", _handle, _handle, c_int)
close_page = _plain("FPDF_ClosePage", None, _handle)
page_rotation = _plain("FPDFPage_GetRotation", c_int, _handle)
page_box = _plain("FPDF_GetPageBoundingBox", c_int, _handle, c_void_p)
page_object_count = _plain("FPDFPage_CountObjects", c_int, _handle)
page_object = _plain("FPDFPage_GetObject", _handle, _handle, c_int)

note_count = _plain("FPDFPage_GetAnnotCount", c_int, _handle)
note = _plain("FPDFPage_GetAnnot", _handle, _handle, c_int)
note_type = _plain("FPDFAnnot_GetSubtype", c_int, _handle)
note_box = _plain("FPDFAnnot_GetRect", c_int, _handle, c_void_p)
note_appearance = _plain("FPDFAnnot_GetAP", c_ulong, _handle, c_int, c_void_p, c_ulong)
close_note = _plain("FPDFPage_CloseAnnot", None, _handle)

form_object_count = _plain("FPDFFormObj_CountObjects", c_int, _handle)
form_object = _plain("FPDFFormObj_GetObject", _handle, _handle, c_ulong)
object_type = _plain("FPDFPageObj_GetType", c_int, _handle)
object_matrix = _plain("FPDFPageObj_GetMatrix", c_int, _handle, c_void_p)
object_bounds = _plain("FPDFPageObj_GetBounds", c_int, _handle, c_void_p, c_void_p, c_void_p, c_void_p)
object_fill = _plain("FPDFPageObj_GetFillColor", c_int, _handle, c_void_p, c_void_p, c_void_p, c_void_p)
object_stroke = _plain("FPDFPageObj_GetStrokeColor", c_int, _handle, c_void_p, c_void_p, c_void_p, c_void_p)
object_stroke_width = _plain("FPDFPageObj_GetStrokeWidth", c_int, _handle, c_void_p)

object_transparent = _plain("FPDFPageObj_HasTransparency", c_int, _handle)
mark_count = _plain("FPDFPageObj_CountMarks", c_int, _handle)
mark = _plain("FPDFPageObj_GetMark", _handle, _handle, c_ulong)
mark_name = _plain("FPDFPageObjMark_GetName", c_int, _handle, c_void_p, c_ulong, c_void_p)

clip_path = _plain("FPDFPageObj_GetClipPath", _handle, _handle)
clip_count = _plain("FPDFClipPath_CountPaths", c_int, _handle)
clip_segment_count = _plain("FPDFClipPath_CountPathSegments", c_int, _handle, c_int)
clip_segment = _plain("FPDFClipPath_GetPathSegment", _handle, _handle, c_int, c_int)

path_draw_mode = _plain("FPDFPath_GetDrawMode", c_int, _handle, c_void_p, c_void_p)
path_segment_count = _plain("FPDFPath_CountSegments", c_int, _handle)
path_segment = _plain("FPDFPath_GetPathSegment", _handle, _handle, c_int)
segment_type = _plain("FPDFPathSegment_GetType", c_int, _handle)
segment_point = _plain("FPDFPathSegment_GetPoint", c_int, _handle, c_void_p, c_void_p)
segment_close = _plain("FPDFPathSegment_GetClose", c_int, _handle)

object_activate = _plain("FPDFPageObj_SetIsActive", c_int, _handle, c_int)

new_bitmap = _plain("FPDFBitmap_CreateEx", _handle, c_int, c_int, c_int, c_void_p, c_int)
fill_bitmap = _plain("FPDFBitmap_FillRect", c_int, _handle, c_int, c_int, c_int, c_int, c_ulong)
render = _plain("FPDF_RenderPageBitmap", None, _handle, _handle, c_int, c_int, c_int, c_int, c_int, c_int)
bitmap_buffer = _plain("FPDFBitmap_GetBuffer", _handle, _handle)
bitmap_stride = _plain("FPDFBitmap_GetStride", c_int, _handle)
destroy_bitmap = _plain("FPDFBitmap_Destroy", None, _handle)

load_text = _plain("FPDFText_LoadPage", _handle, _handle)
close_text = _plain("FPDFText_ClosePage", None, _handle)
glyph_count = _plain("FPDFText_CountChars", c_int, _handle)
all_text = _plain("FPDFText_GetText", c_int, _handle, c_int, c_int, c_void_p)
glyph_code = _plain("FPDFText_GetUnicode", ctypes.c_uint, _handle, c_int)
glyph_generated = _plain("FPDFText_IsGenerated", c_int, _handle, c_int)
glyph_object = _plain("FPDFText_GetTextObject", _handle, _handle, c_int)
glyph_advance_box = _plain("FPDFText_GetLooseCharBox", c_int, _handle, c_int, c_void_p)
glyph_ink_box = _plain("FPDFText_GetCharBox", c_int, _handle, c_int, c_void_p, c_void_p, c_void_p, c_void_p)
glyph_origin = _plain("FPDFText_GetCharOrigin", c_int, _handle, c_int, c_void_p, c_void_p)
glyph_matrix = _plain("FPDFText_GetMatrix", c_int, _handle, c_int, c_void_p)

text_mode = _plain("FPDFTextObj_GetTextRenderMode", c_int, _handle)
text_size = _plain("FPDFTextObj_GetFontSize", c_int, _handle, c_void_p)
text_font = _plain("FPDFTextObj_GetFont", _handle, _handle)
font_name = _plain("FPDFFont_GetBaseFontName", c_size_t, _handle, c_void_p, c_size_t)
font_weight = _plain("FPDFFont_GetWeight", c_int, _handle)
font_flags = _plain("FPDFFont_GetFlags", c_int, _handle)
font_ascent = _plain("FPDFFont_GetAscent", c_int, _handle, c_float, c_void_p)
font_descent = _plain("FPDFFont_GetDescent", c_int, _handle, c_float, c_void_p)

_plain("FPDF_InitLibrary", None)()


@contextmanager
def opened(data: bytes, name: str) -> Iterator[int]:
    """An open document, by its handle. ``name`` is for the error: damaged, or encrypted with a password."""
    document = load_document(data, len(data), None)
    if not document:
        raise ReadError(_refusal(name, last_error()))
    try:
        yield document
    finally:
        close_document(document)


def _refusal(name: str, error: int) -> str:
    if error == _PASSWORD_NEEDED:
        return f"{name}: the PDF is encrypted with a password; save a copy without the password and check that"
    if error == _SECURITY_UNKNOWN:
        return f"{name}: the PDF is encrypted in a way that cannot be opened; save a copy without protection"
    return f"{name}: the PDF is damaged or incomplete and cannot be opened; get the file again or export it anew"


@contextmanager
def page_of(document: int, index: int) -> Iterator[int | None]:
    """The page of that 0-based index by its handle, or None where PDFium cannot load it."""
    page = load_page(document, index)
    try:
        yield page
    finally:
        if page:
            close_page(page)


@contextmanager
def text_of(page: int) -> Iterator[int | None]:
    """The text layer of a page by its handle, or None where it has none."""
    text = load_text(page)
    try:
        yield text
    finally:
        if text:
            close_text(text)


def title_of(document: int) -> str:
    """The title in the document's properties, or an empty string."""
    length = meta_text(document, b"Title", None, 0)
    buffer = ctypes.create_string_buffer(length)
    meta_text(document, b"Title", buffer, length)
    return buffer.raw.decode("utf-16-le", "ignore").strip("\0 \t\r\n")
