"""Sources as files: CSV as it comes and as a book says it is written, workbooks, and what the result says of them."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from validator.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CASES = [("id", "region", "amount"), (1, "Ærø", 1234.5), (2, "Bornholm", 0.25), (3, None, -7.5), (4, "Ærø", 1000000)]


def run(folder: Path, book: str, *reports: str, status: int | None = None) -> dict[str, Any]:
    """The JSON result of a check of one book."""
    (folder / "book.yml").write_text(f"validator: 1\nbook: b\n{book}", encoding="utf-8")
    out = folder / "out.json"
    arguments = ["check", *(str(folder / one) for one in reports), "--rules", str(folder / "book.yml")]
    ended = main([*arguments, "--format", "json", "--output", str(out)])
    assert status is None or ended == status
    return json.loads(out.read_text(encoding="utf-8"))


def spelt(value: object, decimal: str, thousands: str) -> str:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return "" if value is None else str(value)
    return f"{value:,}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)


@pytest.mark.parametrize("told", [False, True], ids=["detected", "told"])
@pytest.mark.parametrize(
    ("delimiter", "encoding", "decimal", "thousands"),
    [
        (",", "utf-8", ".", ""),
        (";", "utf-8-sig", ",", ""),
        (";", "cp1252", ",", "."),
        ("\t", "utf-16", ".", ""),
        ("|", "utf-8", ".", ","),
        (";", "cp1252", ",", " "),
    ],
)
def test_however_a_csv_file_is_written(
    tmp_path: Path, delimiter: str, encoding: str, decimal: str, thousands: str, told: bool
) -> None:
    lines = [delimiter.join(spelt(value, decimal, thousands) for value in row) for row in CASES]
    (tmp_path / "cases.csv").write_text("\r\n".join(lines) + "\r\n", encoding=encoding, newline="")
    written = {"delimiter": delimiter, "encoding": encoding, "decimal": decimal, "thousands": thousands}
    how = {key: value for key, value in written.items() if value} if told else {}
    source = json.dumps({"files": "cases.csv", **how})
    rules = """
rules:
  - in-range: {columns: cases.amount, min: 0}
  - in-set: {columns: cases.region, values: [Bornholm]}
  - {id: total, linear: sum(cases.amount) = 1001228}
"""
    found = run(tmp_path, f"sources: {{cases: {source}}}\n{rules}", status=1)
    below, other, total = found["findings"]
    assert below["figures"][0]["cell"] == "line 4, column amount"
    assert below["figures"][0]["value"] == "-7.5"
    assert [figure["text"] for figure in other["figures"]] == ["Ærø", "Ærø"]
    assert "1001227.25" in total["message"]
    assert found["sources"] == [
        {
            "name": "cases",
            "files": [str(tmp_path / "cases.csv")],
            "table": None,
            "format": "csv",
            "engine": "duckdb",
            "rows": 4,
        }
    ]


def test_a_value_that_fits_no_column_spoils_only_itself(tmp_path: Path) -> None:
    """A column with one text among numbers with a decimal comma: the text is refused, the numbers are not."""
    rows = "".join(f"{n};{n},50\n" for n in range(1, 60))
    (tmp_path / "cases.csv").write_text(f"id;amount\n{rows}60;unknown\n61;1.234,50\n")
    found = run(
        tmp_path,
        "sources: {cases: cases.csv}\nrules: [{in-range: {columns: cases.amount, min: 0, max: 2000}}]",
        status=1,
    )
    (finding,) = found["findings"]
    assert finding["message"].startswith("1 of 61 rows")
    assert [figure["text"] for figure in finding["figures"]] == ["unknown"]
    assert finding["figures"][0]["cell"] == "line 61, column amount"


def test_numbers_that_may_be_read_in_two_ways_are_told(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("id;amount\n1;1,234\n2;12,345\n3;7\n")
    rule = "{id: total, linear: sum(cases.amount) = 20.579}"
    found = run(tmp_path, f"sources: {{cases: cases.csv}}\nrules: [{rule}]", status=0)
    assert any(
        "numbers such as 1,234 were read with a decimal comma; say decimal:" in line for line in found["warnings"]
    )
    said = "{files: cases.csv, decimal: '.', thousands: ','}"
    found = run(tmp_path, f"sources: {{cases: {said}}}\nrules: [{rule.replace('20.579', '13586')}]", status=0)
    assert found["warnings"] == []


def test_lines_are_counted_through_texts_of_several_lines_and_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id,note\n1,"two\nlines"\n,none\n')
    (tmp_path / "b.csv").write_text("id,note\n\n3,x\n,y\n")
    longest = csv.field_size_limit()
    found = run(tmp_path, "sources: {cases: ['a.csv', 'b.csv']}\nrules: [{not-null: cases.id}]", status=1)
    cells = [(figure["document"][-5:], figure["cell"]) for figure in found["findings"][0]["figures"]]
    assert cells == [("a.csv", "line 4, column id"), ("b.csv", "line 4, column id")]
    assert csv.field_size_limit() == longest, "a limit of the whole process, which tables of reports are held to"
    assert found["sources"][0]["rows"] == 4


def test_a_sheet_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["see the other sheet"])
    sheet = book.create_sheet("Cases")
    sheet.append([])
    for row in [*CASES, (5, "#DIV/0!", 3)]:
        sheet.append(row)
    book.save(tmp_path / "cases.xlsx")
    rules = "rules: [{not-null: cases.region}, {in-range: {columns: cases.amount, max: 2000}}]"
    found = run(tmp_path, f"sources: {{cases: {{files: cases.xlsx, sheet: Cases}}}}\n{rules}", status=1)
    cells = [[figure["cell"] for figure in finding["figures"]] for finding in found["findings"]]
    assert cells == [["Cases!B5", "Cases!B7"], ["Cases!C6"]]
    assert any(
        "1 cell holds an error value and counts as missing, first Cases!B7" in line for line in found["warnings"]
    )
    assert (found["sources"][0]["format"], found["sources"][0]["rows"]) == ("xlsx", 5)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{files: cases.xlsx}", "the workbook has several sheets; say which with sheet: One, Two"),
        ("{files: cases.xlsx, sheet: Three}", "there is no sheet 'Three'; there are One, Two"),
        ("{files: [one.csv, two.csv]}", "do not have the same columns: b is only in others"),
        ("{files: [one.csv, cases.xlsx]}", "its files are of several formats: csv, xlsx"),
        ("{files: latin.csv, encoding: utf-8}", "latin.csv: is not in utf-8"),
        ("{table: cases}", "is a table of an engine elsewhere; say which with --engine, or give files"),
    ],
)
def test_sources_that_cannot_be_used_are_told_in_a_line(
    tmp_path: Path, source: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "One"
    book.create_sheet("Two")
    book.save(tmp_path / "cases.xlsx")
    (tmp_path / "one.csv").write_text("a,b\n1,2\n")
    (tmp_path / "two.csv").write_text("a\n1\n")
    (tmp_path / "latin.csv").write_bytes("a,b\nÆrø,2\n".encode("cp1252"))
    (tmp_path / "book.yml").write_text(f"validator: 1\nsources: {{cases: {source}}}\nrules: [{{not-null: cases.a}}]")
    assert main(["check", "--rules", str(tmp_path / "book.yml")]) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert said in line


def test_columns_that_are_not_there_are_faults_of_the_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cases.csv").write_text("id,region,day\n1,A,2024-01-01\n")
    (tmp_path / "book.yml").write_text(
        """validator: 1
