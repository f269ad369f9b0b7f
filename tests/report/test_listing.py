from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from validator import report

from .sample import build

if TYPE_CHECKING:
    from validator.model.extracts import Extract


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Extract:
    return build(tmp_path_factory.mktemp("sample")).documents[0].extract


def test_every_figure_is_listed_in_every_format(extract: Extract) -> None:
    count = len(extract.figures)
    rows = list(csv.DictReader(io.StringIO(report.listing(extract, "csv", report.Context()))))
    assert len(rows) == count
    whole = json.loads(report.listing(extract, "json", report.Context()))
    assert len(whole["figures"]) == count
    assert f"\n{count} figures\n" in report.listing(extract, "text", report.Context())


def test_value_interval_and_place_of_a_hedged_fraction(extract: Extract) -> None:
    rows = csv.DictReader(io.StringIO(report.listing(extract, "csv", report.Context())))
    row = next(row for row in rows if row["text"] == "a quarter")
    assert (row["value"], row["low"], row["high"], row["interval"]) == ("0.25", "0.2", "0.25", "[0.2, 0.25)")
    assert (row["kind"], row["hedge"], row["page"]) == ("fraction", "just under", "1")
    figure = next(figure for figure in extract.figures if figure.text == "a quarter")
    assert [float(row[key]) for key in ("x0", "top", "x1", "bottom")] == pytest.approx(figure.location.box, abs=0.01)


def test_an_unreadable_figure_has_no_value(extract: Extract) -> None:
    whole = json.loads(report.listing(extract, "json", report.Context()))
    assert next(row for row in whole["figures"] if row["text"] == "####")["value"] is None
    assert "unreadable" in report.listing(extract, "text", report.Context())


def test_numerals_that_are_no_figures_come_when_asked_for(extract: Extract) -> None:
    for name in report.LISTINGS:
        short = report.listing(extract, name, report.Context())
        whole = report.listing(extract, name, report.Context(), everything=True)
        assert whole.count("page number") == short.count("page number") + len(extract.numerals)


def test_text_keeps_to_the_width_and_to_ascii(extract: Extract) -> None:
    text = report.listing(extract, "text", report.Context(width=70, unicode=False))
    assert max(map(len, text.splitlines())) <= 70
    text.encode("ascii")
