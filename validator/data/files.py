"""What a data file is and how it is written, before an engine opens it: a source in, files ready to be scanned out.

Finds out format and encoding; a text file that is not UTF-8 is rewritten once, into the folder of the run. Raises
``ReadError`` with one clear line. Must not look at what the values mean.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.data import Format
from validator.model.errors import ReadError
from validator.model.markup import is_markup

if TYPE_CHECKING:
    from validator.model.data import Source

_CHUNK = 1 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 1 << 12  # bytes of a file that tell what it is
_ZEROS = b"\0\0"  # a text may have one by a slip
_LINE_END = re.compile(rb"\r\n|\r|\n")
_UTF8 = ("utf-8", "utf-8-sig")
_FALLBACK = "cp1252"  # what spreadsheets of Western Europe save as CSV
_SUFFIXES = {".parquet": Format.PARQUET, ".pq": Format.PARQUET, ".xlsx": Format.XLSX, ".xlsm": Format.XLSX}


def format_of(path: str) -> Format:
    """The format of a data file, by its first bytes, else by its name. Raises ``ReadError``."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(len(b"PAR1"))
    except OSError as error:
        raise ReadError(f"{path}: the data file cannot be read: {error.strerror}") from error
    if not head:
        raise ReadError(f"{path}: the data file is empty")
    if head == b"PAR1":
        return Format.PARQUET
    if head[:4] == b"PK\x03\x04":
        return Format.XLSX
    named = _SUFFIXES.get(Path(path).suffix.lower())
    if named is not None:
        raise ReadError(f"{path}: the name says {named.value}, the content does not; export the file again")
    _like_text(path)
    return Format.CSV


def _like_text(path: str) -> None:
    """Refuse what is no table of text, as far as its beginning tells. Raises ``ReadError``."""
    with Path(path).open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise ReadError(f"{path}: the data file holds nothing but white space")
    if head.startswith(b"%PDF-"):
        raise ReadError(f"{path}: is a PDF and no data file; name it under reports: or check it as a report")
    if is_markup(head.removeprefix(codecs.BOM_UTF8).decode("latin-1")):
        raise ReadError(f"{path}: is markup or JSON; a data file is CSV, XLSX or Parquet")
    if _ZEROS in head and not any(head.startswith(mark) for mark, _ in _MARKS):
        raise ReadError(f"{path}: holds zero bytes and is no text; a data file is CSV, XLSX or Parquet")


def readable_text(path: str, source: Source, folder: Path) -> str:
    """A path under which the text file stands in UTF-8 without a mark: its own, or that of a copy in ``folder``."""
    encoding = source.encoding or _marked(path) or ("utf-8" if _is_utf8(path) else _FALLBACK)
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise ReadError(f"{path}: there is no encoding {encoding!r}; write utf-8, cp1252 or another name") from None
    if name in _UTF8:  # a mark of UTF-8 is passed over by the engine
        if source.encoding and not _is_utf8(path):
            raise ReadError(f"{path}: is not in {encoding}; leave the encoding out, or write cp1252 or another name")
        return path
    copy = folder / f"{len(list(folder.iterdir()))}-{Path(path).stem}.csv"
    try:
        with Path(path).open(encoding=name, newline="") as old, copy.open("w", encoding="utf-8", newline="") as new:
            while part := old.read(_CHUNK):
                new.write(part)
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: cannot be read as {encoding}: {error.reason} at byte {error.start}") from error
    return str(copy)


def one_line_end(path: str, folder: Path) -> str | None:
    """A copy in which every line ends in the same way; None where they do already."""
    ends: set[bytes] = set()
    carried = b""
    with Path(path).open("rb") as file:
        while part := file.read(_CHUNK):
            part = carried + part
            carried = b"\r" if part.endswith(b"\r") else b""
            ends.update(_LINE_END.findall(part.removesuffix(b"\r")))
    ends.update([carried] if carried else [])
    if len(ends) < 2:
        return None
    copy = folder / f"{len(list(folder.iterdir()))}-{Path(path).stem}.csv"
    with Path(path).open(encoding="utf-8", newline=None) as old, copy.open("w", encoding="utf-8", newline="\n") as new:
        while text := old.read(_CHUNK):
            new.write(text)
    return str(copy)


def _marked(path: str) -> str:
    """The encoding that a byte order mark tells; "" where there is none."""
    with Path(path).open("rb") as file:
        head = file.read(4)
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def _is_utf8(path: str) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with Path(path).open("rb") as file:
            while part := file.read(_CHUNK):
                if not part.isascii():
                    decoder.decode(part)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
