"""Data files as they come: each that cannot be read is one clear line, each that can is read with its right lines."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from validator.cli import main

from .test_sources import run

if TYPE_CHECKING:
    from pathlib import Path

BOOK = """validator: 1
book: b
sources: {s: {files: "FILE"}}
rules:
  - in-range: {columns: s.x, min: 0, max: 100}
  - unique: s.id
"""
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
FORMATS = "".join(f'<xf numFmtId="{n}" fontId="{n % 7}"/>' for n in range(700_000))
DEEP = 25_000  # rows: more than the engine looks at before it says how a file is written


def parquet(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "<a/>")
    return stream.getvalue()


def workbook(*rows: tuple[object, ...]) -> bytes:
    stream, book = io.BytesIO(), openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def altered(part: str, old: str, new: str) -> bytes:
    """A workbook of two columns with something else in one of its parts."""
    stream = io.BytesIO()
    sound = zipfile.ZipFile(io.BytesIO(workbook(("id", "x"), (1, 2))))
    with sound, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sound.namelist():
            text = sound.read(name).decode()
            assert name != part or old in text
            made.writestr(name, text.replace(old, new) if name == part else text)
    return stream.getvalue()


def rows(*last: str, end: str = "\n") -> bytes:
    return "".join(f"{line}{end}" for line in ("id,x", *(f"{n},a" for n in range(DEEP)), *last)).encode()


SOUND = parquet(pa.table({"id": list(range(5_000)), "x": [n % 300 for n in range(5_000)]}))
REFUSED = {
    "open.csv": (b'id,x\n1,"abc\n2,3\n3,5\n', "line 2: a quotation mark is opened and never closed"),
    "open-deep.csv": (rows('9,"abc', "8,b"), f"line {DEEP + 2:,}: a quotation mark is opened and never closed"),
    "stray.csv": (b'id,x\n1,"a"b\n2,c\n', "line 2: a quotation mark is closed before its field ends"),
    "stray-deep.csv": (
        rows('1,"a"', '2,"a"b', '3,"c"'),
        f"line {DEEP + 3:,}: a quotation mark is closed before its field ends",
    ),
    "short.csv": (b"id,x\n1,2\n2\n3,200\n", "line 3: 1 field, where the header has 2"),
    "long.csv": (b"id;x\n1;2\n2;3;4\n3;200\n", "line 3: 3 fields, where the header has 2"),
    "long-deep.csv": (rows("1,2,3"), f"line {DEEP + 2:,}: 3 fields, where the header has 2"),
    "blank.csv": (b"\n \r\n\n", "the data file holds nothing but white space"),
    "nothing.csv": (b"", "the data file is empty"),
    "page.csv": (b"<!doctype html><table></table>", "is markup or JSON"),
    "rows.csv": (b'[{"id": 1, "x": 200}]', "is markup or JSON"),
    "report.csv": (b"%PDF-1.7\n1 0 obj\n", "is a PDF and no data file"),
    "bytes.csv": (b"id\0\0\0x\0\0\0\1", "holds zero bytes and is no text"),
    "cut.parquet": (SOUND[: len(SOUND) // 2], "the Parquet file is cut off or damaged; export it again"),
    "stub.parquet": (SOUND[:6], "the Parquet file is cut off or damaged; export it again"),
    "hole.parquet": (SOUND[:200] + SOUND[300:], "the Parquet file is cut off or damaged; export it again"),
    "text.parquet": (b"id,x\n", "the name says parquet, the content does not"),
    "zip.xlsx": (archive("a.txt"), "an archive that holds no workbook"),
    "letter.xlsx": (archive("word/document.xml"), "an office document without sheets"),
    "cut.xlsx": (workbook(("id", "x"), (1, 2))[:900], "the workbook is cut off or damaged"),
    "end.xlsx": (altered(SHEET, "</worksheet>", ""), "the workbook is damaged: "),
    "twice.xlsx": (altered(SHEET, '<c r="A1"', '<c r="A1" r="A1"'), "the workbook is damaged: "),
    "number.xlsx": (altered(SHEET, "<v>2</v>", "<v>two</v>"), "the workbook is damaged: "),
    "bomb.xlsx": (altered(SHEET, "</worksheet>", f"{' ' * 9_000_000}</worksheet>"), f"{SHEET} unpacks to 9,000,"),
    "entity.xlsx": (
        altered(SHEET, "<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
        f"{SHEET} defines XML entities",
    ),
    "styles.xlsx": (
        altered(STYLES, "</styleSheet>", f"<!--{FORMATS}--></styleSheet>"),
        f"{STYLES} has 2",
    ),
    "blank.xlsx": (workbook(), "the sheet 'Sheet' is empty"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_one_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, message = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "book.yml").write_text(BOOK.replace("FILE", name), encoding="utf-8")
    assert main(["check", "--rules", str(tmp_path / "book.yml")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"validator: {tmp_path / name}: {message}")


@pytest.mark.parametrize(
    ("files", "message"),
    [("none-*.csv", "no file is called {}"), ("none.csv", "there is no file {}")],
)
def test_a_source_without_files_is_a_fault_of_the_book(
    files: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "book.yml").write_text(BOOK.replace("FILE", files), encoding="utf-8")
    assert main(["check", "--rules", str(tmp_path / "book.yml")]) == 2
    assert f"book.yml:3:23: source 's': {message.format(tmp_path / files)}" in capsys.readouterr().err


CELLS = "id,x\n1,2\n2,200\n3,5\n"
READ = {
    "a mark": ("\ufeff" + CELLS).encode(),
    "a mark before quotation marks": "\ufeff".encode() + b'"id","x"\n1,2\n"2","200"\n3,5\n',
    "CRLF": CELLS.replace("\n", "\r\n").encode(),
    "CR": CELLS.replace("\n", "\r").encode(),
    "CRLF, then LF": b"id,x\r\n1,2\r\n2,200\n3,5\n",
    "CRLF, then CR": b"id,x\r\n1,2\r\n2,200\r3,5\r",
    "no last line end": CELLS.strip().encode(),
}


@pytest.mark.parametrize("written", READ)
def test_line_ends_and_marks_do_not_matter(written: str, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_bytes(READ[written])
    found = run(tmp_path, "sources: {s: cases.csv}\nrules: [in-range: {columns: s.x, min: 0, max: 100}]\n", status=1)
    (finding,) = found["findings"]
    assert "1 of 3 rows" in finding["message"]
    assert [(one["text"], one["cell"]) for one in finding["figures"]] == [("200", "line 3, column x")]


def test_line_ends_that_change_far_down(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_bytes(rows(end="\r\n") + b"1,b\n2,a\r3,a\r\n")
    found = run(tmp_path, "sources: {s: cases.csv}\nrules: [in-set: {columns: s.x, values: [a]}]\n", status=1)
    assert [one["cell"] for one in found["findings"][0]["figures"]] == [f"line {DEEP + 2}, column x"]
    assert found["sources"][0]["rows"] == DEEP + 3


@pytest.mark.parametrize("content", [b"id,x\n", b"id,x", workbook(("id", "x")), parquet(pa.table({"id": [], "x": []}))])
def test_without_a_row_nothing_is_decided(content: bytes, tmp_path: Path) -> None:
    suffix = {b"id": "csv", b"PK": "xlsx", b"PA": "parquet"}[content[:2]]
    (tmp_path / f"cases.{suffix}").write_bytes(content)
    found = run(tmp_path, f"sources: {{s: cases.{suffix}}}\nrules: [not-null: s.id]\n", status=0)
    assert found["summary"] == {"holds": 0, "violated": 0, "undecidable": 1}
    assert found["sources"][0]["rows"] == 0


def test_a_number_is_quoted_as_it_stands(tmp_path: Path) -> None:
    written = ["1e400", " -1E400", "12345678901234567890123.5", "5.25"]
    lines = [f'{n},"{one}"\n' for n, one in enumerate(written)]
    (tmp_path / "cases.csv").write_text("".join(["id,x\n", *lines]), encoding="utf-8")
    found = run(tmp_path, "sources: {s: cases.csv}\nrules: [in-range: {columns: s.x, min: 0, max: 1}]\n", status=1)
    (finding,) = found["findings"]
    assert [one["text"] for one in finding["figures"]] == [one.strip() for one in written]
    assert "line 2: 1e400; line 3: -1E400" in finding["message"]


def test_whole_numbers_of_any_length_are_kept_to_the_digit(tmp_path: Path) -> None:
    (tmp_path / "a-1.csv").write_text("id\n1\n2\n", encoding="utf-8")
    (tmp_path / "a-2.csv").write_text("id\n12345678901234567890\n12345678901234567891\n", encoding="utf-8")
    assert run(tmp_path, 'sources: {s: "a-*.csv"}\nrules: [unique: s.id]\n', status=0)["summary"]["holds"] == 1


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_columns_of_one_name_are_told(suffix: str, tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array([1, 2]), pa.array([3, 4]), pa.array([5, 6])], names=["id", "x", "x"])
    content = {
        "csv": b"id,x,x\n1,3,5\n2,4,6\n",
        "xlsx": workbook(("id", "x", "x"), (1, 3, 5), (2, 4, 6)),
        "parquet": parquet(table),
    }[suffix]
    (tmp_path / f"cases.{suffix}").write_bytes(content)
    (tmp_path / "s.yml").write_text("columns: {id: {}, x: {}}\nunique_column_names: true\n", encoding="utf-8")
    book = f"sources: {{s: {{files: cases.{suffix}, schema: s.yml}}}}\nrules: [in-range: {{columns: s.x, max: 4}}]\n"
    found = run(tmp_path, book, status=1)
    again = "x 2" if suffix == "xlsx" else "x_1"
    (warning,) = found["warnings"]
    assert warning.endswith(f"there is more than one column 'x'; the later one is called {again!r} here")
    assert [one["message"] for one in found["findings"]] == ["Source s has more than one column 'x'."]


def test_names_that_only_look_numbered_are_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "cases.parquet").write_bytes(parquet(pa.table({"x": [1], "x_1": [2]})))
    (tmp_path / "cases.csv").write_text("x,x_1\n1,2\n", encoding="utf-8")
    for suffix in ("parquet", "csv"):
        assert not run(tmp_path, f"sources: {{s: cases.{suffix}}}\nrules: [not-null: s.x_1]\n", status=0)["warnings"]
