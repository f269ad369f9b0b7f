"""XLSX workbooks: cells as displayed, what is hidden or missing told, and nothing opened that could harm."""

from __future__ import annotations

import datetime
import time
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from validator.model.errors import ReadError
from validator.model.pages import Document, Merge, Number
from validator.model.settings import DEFAULT
from validator.read import read_document
from validator.read.displays import display, shown_number

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture
def book() -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = "Ark1"
    return made


def read(book: openpyxl.Workbook, folder: Path) -> Document:
    file = folder / "book.xlsx"
    book.save(file)
    return read_document(file, DEFAULT)


def refusal(file: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_document(file, DEFAULT)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "number_format", "text", "number"),
    [
        (1234, "General", "1234", None),
        (1234, "#,##0", "1234", None),
        (1234.5, "General", "1234.5", Number(Decimal("1234.5"), 1)),
        (0.1 + 0.2, "General", "0.3", Number(Decimal("0.3"), 1)),
        (12.6, "0", "13", Number(Decimal(13), 0, rounded=True)),
        (12.5, "0.00", "12.50", Number(Decimal("12.50"), 2)),
        (12.5, "0.0#", "12.5", Number(Decimal("12.5"), 1)),
        (0.352, "0%", "35%", Number(Decimal(35), 0, percent=True, rounded=True)),
        (0.352, "0.0 %;[Red]-0.0 %", "35.2%", Number(Decimal("35.2"), 1, percent=True)),
        (1_234_567, "#,##0,", "1235", Number(Decimal(1235), 0, rounded=True)),
        (-7, "#,##0;(#,##0)", "-7", None),
        (-0.001, "0.0", "0.0", Number(Decimal("0.0"), 1, rounded=True)),
        (12, '0" kg"', "12", None),
        (1200000, "0.00E+00", "1200000", None),
        (1e-7, "General", "0.0000001", Number(Decimal("0.0000001"), 7)),
        (1e300, "General", f"1{'0' * 300}", None),
        (-5e-324, "General", f"-0.{'0' * 323}5", Number(Decimal("-5e-324"), 324)),
        (True, "General", "TRUE", None),
        ("  two\nlines ", "General", "two lines", None),
        (datetime.datetime(2024, 1, 31), "yyyy-mm-dd", "2024-01-31", None),  # noqa: DTZ001 - a workbook has no zones
        (None, "0%", "", None),
    ],
)
def test_cells_as_displayed(value: object, number_format: str, text: str, number: Number | None) -> None:
    assert display(value, number_format) == (text, number)


@given(st.floats(-1e9, 1e9), st.integers(0, 4), st.booleans())
def test_what_is_displayed_is_within_rounding_of_what_is_stored(value: float, places: int, percent: bool) -> None:
    form = "0" + ("." + "0" * places if places else "") + ("%" if percent else "")
    shown = shown_number(Decimal(repr(value)), form)
    stored = Decimal(repr(value)) * (100 if percent else 1)
    seen = Decimal(shown.text.rstrip("%"))
    assert abs(seen - stored) <= Decimal(5).scaleb(-places - 1) + abs(stored) * Decimal("1e-14")
    assert shown.number is None or shown.number.value == seen


def test_sheets_cells_and_merges(book: openpyxl.Workbook, tmp_path: Path) -> None:
    sheet = book.active
    sheet.append(["Town", "Deaths", None])
    sheet.merge_cells("B1:C1")
    sheet.append(["Alma", 12, 0.35])
    sheet["C2"].number_format = "0%"
    sheet["A2"].font = Font(bold=True)
    book.create_sheet("Second")["B3"] = "#DIV/0!"
    first, second = (page.sheet for page in read(book, tmp_path).pages)
    assert first is not None
    assert second is not None
    assert first.rows == (("Town", "Deaths"), ("Alma", "12", "35%"))
    assert first.merges == (Merge(0, 1, 0, 2),)
    assert first.bold == {(1, 0)}
    assert first.numbers == {(1, 2): Number(Decimal(35), 0, percent=True)}
    assert str(first.box(1, 2).cell) == "Ark1!C2"
    assert second.rows == ((), (), ("", "#DIV/0!"))
    assert second.numbers == {(2, 1): Number(None)}


