from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from validator.model.settings import DEFAULT
from validator.report._excerpts import Excerpt, Grid, Quote, Sources

from .sample import build

if TYPE_CHECKING:
    from validator.model.results import Result


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return build(tmp_path_factory.mktemp("sample"))


def excerpts(result: Result, check: str, **settings: int) -> tuple[Excerpt, ...]:
    finding = next(finding for finding in result.findings if finding.check == check)
    chosen = replace(DEFAULT, **settings)  # type: ignore[arg-type]
    return Sources((c.extract for c in result.documents), result.findings, chosen).excerpts(finding)


def test_a_sentence_is_cut_at_its_figures(result: Result) -> None:
    quote = excerpts(result, "change")[0]
    assert isinstance(quote, Quote)
    assert [(piece.text, piece.exhibit) for piece in quote.pieces] == [
        ("That is an increase of ", None),
        ("12 per cent", 0),
        (" on the year before, when ", None),
        ("44,850", 2),
        (" people came.", None),
    ]


def test_a_row_is_shown_with_its_columns(result: Result) -> None:
    (grid,) = excerpts(result, "cross-footing")
    assert isinstance(grid, Grid)
    assert (grid.title, grid.columns) == ("Table 1: Visits by branch, 2024", ("Adults", "Children", "Total"))
    assert [[piece.exhibit for piece in line.cells] for line in grid.lines] == [[1, 2, 0]]


def test_a_wide_row_is_turned_on_its_side(result: Result) -> None:
    (grid,) = excerpts(result, "cross-footing", excerpt_columns=2)
    assert isinstance(grid, Grid)
    assert grid.columns == ("Station",)
    assert [line.label for line in grid.lines] == ["Adults", "Children", "Total"]


def test_a_long_column_keeps_its_total_and_counts_what_it_leaves_out(result: Result) -> None:
    finding = next(finding for finding in result.findings if finding.fingerprint == "e01a6b3c2f58")
    sources = Sources((c.extract for c in result.documents), result.findings, replace(DEFAULT, excerpt_rows=4))
    grid = next(excerpt for excerpt in sources.excerpts(finding) if isinstance(excerpt, Grid))
    assert [line.label for line in grid.lines] == ["Novels", "Crime", "Picture books", "Total"]
    assert [line.skipped for line in grid.lines] == [0, 0, 0, 9]
    assert grid.skipped == 0


def test_a_long_sentence_keeps_the_words_beside_its_figures(result: Result) -> None:
    quote = excerpts(result, "change", quote_length=40)[0]
    assert isinstance(quote, Quote)
    text = "".join(piece.text for piece in quote.pieces)
    assert "12 per cent on …" in text
    assert "44,850 people" in text
    assert text.startswith("…")
    assert len(text) < 70


def test_without_a_place_the_context_of_the_finding_is_quoted(result: Result) -> None:
    finding = result.findings[0]
    bare = replace(finding, context="as printed", exhibits=tuple(e._replace(figure=None) for e in finding.exhibits))
    sources = Sources((), [bare], DEFAULT)
    (quote,) = sources.excerpts(bare)
    assert isinstance(quote, Quote)
    assert quote.pieces[0].text == "as printed"
