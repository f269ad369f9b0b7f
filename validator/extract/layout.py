"""What tables leave of a page → blocks of lines in reading order, for prose.

In: a `Sheet` and the pieces that tables used. Out: `Block`s, columns one after another, headings marked. Must not look
at what words say.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.extract.layout_atoms import on_page
from validator.extract.layout_shapes import Shape, shape_of
from validator.extract.lines import Block, Line
from validator.model.locations import Box, hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.extract.layout_atoms import Piece, Sheet
    from validator.model.pages import Document
    from validator.model.settings import Settings


class _Run:
    """Pieces of one baseline that stand together, in the frame."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.box = hull(piece.box for piece in pieces)
        self.size = max(piece.size for piece in pieces)
        self.bold = all(piece.word.bold for piece in pieces)


def body_size(document: Document) -> float:
    """The font size in which most characters of a document are set, in points; 0 for an empty document."""
    sizes: Counter[float] = Counter()
    for page in document.pages:
        for word in page.words:
            sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def blocks_of(sheet: Sheet, used: set[int], usual_size: float, settings: Settings) -> list[Block]:
    """The blocks of a sheet; ``used`` holds the identities of words that stand in tables."""
    runs = list(_runs(sheet, used, settings))
    groups = _paragraphs(runs, settings)
    ordered = _in_reading_order([(hull(run.box for run in group), group) for group in groups])
    blocks = [_block(sheet, group, usual_size, settings) for group in ordered]
    return blocks + list(_turned(sheet, used))


def _runs(sheet: Sheet, used: set[int], settings: Settings) -> Iterable[_Run]:
    """Free pieces of each baseline; a short piece with a number stays with the label to its left."""
    for row in sheet.rows:
        open_run: list[Piece] = []
        for atom in row.atoms:
            free = [piece for piece in atom.pieces if id(piece.word) not in used]
            if not free:
                continue
            if open_run and not _reads_on(open_run, free, settings):
                yield _Run(open_run)
                open_run = []
            open_run += free
        if open_run:
            yield _Run(open_run)


def _reads_on(left: list[Piece], right: list[Piece], settings: Settings) -> bool:
    """Whether what stands further right belongs to the same line: a value after its label, a text after its mark."""
    gap = right[0].box.x0 - left[-1].box.x1
    em = max(left[-1].size, right[0].size)
    if gap <= settings.atom_gap * em:
        return True
    short = len(left) == 1 and len(left[0].text) <= settings.mark_length
    value = len(right) <= settings.value_words and any(c.isdecimal() for piece in right for c in piece.text)
    prose = sum(len(piece.text) for piece in left) > settings.label_length
    remark = shape_of(right[0].text) is Shape.NUMBER and len(left) <= settings.label_words
    if remark and gap <= settings.value_gap * em:
        return True
    return (short and gap <= settings.mark_gap * em) or (value and not prose)


def _paragraphs(runs: list[_Run], settings: Settings) -> list[list[_Run]]:
    """Runs chained downwards into paragraphs."""
    done: list[list[_Run]] = []
    active: list[list[_Run]] = []
    for run in runs:
        home = next((group for group in reversed(active) if _follows(group, run, settings)), None)
        if home is not None:
            home.append(run)
            continue
        group = [run]
        done.append(group)
        active = [g for g in active if run.box.top - g[-1].box.bottom < settings.paragraph_step * g[-1].size]
        active.append(group)
    return done


def _follows(group: list[_Run], run: _Run, settings: Settings) -> bool:
    """Whether ``run`` is the next line of the paragraph."""
    last = group[-1]
    step = run.box.bottom - last.box.bottom
    if step <= 0 or step > settings.paragraph_step * last.size or run.bold != last.bold:
        return False
    if abs(run.size - last.size) > settings.same_size * last.size:
        return False
    if len(group) > 1 and step > settings.paragraph_gap * (last.box.bottom - group[-2].box.bottom):
        return False
    left = min(member.box.x0 for member in group)
    overlap = run.box.x0 < last.box.x1 and last.box.x0 < run.box.x1
    return overlap and abs(run.box.x0 - left) <= settings.paragraph_indent * run.size


def _in_reading_order(items: list[tuple[Box, list[_Run]]]) -> list[list[_Run]]:
    """Blocks by columns: cut at white gutters first, else the topmost is taken off and the rest cut again."""
    ordered: list[list[_Run]] = []
    waiting = [items]
    while waiting:
        group = waiting.pop()
        if len(group) < 2:
            ordered += [runs for _, runs in group]
            continue
        columns = _cut(group, 0)
        if len(columns) > 1:
            waiting += reversed(columns)
            continue
        bands = _cut(group, 1)
        if len(bands) > 1:
            waiting.append([item for band in bands[1:] for item in band])
            waiting.append(bands[0])
        else:
            ordered += [runs for _, runs in sorted(group, key=lambda item: (item[0].top, item[0].x0))]
    return ordered


def _cut(group: list[tuple[Box, list[_Run]]], axis: int) -> list[list[tuple[Box, list[_Run]]]]:
    """The group cut at every white band that crosses it; ``axis`` 0 gives columns, 1 gives bands."""
    ordered = sorted(group, key=lambda item: item[0][axis])
    parts = [[ordered[0]]]
    reach = ordered[0][0][axis + 2]
    for item in ordered[1:]:
        if item[0][axis] >= reach:
            parts.append([])
        parts[-1].append(item)
        reach = max(reach, item[0][axis + 2])
    return parts


def _block(sheet: Sheet, runs: Sequence[_Run], usual_size: float, settings: Settings) -> Block:
    """A block with its lines on the page as seen."""
    lines = []
    for run in runs:
        words = tuple(piece.word for piece in run.pieces)
        lines.append(Line(words, on_page(sheet.page, sheet.turn, run.box)))
    words_in_all = sum(len(run.pieces) for run in runs)
    larger = min(run.size for run in runs) > settings.heading_size * usual_size
    bold = all(run.bold for run in runs)
    ended = runs[-1].pieces[-1].text.endswith(".")
    heading = (larger or bold) and words_in_all <= settings.heading_words and not ended
    return Block(sheet.page.number, tuple(lines), hull(line.box for line in lines), heading)


def _turned(sheet: Sheet, used: set[int]) -> Iterable[Block]:
    """Each run of turned words as a block of its own."""
    run: list[Piece] = []
    for piece in sheet.turned:
        if id(piece.word) in used:
            continue
        if run and not _same_turned(run[-1], piece):
            yield _turned_block(sheet, run)
            run = []
        run.append(piece)
    if run:
        yield _turned_block(sheet, run)


def _same_turned(last: Piece, piece: Piece) -> bool:
    a, b = last.box, piece.box
    near = max(a.top - b.bottom, b.top - a.bottom) <= last.size
    return last.word.rotation == piece.word.rotation and near and a.x0 < b.x1 and b.x0 < a.x1


def _turned_block(sheet: Sheet, run: list[Piece]) -> Block:
    words = tuple(piece.word for piece in run)
    box = hull(word.box for word in words)
    return Block(sheet.page.number, (Line(words, box),), box, heading=False)
