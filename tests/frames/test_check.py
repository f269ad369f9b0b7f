"""What schemas say of tables, with the place of every failure; and what may not stand in a schema file."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from validator import frames
from validator.model.errors import RuleError, UsageError
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.settings import DEFAULT
from validator.model.tables import Stub, Table

from .tables import table, write

SCHEMAS = Path(__file__).parents[2] / "schemas"


COUNTS = str(SCHEMAS / "labelled_counts.yml")


def test_a_good_table_passes() -> None:
    assert frames.check(table(["Deaths"], {("North",): [3], ("South",): [None]}), COUNTS, DEFAULT) == ()
    years = table(["2019", "2020"], {("",): [3, None]})
    assert frames.check(years, str(SCHEMAS / "yearly_counts.yml"), DEFAULT) == ()
    assert frames.check(years, str(SCHEMAS / "full_counts.yml"), DEFAULT) != ()


def test_a_failure_has_its_row_column_figure_and_place() -> None:
    one = table(["Deaths", "Hurt"], {("North",): [3, 4], ("South",): [5, -6], ("East",): [7, 8]})
    (failure,) = frames.check(one, COUNTS, DEFAULT)
    assert (failure.row, failure.column) == ("South", "Hurt")
    assert failure.figure is one.cells[1][1].figure
    assert failure.location == ("report.pdf", 2, one.cells[1][1].box)
    assert "'-6'" in failure.message
    assert "at least 0" in failure.message


def test_rows_of_one_label_are_told_apart_by_their_value() -> None:
    one = table(["Deaths"], {("North", "Men"): [3], ("North",): [-1], ("South", "Men"): [2]})
    (failure,) = frames.check(one, COUNTS, DEFAULT)
    assert failure.location.box == one.cells[1][0].box


def test_each_of_two_equal_failures_has_its_own_place() -> None:
    stub = Stub("North", 0, ("North",), page=1, box=Box(0, 0, 1, 1))
    one = table(["Deaths"], {("North",): [-1], ("South",): [-1]})
    one = Table("report.pdf", 1, one.box, one.headers, (stub, stub), one.cells)
    assert [failure.figure for failure in frames.check(one, COUNTS, DEFAULT)] == [row[0].figure for row in one.cells]


def test_a_blank_a_fraction_and_a_missing_label_are_refused() -> None:
    (blank,) = frames.check(
        table(["Deaths"], {("North",): [None], ("South",): [1]}), str(SCHEMAS / "full_counts.yml"), DEFAULT
    )
    assert "blank cell" in blank.message
    assert blank.row == "North"
    (fraction,) = frames.check(table(["Deaths"], {("North",): [Decimal("1.5")]}), COUNTS, DEFAULT)
    assert "has '1.5' where the schema wants whole numbers" in fraction.message
    assert (fraction.row, fraction.column) == ("North", "Deaths")
    (label,) = frames.check(table(["Deaths"], {("",): [1]}), COUNTS, DEFAULT)
    assert "row labels" in label.message


def test_a_cell_that_cannot_be_read_is_not_blank() -> None:
    one = table(["Deaths", "Hurt"], {("North",): [None, 1], ("South",): [2, 3]})
    print_of = {text: replace(one.cells[0][0], text=text, sign="unreadable") for text in ("####", "..")}
    for text, cell_ in print_of.items():
        unread = replace(one, cells=((cell_, one.cells[0][1]), one.cells[1]))
        (failure,) = frames.check(unread, str(SCHEMAS / "full_counts.yml"), DEFAULT)
        assert failure.unread
        assert f"'{text}', which cannot be read" in failure.message
    (blank,) = frames.check(one, str(SCHEMAS / "full_counts.yml"), DEFAULT)
    assert not blank.unread


def test_columns_that_a_schema_does_not_know() -> None:
    one = table(["2019", "Total"], {("North",): [1, 2]})
    (failure,) = frames.check(one, str(SCHEMAS / "yearly_counts.yml"), DEFAULT)
    assert failure.column == "Total"
    assert "does not know" in failure.message


@pytest.mark.parametrize(
    "part", ["le: 0.3", "lt: 3.1e-1", "isin: [0.1, 0.3]", "in_range: {min_value: 0.1, max_value: 0.3}, unique: true"]
)
def test_limits_are_the_numbers_that_are_written(part: str, tmp_path: Path) -> None:
    path = write(f"columns: {{share: {{dtype: object, {part}}}}}\n", tmp_path)
    within = table(["share"], {("North",): [Decimal("0.1")], ("South",): [Decimal("0.3")]})
    beyond = table(["share"], {("North",): [Decimal("0.1")], ("South",): [Decimal("0.31")]})
    assert frames.check(within, path, DEFAULT) == ()
    (failure,) = frames.check(beyond, path, DEFAULT)
    assert "'0.31'" in failure.message
    assert "Decimal" not in failure.message


def test_header_bands_are_no_rows() -> None:
    one = table(["Deaths"], {("North",): [1], ("2024",): ["Deaths"], ("South",): [2]}, header="2024")
    assert frames.check(one, COUNTS, DEFAULT) == ()
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
        ("columns:\n  a:\n    checks:\n      from_format: 3\n", 4, "'from_format' is not one of"),
        ("columns:\n  a:\n    checks:\n    - options: {check_name: __init__}\n", 4, "'__init__' is not one of"),
        ("colums: {}\n", 1, "'colums' here; did you mean 'columns'?"),
        ("columns: [a]\n", 1, "columns is a mapping"),
        ("columns: {a: 3}\n", 1, "'a' must be a mapping"),
        ("index: {}\ncolumns: {}\n", 1, "index is a list"),
        ("checks: {str_matches: a}\n", 1, "of a whole frame"),
        ("columns: {a: {ge: [1, 2]}}\n", 1, "a list is no number"),
        ("columns: {a: {ge: true}}\n", 1, "is a number, a text or a date"),
        ("columns: {a: {ge: .nan}}\n", 1, "no value lies beyond nan"),
        ("columns: {a: {in_range: {min_value: 2, max_value: 1}}}\n", 1, "no value lies between 2 and 1"),
        ("columns: {a: {in_range: {min_value: 2}}}\n", 1, "max_value is a number"),
        ("columns: {a: {isin: a}}\n", 1, "a list of values"),
        ("columns: {a: {isin: [[a]]}}\n", 1, "a list is no number"),
        ("columns: {a: {isin: [null]}}\n", 1, "nothing is no number"),
        ("columns: {a: {str_matches: (}}\n", 1, "is no pattern"),
        ("columns: {a: {str_length: {min_value: a}}}\n", 1, "a length is a whole number"),
        ("columns: {a: {str_length: {}}}\n", 1, "at least one of"),
        ("columns: {a: {ge: {value: 1, ignore_na: false}}}\n", 1, "'nullable'"),
        ("columns: {a: {ge: {min_valeu: 1}}}\n", 1, "did you mean 'min_value'?"),
        ("columns:\n  a: {nullable: maybe}\n", 2, "nullable is true or false"),
        ("columns: {a: {dtype: [int]}}\n", 1, "the type"),
        ("columns: {'(': {regex: true}}\n", 1, "is no pattern"),
        ("strict: 1\n", 1, "strict is true, false or filter"),
        ("unique: 3\n", 1, "unique is a column"),
        ("unique: [[a], 3]\n", 1, "unique is a column"),
        ("report_duplicates: some\n", 1, "report_duplicates is one of"),
        ("ordered: [1]\n", 1, "ordered is true or false"),
        ("columns:\n  a: {ge: 2024-13-45}\n", 2, "cannot be read as a date"),
        ("columns:\n  a: {ge: " + "9" * 5000 + "}\n", 2, "cannot be read as a whole number"),
        ("columns:\n  a: {unique: !!bool x}\n", 2, "cannot be read as a flag"),
        ("columns:\n  a: {ge: !!timestamp x}\n", 2, "cannot be read as a date"),
        ("columns:\n  a: {ge: \0}\n", 2, "does not allow"),
        ("columns: {a: {ge: 0x" + "f" * 5000 + "}}\n", 1, "too large"),
        ("columns: {a: {checks: [3, {options: 4}]}}\n", 1, "a check without a name"),
        ("schema_type: multiindex\n", 1, "'dataframe'"),
        ("- a\n", 1, "a schema is a mapping"),
        ("a: [\n", 2, "not YAML"),
        ("a: &x 1\nb: *x\n", 2, "no aliases"),
        ("columns: !!python/name:os.system x\n", 1, "not YAML"),
        ("a: " + "[" * 30 + "]" * 30, 1, "not nested so deep"),
    ],
)
def test_faults_of_schema_files(text: str, line: int, message: str, tmp_path: Path) -> None:
    problem, *rest = frames.faults(write(text, tmp_path))
    assert (problem.line, message in problem.message) == (line, True), str(problem)
    assert all("a check without a name" in one.message for one in rest)


def test_an_absent_schema_and_a_type_that_there_is_not(tmp_path: Path) -> None:
    (problem,) = frames.faults(str(tmp_path / "absent.yml"))
    assert "cannot be read" in problem.message
    path = write("columns: {n: {dtype: not a type}}\n", tmp_path)
    with pytest.raises(RuleError, match="the type 'not a type'"):
        frames.check(table(["n"], {("A",): [1]}), path, DEFAULT)


def test_pandas_stays_closed_where_the_screen_is_sure() -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from frames.test_check import COUNTS, DEFAULT, table\n"
        "from validator import frames\n"
        "assert frames.check(table(['Deaths'], {('North',): [3]}), COUNTS, DEFAULT) == ()\n"
        "assert not {'pandas', 'pandera', 'numpy'} & sys.modules.keys()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=SCHEMAS.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def unreadable(text: str, sign: str) -> Table:
    one = table(["Deaths"], {("North",): [None], ("South",): [2]})
    cell = replace(one.cells[0][0], text=text, sign=sign)
    return replace(one, cells=((cell,), one.cells[1]))


@pytest.mark.parametrize(
    "part", ["nullable: true, ge: 0", "nullable: true, dtype: int", "nullable: true, unique: true"]
)
def test_an_unreadable_cell_is_undecidable_where_a_blank_would_do(part: str, tmp_path: Path) -> None:
    path = write(f"columns: {{Deaths: {{{part}}}}}\n", tmp_path)
    (failure,) = frames.check(unreadable("####", "unreadable"), path, DEFAULT)
    assert failure.unread
    assert failure.row == "North"
    assert frames.check(unreadable("..", "missing"), path, DEFAULT) == ()
    assert frames.check(unreadable("x", "suppressed"), path, DEFAULT) == ()


@pytest.mark.parametrize(("text", "sign"), [("", ""), ("..", "missing")])
def test_a_blank_that_stands_for_a_figure_is_a_blank(text: str, sign: str, tmp_path: Path) -> None:
    """Extraction makes a figure without a value of a blank cell that a sum may need."""
    one = unreadable(text, sign)
    lacking = Figure("", None, Interval(None, None), NumeralKind.UNREADABLE, Location("report.pdf", 2, Box(0, 0, 1, 1)))
    one = replace(one, cells=((replace(one.cells[0][0], figure=lacking),), one.cells[1]))
    assert frames.check(one, write("columns: {Deaths: {nullable: true, ge: 0}}\n", tmp_path), DEFAULT) == ()
    (blank,) = frames.check(one, write("columns: {Deaths: {ge: 0}}\n", tmp_path, "wanted.yml"), DEFAULT)
    assert not blank.unread


def test_a_schema_that_asks_nothing_of_an_unreadable_cell_passes(tmp_path: Path) -> None:
    path = write("columns: {Deaths: {nullable: true}}\n", tmp_path)
    assert frames.check(unreadable("####", "unreadable"), path, DEFAULT) == ()


def test_what_is_withheld_is_known_to_somebody_and_what_is_missing_to_nobody(tmp_path: Path) -> None:
    path = write("columns: {Deaths: {}}\n", tmp_path)
    (withheld,) = frames.check(unreadable("x", "suppressed"), path, DEFAULT)
    assert withheld.unread
    (missing,) = frames.check(unreadable("..", "missing"), path, DEFAULT)
    assert not missing.unread
    assert "has '..' where the schema wants a value" in missing.message


def test_a_word_among_figures_is_unreadable_unless_words_are_asked_for(tmp_path: Path) -> None:
    one = table(["n"], {("a",): [1], ("b",): ["many"]})
    (failure,) = frames.check(one, write("columns: {n: {ge: 0}}\n", tmp_path), DEFAULT)
    assert failure.unread
    assert frames.check(one, write("columns: {n: {dtype: str, isin: ['1', many]}}\n", tmp_path, "a.yml"), DEFAULT) == ()
    assert frames.check(one, write("columns: {n: {str_length: {max_value: 4}}}\n", tmp_path, "b.yml"), DEFAULT) == ()
    words = table(["n"], {("a",): ["one"], ("b",): ["many"]})
    wrong = frames.check(words, write("columns: {n: {dtype: int}}\n", tmp_path, "c.yml"), DEFAULT)
    assert [(one.row, one.unread) for one in wrong] == [("a", False), ("b", False)]


@pytest.mark.parametrize(
    ("dtype", "values", "verdicts"),
    [
        ("int64", [1, Decimal("1.5"), Decimal("2.0")], [False]),
        ("float", [1, Decimal("1.5")], []),
        ("Decimal(10, 2)", [1, Decimal("1.5")], []),
        ("Int8", [-128, 127, 128], [False]),
        ("uint16", [0, 65535, 65536, -1], [False, False]),
        ("UInt64", [2**70, -1], [False]),
        ("category", [1, 2], []),
        ("bool", [0, 1, 2], [True]),
        ("datetime64[ns]", ["2024-01-31", "31.1.2024"], [True]),
        ("date32[day][pyarrow]", ["2024-01-31"], []),
        ("string[python]", ["a", None], []),
    ],
)
def test_a_type_says_what_a_cell_must_spell(
    dtype: str, values: list[object], verdicts: list[bool], tmp_path: Path
) -> None:
    path = write(f"columns: {{n: {{dtype: '{dtype}', nullable: true}}}}\n", tmp_path)
    one = table(["n"], {(str(place),): [value] for place, value in enumerate(values)})
    assert [failure.unread for failure in frames.check(one, path, DEFAULT)] == verdicts


def test_labels_that_are_numbers_are_held_against_numbers(tmp_path: Path) -> None:
    one = table(["n"], {("2019",): [1], ("x",): [1], ("1820",): [1]})
    found = frames.check(one, write("index: [{dtype: int, ge: 1900}]\n", tmp_path), DEFAULT)
    assert [failure.row for failure in found] == ["x", "x", "1820"]
    assert all(failure.message.startswith("the row labels have '") for failure in found)


def test_what_a_schema_only_warns_of_is_marked(tmp_path: Path) -> None:
    path = write("columns: {n: {ge: {min_value: 1, raise_warning: true}, le: 5}}\n", tmp_path)
    found = frames.check(table(["n"], {("a",): [0], ("b",): [9]}), path, DEFAULT)
    assert [(one.row, one.warns) for one in found] == [("a", True), ("b", False)]


def test_many_failing_cells_are_summed_up(tmp_path: Path) -> None:
    path = write("columns: {n: {ge: 0}}\n", tmp_path)
    one = table(["n"], {(str(place),): [-1] for place in range(25)})
    found = frames.check(one, path, replace(DEFAULT, schema_cells_kept=10))
    assert len(found) == 11
    assert "15 more cells of which the same is true" in found[-1].message
    assert len(frames.check(one, path, DEFAULT)) == 25


def test_columns_that_together_occur_once(tmp_path: Path) -> None:
    path = write("unique: [n, m]\n", tmp_path)
    rows = {("a",): [1, 2], ("b",): [1, 3], ("c",): [1, 2], ("d",): [1, None], ("e",): [1, None]}
    found = frames.check(table(["n", "m"], rows), path, DEFAULT)
    assert [one.row for one in found] == ["a", "c"]
    assert found[0].message == "columns 'n' and 'm' have '1', '2' more than once"
    (lacking,) = frames.check(table(["n"], {("a",): [1]}), path, DEFAULT)
    assert "no column 'm'" in lacking.message


def test_a_type_of_the_whole_schema_goes_before_those_of_columns(tmp_path: Path) -> None:
    one = table(["n", "m"], {("a",): [Decimal("1.5"), Decimal("2.5")]})
    found = frames.check(one, write("dtype: int\ncolumns: {n: {dtype: float}, m: {}}\n", tmp_path), DEFAULT)
    assert [failure.column for failure in found] == ["n", "m"]
    found = frames.check(one, write("dtype: int\n", tmp_path, "alone.yml"), DEFAULT)
    assert [failure.column for failure in found] == ["n", "m"]


def test_an_edited_schema_is_read_again(tmp_path: Path) -> None:
    one = table(["n"], {("a",): [1]})
    assert frames.check(one, write("columns: {n: {ge: 0}}\n", tmp_path), DEFAULT) == ()
    (failure,) = frames.check(one, write("columns: {n: {ge: 2}}\n", tmp_path), DEFAULT)
    assert "at least 2" in failure.message


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "a?" * 30 + "a" * 30, "(?:(?:a*)*)*b"])
def test_a_pattern_that_tries_every_way_takes_no_time(pattern: str, tmp_path: Path) -> None:
    """In Python's own expressions each of these doubles its time with every letter."""
    letters = "a" * 29 if pattern.endswith("a") else "a" * 60
    one = table([letters], {("x",): [letters], ("y",): ["aab" if pattern.endswith("b") else "a" * 30]})
    schema = f"columns: {{'{pattern}': {{regex: true, required: false}}, {letters}: {{str_matches: '{pattern}'}}}}\n"
    begun = time.process_time()
    (failure,) = frames.check(one, write(schema, tmp_path), DEFAULT)
    assert failure.row == "x"
    assert time.process_time() - begun < 5


def test_a_pattern_too_large_to_run_is_a_fault_with_its_place(tmp_path: Path) -> None:
    path = write("columns:\n  n: {str_matches: '((a{100}){100}){100}'}\n", tmp_path)
    with pytest.raises(RuleError, match=r":2:3: the pattern .* cannot be run: invalid repetition size"):
        frames.check(table(["n"], {("x",): ["a"]}), path, DEFAULT)


def test_without_pandas_a_frame_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"need pandas: install report-validator\[frames\]"):
        frames.to_frame(table(["n"], {("a",): [1]}))
