"""A region of a page → a bare grid: columns, rows with their labels, wrapped labels put together, header lines placed.

In: a `Sheet`, a `Region` of it, and what is known to belong elsewhere (running text, other regions). Out: a `RawGrid`
in the frame of the sheet, or None where no labels stand beside or above the numerals. Must not interpret labels.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.extract.layout_shapes import are_years, is_year, names_rows, numbers_run_on
from validator.extract.medians import median
from validator.extract.table_bands import header_band
from validator.extract.table_cells import body_row, text_row
from validator.extract.table_columns import numeric_columns
from validator.extract.table_headings import Body, headings_of
from validator.extract.table_raw import GridRow, RawColumn, RawGrid, RowKind
from validator.extract.table_regions import Region
from validator.extract.table_texts import Taken, Texts
from validator.extract.table_wraps import unwrapped
from validator.model.locations import hull

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.extract.layout_atoms import Sheet
    from validator.model.settings import Settings


def grid_of(sheet: Sheet, region: Region, index: int, taken: Taken, settings: Settings) -> RawGrid | None:
    """The bare grid of ``region`` (number ``index`` among the sheet's regions)."""
    region = _without_labels(sheet, region, taken, settings)
    if not region.numerals:
        return None
    head, body = _head_rows(sheet, region, settings)
    columns = numeric_columns([region.numerals[r] for r in body], settings)
    texts = Texts(sheet, region, index, body, taken, settings)
    placed = texts.columns(columns)
    rows = [body_row(placed, [*region.numerals[r], *texts.of_row(r)]) for r in body]
    rules = _rules(sheet, placed)
    rows += texts.between(placed, set(head), _first_baseline(sheet, region, body[0], rules))
    rows.sort(key=lambda row: row.box.bottom if row.box else 0.0)
    rows = unwrapped(rows, rules, sheet.pitch, settings)
    top = min(row.box.top for row in rows if row.box)
    years = [region.numerals[r] for r in head]
    size = median(a.size for r in body for a in region.numerals[r])
    labelled = Body(sheet, _with_stub(placed, rows, settings), top, size, years, texts.free)
    band = header_band(labelled, settings, headings_of(rows))
    if not band.spans and not any(not c.numeric for c in placed):
        return None
    used = [p for row in rows for s in [*row.slots, row.spanning] if s for p in s.pieces]
    used += band.pieces
    taken.claimed.update(texts.claimed)
    taken.claimed.update(band.atoms)
    header = GridRow(RowKind.HEADER, [None] * len(placed), spans=band.spans)
    labels = [text_row(placed, line) for line in band.labels]
    used += [p for row in labels for s in [*row.slots, row.spanning] if s for p in s.pieces]
    box = hull(piece.box for piece in used)
    return RawGrid(
        sheet.page.number, placed, [header, *labels, *rows], box, ruled=len(rules) > 1, rotation=sheet.turn, used=used
    )


def _with_stub(columns: list[RawColumn], rows: Sequence[GridRow], settings: Settings) -> list[RawColumn]:
    """The columns as a header sees them: a first one of bands, years or running numbers is of labels."""
    if not columns[0].numeric or not any(column.numeric for column in columns[1:]):
        return columns
    texts = [slot.text for row in rows if row.kind is RowKind.BODY and (slot := row.slots[0]) is not None]
    if len(texts) < sum(row.kind is RowKind.BODY for row in rows) or not names_rows(texts, settings):
        return columns
    return [replace(columns[0], numeric=False), *columns[1:]]


def _without_labels(sheet: Sheet, region: Region, taken: Taken, settings: Settings) -> Region:
    """The region without numerals that stand in its stub ("25-49" below "Any age", note marks beside labels)."""
    rows = list(region.numerals.values())
    columns = numeric_columns(rows, settings)
    first = columns[0]
    inside = [a for row in rows for a in row if a.box.x1 <= first.x1]
    texts = 0
    for row in range(region.rows[0], region.rows[-1] + 1):
        atoms = [a for a in sheet.rows[row].atoms if not a.numeric and a not in taken.prose]
        texts += any(a.box.x0 <= first.x1 and first.x0 < a.box.x1 for a in atoms)
    if len(columns) < 2 or texts <= len(inside):
        return region
    for atom in inside:
        taken.owner.pop(atom, None)
    drop = set(inside)
    kept = {r: tuple(a for a in atoms if a not in drop) for r, atoms in region.numerals.items()}
    numerals = {r: atoms for r, atoms in kept.items() if atoms}
    if not numerals:
        return Region({}, region.box)
    return _without_labels(
        sheet, Region(numerals, hull(a.box for atoms in numerals.values() for a in atoms)), taken, settings
    )


def _head_rows(sheet: Sheet, region: Region, settings: Settings) -> tuple[list[int], list[int]]:
    """The baselines on top that hold years alone, or numbers in the words of labels, and the others."""
    rows = region.rows
    head = 0
    while head < len(rows) - 1:
        atoms = region.numerals[rows[head]]
        texts = [atom.text for atom in atoms]
        if not (
            are_years(texts) or _in_words(sheet, region, rows[head]) or _counted(sheet, region, rows[head], settings)
        ):
            break
        if len(atoms) == 1 and len(region.numerals[rows[-1]]) == 1 and _years_below(region, head):
            break  # a column of years is a list of years, not a header
        head += 1
    return rows[:head], rows[head:]


def _in_words(sheet: Sheet, region: Region, row: int) -> bool:
    """Whether numbers stand in words on a baseline, beside other labels, and bare below: "Men | Under 25"."""
    atoms = region.numerals[row]
    below = [atom for r in region.rows if r > row for atom in region.numerals[r]]
    left, right = min(a.box.x0 for a in below), max(a.box.x1 for a in below)
    labels = [a for a in sheet.rows[row].atoms if not a.numeric and a.box.x1 > left and a.box.x0 < right]
    return (
        len(atoms) + len(labels) > 1
        and all(any(map(str.isalpha, atom.text)) for atom in atoms)
        and not any(any(map(str.isalpha, atom.text)) for atom in below)
    )


def _counted(sheet: Sheet, region: Region, row: int, settings: Settings) -> bool:
    """Whether numbers that run on stand beside words over the figures below: "1 | 2 | 3 | 4+ | Total"."""
    atoms = region.numerals[row]
    right = (a for a in sheet.rows[row].atoms if atoms[0].box.x0 <= a.box.x0 < region.box.x1)
    words = any(not atom.numeric for atom in right)
    return words and numbers_run_on([atom.text for atom in atoms], settings, beside_words=True)


def _years_below(region: Region, head: int) -> bool:
    """Whether years stand among the numerals below a baseline."""
    return any(is_year(a.text) for row in region.rows[head + 1 :] for a in region.numerals[row])


def _first_baseline(sheet: Sheet, region: Region, first: int, rules: Sequence[float]) -> int:
    """The first baseline of the body: above its first numerals only where a cell between two rules holds both."""
    top = min(a.box.top for a in region.numerals[first])
    bottom = max(a.box.bottom for a in region.numerals[first])
    roof = max((y for y in rules if y <= top + 1), default=None)
    floor = min((y for y in rules if y >= bottom - 1), default=None)
    if roof is None or floor is None:
        return first + 1
    # The lines above count only where the numeral has the cell to itself and lines below show that it is a tall one.
    inside = [row for row in sheet.rows if roof < row.box.center[1] < floor]
    others = [row for row in inside if row.number in region.numerals and row.number != first]
    if others or not any(row.box.center[1] > bottom for row in inside):
        return first + 1
    start = first
    while start > 0 and sheet.rows[start - 1].box.top >= roof - 1:
        start -= 1
    return start


def _rules(sheet: Sheet, columns: Sequence[RawColumn]) -> list[float]:
    """Heights of the horizontal lines that cross most of the table."""
    low, high = columns[0].x0, columns[-1].x1
    lengths: dict[int, float] = defaultdict(float)
    for stroke in sheet.strokes:
        if stroke.horizontal:
            shared = min(stroke.box.x1, high) - max(stroke.box.x0, low)
            if shared > 0:
                lengths[round(stroke.box.center[1])] += shared
    return sorted(y for y, length in lengths.items() if 2 * length >= high - low)
