"""Boxes of the HTML report: the suspect stands out among the figures of a contradiction; a broken figure has two."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from validator.model.locations import Box, BrokenBox
from validator.report._context import Context
from validator.report.html import render

from .sample import build

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.results import Result


def data(result: Result) -> dict:
    found = re.search(r'<script[^>]*id="data"[^>]*>(.*?)</script>', render(result, Context()), re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_only_the_likeliest_figures_of_a_contradiction_are_suspects(tmp_path: Path) -> None:
    boxes = [box for page in data(build(tmp_path))["boxes"].values() for box in page]
    states = {box[5]: box[4] for box in boxes if box[4] in ("violated", "involved")}
    assert states["7,980"] == "violated"  # what is wrong in two sums at once
    assert states["5,905"] == states["1,985"] == "involved"


def test_a_figure_that_runs_on_over_a_line_has_a_box_on_each(tmp_path: Path) -> None:
    result = build(tmp_path)
    first, second = Box(400, 100, 430, 110), Box(50, 112, 90, 122)
    extract = result.documents[0].extract
    location = extract.figures[0].location._replace(box=BrokenBox.around([first, second]))
    broken = replace(extract.figures[0], location=location)
    one = replace(result.documents[0], extract=replace(extract, figures=(broken, *extract.figures[1:])))
    whole = replace(result, documents=(one, *result.documents[1:]))
    (box,) = [box for page in data(whole)["boxes"].values() for box in page if len(box) > 9]
    assert (box[:4], box[9]) == ([*first], [[*second]])


def test_boxes_on_one_line_are_one() -> None:
    plain = BrokenBox.around([Box(10, 0, 20, 9), Box(22, 1, 40, 10)])
    assert (plain, type(plain)) == (Box(10, 0, 40, 10), Box)
