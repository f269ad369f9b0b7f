"""Words of a page → baselines cut into atoms: the runs of words that nobody would read apart.

In: a `Page`. Out: `Sheet`: its pieces in the frame in which the page reads left to right, rows of atoms from top to
bottom, words that are turned against that frame, and the strokes and fills in the same frame. Must not decide what
is a table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from validator.extract.layout_shapes import Shape, groups_thousands, shape_of
from validator.extract.medians import median
from validator.model.language import Topic
from validator.model.locations import Box, hull
from validator.model.pages import Page, Stroke, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from validator.model.language import Language
    from validator.model.settings import Settings


class Piece(NamedTuple):
    """A word with its box in the frame; ``word.box`` stays the box on the page as seen."""

    word: Word
    box: Box
    size: float

    @property
    def text(self) -> str:
        """The word as printed."""
        return self.word.text


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """Pieces of one baseline that belong together; ``row`` is the index of the baseline."""

    pieces: tuple[Piece, ...]
    box: Box
    row: int
    numeric: bool
    size: float  # font size in points

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(piece.word.text for piece in self.pieces)

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return all(piece.word.bold for piece in self.pieces)


class Row(NamedTuple):
    """One baseline across the page; ``number`` counts from the top, from 0."""

    number: int
    atoms: tuple[Atom, ...]
    box: Box


class Sheet(NamedTuple):
    """A page ready to be understood, in its reading frame."""

    page: Page
    rows: tuple[Row, ...]
    turned: tuple[Piece, ...]
    strokes: tuple[Stroke, ...]
    fills: tuple[Box, ...]
    pitch: float  # usual distance of baselines, in points
    turn: int = 0  # the rotation in which the page reads


def atom_of(pieces: Sequence[Piece], row: int, *, numeric: bool | None = None) -> Atom:
    """An atom around ``pieces``."""
    if numeric is None:
        shapes = [shape_of(piece.text) for piece in pieces]
        numeric = Shape.TEXT not in shapes and (Shape.NUMBER in shapes or Shape.PLACEHOLDER in shapes)
    box = pieces[0].box if len(pieces) == 1 else hull(piece.box for piece in pieces)
    return Atom(tuple(pieces), box, row, numeric, max(piece.size for piece in pieces))


def sheet_of(page: Page, language: Language, settings: Settings) -> Sheet:
    """Baselines and atoms of ``page``; time grows with words times the rows they touch."""
    turn = _reading_direction(page.words)
    frame = _frame(page, turn)
    underscores = [word for word in page.words if _is_rule(word)]
    upright = [
        Piece(word, frame(word.box), word.size)
        for word in page.words
        if word.rotation == turn and not (underscores and _is_rule(word))
    ]
    turned = [Piece(word, frame(word.box), word.size) for word in page.words if word.rotation != turn]
    drawn = [Stroke(frame(stroke.box), stroke.width) for stroke in page.strokes]
    strokes = tuple(drawn + [_as_stroke(frame(word.box)) for word in underscores])
    fills = tuple(frame(fill.box) for fill in page.fills)
    walls = _walls(strokes, fills)
    baselines = _baselines(upright, settings)
    rows: list[Row] = []
    for pieces in baselines:
        atoms = tuple(_with_unit(a, language, settings) for a in _cut(pieces, len(rows), walls, settings))
        rows.append(Row(len(rows), atoms, hull(piece.box for piece in pieces)))
    return Sheet(page, tuple(rows), tuple(turned), strokes, fills, _pitch(rows), turn)


def _is_rule(word: Word) -> bool:
    """Whether a word is a line typed with underscores."""
    return word.text.startswith("__") and not word.text.strip("_")


def _as_stroke(box: Box) -> Stroke:
    """The line that underscores draw, at the foot of their box."""
    return Stroke(Box(box.x0, box.bottom, box.x1, box.bottom), 0.0)


def _reading_direction(words: Iterable[Word]) -> int:
    """The rotation in which most of the page's characters are set."""
    count: Counter[int] = Counter()
    for word in words:
        count[word.rotation] += len(word.text)
    return count.most_common(1)[0][0] if count else 0


def _frame(page: Page, turn: int) -> Callable[[Box], Box]:
    """What maps a box of the page into the frame in which the page reads from left to right."""
    width, height = page.width, page.height
    match turn:
        case 90:
            return lambda b: Box(b.top, width - b.x1, b.bottom, width - b.x0)
        case 180:
            return lambda b: Box(width - b.x1, height - b.bottom, width - b.x0, height - b.top)
        case 270:
            return lambda b: Box(height - b.bottom, b.x0, height - b.top, b.x1)
        case _:
            return lambda b: b


def on_page(page: Page, turn: int, box: Box) -> Box:
    """A box of the frame as it lies on the page as seen: the inverse of the frame."""
    width, height = page.width, page.height
    match turn:
        case 90:
            return Box(width - box.bottom, box.x0, width - box.top, box.x1)
        case 180:
            return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
        case 270:
            return Box(box.top, height - box.x1, box.bottom, height - box.x0)
        case _:
            return box


