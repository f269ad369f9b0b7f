"""What is printed around a table: the heading above it, its caption, and its notes.

In: drafts of a page and the blocks of the same page. Out: the drafts with these filled in. The blocks stay prose.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from validator.extract.layout_atoms import on_page
from validator.extract.table_cells import joined
from validator.extract.table_scales import only_tells
from validator.model.language import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validator.extract.layout_atoms import Atom, Sheet
    from validator.extract.lines import Block
    from validator.extract.table_understand import Draft
    from validator.model.language import Language
    from validator.model.locations import Box
    from validator.model.settings import Settings


def describe(
    drafts: Sequence[Draft], blocks: Sequence[Block], sheet: Sheet, language: Language, settings: Settings
) -> None:
    """Fills in heading, caption, title and notes of each draft from the blocks of its page."""
    boxes = [on_page(sheet.page, sheet.turn, draft.grid.box) for draft in drafts]
    for draft, box in zip(drafts, boxes, strict=True):
        others = [other for other in boxes if other is not box]
        above = [b for b in blocks if b.box.bottom <= box.top + 1 and _over(b.box, box)]
        above.sort(key=lambda b: box.top - b.box.bottom)
        below = [b for b in blocks if b.box.top >= box.bottom - 1 and _over(b.box, box)]
        below.sort(key=lambda b: b.box.top)
        draft.heading = next((text_of(b) for b in above if b.heading and not is_caption(b, language)), "")
        draft.caption = _caption(box, above, below, others, language, settings)
        draft.title = _title(draft, drafts, sheet, settings)
        draft.notes = tuple(_notes(box, below, others, language, settings))
        draft.above = tuple(_single_lines(box, above, others, settings))


def _over(block: Box, box: Box) -> bool:
    """Whether the two share some width."""
    return block.x0 < box.x1 and box.x0 < block.x1


def text_of(block: Block) -> str:
    """A block's lines as one text."""
    return joined(line.text for line in block.lines)


def is_caption(block: Block, language: Language) -> bool:
    """Whether a block opens with a caption word of the language."""
    text = text_of(block)
    return any(spot.sense.topic is Topic.CAPTION and not text[: spot.start].strip() for spot in language.spots(text))


# The number behind a caption word, with what may stand between ("Table A.1", "Graphique n° 3"), and a title behind it.
_NUMBERED = re.compile(r"\W*(?:[^\W\d]\W{0,2})?\d[\w.\-]*\W+\w")
_NUMBER_WITHIN = 3  # pieces from the beginning of a caption among which its number stands


def captions(sheet: Sheet, language: Language, settings: Settings) -> set[Atom]:
    """Atoms that are captions: a caption word, a number and a title, with no figure on their right.

    They are no labels of a table, however near to it they stand; nor is what says by itself, or at the end of a
    caption's line, what the table is told in: “1.000 kr.” is no figure and heads no column.
    """
    found: set[Atom] = set()
    for row in sheet.rows:
        units = {atom for atom in row.atoms[-1:] if only_tells(atom.text, language, settings)}
        titles = {
            atom
            for atom, beside in zip_longest(row.atoms, row.atoms[1:])
            if not (beside and beside.numeric and beside not in units) and _opens_caption(atom, language)
        }
        found |= titles
        if len(titles) + len(units) == len(row.atoms):
            found |= units
    return found


def _opens_caption(atom: Atom, language: Language) -> bool:
    if not any(sign.isdigit() for piece in atom.pieces[1:_NUMBER_WITHIN] for sign in piece.text):
        return False
    spots = language.spots(atom.text)
    word = next((s for s in spots if s.start == 0 and s.sense.topic is Topic.CAPTION), None)
    return word is not None and _NUMBERED.match(atom.text, word.stop) is not None


def _between(first: Box, second: Box, others: Sequence[Box]) -> bool:
    """Whether another table stands between a block and its table."""
    low, high = min(first.bottom, second.bottom), max(first.top, second.top)
    return any(low <= o.center[1] <= high and _over(o, second) for o in others)


def _caption(
    box: Box,
    above: Sequence[Block],
    below: Sequence[Block],
    others: Sequence[Box],
    language: Language,
    settings: Settings,
) -> str:
    """The nearest caption above within reach, else the nearest below."""
    for block in [*above, *below]:
        em = block.lines[0].words[0].size
        gap = max(box.top - block.box.bottom, block.box.top - box.bottom)
        if gap <= settings.caption_gap * em and is_caption(block, language) and not _between(block.box, box, others):
            return text_of(block)
    return ""


def _single_lines(box: Box, above: Sequence[Block], others: Sequence[Box], settings: Settings) -> Iterator[str]:
    """Lines above a table within reach that stand alone, the nearest first: what it is told in is often one."""
    for block in above:
        reach = settings.caption_gap * block.lines[0].words[0].size
        if box.top - block.box.bottom > reach or _between(block.box, box, others):
            return
        if len(block.lines) == 1:
            yield text_of(block)


def _title(draft: Draft, drafts: Sequence[Draft], sheet: Sheet, settings: Settings) -> str:
    """The line of text right above a table, unless it stands over a table beside this one as well."""
    box = draft.grid.box
    above = (row for row in reversed(sheet.rows) if row.box.center[1] < box.top)
    line = next((on for row in above if (on := [a for a in row.atoms if _over(a.box, box)])), [])
    if not line or box.top - line[0].box.bottom > settings.caption_gap * line[0].size or any(a.numeric for a in line):
        return ""
    level = (
        d.grid.box for d in drafts if d is not draft and d.grid.box.top < box.bottom and box.top < d.grid.box.bottom
    )
    return "" if any(_over(atom.box, other) for other in level for atom in line) else " ".join(a.text for a in line)


def _notes(
    box: Box, below: Sequence[Block], others: Sequence[Box], language: Language, settings: Settings
) -> list[str]:
    """Blocks right below the table that open with a mark or a note word; what follows a note closely is one too."""
    notes: list[str] = []
    floor = box.bottom
    for block in below:
        first = block.lines[0].words[0]
        if block.box.top - floor > settings.wrapped_note_gap * first.size or _between(block.box, box, others):
            break
        if block.heading or is_caption(block, language):
            break
        text = text_of(block)
        marked = first.raised or not text[:1].isalnum() or _opens_with_note(text, language)
        listed = text[:1].isalnum() and text[1:2] == ")"
        if marked or listed or first.size < settings.note_size * block_size(block):
            notes.append(text)
            floor = block.box.bottom
        else:
            break
    return notes


def block_size(block: Block) -> float:
    """The size that text of this block has where no note is meant: that of its largest word."""
    return max(word.size for line in block.lines for word in line.words)


def _opens_with_note(text: str, language: Language) -> bool:
    return any(spot.sense.topic is Topic.NOTE and not text[: spot.start].strip() for spot in language.spots(text))
