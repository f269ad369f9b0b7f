"""Pages composed in code: text laid out word by word, as the reader would hand it over."""

from __future__ import annotations

from dataclasses import dataclass, field

from validator.model.locations import Box
from validator.model.pages import Document, Page, Stroke, Word

SIZE = 10.0
STEP = 14.0  # from one baseline to the next
_ADVANCE = 0.5  # ems a character takes: every character is as wide as a digit


def width(text: str, size: float = SIZE) -> float:
    return len(text) * _ADVANCE * size


def words(text: str, x: float, y: float, *, size: float = SIZE, bold: bool = False, rotation: int = 0) -> list[Word]:
    """The words of ``text`` with a word space of half an em, beginning at (x, y)."""
    found = []
    for part in text.split(" "):
        end = x + width(part, size)
        edges = tuple(x + i * _ADVANCE * size for i in range(len(part) + 1))
        if part:
            found.append(Word(part, Box(x, y, end, y + size), edges, size, bold=bold, rotation=rotation))
        x = end + _ADVANCE * size
    return found


@dataclass
class Sheet:
    """A page under composition."""

    wide: float = 600.0
    high: float = 800.0
    words: list[Word] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)

    def left(self, text: str, x: float, y: float, **style: object) -> None:
        self.words += words(text, x, y, **style)  # type: ignore[arg-type]

    def right(self, text: str, x: float, y: float, **style: object) -> None:
        self.words += words(text, x - width(text), y, **style)  # type: ignore[arg-type]

    def centred(self, text: str, x: float, y: float, **style: object) -> None:
        self.words += words(text, x - width(text) / 2, y, **style)  # type: ignore[arg-type]

    def rule(self, x0: float, x1: float, y: float) -> None:
        self.strokes.append(Stroke(Box(x0, y, x1, y), 0.5))

    def row(
        self, y: float, label: str, cells: list[str], *, x: float = 50.0, edges: list[float], **style: object
    ) -> None:
        """A label at ``x`` and cells that end at ``edges``; "" is a blank cell."""
        if label:
            self.left(label, x, y, **style)
        for cell, edge in zip(cells, edges, strict=True):
            if cell:
                self.right(cell, edge, y, **style)

    def page(self, number: int = 1) -> Page:
        return Page(number, self.wide, self.high, tuple(self.words), tuple(self.strokes), glyphs=1)


def document(*sheets: Sheet) -> Document:
    return Document("composed.pdf", "0" * 64, tuple(sheet.page(i) for i, sheet in enumerate(sheets, 1)))
