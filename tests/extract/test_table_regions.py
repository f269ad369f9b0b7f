"""Numerals of a page joined into the regions of its tables."""

from __future__ import annotations

from page_composer import STEP, document
from page_composer import Sheet as Composed

from validator import languages
from validator.extract.layout_atoms import Atom, Sheet, sheet_of
from validator.extract.table_breaks import Signs
from validator.extract.table_regions import regions
from validator.model.settings import DEFAULT

EDGES = [250.0, 350.0]
ROWS = [("North", ["12", "7"]), ("South", ["130", "1,204"]), ("West", ["5", "96"])]


def sheet_with(page: Composed) -> Sheet:
    (composed,) = document(page).pages
    return sheet_of(composed, languages.load("en"), DEFAULT)


def found(page: Composed, prose: frozenset[str] = frozenset()) -> list[list[list[str]]]:
    """The texts of each region, row by row; ``prose`` are atoms of running text."""
    sheet = sheet_with(page)
    running: set[Atom] = {atom for row in sheet.rows for atom in row.atoms if atom.text in prose}
    own = regions(sheet, Signs(running, set(), lambda text: text.startswith("Total")), DEFAULT)
    numbered = [atom for region in own for row in region.rows for atom in region.numerals[row]]
    assert len(numbered) == len({id(atom) for atom in numbered})  # in one region at most
    return [[[atom.text for atom in region.numerals[row]] for row in region.rows] for region in own]


def table(page: Composed, y: float, x: float = 0.0) -> float:
    """Three rows of two columns; the next baseline."""
    for label, cells in ROWS:
        page.row(y, label, cells, x=50.0 + x, edges=[edge + x for edge in EDGES])
        y += STEP
    return y


def test_numerals_under_and_beside_one_another_are_one_region() -> None:
    page = Composed()
    table(page, 100)
    assert found(page) == [[["12", "7"], ["130", "1,204"], ["5", "96"]]]


def test_tables_far_below_one_another_are_two_from_the_top() -> None:
    page = Composed()
    table(page, 400)
    table(page, 100)
    assert found(page) == [[cells for _, cells in ROWS]] * 2


def test_running_text_between_figures_parts_them() -> None:
    page = Composed()
    y = table(page, 100)
    said = [f"{word} figures of the year before were counted by hand in each of the towns" for word in ("All", "Some")]
    for i, line in enumerate(said):
        page.left(line, 50, y + i * STEP)
    table(page, y + 2 * STEP)
    assert found(page, frozenset(said)) == [[cells for _, cells in ROWS]] * 2
    assert len(found(page)) == 1


def test_a_column_with_many_blanks_belongs_to_its_rows() -> None:
    page = Composed()
    for i, cells in enumerate((["12", ""], ["", "7"], ["130", ""], ["", "96"])):
        page.row(100 + i * STEP, f"Row {'abcd'[i]}", cells, edges=[250.0, 290.0])
    assert found(page) == [[["12"], ["7"], ["130"], ["96"]]]


def test_columns_that_share_few_baselines_are_tables_of_their_own() -> None:
    page = Composed()
    for i in range(6):
        page.row(100 + i * STEP, f"Row {'abcdef'[i]}", [str(10 + i)], edges=[150.0])
    for i in range(6):
        page.row(100 + (5 + i) * STEP, f"Line {'abcdef'[i]}", [str(30 + i)], x=350.0, edges=[500.0])
    assert sorted(map(len, found(page))) == [6, 6]


def test_a_stub_amid_figures_parts_tables_that_do_not_begin_together() -> None:
    page = Composed()
    y = table(page, 100)
    page.row(y, "East", ["41", "8"], edges=EDGES)
    for i, (label, value) in enumerate((("Cars", "31"), ("Vans", "92"), ("Buses", "15"), ("Trams", "6"))):
        page.row(100 + (i + 1) * STEP, label, [value], x=400.0, edges=[520.0])
    assert found(page) == [
        [["12", "7"], ["130", "1,204"], ["5", "96"], ["41", "8"]],
        [["31"], ["92"], ["15"], ["6"]],
    ]


def test_a_page_without_numerals_has_none() -> None:
    page = Composed()
    page.left("Nothing to count", 50, 100)
    assert found(page) == []
