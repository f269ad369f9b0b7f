"""What single characters stand for: spaces, nothing, ligatures, accents drawn apart.

In: the characters of glyphs with their edges. Out: the text as a person would type it, with an edge before each
character. It must not know where on the page they stand.
"""

from __future__ import annotations

import unicodedata

SPACES = frozenset(
    "\u0020\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
NOTHING = frozenset(  # zero-width spaces and joiners, soft hyphen, marks of direction, byte order mark
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
UNREAD = "\ufffd"  # a glyph that the font does not say the character of

# PDFium writes U+0002 or U+FFFE for a hyphen at a line end, and NUL for a glyph without a character.
REPAIRED = {0x00: UNREAD, 0x02: "-", 0xFFFE: "-"}

_ACCENTS = {  # the accent as a character of its own → as a mark on the letter before it
    "\u00b4": "\u0301", "\u0060": "\u0300", "\u005e": "\u0302", "\u02c6": "\u0302", "\u00a8": "\u0308",
    "\u007e": "\u0303", "\u02dc": "\u0303", "\u00b8": "\u0327", "\u02da": "\u030a", "\u00b0": "\u030a",
    "\u02c7": "\u030c", "\u00af": "\u0304", "\u02d8": "\u0306", "\u02d9": "\u0307", "\u02db": "\u0328",
    "\u02dd": "\u030b",
}  # fmt: skip
ACCENTS = frozenset(_ACCENTS)


def accented(one: str, other: str) -> str | None:
    """The letter that an accent and a letter printed over one another make, in either order; None if they make none."""
    if one in _ACCENTS:
        one, other = other, one
    mark = _ACCENTS.get(other)
    if mark is None or not one.isalpha():
        return None
    letter = unicodedata.normalize("NFC", ("i" if one == "\u0131" else one) + mark)
    return letter if len(letter) == 1 else None


def spelled(texts: list[str], edges: list[float]) -> tuple[str, list[float]]:
    """The text of glyphs with one edge more than characters.

    ``edges`` has one more than ``texts``. A glyph of several characters (a ligature) is divided evenly among them;
    a mark that combines with the letter before it is put together with it.
    """
    letters: list[str] = []
    places: list[float] = []
    for number, text in enumerate(texts):
        parts = unicodedata.normalize("NFKC", text) if "\ufb00" <= text <= "\ufb06" else text
        start, stop = edges[number], edges[number + 1]
        for part_number, part in enumerate(parts):
            if letters and unicodedata.combining(part):
                letters[-1] = unicodedata.normalize("NFC", letters[-1] + part)[:1]
                continue
            letters.append(part)
            places.append(start + (stop - start) * part_number / len(parts))
    return "".join(letters), [*places, edges[-1]]
