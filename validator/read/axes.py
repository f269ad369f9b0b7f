"""Where things stand: from PDF user space to the page as it is seen, and to the axis that a line of text runs along.

In: coordinates in PDF user space (y upwards, unrotated). Out: points from the top left of the page as seen, and
matrices as tuples (a, b, c, d, e, f). Pure arithmetic; it must not call PDFium.
"""

from __future__ import annotations

from typing import NamedTuple

from validator.model.locations import Box

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Frame(NamedTuple):
    """The visible part of a page in user space, and its /Rotate in quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as seen, in points."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space on the page as seen."""
        match self.turns:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box between two opposite corners given in user space."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` first and ``outer`` after it."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point moved by a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def along(rotation: int, box: Box) -> tuple[float, float, float, float]:
    """A box on the axes of a line that runs in ``rotation``: start, stop, upper and lower edge.

    The axes grow in reading direction and from line to line; ``across`` is the way back.
    """
    x0, top, x1, bottom = box
    match rotation:
        case 90:
            return top, bottom, -x1, -x0
        case 180:
            return -x1, -x0, -bottom, -top
        case 270:
            return -bottom, -top, x0, x1
        case _:
            return x0, x1, top, bottom


def across(rotation: int, start: float, stop: float, upper: float, lower: float) -> Box:
    """The box on the page of an extent on the axes of a line; the way back from ``along``."""
    match rotation:
        case 90:
            return Box(-lower, start, -upper, stop)
        case 180:
            return Box(-stop, -lower, -start, -upper)
        case 270:
            return Box(upper, -stop, lower, -start)
        case _:
            return Box(start, upper, stop, lower)
