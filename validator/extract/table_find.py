"""What on a page can be no figure of a table, and what can: running text, and numbers at the end of labels.

In: a `Sheet`. Out: the atoms that are running text, and the sheet with numbers cut off their labels where they stand in
line with others. Must not decide what is a table: that is for `table_regions`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from validator.extract.layout_atoms import Atom, Piece, Row, Sheet, atom_of
from validator.extract.layout_shapes import Shape, groups_thousands, is_year, shape_of
from validator.extract.sentences import ends_sentence
from validator.model.locations import hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.model.settings import Settings


def paragraphs(sheet: Sheet, settings: Settings) -> set[Atom]:
    """Atoms that are lines of running text: several words, line under line, filled to a common right edge."""
    found: set[Atom] = set()
    labels = {a for row in sheet.rows for a, b in pairwise(row.atoms) if b.numeric}
    chains: list[list[Atom]] = []
    open_chains: list[list[Atom]] = []
    for row in sheet.rows:
        for atom in row.atoms:
            if atom.numeric:
                continue
            home = next((c for c in open_chains if _continues(c[-1], atom, settings)), None)
            if home is None:
                home = []
                chains.append(home)
                open_chains.append(home)
            home.append(atom)
        floor = row.box.top - settings.paragraph_step * max(sheet.pitch, 1.0)
        open_chains = [c for c in open_chains if c[-1].box.bottom >= floor]
    for chain in chains:
        for filled in _filled_runs(chain, settings):
            run = _above_table(filled, sheet, labels)
            if len(run) < settings.paragraph_lines:
                continue
            beside = sum(atom in labels for atom in run)
            share = 1 if len(run) >= settings.paragraph_sure else 2
            if share * beside < len(run) and not _in_cell(run, sheet):
                found.update(run)
    return found


def _above_table(run: list[Atom], sheet: Sheet, labels: set[Atom]) -> list[Atom]:
    """The run without the first row of a table, whose label or header stands below its last line like one line more."""
    if len(run) < 2 or not ends_sentence(run[-2].text):
        return run
    beside = [len(sheet.rows[atom.row].atoms) > 1 for atom in run]
    header = beside[-1] and not any(beside[:-1])
    return run[:-1] if header or run[-1] in labels else run


def _in_cell(run: list[Atom], sheet: Sheet) -> bool:
    """Whether a paragraph is a cell: between two lines drawn across, with a numeral between the same two lines."""
    box = hull(atom.box for atom in run)
    ys = [s.box.center[1] for s in sheet.strokes if s.horizontal and s.box.x0 < box.x1 and box.x0 < s.box.x1]
    roof = max((y for y in ys if y <= box.top + run[0].size / 2), default=None)
    floor = min((y for y in ys if y >= box.bottom - run[0].size / 2), default=None)
    if roof is None or floor is None or floor - roof > 2 * (box.height + run[0].size):
        return False
    rows = range(max(0, run[0].row - 1), min(len(sheet.rows), run[-1].row + 2))
    return any(
        atom.numeric and atom.box.x0 >= box.x1 and roof <= atom.box.center[1] <= floor
        for row in rows
        for atom in sheet.rows[row].atoms
    )


def _continues(above: Atom, below: Atom, settings: Settings) -> bool:
    """Whether ``below`` can be the next line of the paragraph that ``above`` stands in."""
    em = above.size
    step = below.box.bottom - above.box.bottom
    return (
        0 < step <= settings.paragraph_step * em
        and abs(below.size - em) <= settings.same_size * em
        and abs(below.box.x0 - above.box.x0) <= settings.paragraph_indent * em
    )


def _filled_runs(chain: list[Atom], settings: Settings) -> Iterable[list[Atom]]:
    """The parts of a chain that are set as running text."""
    run: list[Atom] = []
    for atom in chain:
        run.append(atom)
        width = max(a.box.width for a in run)
        if len(run) > 1 and run[-2].box.width < settings.filled_line * width:
            yield from _running(run[:-1], settings)
            run = [atom]
    yield from _running(run, settings)


def _running(run: list[Atom], settings: Settings) -> Iterable[list[Atom]]:
    """The run, if it is long, wide and wordy enough to be prose."""
    if len(run) < settings.paragraph_lines:
        return
    width = max(atom.box.width for atom in run)
    words = sum(len(atom.pieces) for atom in run[:-1]) / (len(run) - 1)
    if width >= settings.paragraph_width * run[0].size and words >= settings.paragraph_words:
        yield run


def cut_tails(sheet: Sheet, prose: set[Atom], settings: Settings) -> Sheet:
    """The sheet with a number at the end of a label cut off where it stands in line with numerals near it."""
    pure = [[a.box.x1 for a in row.atoms if a.numeric] for row in sheet.rows]
    ends = [
        [t.box.x1 for a in row.atoms if a not in prose and (t := _tail(a, settings)) is not None] for row in sheet.rows
    ]
    rows = []
    for row in sheet.rows:
        if _names_columns_by_year(sheet, row, settings) or _names_columns_in_words(row, settings):
            rows.append(row)
            continue
        atoms: list[Atom] = []
        close = [a for a in row.atoms if not a.numeric and _tail(a, settings) and _close(a, settings)]
        for atom in row.atoms:
            skip = atom.numeric or atom in prose or (len(close) >= settings.header_tails and atom in close)
            label, tails = atom, []
            while not skip and (tail := _tail(label, settings)) is not None:
                if label.numeric or not _in_line(tail, row.number, pure, ends, settings):
                    break
                label = atom_of(label.pieces[: -len(tail.pieces)], row.number)
                tails.append(tail)
            atoms += [label, *reversed(tails)]
        rows.append(Row(row.number, tuple(atoms), row.box))
    return sheet._replace(rows=tuple(rows))


def _names_columns_by_year(sheet: Sheet, row: Row, settings: Settings) -> bool:
    """Whether every cell of a row is text, a year, or text with a year, and no figures stand right above it.

    So are headers set ("Branch | 2023 | 2024 | Change | Share 2024, %"), and such a year is not cut off its label.
    """
    above = sheet.rows[row.number - 1].atoms if row.number else ()
    if any(atom.numeric and not is_year(atom.text) for atom in (*row.atoms, *above)):
        return False
    tails = [tail for atom in row.atoms if not atom.numeric and (tail := _tail(atom, settings))]
    years = sum(atom.numeric for atom in row.atoms) + len(tails)
    return bool(tails) and years > 1 and all(is_year(tail.pieces[0].text.rstrip(",.:;")) for tail in tails)


def _names_columns_in_words(row: Row, settings: Settings) -> bool:
    """Whether several texts stand on a baseline, none of which is a figure, and the others end in a close number.

    So are headers set ("Region | Cases | Population | Per 100,000"), and no label with its figure.
    """
    if any(atom.numeric for atom in row.atoms):
        return False
    ending = [atom for atom in row.atoms if _tail(atom, settings) is not None]
    return all(_close(a, settings) for a in ending) and len(row.atoms) - len(ending) > 1


def _tail(atom: Atom, settings: Settings) -> Atom | None:
    """The number that ends an atom (the atom itself where it is one)."""
    if atom.numeric:
        return atom
    pieces = list(atom.pieces)
    start = len(pieces)
    while start and shape_of(pieces[start - 1].text) is Shape.SYMBOL:
        start -= 1
    if start > 1 and shape_of(pieces[start - 1].text) is Shape.NUMBER and not pieces[start - 1].word.raised:
        first = _first_digits(pieces[:start], settings)
        gap = pieces[first].box.x0 - pieces[first - 1].box.x1
        if gap <= settings.digit_gap * atom.size and start > settings.tail_words:
            return None
        return atom_of(pieces[first:], atom.row)
    return None


def _first_digits(pieces: Sequence[Piece], settings: Settings) -> int:
    """Where the number at the end of a label begins: its thousands may be grouped by spaces ("May 6 044")."""
    first = len(pieces) - 1
    while first > 1:
        left, right = pieces[first - 1], pieces[first]
        together = groups_thousands(left.text, right.text)
        if not together or right.box.x0 - left.box.x1 > settings.digit_gap * right.size:
            break
        first -= 1
    return first


def _close(atom: Atom, settings: Settings) -> bool:
    """Whether no more than a word space stands before the last word."""
    if len(atom.pieces) < 2:
        return False
    return atom.pieces[-1].box.x0 - atom.pieces[-2].box.x1 <= settings.digit_gap * atom.size


def _in_line(tail: Atom, row: int, pure: list[list[float]], ends: list[list[float]], settings: Settings) -> bool:
    """Whether enough numerals on the neighbouring baselines share the right edge of ``tail``.

    Where a numeral stands to the right of the label, the number that ends the label ("over 18") is cut off only for
    the sake of a numeral that stands alone.
    """
    slack = settings.aligned * tail.size
    followed = any(x1 > tail.box.x1 + slack for x1 in pure[row])
    near = [
        r for r in range(row - settings.tail_reach, row + settings.tail_reach + 1) if 0 <= r < len(ends) and r != row
    ]
    alone = sum(any(abs(x1 - tail.box.x1) <= slack for x1 in pure[r]) for r in near)
    support = sum(any(abs(x1 - tail.box.x1) <= slack for x1 in ends[r]) for r in near)
    return support >= settings.tail_support and (alone > 0 or not followed)
