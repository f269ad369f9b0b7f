"""Bytes → text: which encoding a text file is in.

In: the bytes of a file. Out: its text and, where the encoding had to be guessed, a line that says so; ``ReadError``
where the bytes are no text.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from validator.model.errors import ReadError

if TYPE_CHECKING:
    from validator.model.settings import Settings

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "cp1252"  # what spreadsheets of Western Europe save as CSV; latin-1 is the same where both have a letter
# What systems of other scripts save as.
_OTHER_SCRIPTS = (
    "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874", "cp932", "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LETTER = re.compile(b"[A-Za-z]")
_NOT_ASCII = re.compile(b"[\x80-\xff]")
_PARITY_SAMPLE = 4096
_HALF = 0.4  # of the bytes at every other place: NUL in UTF-16 without a mark, whatever the text


def decoded(name: str, data: bytes, settings: Settings, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of ``data`` and warnings. Raises ``ReadError`` where it is none."""
    if encoding is not None:
        return _as_told(name, data, encoding), ()
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _as_told(name, data, marked), ()
    if wide := _without_mark(data):
        return _as_told(name, data, wide), ()
    if b"\x00" in data:
        raise _binary(name)
    try:
        return _text(name, data.decode("utf-8")), ()
    except UnicodeDecodeError:
        guess = _guess(data, settings)
        text = _text(name, data.decode(guess, errors="replace"))
        return text, (f"the encoding of the file is not UTF-8; it was read as {guess}",)


def _as_told(name: str, data: bytes, encoding: str) -> str:
    try:
        return _text(name, data.decode(encoding))
    except (UnicodeDecodeError, LookupError) as error:
        raise ReadError(f"{name}: cannot be read as {encoding}: {error}; save the file as UTF-8") from error


def _without_mark(data: bytes) -> str:
    """UTF-16 without a byte order mark, by the NUL beside each ASCII sign; "" for anything else."""
    sample = data[:_PARITY_SAMPLE]
    half = len(sample) // 2
    if not half or len(data) % 2:
        return ""
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > _HALF and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > _HALF and odd == 0 else ""


def _guess(data: bytes, settings: Settings) -> str:
    """The likeliest legacy encoding: Western, unless most letters are not ASCII; a detector then says which."""
    first = _NOT_ASCII.search(data)
    start = 0 if first is None else max(0, first.start() - settings.encoding_sample // 2)
    sample = data[start : start + settings.encoding_sample]
    others = len(_NOT_ASCII.findall(sample))
    if others <= settings.other_letters * (others + len(_LETTER.findall(sample))):
        return _WESTERN
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_OTHER_SCRIPTS)).best()
    return _WESTERN if best is None else best.encoding


def _text(name: str, text: str) -> str:
    """The same text, where it is one."""
    if _CONTROLS.search(text):
        raise _binary(name)
    return text


def _binary(name: str) -> ReadError:
    return ReadError(f"{name}: neither a PDF nor a table: the file holds bytes that no text has")
