"""What schemas say of tables, with the place of every failure; and what may not stand in a schema file."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from validator import frames
from validator.model.errors import RuleError
from validator.model.locations import Box
from validator.model.tables import Cell, Header, Role, Stub, Table

from .test_screen import cell

SCHEMAS = Path(__file__).parents[2] / "schemas"


def table(names: list[str], rows: dict[tuple[str, ...], list[object]], *, header: str = "(none)") -> Table:
    """A table whose cells each have a box of their own; the row labelled ``header`` is a header band."""
    stubs = tuple(
        Stub(
            path[-1],
            len(path) - 1,
            path,
            Role.HEADER if path[-1] == header else Role.BODY,
            page=2,
            box=Box(0, r, 1, r + 1),
        )
        for r, path in enumerate(rows)
    )
    cells = tuple(
        tuple(Cell(c.text, Box(5 + i, r, 6 + i, r + 1), c.figure) for i, c in enumerate(map(cell, values)))
        for r, values in enumerate(rows.values())
    )
    return Table("report.pdf", 1, Box(0, 0, 9, 9), tuple(Header((name,)) for name in names), stubs, cells)


def write(text: str, tmp_path: Path) -> str:
    path = tmp_path / "schema.yml"
    path.write_text(text, encoding="utf-8")
    return str(path)


COUNTS = str(SCHEMAS / "labelled_counts.yml")


def test_a_good_table_passes() -> None:
    assert frames.check(table(["Deaths"], {("North",): [3], ("South",): [None]}), COUNTS) == ()
    years = table(["2019", "2020"], {("",): [3, None]})
    assert frames.check(years, str(SCHEMAS / "yearly_counts.yml")) == ()
    assert frames.check(years, str(SCHEMAS / "full_counts.yml")) != ()


def test_a_failure_has_its_row_column_figure_and_place() -> None:
    one = table(["Deaths", "Hurt"], {("North",): [3, 4], ("South",): [5, -6], ("East",): [7, 8]})
    (failure,) = frames.check(one, COUNTS)
    assert (failure.row, failure.column) == ("South", "Hurt")
    assert failure.figure is one.cells[1][1].figure
    assert failure.location == ("report.pdf", 2, one.cells[1][1].box)
    assert "'-6'" in failure.message
    assert "greater_than_or_equal_to(0)" in failure.message


def test_rows_of_one_label_are_told_apart_by_their_value() -> None:
    one = table(["Deaths"], {("North", "Men"): [3], ("North",): [-1], ("South", "Men"): [2]})
    (failure,) = frames.check(one, COUNTS)
    assert failure.location.box == one.cells[1][0].box


def test_each_of_two_equal_failures_has_its_own_place() -> None:
    stub = Stub("North", 0, ("North",), page=1, box=Box(0, 0, 1, 1))
    one = table(["Deaths"], {("North",): [-1], ("South",): [-1]})
    one = Table("report.pdf", 1, one.box, one.headers, (stub, stub), one.cells)
    assert [failure.figure for failure in frames.check(one, COUNTS)] == [row[0].figure for row in one.cells]


def test_a_blank_a_fraction_and_a_missing_label_are_refused() -> None:
    (blank,) = frames.check(table(["Deaths"], {("North",): [None], ("South",): [1]}), str(SCHEMAS / "full_counts.yml"))
    assert "blank cell" in blank.message
    assert blank.row == "North"
    (fraction,) = frames.check(table(["Deaths"], {("North",): [Decimal("1.5")]}), COUNTS)
    assert "'object'" in fraction.message
    assert fraction.column == "Deaths"
    (label,) = frames.check(table(["Deaths"], {("",): [1]}), COUNTS)
    assert "row labels" in label.message


def test_a_cell_that_cannot_be_read_is_not_blank() -> None:
    one = table(["Deaths", "Hurt"], {("North",): [None, 1], ("South",): [2, 3]})
    print_of = {text: replace(one.cells[0][0], text=text, sign="unreadable") for text in ("####", "..")}
    for text, cell_ in print_of.items():
        unread = replace(one, cells=((cell_, one.cells[0][1]), one.cells[1]))
        (failure,) = frames.check(unread, str(SCHEMAS / "full_counts.yml"))
        assert failure.unread
        assert f"'{text}', which cannot be read" in failure.message
    (blank,) = frames.check(one, str(SCHEMAS / "full_counts.yml"))
    assert not blank.unread


def test_columns_that_a_schema_does_not_know() -> None:
    one = table(["2019", "Total"], {("North",): [1, 2]})
    (failure,) = frames.check(one, str(SCHEMAS / "yearly_counts.yml"))
    assert failure.column == "Total"
    assert "does not know" in failure.message


@pytest.mark.parametrize(
    "part", ["le: 0.3", "lt: 3.1e-1", "isin: [0.1, 0.3]", "in_range: {min_value: 0.1, max_value: 0.3}, unique: true"]
)
def test_limits_are_the_numbers_that_are_written(part: str, tmp_path: Path) -> None:
    path = write(f"columns: {{share: {{dtype: object, {part}}}}}\n", tmp_path)
    within = table(["share"], {("North",): [Decimal("0.1")], ("South",): [Decimal("0.3")]})
    beyond = table(["share"], {("North",): [Decimal("0.1")], ("South",): [Decimal("0.31")]})
    assert frames.check(within, path) == ()
    (failure,) = frames.check(beyond, path)
    assert "'0.31'" in failure.message
    assert "Decimal" not in failure.message


def test_header_bands_are_no_rows() -> None:
    one = table(["Deaths"], {("North",): [1], ("2024",): ["Deaths"], ("South",): [2]}, header="2024")
    assert frames.check(one, COUNTS) == ()
    assert list(frames.to_frame(one).index) == ["North", "South"]


def test_a_frame_holds_what_the_table_holds() -> None:
    one = table(
        ["n", "n", "share", "remark"], {("A",): [1, 2, Decimal("0.5"), "x"], ("A", "B"): [None, 2**70, 3, None]}
    )
    frame = frames.to_frame(one)
    assert list(frame.index) == ["A", "A › B"]
    assert list(frame.columns) == ["n", "n", "share", "remark"]
    assert [str(dtype) for dtype in frame.dtypes] == ["Int64", "object", "object", "string"]
    assert list(frame["share"]) == [Decimal("0.5"), Decimal(3)]


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.yml")), ids=lambda path: path.name)
def test_our_schemas_are_good(path: Path) -> None:
    assert frames.faults(str(path)) == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("columns:\n  a:\n    gee: 0\n", 3, "'gee' here; did you mean 'ge'?"),
        ("columns:\n  a:\n    checks:\n      from_format: 3\n", 3, "'from_format' is not one of"),
        ("columns:\n  a:\n    checks:\n    - options: {check_name: __init__}\n", 3, "'__init__' is not one of"),
        ("colums: {}\n", 1, "'colums' here; did you mean 'columns'?"),
        ("columns: [a]\n", 1, "columns is a mapping"),
        ("columns: {a: 3}\n", 1, "'a' must be a mapping"),
        ("index: {}\ncolumns: {}\n", 1, "index is a list"),
        ("checks: {ge: 1}\n", 1, "checks of the whole table"),
        ("schema_type: multiindex\n", 1, "'dataframe'"),
        ("- a\n", 1, "a schema is a mapping"),
        ("a: [\n", 2, "not YAML"),
        ("a: &x 1\nb: *x\n", 2, "no aliases"),
        ("columns: !!python/name:os.system x\n", 1, "not YAML"),
        ("a: " + "[" * 30 + "]" * 30, 1, "not nested so deep"),
    ],
)
def test_faults_of_schema_files(text: str, line: int, message: str, tmp_path: Path) -> None:
    (problem,) = frames.faults(write(text, tmp_path))
    assert (problem.line, message in problem.message) == (line, True), str(problem)


def test_an_absent_schema_and_one_that_pandera_refuses(tmp_path: Path) -> None:
    (problem,) = frames.faults(str(tmp_path / "absent.yml"))
    assert "cannot be read" in problem.message
    path = write("columns: {n: {dtype: not a type}}\n", tmp_path)
    with pytest.raises(RuleError, match="pandera refuses this schema"):
        frames.check(table(["n"], {("A",): [1]}), path)


def test_pandas_stays_closed_where_the_screen_is_sure() -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from frames.test_check import COUNTS, table\n"
        "from validator import frames\n"
        "assert frames.check(table(['Deaths'], {('North',): [3]}), COUNTS) == ()\n"
        "assert not {'pandas', 'pandera', 'numpy'} & sys.modules.keys()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=SCHEMAS.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
