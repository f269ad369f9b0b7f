"""The fixtures from page to table, against what their sources print."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from validator import languages
from validator.extract import extract
from validator.model.extracts import Extract
from validator.model.settings import DEFAULT
from validator.model.tables import Role, Table
from validator.read import read_document

FIXTURES = Path(__file__).parents[2] / "fixtures"


@cache
def read(name: str) -> Extract:
    document = read_document(FIXTURES / name, DEFAULT)
    return extract(document, languages.load("da"), DEFAULT)


def find(name: str, label: str) -> list[Table]:
    """Tables of a fixture that have a row of this label."""
    return [t for t in read(name).tables if any(stub.label == label for stub in t.stubs)]


@pytest.mark.parametrize("year", [2011, 2023])
@pytest.mark.parametrize("edition", ["report", "corrected"])
def test_every_numeral_is_accounted_for(year: int, edition: str) -> None:
    assert read(f"cmm-{year}/{edition}.pdf").missed == ()


def test_nationality_summary() -> None:
    (table,) = [t for t in find("cmm-2023/report.pdf", "Nigeria") if t.headers[0].label == "Antal af Oprindelsesland"]
    assert table.stub_head == "Rækkenavne"
    assert sum(stub.role is Role.BODY for stub in table.stubs) == 35
    assert table.stubs[-1].role is Role.TOTAL
    assert table.cells[-1][0].text == "112"


def test_detail_table_is_one_table_in_five_columns_nested_three_deep() -> None:
    (table,) = [t for t in find("cmm-2023/report.pdf", "Frankrig") if len(t.stubs) > 100]
    assert len({stub.label for stub in table.stubs if stub.level == 0 and stub.role is Role.BODY}) == 36
    assert {stub.level for stub in table.stubs} == {0, 1, 2}
    row = next(i for i, s in enumerate(table.stubs) if s.path == ("Nigeria", "Kvinde / over 18", "Tvangsarbejde"))
    assert table.cells[row][0].text == "1"
    assert table.stubs[-1].label == "Antal personer i alt"
    assert table.stubs[-1].role is Role.TOTAL


def test_blank_cells_of_the_series_by_sex() -> None:
    (table,) = find("cmm-2023/report.pdf", "Transkønnede")
    assert [header.label for header in table.headers] == [str(year) for year in range(2007, 2024)]
    filled = {
        stub.label: sum(cell.figure is not None for cell in row)
        for stub, row in zip(table.stubs, table.cells, strict=True)
    }
    assert filled == {"Kvinder": 17, "Mænd": 14, "Transkønnede": 10}


def test_the_same_list_printed_twice_stays_two_tables() -> None:
    (full,) = find("cmm-2023/report.pdf", "Byggebranchen")
    (cut,) = find("cmm-2023/report.pdf", "Byggebranc")
    assert cut.stub_head == "Kolonne1"
    assert [row[0].text for row in cut.cells] == [row[0].text for row in full.cells[1:-1]]


def test_two_rows_without_a_stub() -> None:
    tables = [
        t
        for t in read("cmm-2023/report.pdf").tables
        if [h.label for h in t.headers] == ["2020", "2021", "2022", "2023"]
    ]
    assert len(tables) == 2
    assert all(len(table.cells) == 1 and len(list(table.figures())) == 4 for table in tables)


def test_list_of_labels_and_values() -> None:
    passages = [p.text for p in read("cmm-2011/report.pdf").passages]
    assert "Antal unikke brugere i 2011 ca. 366" in passages
    assert any(text.startswith("Politi 134") for text in passages)


def test_cells_stand_where_their_figures_are_printed() -> None:
    for table in read("cmm-2023/report.pdf").tables:
        for row in table.cells:
            for cell in row:
                if cell.figure is not None:
                    assert cell.box.grown(0.5).holds(cell.figure.location.box)
