"""Tables side by side: stubs amid figures, where they part a region, and the strips that come of it."""

from __future__ import annotations

import pytest
from page_composer import STEP, document
from page_composer import Sheet as Composed

from validator import languages
from validator.extract.layout_atoms import Sheet, sheet_of
from validator.extract.table_gutters import Gutter, gutters, strips
from validator.extract.table_regions import Region
from validator.model.locations import hull
from validator.model.settings import DEFAULT

LEFT = [("North", "12"), ("South", "130"), ("West", "5"), ("East", "41")]


def beside(labels: list[str], values: list[str]) -> Composed:
    """A list of four rows, and on the same baselines another."""
    page = Composed()
    for i, ((label, value), other, figure) in enumerate(zip(LEFT, labels, values, strict=True)):
        y = 100 + i * STEP
        page.row(y, label, [value], edges=[200.0])
        page.row(y, other, [figure], x=300.0, edges=[450.0])
    return page


def seen(page: Composed) -> tuple[Sheet, Region]:
    """The page, and one region of all its numerals."""
    (composed,) = document(page).pages
    sheet = sheet_of(composed, languages.load("en"), DEFAULT)
    numerals = {row.number: tuple(atom for atom in row.atoms if atom.numeric) for row in sheet.rows}
    own = {number: atoms for number, atoms in numerals.items() if atoms}
    return sheet, Region(own, hull(atom.box for atoms in own.values() for atom in atoms))


def texts(region: Region) -> list[list[str]]:
    return [[atom.text for atom in region.numerals[row]] for row in region.rows]


def test_labels_amid_figures_begin_another_table() -> None:
    sheet, region = seen(beside(["Cars", "Vans", "Lorries", "Buses"], ["7", "1,204", "96", "3"]))
    (gutter,) = gutters(sheet, region, (), DEFAULT)
    assert 200 < gutter.x < 300
    assert (gutter.first, gutter.last) == (region.rows[0], region.rows[-1])
    left, right = strips(region, [gutter])
    assert texts(left) == [["12"], ["130"], ["5"], ["41"]]
    assert texts(right) == [["7"], ["1,204"], ["96"], ["3"]]
    assert left.box.x1 < gutter.x < right.box.x0


@pytest.mark.parametrize(
    "labels",
    [
        ["of", "of", "of", "of"],  # the same word on every row joins two figures; labels differ
        ["", "", "", ""],
        ["Cars", "", "", ""],  # a lone remark
    ],
)
def test_what_does_not_label_rows_parts_nothing(labels: list[str]) -> None:
    sheet, region = seen(beside(labels, ["7", "1,204", "96", "3"]))
    assert gutters(sheet, region, (), DEFAULT) == []


def test_ages_that_run_on_are_a_stub_and_other_ranges_are_not() -> None:
    running, others = ["0-17", "18-39", "40-64", "65-99"], ["12-16", "3-9", "21-40", "8-15"]
    for labels, parted in ((running, 1), (others, 0)):
        sheet, region = seen(beside(labels, ["7", "1,204", "96", "3"]))
        assert len(gutters(sheet, region, (), DEFAULT)) == parted


def test_running_text_is_no_stub() -> None:
    sheet, region = seen(beside(["Cars", "Vans", "Lorries", "Buses"], ["7", "1,204", "96", "3"]))
    prose = {atom for row in sheet.rows for atom in row.atoms if not atom.numeric and atom.box.x0 >= 300}
    assert len(prose) == 4
    assert gutters(sheet, region, prose, DEFAULT) == []


def test_a_figure_across_the_white_holds_a_table_together() -> None:
    page = beside(["Cars", "Vans", "Lorries", "Buses"], ["7", "1,204", "96", "3"])
    page.left("123,456,789,012", 250.0, 100 + 4 * STEP)
    sheet, region = seen(page)
    assert gutters(sheet, region, (), DEFAULT) == []


def test_a_strip_without_figures_is_none() -> None:
    _, region = seen(beside(["Cars", "Vans", "Lorries", "Buses"], ["7", "1,204", "96", "3"]))
    edges = [Gutter(10.0, 0, 3), Gutter(250.0, 0, 3), Gutter(500.0, 0, 3)]
    assert [len(strip.numerals) for strip in strips(region, edges)] == [4, 4]
    assert texts(strips(region, [])[0]) == texts(region)
