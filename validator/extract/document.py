"""A document → its `Extract`: tables found and read, the rest given to prose, every numeral accounted for.

In: a `Document`, its `Language`. Out: an `Extract`. This module knows the order of the steps and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.extract import prose
from validator.extract.account import missed
from validator.extract.separators import observe
from validator.extract.table_figures import Reader
from validator.extract.table_join import joined_tables
from validator.extract.tables import find_tables
from validator.model.extracts import Extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.extract.table_figures import Read
    from validator.model.extracts import Passage
    from validator.model.language import Language
    from validator.model.pages import Document
    from validator.model.settings import Settings


def extract(document: Document, language: Language, settings: Settings) -> Extract:
    """What ``document`` says in tables and prose; never fails on a page that it cannot make sense of."""
    if any(page.sheet is not None for page in document.pages):
        from validator.extract.sheets import extract_sheets  # only where there are any

        return extract_sheets(document, language, settings)
    found = find_tables(document, language, settings)
    separators = observe(_texts(document))
    reader = Reader(document, language, separators, settings)
    read = [reader.read(draft) for draft in joined_tables(found.drafts, settings)]
    said = prose.passages(found.blocks, document.path, language, separators, settings)
    figures = (*(figure for one in read for figure in one.figures), *said.figures)
    numerals = (*(numeral for one in read for numeral in one.numerals), *said.numerals)
    return Extract(
        document=document,
        language=language.code,
        tables=tuple(one.table for one in read if one.table is not None),
        passages=_in_order(said.passages, read),
        figures=figures,
        numerals=numerals,
        pictures=sum(len(page.pictures) for page in document.pages),
        missed=missed(document, figures, numerals),
    )


def _texts(document: Document) -> Iterable[str]:
    """Every word of the document: evidence for its separators."""
    return (word.text for page in document.pages for word in page.words)


def _in_order(prose: Sequence[Passage], read: Sequence[Read]) -> tuple[Passage, ...]:
    """Passages by page; on each page the rows of its tables follow its prose."""
    rows = [passage for one in read for passage in one.passages]
    return tuple(sorted([*prose, *rows], key=lambda passage: (passage.location.page, passage.row)))