def _baselines(pieces: list[Piece], settings: Settings) -> list[list[Piece]]:
    """Pieces by baseline, each from left to right, top to bottom; raised pieces go with the line that they mark."""
    level = sorted((p for p in pieces if not p.word.raised), key=lambda p: p.box.top + p.box.bottom)
    lines: list[list[Piece]] = []
    middle = 0.0
    for piece in level:
        here = (piece.box.top + piece.box.bottom) / 2
        if lines and here - middle <= settings.baseline_slack * min(piece.size, lines[-1][0].size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
            middle = here
    _attach_raised([p for p in pieces if p.word.raised], lines)
    for line in lines:
        line.sort(key=lambda p: p.box.x0)
    lines.sort(key=lambda line: median((p.box.top + p.box.bottom) / 2 for p in line))
    return lines


def _attach_raised(raised: list[Piece], lines: list[list[Piece]]) -> None:
    """Puts each raised piece on the baseline of the nearest word that it overlaps in height."""
    tall = max((piece.box.height for line in lines for piece in line), default=0.0)
    middles = [line[0].box.center[1] for line in lines]  # in order: lines were made from top to bottom
    for piece in raised:
        reach = tall + piece.box.height
        first = bisect_left(middles, piece.box.top - reach)
        last = bisect_right(middles, piece.box.bottom + reach)
        best: tuple[float, list[Piece]] | None = None
        for line in lines[first:last]:
            for other in line:
                if other.box.top < piece.box.bottom and piece.box.top < other.box.bottom:
                    gap = max(piece.box.x0 - other.box.x1, other.box.x0 - piece.box.x1, 0.0)
                    if best is None or gap < best[0]:
                        best = (gap, line)
        if best is None:
            lines.append([piece])
            middles.append(piece.box.center[1])
            if len(middles) > 1 and middles[-1] < middles[-2]:  # keep both in order
                order = sorted(range(len(lines)), key=lambda i: middles[i])
                lines[:], middles[:] = [lines[i] for i in order], [middles[i] for i in order]
        else:
            best[1].append(piece)


def _walls(strokes: Iterable[Stroke], fills: Iterable[Box]) -> list[Box]:
    """Vertical lines, as drawn or as the edges of filled cells, sorted from left to right."""
    walls = [stroke.box for stroke in strokes if not stroke.horizontal]
    for box in fills:
        walls.append(Box(box.x0, box.top, box.x0, box.bottom))
        walls.append(Box(box.x1, box.top, box.x1, box.bottom))
    return sorted(walls)


def _wall_between(left: Piece, right: Piece, walls: list[Box]) -> bool:
    """Whether a vertical line stands in the gap between two neighbours."""
    low, high = left.box.x1, right.box.x0
    middle = (max(left.box.top, right.box.top) + min(left.box.bottom, right.box.bottom)) / 2
    slack = min(left.size, right.size) / 10
    return any(low - slack <= w.x0 <= high + slack and w.top <= middle <= w.bottom for w in walls)


def _cut(pieces: list[Piece], row: int, walls: list[Box], settings: Settings) -> Iterable[Atom]:
    """Cuts one baseline into atoms."""
    near = [w for w in walls if w.top <= pieces[0].box.bottom and w.bottom >= pieces[0].box.top]
    run: list[Piece] = []
    for piece in pieces:
        if run and _apart(run, piece, near, settings):
            yield atom_of(run, row)
            run = []
        run.append(piece)
    if run:
        yield atom_of(run, row)


def _apart(run: list[Piece], piece: Piece, walls: list[Box], settings: Settings) -> bool:
    """Whether ``piece`` starts a new atom after ``run``."""
    last = run[-1]
    gap = piece.box.x0 - last.box.x1
    em = max(last.size, piece.size)
    if gap > settings.atom_gap * em or (walls and _wall_between(last, piece, walls)):
        return True
    left, right = shape_of(last.text), shape_of(piece.text)
    if Shape.TEXT in (left, right) or Shape.SYMBOL in (left, right):
        return False
    if left is Shape.NUMBER and right is Shape.NUMBER:
        together = groups_thousands(" ".join(p.text for p in _numeric_tail(run)), piece.text)
        return not (together and gap <= settings.digit_gap * em) and not piece.word.raised and _all_numeric(run)
    return gap > settings.digit_gap * em


_BESIDE = frozenset({Topic.HEDGE, Topic.HEDGE_AFTER, Topic.PERCENT, Topic.POINTS, Topic.PERMILLE, Topic.UNIT})


def _with_unit(atom: Atom, language: Language, settings: Settings) -> Atom:
    """The atom, numeric too where all that stands beside its one number is a hedge or a unit ("ca. 366")."""
    if atom.numeric or len(atom.pieces) > settings.value_words:
        return atom
    numbers = [piece for piece in atom.pieces if shape_of(piece.text) is Shape.NUMBER]
    if len(numbers) != 1 or len(atom.pieces) == 1:
        return atom
    text = atom.text
    at = text.find(numbers[0].text)
    rest = [*range(at), *range(at + len(numbers[0].text), len(text))]
    covered: set[int] = set()
    for spot in language.spots(text):
        if spot.sense.topic in _BESIDE:
            covered.update(range(spot.start, spot.stop))
    if all(i in covered or not text[i].isalnum() for i in rest):
        return atom_of(atom.pieces, atom.row, numeric=True)
    return atom


def _numeric_tail(run: list[Piece]) -> list[Piece]:
    """The numbers at the end of ``run``."""
    tail: list[Piece] = []
    for piece in reversed(run):
        if shape_of(piece.text) is not Shape.NUMBER:
            break
        tail.append(piece)
    return tail[::-1]


def _all_numeric(run: list[Piece]) -> bool:
    """Whether no text stands in ``run``: numbers inside a sentence are never cut apart."""
    return all(shape_of(piece.text) is not Shape.TEXT for piece in run)


def _pitch(rows: list[Row]) -> float:
    """The usual distance between neighbouring baselines, in points."""
    steps = [b.box.bottom - a.box.bottom for a, b in pairwise(rows)]
    steps = [step for step in steps if step > 0]
    return median(steps) if steps else 0.0
