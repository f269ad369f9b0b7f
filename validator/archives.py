"""What an archive is that somebody takes for a workbook, and why one cannot be read: reasons to refuse it out.

Both readers of workbooks ask: that of documents and that of data sources. Nothing is unpacked but a name of a type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import zipfile

_WORKBOOK = ("xl/workbook.xml", "xl/workbook.bin")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def no_workbook(archive: zipfile.ZipFile) -> str | None:
    """What it is instead of a workbook, and what to do about it; None where it is one."""
    names = set(archive.namelist())
    if _WORKBOOK[0] in names:
        return None
    if _WORKBOOK[1] in names:
        return "a binary workbook (.xlsb); save it as .xlsx"
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            if stream.read(len(_OPEN_DOCUMENT)) == _OPEN_DOCUMENT:
                return "an OpenDocument file; save a spreadsheet as .xlsx, or export a text as PDF"
    if any(one.startswith(("word/", "ppt/")) for one in names):
        return "an office document without sheets; export it as PDF and check that"
    return "an archive that holds no workbook; unpack it first"


def damage(error: Exception) -> str:
    """What an error of the library comes to, for somebody who knows the workbook and not the library."""
    if isinstance(error, LookupError | AttributeError):
        return "a part of it speaks of what is not there, such as a style or a sheet"
    return "a part of it holds what no spreadsheet program writes there"