def test_what_is_hidden_is_told(book: openpyxl.Workbook, tmp_path: Path) -> None:
    sheet = book.active
    for row in (["Town", "n"], ["Alma", 1], ["Bree", 2]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    gone = book.create_sheet("Gone")
    gone["A1"] = 5
    gone.sheet_state = "hidden"
    document = read(book, tmp_path)
    assert len(document.pages) == 1
    assert document.pages[0].sheet is not None
    assert document.pages[0].sheet.rows[1] == ("Alma", "1")
    assert document.warnings == (
        "sheet Ark1: hidden row 2 was read like the others",
        "sheet Ark1: hidden column B was read like the others",
        "sheet Gone is hidden and was not read",
    )


def test_a_formula_without_its_value_cannot_be_read(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book.active.append(["Town", "n"])
    book.active.append(["Alma", "=1+1"])
    book.active.append(["Bree", None])
    document = read(book, tmp_path)
    sheet = document.pages[0].sheet
    assert sheet is not None
    assert sheet.numbers == {(1, 1): Number(None)}
    assert "sheet Ark1: 1 formula has no saved value" in document.warnings[0]


def test_a_formula_with_its_value_is_that_value(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book.active.append(["Town", "=1+1"])
    file = tmp_path / "book.xlsx"
    book.save(file)
    _rewritten(file, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>2</v>", b"<v />", b"<v>2</v>", b"<v/>", b"<v>2</v>")
    document = read_document(file, DEFAULT)
    assert document.pages[0].sheet is not None
    assert document.pages[0].sheet.rows == (("Town", "2"),)
    assert document.warnings == ()


def _rewritten(file: Path, part: str, *pairs: bytes) -> None:
    """Replace bytes in one part of a workbook."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part]
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        parts[part] = parts[part].replace(old, new)
    assert parts[part] != before
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_only_workbooks_are_opened(tmp_path: Path) -> None:
    contents = {
        "a.ods": ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
        "a.docx": ("word/document.xml", b"<x/>", "without sheets"),
        "a.xlsb": ("xl/workbook.bin", b"x", "save it as .xlsx"),
        "a.zip": ("notes.txt", b"x", "unpack it first"),
        "a.xlsx": ("xl/workbook.xml", b"<x/>", "damaged"),
    }
    for name, (part, data, said) in contents.items():
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(part, data)
        assert said in refusal(tmp_path / name)
    (tmp_path / "a.xls").write_bytes(OLE)
    assert "before 2007" in refusal(tmp_path / "a.xls")
    (tmp_path / "locked.xlsx").write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    assert "protected by a password" in refusal(tmp_path / "locked.xlsx")


def test_a_cut_off_workbook(book: openpyxl.Workbook, tmp_path: Path) -> None:
    read(book, tmp_path)
    data = (tmp_path / "book.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(data[: len(data) // 2])
    assert "cut off" in refusal(tmp_path / "cut.xlsx")


def test_what_would_unpack_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(DEFAULT.max_workbook_bytes))
    assert "unpacks to" in refusal(tmp_path / "bomb.xlsx")


def test_entities_are_refused(book: openpyxl.Workbook, tmp_path: Path) -> None:
    read(book, tmp_path)
    _rewritten(tmp_path / "book.xlsx", "xl/workbook.xml", b"<workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook')
    assert "XML entities" in refusal(tmp_path / "book.xlsx")


def test_too_many_cells(book: openpyxl.Workbook, tmp_path: Path) -> None:
    for row in range(6):
        book.active.append([row] * 5)
    book.save(tmp_path / "book.xlsx")
    with pytest.raises(ReadError, match="29 cells"):
        read_document(tmp_path / "book.xlsx", replace(DEFAULT, max_table_cells=29))


def test_a_cell_far_away_costs_nothing(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "book.xlsx")
    assert "sources:" in refusal(tmp_path / "book.xlsx")


@pytest.mark.parametrize("references", [["A1:XFD1048576"], ["A1:A1"] * (DEFAULT.max_workbook_merges + 1)])
def test_merges_without_end_are_refused_before_they_are_made(
    book: openpyxl.Workbook, tmp_path: Path, references: list[str]
) -> None:
    read(book, tmp_path)
    merges = "".join(f'<mergeCell ref="{one}"/>' for one in references)
    sheet = "xl/worksheets/sheet1.xml"
    _rewritten(
        tmp_path / "book.xlsx", sheet, b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode()
    )
    assert f"{sheet} merges" in refusal(tmp_path / "book.xlsx")


@pytest.mark.parametrize("stored", [b"1e999", b"NaN"])
def test_a_number_that_is_none_is_told_with_its_cell(book: openpyxl.Workbook, tmp_path: Path, stored: bytes) -> None:
    book.active.append(["a", 4711])
    book.save(tmp_path / "book.xlsx")
    _rewritten(tmp_path / "book.xlsx", "xl/worksheets/sheet1.xml", b"4711", stored)
    assert f"cell B1 holds {stored.decode()!r}" in refusal(tmp_path / "book.xlsx")


def test_a_comment_without_end_is_refused(book: openpyxl.Workbook, tmp_path: Path) -> None:
    read(book, tmp_path)
    long = b"</sheetData><!--" + b"x" * (4 << 20) + b"-->"
    _rewritten(tmp_path / "book.xlsx", "xl/worksheets/sheet1.xml", b"</sheetData>", long)
    assert "without an end" in refusal(tmp_path / "book.xlsx")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("</sheetData>", "<row/>" * 60_000 + "</sheetData>", "has more than 50,000 rows, empty ones too"),
        ('<c r="A1"', '<c r="ZZZZ1"', "has a cell 'ZZZZ1', which is no place of a sheet"),
        ("<v>7</v>", f"<v>{'9' * 10_000}</v>", "cell A1 holds '9999999999"),
        ("</sheetData>", "<x>" * 300 + "</x>" * 300 + "</sheetData>", "holds more, or deeper nested"),
        ("</sheetData>", "</sheetData><x>" + "<y/>" * 1_100_000 + "</x>", "holds more, or deeper nested"),
        ("</worksheet>", "", "the workbook is damaged: xl/worksheets/sheet1.xml, line 1, is no XML"),
        ('<c r="A1"', '<c r="A1" s="999"', "the workbook is damaged: a part of it speaks of what is not there"),
    ],
)
def test_what_no_program_writes_is_told_at_once(
    book: openpyxl.Workbook, tmp_path: Path, old: str, new: str, message: str
) -> None:
    book.active.append([7])
    book.save(tmp_path / "book.xlsx")
    _rewritten(tmp_path / "book.xlsx", "xl/worksheets/sheet1.xml", old.encode(), new.encode())
    begun = time.process_time()
    assert message in refusal(tmp_path / "book.xlsx")
    assert time.process_time() - begun < 5  # seconds; opening a million rows takes eighteen
