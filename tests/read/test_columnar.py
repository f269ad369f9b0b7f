"""Parquet files: small ones as tables, large ones told to be for sources."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from validator.model.errors import ReadError
from validator.model.pages import Number
from validator.model.settings import DEFAULT
from validator.read import read_document

ROWS = """(values
    ('Alma', 12, 0.1::float, 1.50::decimal(9,2), date '2024-01-31', true),
    ('Bree', null, 'nan'::float, null, null, false)
) as t(town, n, share, mean, day, "in ""use"" ")"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "odd [1] name*.parquet"
    plain = tmp_path / "plain.parquet"
    duckdb.sql(f"copy (select * from {ROWS}) to '{plain}' (format parquet)")  # noqa: S608 - constants
    plain.rename(path)
    return path


def test_values_as_text_and_numbers(file: Path) -> None:
    sheet = read_document(file, DEFAULT).pages[0].sheet
    assert sheet is not None
    assert sheet.rows == (
        ("town", "n", "share", "mean", "day", 'in "use"'),
        ("Alma", "12", "0.1", "1.50", "2024-01-31", "true"),
        ("Bree", "", "NaN", "", "", "false"),
    )
    assert sheet.numbers == {
        (1, 2): Number(Decimal("0.1"), 1),
        (1, 3): Number(Decimal("1.50"), 2),
        (2, 2): Number(None),
    }
    assert sheet.box(1, 1, "n").cell.of("t.parquet") == "t.parquet, row 1, column n"


def test_long_data_is_for_sources(file: Path) -> None:
    with pytest.raises(ReadError, match=r"more than the 1 rows .* sources:"):
        read_document(file, replace(DEFAULT, max_table_rows=1))


def test_the_size_of_the_file_does_not_matter(file: Path) -> None:
    assert read_document(file, replace(DEFAULT, max_table_bytes=1)).pages


def test_damaged_files_are_one_clear_line(file: Path) -> None:
    data = file.read_bytes()
    for broken in (b"PAR1", data[:40], data[:-10] + b"x" * 10):
        file.write_bytes(broken)
        with pytest.raises(ReadError, match="cannot be read") as caught:
            read_document(file, DEFAULT)
        assert "\n" not in str(caught.value)
