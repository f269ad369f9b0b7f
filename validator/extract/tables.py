"""Pages → drafts of tables and blocks of prose: the order of the layout and table steps.

In: a `Document` and its language. Out: `Found`: drafts in reading order (parts not yet joined) and the blocks that
tables leave. Must not read figures.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from validator.extract.layout import blocks_of, body_size
from validator.extract.layout_atoms import sheet_of
from validator.extract.layout_shapes import is_number, is_range, is_year
from validator.extract.page_margins import running_numbers
from validator.extract.table_around import captions, describe
from validator.extract.table_breaks import Signs
from validator.extract.table_find import cut_tails, paragraphs
from validator.extract.table_grid import grid_of
from validator.extract.table_panels import panels, split_at_bands
from validator.extract.table_regions import regions
from validator.extract.table_texts import Taken
from validator.extract.table_understand import draft_of, names_total

if TYPE_CHECKING:
    from collections.abc import Collection

    from validator.extract.layout_atoms import Atom, Sheet
    from validator.extract.lines import Block
    from validator.extract.table_understand import Draft
    from validator.model.language import Language
    from validator.model.pages import Document, Page
    from validator.model.settings import Settings


class Found(NamedTuple):
    """Drafts and blocks of a document, each in reading order."""

    drafts: list[Draft]
    blocks: list[Block]


def find_tables(document: Document, language: Language, settings: Settings) -> Found:
    """The tables and the prose of every page."""
    usual = body_size(document)
    running = running_numbers(document.pages, settings)
    drafts: list[Draft] = []
    blocks: list[Block] = []
    for page in document.pages:
        found = _of_page(page, usual, running, language, settings)
        drafts += found.drafts
        blocks += found.blocks
    return Found(drafts, blocks)


def _of_page(page: Page, usual: float, running: Collection[int], language: Language, settings: Settings) -> Found:
    sheet = sheet_of(page, language, settings)
    titles = captions(sheet, language, settings)
    prose = paragraphs(sheet, settings) | titles
    if running:
        prose |= {atom for row in sheet.rows for atom in row.atoms if id(atom.pieces[0].word) in running}
    sheet = cut_tails(sheet, prose, settings)
    drafts = _drafts(sheet, prose, titles, language, settings)
    used = {id(piece.word) for draft in drafts for piece in draft.grid.used}
    blocks = blocks_of(sheet, used, usual, settings)
    describe(drafts, blocks, sheet, language, settings)
    return Found(drafts, blocks)


def _drafts(sheet: Sheet, prose: set[Atom], titles: set[Atom], language: Language, settings: Settings) -> list[Draft]:
    """The tables of one sheet, panels and parts apart."""
    ends = partial(names_total, language=language)
    found = regions(sheet, Signs(prose, titles, ends), settings)
    taken = Taken(prose, found)
    drafts = []
    for index, region in enumerate(found):
        numbers = [atom for row in region.numerals.values() for atom in row if is_number(atom.text)]
        if len(numbers) < settings.table_numerals or all(is_year(atom.text) or is_range(atom.text) for atom in numbers):
            taken.release(region)
            continue
        grid = grid_of(sheet, region, index, taken, settings)
        if grid is None:
            taken.release(region)
            continue
        for panel in panels(grid, settings):
            drafts += [draft_of(part, language, settings) for part in split_at_bands(panel, ends, settings)]
    return drafts
