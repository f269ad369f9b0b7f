"""Sheets of data files: which tables stand on them, and every figure in the very cell that holds it."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import languages
from validator.extract import extract
from validator.extract.sheet_blocks import blocks_of
from validator.model.extracts import Extract
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.pages import Document, Merge, Number, Sheet, page_of
from validator.model.settings import DEFAULT
from validator.model.tables import Role
from validator.read import read_document
from validator.read.delimited import read_delimited


def sheet(*lines: str, **more: object) -> Sheet:
    """A sheet from lines with "|" between cells."""
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines)
    return Sheet(rows, tuple(range(1, len(rows) + 1)), **more)  # type: ignore[arg-type]


def read(*sheets: Sheet, language: str = "en") -> Extract:
    pages = tuple(page_of(one, number) for number, one in enumerate(sheets, 1))
    return extract(Document("cases.csv", "", pages), languages.load(language), DEFAULT)


def by_cell(found: Extract) -> dict[str, Figure]:
    return {figure.location.full: figure for figure in found.figures}


def test_figures_stand_in_their_cells() -> None:
    found = read(sheet("Town | age | n", "Alma | 12 | 3", "Bree |  | 4"))
    assert {place: figure.value for place, figure in by_cell(found).items()} == {
        "cases.csv:2, column age": 12,
        "cases.csv:2, column n": 3,
        "cases.csv:3, column n": 4,
    }
    (table,) = found.tables
    blank = table.cells[1][0]
    assert blank.text == ""
    assert str(blank.box.cell) == "line 3, column age"  # type: ignore[attr-defined]
    assert [str(stub.box.cell) for stub in table.stubs] == ["line 2, column Town", "line 3, column Town"]  # type: ignore[union-attr]
    assert found.missed == ()


def test_cells_of_a_workbook_have_names_as_in_formulas() -> None:
    found = read(sheet("Town | n", "Alma | 3", name="Ark1"), sheet("Town | n", "Alma | 3", name="Year 2024"))
    assert [figure.location.full for figure in found.figures] == ["cases.csv, Ark1!B2", "cases.csv, 'Year 2024'!B2"]
    assert [figure.location.page for figure in found.figures] == [1, 2]


def test_columns_without_a_name_of_their_own_have_letters() -> None:
    found = read(sheet("Town | 2023 | n | n", "Alma | 1 | 3 | 5"))
    assert [figure.location.place for figure in found.figures] == [
        "line 2, column 2023",
        "line 2, column C",
        "line 2, column D",
    ]


def test_titles_notes_and_groups() -> None:
    found = read(
        sheet(
            "Deaths by town, 2024",
            "",
            "Town | Women | Men",
            "North",
            "Alma | 3 | 4",
            "Bree | 5 | 6",
            "",
            "Total | 8 | 10",
            "",
            "Source: registry of 1,234 towns.",
        )
    )
    (table,) = found.tables
    assert table.heading == "Deaths by town, 2024"
    assert table.notes == ("Source: registry of 1,234 towns.",)
    assert [stub.label for stub in table.stubs] == ["North", "Alma", "Bree", "Total"]
    assert table.stubs[-1].role is Role.TOTAL
    assert [passage.text for passage in found.passages if not passage.row] == [
        "Deaths by town, 2024",
        "Source: registry of 1,234 towns.",
    ]
    assert by_cell(found)["cases.csv:10, column A"].value == 1234


def test_a_new_header_begins_a_new_table() -> None:
    parts = blocks_of(sheet("Town | n", "Alma | 3", "", "Deaths", "Year | All | Men", "2024 | 5 | 3", "", "The end"))
    assert [(part.titles, part.rows, part.notes) for part in parts] == [([], [0, 1], []), ([3], [4, 5], [7])]


def test_tables_side_by_side() -> None:
    found = read(sheet("Town | n | | Form | n", "Alma | 3 | | A | 1", "Bree | 4 | | B | 6", "Cora | 5"))
    assert [[stub.label for stub in table.stubs] for table in found.tables] == [["Alma", "Bree", "Cora"], ["A", "B"]]
    assert {f.location.cell.corner for f in found.tables[1].figures()} == {"E2", "E3"}  # type: ignore[union-attr]


def test_a_blank_column_alone_parts_nothing() -> None:
    (table,) = read(sheet("Town | n | | m", "Alma | 3 | | 1", "Bree | 4 | | 6")).tables
    assert [header.label for header in table.headers if header.label] == ["n", "m"]


def test_merged_cells() -> None:
    merges = (Merge(0, 1, 0, 2), Merge(2, 0, 3, 0))
    one = sheet("Area | Deaths | | Share", " | 2023 | 2024 | 2024", "North | 3 | 4 | 5", " | 5 | 6 | 7", merges=merges)
    (table,) = read(one).tables
    assert [header.path for header in table.headers] == [("Deaths", "2023"), ("Deaths", "2024"), ("Share 2024",)]
    assert [stub.label for stub in table.stubs] == ["North", "North"]


def test_what_the_file_states_counts_and_not_the_look_of_it() -> None:
    numbers = {
        (1, 1): Number(Decimal("1.234"), 3),
        (1, 2): Number(Decimal(35), 0, percent=True),
        (2, 1): Number(Decimal(13), 0, rounded=True),
        (2, 2): Number(None),
    }
    found = read(sheet("By | n | andel", "Alma | 1.234 | 35%", "Bree | 13 | ####", numbers=numbers), language="da")
    three, share, rounded, broken = found.figures
    assert (three.value, three.kind, three.interval) == (
        Decimal("1.234"),
        NumeralKind.DECIMAL,
        Interval(Decimal("1.2335"), Decimal("1.2345")),
    )
    assert (share.value, share.kind, share.unit, share.text) == (35, NumeralKind.PERCENT, "%", "35")
    assert rounded.interval == Interval(Decimal("12.5"), Decimal("13.5"))
    assert (broken.kind, broken.value) == (NumeralKind.UNREADABLE, None)
    (table,) = found.tables
    assert list(table.figures()) == [three, share, rounded, broken]
    assert table.cells[1][1].sign == "unreadable"
    assert [m.figure for _, m in found.mentions()] == [three, share, rounded, broken]


def test_typed_numbers_below_a_percent_sign_are_percentages(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Town", "Cases", "Share (%)"])
    for row in (["Alma", 12.5, 12], ["Bree", 37.5, 37.5], ["Cora", 50, 0.505]):
        page.append(row)
    page["C4"].number_format = "0.0%"
    book.save(tmp_path / "shares.xlsx")
    found = extract(read_document(str(tmp_path / "shares.xlsx"), DEFAULT), languages.load("en"), DEFAULT)
    shares = [row[1].figure for row in found.tables[0].cells]
    assert [(one.kind, one.value, one.unit) for one in shares if one is not None] == [
        (NumeralKind.PERCENT, Decimal(12), "%"),
        (NumeralKind.PERCENT, Decimal("37.5"), "%"),
        (NumeralKind.PERCENT, Decimal("50.5"), "%"),
    ]
    cases = [row[0].figure for row in found.tables[0].cells]
    assert {one.kind for one in cases if one is not None} == {NumeralKind.DECIMAL, NumeralKind.COUNT}


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#NAME?"])
def test_an_error_value_is_an_unreadable_figure(error: str) -> None:
    found = read(sheet("Town | n", "Alma | 3", f"Bree | {error}", "Cora | 4"))
    figure = by_cell(found)["cases.csv:3, column n"]
    assert (figure.kind, figure.text) == (NumeralKind.UNREADABLE, error)


def test_lines_whose_fields_slipped_are_not_relied_on() -> None:
    (one,) = read_delimited("x.csv", b"town,n\nAlma,1,234\nBree,5\nCora,6\n", DEFAULT).sheets
    assert [figure.value for figure in read(one).figures] == [None, None, 5, 6]


def test_header_only_and_text_only() -> None:
    assert read(sheet("Town | n")).figures == ()
    found = read(sheet("Read me", "These are the 35 towns."))
    assert [figure.value for figure in found.figures] == [35]
    assert found.tables == ()


def test_an_empty_sheet() -> None:
    assert read(Sheet((), ())).tables == ()


LABELS = st.text("abcdefgh", min_size=2, max_size=6)
COUNTS = st.integers(0, 1799) | st.integers(22_000, 99_999)  # what may be a year is judged elsewhere


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(LABELS, COUNTS, st.decimals(0, 999, places=2)), min_size=2, max_size=8),
    st.sampled_from([(",", "."), (";", ","), ("\t", ","), ("|", ".")]),
    st.integers(0, 3),
)
def test_every_figure_points_to_the_cell_it_was_written_to(
    rows: list[tuple[str, int, Decimal]], dialect: tuple[str, str], above: int
) -> None:
    delimiter, decimal = dialect
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([["A title of the table"], *([[]] * above)])
    writer.writerow(["place", "count", "mean"])
    writer.writerows([label, whole, str(mean).replace(".", decimal)] for label, whole, mean in rows)
    tables = read_delimited("cases.csv", out.getvalue().encode(), DEFAULT)
    found = by_cell(read(*tables.sheets, language="en" if decimal == "." else "da"))
    for line, (_, whole, mean) in enumerate(rows, above + 3):
        assert found[f"cases.csv:{line}, column count"].value == whole
        assert found[f"cases.csv:{line}, column mean"].value == mean
    assert len(found) == 2 * len(rows)


def test_from_file_to_figures(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Deaths by town"],
        [],
        ["Town", "n", "share"],
        ["Alma", 3, 0.375],
        ["Bree", 5, 0.625],
        ["Total", 8, 1],
    ):
        book.active.append(row)
    for (cell,) in book.active["C4:C6"]:
        cell.number_format = "0%"
    book.active.title = "Ark1"
    book.save(tmp_path / "book.xlsx")
    document = read_document(tmp_path / "book.xlsx", DEFAULT)
    found = extract(document, languages.load("en"), DEFAULT)
    assert {figure.location.place: figure.quote for figure in found.figures} == {
        "Ark1!B4": "3", "Ark1!C4": "38%", "Ark1!B5": "5", "Ark1!C5": "63%", "Ark1!B6": "8", "Ark1!C6": "100%",
    }  # fmt: skip
    (table,) = found.tables
    assert table.heading == "Deaths by town"
    assert Decimal("0.375") * 100 in table.cells[0][1].figure.interval  # type: ignore[union-attr]
