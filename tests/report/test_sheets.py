"""Reports on data files: cells named in every format, sheets drawn in the HTML report, nothing in them acted on."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from validator import pipeline, report
from validator.model.pages import Sheet
from validator.model.results import Result
from validator.model.settings import DEFAULT
from validator.report._sheets import draw, slices, title

BOOK = """validator: 1
book: Deaths
tables:
  deaths: {header: "Town Deaths"}
rules:
  - footing: deaths
"""
NASTY = '<script>alert("x")</script>'


@pytest.fixture
def result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(tmp_path)
    Path("book.yml").write_text(BOOK)
    Path("cases.csv").write_text(f"Town,Deaths\n{NASTY},12\nBree,5\nTotal,18\n")
    return pipeline.check(["cases.csv"], ["book.yml"])


def render(result: Result, name: str) -> str:
    return report.load(name).render(result, report.Context())


def test_the_value_in_a_file_needs_no_second_reader(result: Result) -> None:
    (finding,) = result.findings
    assert finding.verdict == "violated"
    assert finding.fails


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_findings_are_headed_by_their_cell(result: Result, name: str) -> None:
    text = render(result, name)
    assert "cases.csv:4, column Deaths" in text
    assert "page 1" not in text


def test_json_names_cells_and_keeps_page_and_box(result: Result) -> None:
    (finding,) = json.loads(render(result, "json"))["findings"]
    total = next(figure for figure in finding["figures"] if figure["role"] == "total")
    assert total["cell"] == "line 4, column Deaths"
    assert (total["page"], total["bbox"]) == (1, [72, 45, 144, 60])


def test_html_draws_the_sheet_and_escapes_it(result: Result) -> None:
    html = render(result, "html")
    assert "<svg" in html
    assert NASTY not in html
    assert "&lt;script&gt;" in html
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)[1])  # type: ignore[index]
    (key,) = data["boxes"]
    assert [108, 60, 180, 75] in [box[:4] for box in data["boxes"][key]]  # beside the row numbers, below the letters
    assert all(mark is not None for mark in data["findings"][0]["marks"])


def test_of_a_long_sheet_only_rows_with_findings_are_drawn(result: Result) -> None:
    few = replace(DEFAULT, sheet_lines=2, picture_pages=1)
    html = report.load("html").render(result, report.Context(settings=few))
    assert html.count("<svg") == 2
    Path("cases.csv").write_text("Town,Deaths\n" + "".join(f"T{n},{n}\n" for n in range(200)) + "Total,1\n")
    drawn = report.load("html").render(
        pipeline.check(["cases.csv"], ["book.yml"]),
        report.Context(settings=replace(DEFAULT, sheet_lines=20, picture_pages=1), pictures=report.Pictures.FINDINGS),
    )
    assert 0 < drawn.count("<svg") <= 11


def test_slices_and_drawing() -> None:
    rows = tuple((f"Town {n}", str(n)) for n in range(130))
    sheet = Sheet(rows, tuple(range(1, 131)), "Ark1", "row")
    assert slices(sheet, DEFAULT) == [range(60), range(60, 120), range(120, 130)]
    assert title(sheet, range(60, 120)) == "Ark1, rows 61–120"
    texts = {text.text: text for text in draw(sheet, range(60, 120)).texts}
    assert texts["Town 60"].kind == "text"
    assert {"A", "B", "61", "120"} <= texts.keys()
    assert "Town 59" not in texts


def test_listing_names_cells(result: Result) -> None:
    extract = result.documents[0].extract
    text = report.listing(extract, "text", report.Context())
    assert text.splitlines()[0] == "cases.csv"
    assert re.search(r"^  B4 .* 18 ", text, re.MULTILINE)
    assert "line 4, column Deaths" in report.listing(extract, "csv", report.Context())
