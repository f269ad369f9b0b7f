"""Where something stands: boxes in points from the top left of the page as it is seen, and locations in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Box(NamedTuple):
    """A rectangle in points; ``x`` grows to the right and ``top``/``bottom`` grow downwards, page rotation applied."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """The middle, as (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def overlaps(self, other: Box) -> bool:
        """Whether the two share an area, however small."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """Whether the middle of ``other`` lies inside."""
        x, y = other.center
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def grown(self, margin: float) -> Box:
        """The same box, larger by ``margin`` points on each side."""
        return Box(self.x0 - margin, self.top - margin, self.x1 + margin, self.bottom + margin)


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of ``boxes`` (at least one)."""
    x0, tops, x1, bottoms = zip(*boxes, strict=True)
    return Box(min(x0), min(tops), max(x1), max(bottoms))


class Location(NamedTuple):
    """A place in a document: its path as the user gave it, the 1-based page, and the box on that page."""

    document: str
    page: int
    box: Box