sources: {cases: cases.csv}
rules:
  - not-null: cases.regoin
  - in-range: {columns: cases.day, min: yesterday}
  - {id: total, linear: sum(cases.region where id = x) = 1}
"""
    )
    assert main(["check", "--rules", str(tmp_path / "book.yml")]) == 2
    told = [line.rpartition("book.yml:")[2] for line in capsys.readouterr().err.strip().splitlines()]
    assert told == [
        "4:21: source 'cases' has no column 'regoin'; did you mean 'region'?",
        "5:31: column 'day': 'yesterday' is no date written as YYYY-MM-DD, and the column holds dates",
        "6:48: column 'id': 'x' is no number, and the column holds whole numbers",
    ]


# --- data files as documents --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["¤", "~"])
def test_a_document_is_read_as_the_book_says(tmp_path: Path, sign: str) -> None:
    """What nobody could know: a strange delimiter, an encoding of another script, 1,234 that is a little over one."""
    text = sign.join(("Район", "Tax", "Duty", "All")) + "\n"
    for row in (
        ("Юг", "1,234", "2,100", "3,334"),
        ("Север", "2,500", "1,750", "4,250"),
        ("Total", "3,734", "3,850", "7,684"),
    ):
        text += sign.join(row) + "\n"
    encoding = "utf-16-le" if sign == "¤" else "koi8_r"
    (tmp_path / "table.csv").write_bytes(text.encode(encoding))
    book = f"""
documents: {{table: {{file: "tab*.csv", delimiter: "{sign}", encoding: {encoding}, decimal: ","}}}}
tables: {{table: {{rows: [Юг, Total], document: table}}}}
rules: [footing: table]
"""
    found = run(tmp_path, book, "table.csv", status=1)
    finding = next(one for one in found["findings"] if one["verdict"] == "violated")
    assert (finding["stated"], finding["implied"]) == ("7.684", "7.584")
    assert finding["figures"][0]["cell"] == "line 4, column All"


def test_what_a_book_says_of_text_files_is_refused_for_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    for row in (("Region", "Cases"), ("A", 1), ("B", 2), ("Total", 3)):
        book.active.append(row)
    book.save(tmp_path / "table.xlsx")
    said = "documents: {t: {file: table.xlsx, delimiter: tab}}\ntables: {t: {header: Region}}\nrules: [footing: t]"
    (tmp_path / "book.yml").write_text(f"validator: 1\n{said}")
    assert main(["check", str(tmp_path / "table.xlsx"), "--rules", str(tmp_path / "book.yml")]) == 2
    assert "gives its delimiter or encoding, but this is no CSV file" in capsys.readouterr().err
