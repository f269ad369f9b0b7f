"""CSV and TSV files: whatever their dialect and encoding, the same grid; and one clear line for what is none."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.model.errors import ReadError
from validator.model.pages import Manner, Sheet
from validator.model.settings import DEFAULT
from validator.read import read_document
from validator.read.delimited import dialect_of, read_delimited

LABELS = st.text("abcdeæøåéÄ", min_size=1, max_size=6)
AWKWARD = st.sampled_from(["Bree, north", 'the "old" town', "a; b", "two\nlines", "one | two"])
NUMBERS = st.decimals(min_value=-9999, max_value=9999, places=1, allow_nan=False).map(str) | st.integers(0, 9999).map(
    str
)
DELIMITERS = st.sampled_from(",;\t|")
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    columns = draw(st.integers(2, 5))
    head = ["Place", *(f"Count {n}" for n in range(1, columns))]
    body = [  # most letters of a Western file are ASCII: that is how it is told from other scripts
        [f"Town {draw(LABELS | AWKWARD)}", *(draw(NUMBERS) for _ in range(columns - 1))]
        for _ in range(draw(st.integers(2, 8)))
    ]
    return [head, *body]


def sheet(data: bytes | str, name: str = "cases.csv") -> Sheet:
    """The sheet of a file with these bytes."""
    (only,) = read_delimited(name, data.encode() if isinstance(data, str) else data, DEFAULT).sheets
    return only


def refusal(data: bytes | str, name: str = "cases.csv") -> str:
    with pytest.raises(ReadError) as caught:
        sheet(data, name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@settings(max_examples=150, deadline=None)
@given(grids(), DELIMITERS, ENCODINGS, st.sampled_from([".", ","]), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_dialect_is_read_back(
    grid: list[list[str]], delimiter: str, encoding: str, decimal: str, end: str, quoted: bool
) -> None:
    written = [[cell.replace(".", decimal) if cell[-1].isdigit() else cell for cell in row] for row in grid]
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(written)
    read = sheet(out.getvalue().encode(encoding))
    assert [list(row) for row in read.rows] == [[cell.strip() for cell in row] for row in written]
    assert read.broken == frozenset()
    lines = [1 + sum(1 + cell.count("\n") for row in written[:at] for cell in row[:1]) for at in range(len(written))]
    assert list(read.counted) == lines


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_garbage_is_a_table_or_one_clear_line(data: bytes) -> None:
    try:
        (read,) = read_delimited("noise.bin", data, DEFAULT).sheets
    except ReadError as refused:
        said = str(refused)
    else:
        said = "noise.bin: " if any(any(row) for row in read.rows) else ""
    assert said.startswith("noise.bin: ")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2,5\n1,7;2,9\n", ";"),  # a comma begins the decimals
        ("id,codes\n1,A;B\n2,C;D;E\n3,F;G\n", ","),
        ("Town\tShare, %\nAlma\t1,5\n", "\t"),
        ("Deaths by town, 2024\n\ntown;deaths\nAlma;3\nBree;4\n", ";"),  # a title with a comma
        ("a|b|c\nx, y|1|2\n", "|"),
    ],
)
def test_delimiter(text: str, delimiter: str) -> None:
    found = dialect_of(text, DEFAULT)
    assert found is not None
    assert found.delimiter == delimiter


def test_single_quotation_marks_and_escapes() -> None:
    assert sheet("town,n\n'Bree, north',1\n'Alma, south',2\n").rows[1] == ("Bree, north", "1")
    assert sheet('town,n\n"the \\"old\\" town",1\n').rows[1] == ('the "old" town', "1")


def test_a_dialect_can_be_told() -> None:
    (read,) = read_delimited("x.csv", "a;b,c\n1;2,3\n".encode("utf-16-le"), DEFAULT, Manner(";", "utf-16-le")).sheets
    assert read.rows == (("a", "b,c"), ("1", "2,3"))


def test_mixed_line_ends_keep_their_lines() -> None:
    read = sheet("a,b\r\n1,2\n3,4\r5,6")
    assert read.rows == (("a", "b"), ("1", "2"), ("3", "4"), ("5", "6"))
    assert read.counted == (1, 2, 3, 4)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r"])
def test_other_scripts(encoding: str) -> None:
    text = "Область;Число случаев\nМосковская область;3\nТульская область;5\nИтого по области;8\n"
    tables = read_delimited("x.csv", text.encode(encoding), DEFAULT)
    assert tables.sheets[0].rows[1] == ("Московская область", "3")
    assert encoding in tables.warnings[0]


def test_western_encoding_is_told() -> None:
    tables = read_delimited("x.csv", "Kommune;Antal\nÆrø;3\n".encode("cp1252"), DEFAULT)
    assert tables.sheets[0].rows[1] == ("Ærø", "3")
    assert "cp1252" in tables.warnings[0]


def test_ragged_lines_are_told_and_marked() -> None:
    tables = read_delimited("x.csv", b"Deaths by town\n\ntown,n\nAlma,1,234\nBree,5\nCora,6\n", DEFAULT)
    assert tables.sheets[0].broken == {3}
    assert tables.warnings == ("line 4 has not as many fields as the lines around; its figures are not used",)


def test_tables_of_different_width_are_not_ragged() -> None:
    assert sheet("a,b\n1,2\n3,4\n\na,b,c\n1,2,3\n4,5,6\n").broken == frozenset()


def test_refusals() -> None:
    assert "bytes that no text has" in refusal(b"a,b\n1,\x002\n")
    assert "line 3: a quotation mark is opened and never closed" in refusal('a,b\n1,2\n"x,3\n4,5\n')
    assert "nothing but white space" in refusal(" \n\n")
    assert "markup or JSON" in refusal('{"a": [1, 2]}')
    assert "markup or JSON" in refusal("<html><body>1,2</body></html>")
    assert "markup or JSON" in refusal('<table class="a,b">\n1,2\n')
    assert "no sign parts its lines" in refusal("Some words here\nand more of them\n", "notes.md")
    assert "1,000 columns" in refusal(",".join("1" * 5000) + "\n")
    assert "5,000 rows" in refusal("a,b\n" + "1,2\n" * 5_001)
    assert "line 2" in refusal('a,b\n"' + "x" * 200_000 + '",2\n')


def test_a_value_below_a_limit_opens_no_markup() -> None:
    assert sheet("<LOD,12\n<LOD,15\n").rows == (("<LOD", "12"), ("<LOD", "15"))


def test_one_column_needs_the_name_of_a_table() -> None:
    assert sheet("Deaths\n1\n2\n").rows == (("Deaths",), ("1",), ("2",))
    assert "no sign" in refusal("Deaths\n1\n2\n", "deaths.dat")


def test_content_and_not_the_name_decides(tmp_path) -> None:
    file = tmp_path / "report.pdf"
    file.write_text("town,n\nAlma,1\n")
    document = read_document(file, DEFAULT)
    assert document.pages[0].sheet is not None
    assert document.pages[0].text == "town n\nAlma 1"
    assert len(document.sha256) == 64
    (tmp_path / "table.csv").write_bytes(b"\x89PNG\r\n\x1a\n,")
    with pytest.raises(ReadError, match="a picture"):
        read_document(tmp_path / "table.csv", DEFAULT)


def test_a_large_file_is_for_sources(tmp_path) -> None:
    file = tmp_path / "cases.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(ReadError, match="sources:"):
        read_document(file, replace(DEFAULT, max_table_bytes=5))
