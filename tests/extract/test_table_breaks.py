"""Tables that stand close below one another, and headers amid a body, on small composed pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from page_composer import STEP, Sheet, document

from validator import languages
from validator.extract import extract
from validator.model.locations import Box
from validator.model.pages import Stroke
from validator.model.settings import DEFAULT
from validator.model.tables import Table


def tables(sheet: Sheet) -> tuple[Table, ...]:
    return extract(document(sheet), languages.load("en"), DEFAULT).tables


def heads(table: Table) -> list[str]:
    return [header.label for header in table.headers]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.cells]


def upper(sheet: Sheet, y: float = 100.0, head: tuple[str, str] = ("Births", "Deaths")) -> float:
    """A table of three rows without a total; the next baseline."""
    edges = [250.0, 350.0]
    sheet.row(y, "Region", list(head), edges=edges)
    for label, a, b in (("North", "12", "7"), ("South", "130", "1,204"), ("West", "5", "96")):
        y += STEP
        sheet.row(y, label, [a, b], edges=edges)
    return y + STEP


def test_words_over_other_columns_begin_another_table() -> None:
    sheet = Sheet()
    y = upper(sheet)
    edges = [170.0, 220.0, 300.0]
    sheet.row(y, "", ["Cars", "Vans", "Lorries"], edges=edges)
    sheet.row(y + STEP, "New", ["31", "4", "15"], edges=edges)
    sheet.row(y + 2 * STEP, "Used", ["92", "65", "35"], edges=edges)
    first, second = tables(sheet)
    assert (heads(first), heads(second)) == (["Births", "Deaths"], ["Cars", "Vans", "Lorries"])
    assert texts(first) == [["12", "7"], ["130", "1,204"], ["5", "96"]]
    assert texts(second) == [["31", "4", "15"], ["92", "65", "35"]]


@pytest.mark.parametrize("years", [["2021", "2022", "2023"], ["2023", "2022", "2021"], ["2010", "2015", "2020"]])
def test_years_that_run_on_begin_another_table(years: list[str]) -> None:
    sheet = Sheet()
    y = upper(sheet)
    edges = [250.0, 350.0, 450.0]
    sheet.row(y, "", years, edges=edges)
    sheet.row(y + STEP, "New", ["31", "4", "15"], edges=edges)
    first, second = tables(sheet)
    assert (heads(first), heads(second)) == (["Births", "Deaths"], years)
    assert texts(second) == [["31", "4", "15"]]


def test_figures_that_look_like_years_are_a_row() -> None:
    sheet = Sheet()
    y = upper(sheet)
    sheet.row(y, "East", ["2011", "1987"], edges=[250.0, 350.0])
    sheet.row(y + STEP, "Abroad", ["31", "4"], edges=[250.0, 350.0])
    (table,) = tables(sheet)
    assert texts(table)[3:] == [["2011", "1987"], ["31", "4"]]


def test_a_year_beside_its_label_is_a_row() -> None:
    sheet = Sheet()
    for at, (label, cell) in enumerate((("Cars", "31"), ("Vans", "4"), ("Founded", "2011"), ("Lorries", "15"))):
        sheet.row(100 + at * STEP, label, [cell], edges=[250.0])
    (table,) = tables(sheet)
    assert texts(table) == [["31"], ["4"], ["2011"], ["15"]]


def test_words_beside_years_begin_another_table() -> None:
    sheet = Sheet()
    y = upper(sheet)
    edges = [250.0, 350.0, 450.0]
    sheet.row(y, "", ["2021", "2022", "Change"], edges=edges)
    sheet.row(y + STEP, "New", ["31", "4", "-27"], edges=edges)
    _, second = tables(sheet)
    assert heads(second) == ["2021", "2022", "Change"]


def test_labels_on_the_left_of_their_cells_are_of_the_figures_on_their_right() -> None:
    sheet = Sheet()
    y = upper(sheet)
    edges = [220.0, 320.0, 420.0]
    for label, cell in zip(("Minimum", "Median", "Maximum"), (130.0, 235.0, 335.0), strict=True):
        sheet.left(label, cell, y)
    sheet.row(y + STEP, "New", ["31", "45", "68"], edges=edges)
    sheet.row(y + 2 * STEP, "Used", ["2", "65", "95"], edges=edges)
    _, second = tables(sheet)
    assert heads(second) == ["Minimum", "Median", "Maximum"]


def test_a_spanner_amid_a_page_goes_to_its_own_table() -> None:
    sheet = Sheet()
    y = upper(sheet)
    edges = [200.0, 260.0, 320.0, 380.0]
    sheet.centred("Men", 215, y)
    sheet.centred("Women", 335, y)
    sheet.row(y + STEP, "", ["2021", "2022", "2021", "2022"], edges=edges)
    sheet.row(y + 2 * STEP, "New", ["31", "4", "15", "92"], edges=edges)
    sheet.row(y + 3 * STEP, "Used", ["3", "14", "5", "12"], edges=edges)
    _, second = tables(sheet)
    assert heads(second) == ["Men › 2021", "Men › 2022", "Women › 2021", "Women › 2022"]


def test_a_numbered_caption_begins_another_table_under_the_same_columns() -> None:
    sheet = Sheet()
    sheet.left("Table 1. Region of birth", 50, 100 - 2 * STEP)
    y = upper(sheet)
    sheet.left("Table 2. Region of death", 50, y)
    upper(sheet, y + STEP)
    first, second = tables(sheet)
    assert [len(table.cells) for table in (first, second)] == [3, 3]
    assert second.caption == "Table 2. Region of death"


def test_a_header_said_again_begins_none() -> None:
    sheet = Sheet()
    y = upper(sheet)
    upper(sheet, y)
    (table,) = tables(sheet)
    assert [stub.label for stub in table.stubs] == ["North", "South", "West"] * 2


def test_years_said_again_are_no_row() -> None:
    sheet = Sheet()
    y = upper(sheet, head=("2021", "2022"))
    sheet.left("Abroad", 50, y)
    upper(sheet, y + STEP, head=("2021", "2022"))
    (table,) = tables(sheet)
    assert heads(table) == ["2021", "2022"]
    assert texts(table)[-3:] == texts(table)[:3] == [["12", "7"], ["130", "1,204"], ["5", "96"]]


def test_a_header_said_again_below_a_total_begins_another_table() -> None:
    sheet = Sheet()
    y = upper(sheet)
    sheet.row(y, "Total", ["147", "1,307"], edges=[250.0, 350.0])
    upper(sheet, y + STEP)
    assert [len(table.cells) for table in tables(sheet)] == [4, 3]


def test_a_header_said_again_over_fewer_columns_begins_another_table() -> None:
    sheet, edges = Sheet(), [200.0, 250.0, 300.0, 350.0]
    upper_rows = {"Food": ["12", "7", "5", "4"], "Toys": ["130", "88", "61", "40"], "Group": ["142", "95", "66", "44"]}
    lower_rows = {"Cash from operations before tax": ["143", "118"], "Tax paid in the year": ["56", "29"]}
    sheet.row(100, "", ["2024", "2023", "2024", "2023"], edges=edges)
    y = 100.0
    for label, cells in upper_rows.items():
        y += STEP
        sheet.row(y, label, cells, edges=edges)
    y += 2 * STEP
    sheet.row(y, "Condensed cash flow statement", [], edges=[])
    y += STEP
    sheet.row(y, "", ["2024", "2023"], edges=edges[2:])
    for label, cells in lower_rows.items():
        y += STEP
        sheet.row(y, label, cells, edges=edges[2:])
    first, second = tables(sheet)
    assert texts(first) == list(upper_rows.values())
    assert texts(second) == list(lower_rows.values())


def test_a_title_centred_over_a_narrow_table_is_no_spanner() -> None:
    sheet = Sheet()
    sheet.centred("Employed persons", 200, 100 - STEP)
    upper(sheet, head=("Men", "Women"))
    (table,) = tables(sheet)
    assert heads(table) == ["Men", "Women"]


def test_numbers_that_run_on_head_columns() -> None:
    sheet = Sheet()
    y = upper(sheet)
    edges = [200.0, 250.0, 300.0, 350.0, 410.0]
    sheet.row(y, "Children", ["1", "2", "3", "4+", "Total"], edges=edges)
    sheet.row(y + STEP, "Town", ["31", "41", "59", "26", "157"], edges=edges)
    sheet.row(y + 2 * STEP, "Country", ["5", "35", "8", "9", "57"], edges=edges)
    first, second = tables(sheet)
    assert len(first.cells) == 3
    assert heads(second) == ["1", "2", "3", "4+", "Total"]
    assert texts(second) == [["31", "41", "59", "26", "157"], ["5", "35", "8", "9", "57"]]


def test_a_heading_of_rows_begins_none() -> None:
    sheet = Sheet()
    y = upper(sheet)
    sheet.left("Abroad", 50, y)
    for at, label in enumerate(("Europe", "Asia"), 1):
        sheet.row(y + at * STEP, label, ["31", "4"], edges=[250.0, 350.0])
    (table,) = tables(sheet)
    assert len(table.cells) == 6


def test_three_tables_below_one_another() -> None:
    sheet = Sheet()
    y = 100.0
    for head, edges in ((["A", "B"], [200.0, 250.0]), (["C", "D", "E"], [180.0, 280.0, 380.0]), (["F"], [330.0])):
        sheet.row(y, "", head, edges=edges)
        for label in ("one", "two", "three"):
            y += STEP
            sheet.row(y, label, [str(len(label) * n + 10) for n, _ in enumerate(head)], edges=edges)
        y += STEP
    found = tables(sheet)
    assert [heads(table) for table in found] == [["A", "B"], ["C", "D", "E"], ["F"]]
    assert all(a.box.bottom <= b.box.top for a, b in pairwise(found))


def test_years_centred_over_figures_on_the_right_lose_no_row() -> None:
    sheet = Sheet()
    edges = [200.0, 300.0]
    for edge, year in zip(edges, ("2021", "2022"), strict=True):
        sheet.right(year, edge - 16, 100)
    sheet.row(100 + STEP, "Deaths", ["34", "69"], edges=edges)
    sheet.row(100 + 2 * STEP, "Persons", ["665,146", "114,259"], edges=edges)
    sheet.row(100 + 3 * STEP, "Votes", ["840", "192"], edges=edges)
    (table,) = tables(sheet)
    assert heads(table) == ["2021", "2022"]
    assert texts(table) == [["34", "69"], ["665,146", "114,259"], ["840", "192"]]


def beside(sheet: Sheet, y: float, head: list[str], rows: dict[str, list[str]], x: float) -> float:
    """A table whose labels begin at ``x`` and whose columns are 60 points wide; the next baseline."""
    edges = [x + 130.0 + 60 * n for n, _ in enumerate(head)]
    sheet.row(y, "", head, x=x, edges=edges)
    for label, cells in rows.items():
        y += STEP
        sheet.row(y, label, cells, x=x, edges=edges)
    return y + STEP


def test_boxes_in_rows_and_columns() -> None:
    sheet = Sheet()
    beside(sheet, 100, ["2021", "2022"], {"Cars": ["31", "4"], "Vans": ["15", "92"], "Lorries": ["6", "5"]}, 50)
    beside(sheet, 100, ["Men"], {"North": ["12"], "South": ["130"], "West": ["5"], "East": ["7"]}, 300)
    y = 100 + 7 * STEP
    beside(sheet, y, ["Share"], {"Beech": ["31.4"], "Oak": ["15.9"], "Fir": ["52.7"]}, 50)
    beside(sheet, y, ["Births", "Deaths"], {"May": ["8", "9"], "June": ["79", "32"], "July": ["3", "84"]}, 300)
    found = {tuple(heads(table)): texts(table) for table in tables(sheet)}
    assert found == {
        ("2021", "2022"): [["31", "4"], ["15", "92"], ["6", "5"]],
        ("Men",): [["12"], ["130"], ["5"], ["7"]],
        ("Share",): [["31.4"], ["15.9"], ["52.7"]],
        ("Births", "Deaths"): [["8", "9"], ["79", "32"], ["3", "84"]],
    }


def test_bands_amid_figures_are_the_stub_of_another_table() -> None:
    sheet = Sheet()
    rows = {"0-9": ["12"], "10-19": ["130"], "20-29": ["5"], "Total": ["147"]}
    beside(sheet, 100, ["Births", "Deaths"], {"North": ["3", "8"], "South": ["14", "6"], "West": ["15", "2"]}, 50)
    beside(sheet, 100, ["Persons"], rows, 300)
    first, second = tables(sheet)
    assert texts(first) == [["3", "8"], ["14", "6"], ["15", "2"]]
    assert {stub.label: cells for stub, cells in zip(second.stubs, texts(second), strict=True)} == rows


def test_a_table_that_begins_lower_beside_another() -> None:
    sheet = Sheet()
    left = {"North": ["3", "8"], "South": ["14", "6"], "West": ["15", "2"], "East": ["9", "26"]}
    beside(sheet, 100, ["Births", "Deaths"], left, 50)
    beside(sheet, 100 + STEP, ["Cars"], {"New": ["35"], "Used": ["89"], "Sold": ["79"]}, 300)
    first, second = tables(sheet)
    assert (heads(first), len(first.cells)) == (["Births", "Deaths"], 4)
    assert (heads(second), texts(second)) == (["Cars"], [["35"], ["89"], ["79"]])


@pytest.mark.parametrize(
    ("titles", "count"), [(("Births", "Deaths"), 2), (("Births, May 2021", "Births, June 2021"), 2), ((), 1)]
)
def test_alike_and_side_by_side_they_are_one_list_unless_each_has_a_title(titles: tuple[str, ...], count: int) -> None:
    sheet = Sheet()
    for x, title in zip((50.0, 300.0), titles, strict=False):
        sheet.left(title, x, 100 - 2 * STEP)
    beside(sheet, 100, ["Number"], {"North": ["3"], "South": ["14"], "West": ["15"]}, 50)
    beside(sheet, 100, ["Number"], {"East": ["9"], "Isles": ["26"], "Abroad": ["5"]}, 300)
    assert len(tables(sheet)) == count


def test_labels_close_to_one_another_in_line_with_figures() -> None:
    sheet = Sheet()
    y = upper(sheet)
    edges = [150.0, 190.0, 215.0]
    for label, edge in zip(("Men", "Women", "All"), edges, strict=True):
        sheet.right(label, edge, y)
    sheet.row(y + STEP, "Town", ["31", "41", "72"], edges=edges)
    sheet.row(y + 2 * STEP, "Country", ["5", "35", "40"], edges=edges)
    _, second = tables(sheet)
    assert heads(second) == ["Men", "Women", "All"]


def test_several_figures_close_to_their_label() -> None:
    sheet = Sheet()
    edges = [126.0, 147.0, 168.0]
    sheet.row(100, "", ["2012", "2013", "2014"], edges=edges)
    for at, (label, cells) in enumerate(
        (("Labour force", ["69", "160", "819"]), ("Import", ["70", "51", "32"]), ("Staff", ["827", "444", "753"])), 1
    ):
        sheet.row(100 + at * STEP, label, cells, edges=edges)
    (table,) = tables(sheet)
    assert texts(table)[0] == ["69", "160", "819"]


def test_running_numbers_beside_texts_alone() -> None:
    sheet = Sheet()
    for at, text in enumerate(("Aims", "Methods", "Results", "Limits", "Thanks", "Sources")):
        sheet.left(str(at + 1), 50, 100 + at * STEP)
        sheet.left(text, 80, 100 + at * STEP)
    assert all(len(table.cells) == 6 for table in tables(sheet))


@pytest.mark.parametrize("ruled", [True, False])
def test_a_label_has_the_columns_of_the_cell_drawn_around_it(ruled: bool) -> None:
    sheet = Sheet()
    edges = [200.0, 280.0, 360.0, 440.0]
    sheet.left("Men", 124, 100)
    sheet.left("Women", 284, 100)
    sheet.row(100 + STEP, "", ["2021", "2022"] * 2, edges=edges)
    sheet.row(100 + 2 * STEP, "New", ["31", "41", "59", "26"], edges=edges)
    sheet.row(100 + 3 * STEP, "Used", ["5", "35", "8", "9"], edges=edges)
    if ruled:
        for x in (45.0, 122.0, 202.0, 282.0, 362.0, 442.0):
            top = 98 + STEP if x in (202.0, 362.0) else 98
            sheet.strokes.append(Stroke(Box(x, top, x, 98 + 4 * STEP), 0.5))
    (table,) = tables(sheet)
    wanted = ["Men › 2021", "Men › 2022", "Women › 2021", "Women › 2022"]
    assert (heads(table) == wanted) is ruled


def test_lists_with_other_stubs_stay_apart() -> None:
    sheet = Sheet()
    for at, (code, left, a, right, b) in enumerate(
        (
            ("Code", "Region", "Number", "Region", "Number"),
            ("A1", "North", "3", "East", "9"),
            ("B2", "South", "", "Isles", "26"),
            ("C3", "West", "15", "Abroad", "5"),
        )
    ):
        sheet.left(code, 50, 100 + at * STEP)
        sheet.row(100 + at * STEP, left, [a], x=90, edges=[200])
        sheet.row(100 + at * STEP, right, [b], x=300, edges=[400])
    assert [texts(table) for table in tables(sheet)] == [[["3"], [""], ["15"]], [["9"], ["26"], ["5"]]]
