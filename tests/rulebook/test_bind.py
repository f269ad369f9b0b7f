"""Binding books to documents: tables, labels, blanks, series, labels of series, documents, and every fault."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from validator import rulebook
from validator.checks import kinds
from validator.coverage import covered
from validator.evaluate import evaluate
from validator.model.errors import RuleError, Unfit
from validator.model.extracts import Extract
from validator.model.figures import NumeralKind
from validator.model.judged import Judged
from validator.model.relations import Comparison, Linear, Sum
from validator.model.rules import Binding, BoundRule, Kind, Series
from validator.model.settings import DEFAULT
from validator.model.tables import Role, Table

from .helpers import KINDS, extract, passage, table

REGIONS = table(
    ["Deaths"], [("North", 10), ("South", ""), ("East", 20), ("ΣTotal", 30)], stub_head="Region", heading="By region"
)
YEARS = table(
    ["2022", "2023", "2024"],
    [("Men", 1, 2, ""), ("Wo-\nmen", 4, 5, 6), ("ΣTotal", 5, 7, "n.a.")],
    stub_head="Sex",
    caption="Figure 2: By year",
    page=2,
)
NESTED = table(
    ["Number"],
    [
        ("§North", 30),
        (("North", "§Women"), 20),
        (("North", "Women", "Cars"), 15),
        (("North", "Women", "Bikes"), 5),
        (("North", "Men"), 10),
        ("Spain", 1),
        (("Spain", "Women"), 1),
        ("South", 7),
        (("South", "Men"), 7),
        ("Spain", 2),
        (("Spain", "Women"), 2),
        ("ΣTotal", 40),
    ],
    stub_head="Region and sex",
    page=3,
)
PROSE = passage("In all ⟨30⟩ people died, ⟨10⟩ of them in the North. The police came ⟨99⟩ times.")
REPORT = extract(PROSE, REGIONS, YEARS, NESTED, passage("Road deaths in Freedonia"))
BOOK = """
validator: 1
tables:
  regions: {header: Region Deaths, blank: zero}
  years: {caption: "Figure 2"}
  nested: {rows: [Spain]}
figures:
  - "In all {deaths} people died, {north} of them"
"""


def bind(rules: str, tmp_path: Path, *extracts: Extract, book: str = BOOK) -> Binding:
    path = tmp_path / "book.yml"
    path.write_text(book + rules, encoding="utf-8")
    return rulebook.bind(rulebook.load([path], KINDS, DEFAULT), extracts or (REPORT,), KINDS, DEFAULT)


def faults(rules: str, tmp_path: Path, *extracts: Extract, book: str = BOOK) -> list[str]:
    with pytest.raises(RuleError) as raised:
        bind(rules, tmp_path, *extracts, book=book)
    return [f"{problem.line}:{problem.column}: {problem.message}" for problem in raised.value.problems]


def value(operand: str, tmp_path: Path) -> list[Decimal | None]:
    """The values of the figures that an operand means, times their weights, and its constant where there is one."""
    bound = bind(f"rules:\n  - tie-out: [{operand!r}]\n", tmp_path).rules[0].values["figures"]
    assert isinstance(bound, tuple)
    found: Sum = bound[0]
    values = [None if t.figure.value is None else t.figure.value * t.weight for t in found.terms]
    return [*values, found.constant] if found.constant else values


@pytest.mark.parametrize(
    ("operand", "expected"),
    [
        ("deaths", [30]),
        ("regions[north]", [10]),
        ("regions[Total]", [30]),
        ("regions[South]", [0]),
        ("sum(regions[*])", [10, 0, 20]),
        ("sum(regions)", [10, 0, 20]),
        ("count(regions[*])", [3]),
        ("years[Women, 2023]", [5]),
        ("sum(years[Women, *])", [4, 5, 6]),
        ("sum(years[*, 2022])", [1, 4]),
        ("years[Men, 2024]", [None]),
        ("years[Total, 2024]", [None]),
        ("nested[North > Women > Cars]", [15]),
        ("nested[Cars]", [15]),
        ("sum(nested[*])", [30, 1, 7, 2]),
        ("sum(nested[* > Women])", [20, 1, 2]),
        ("sum(nested[* > *])", [20, 10, 1, 7, 2]),
        ("sum(nested[North > Women > *])", [15, 5]),
        ("nested[Spain#2]", [2]),
        ("nested[Spain#2 > Women]", [2]),
        ("sum(nested[S*])", [1, 7, 2]),
        ("regions[Total] - 2 * north + 10", [30, -20, 10]),
        ("-(deaths - north)", [-30, 10]),
        ("sum(regions[North], 2 * deaths)", [10, 60]),
    ],
)
def test_operands(operand: str, expected: list[int | None], tmp_path: Path) -> None:
    assert value(operand, tmp_path) == expected


def test_a_zero_stands_on_its_empty_cell_and_is_the_same_figure_each_time(tmp_path: Path) -> None:
    binding = bind('rules:\n  - tie-out: ["regions[South]", "sum(regions[*])"]\n', tmp_path)
    one, other = binding.rules[0].values["figures"]  # type: ignore[misc]
    zero = one.terms[0].figure
    assert zero is other.terms[1].figure
    assert (zero.text, zero.value, zero.kind) == ("", 0, NumeralKind.COUNT)
    assert zero.location.box == REGIONS.cells[1][0].box
    assert zero.label == "South › Deaths"


@pytest.mark.parametrize(("printed", "expected"), [("…", [10, None]), (":", [10, None]), ("", [10])])
def test_a_row_of_signs_is_missing_and_an_empty_row_is_a_heading(
    printed: str, expected: list[int | None], tmp_path: Path
) -> None:
    towns = table(["Persons"], [("Kenya", 10), ("Ghana", printed), ("ΣTotal", 30)], stub_head="Town")
    book = "validator: 1\ntables:\n  towns: {header: Town Persons}\n"
    bound = bind("rules:\n  - footing: towns\n", tmp_path, extract(towns), book=book).rules[0].values["table"]
    assert isinstance(bound, Table)
    figures = [row[0].figure for row in bound.cells[:2]]
    assert [None if one.value is None else int(one.value) for one in figures if one is not None] == expected


def test_a_table_keeps_zeros_out_of_sums_and_missing_figures_in(tmp_path: Path) -> None:
    binding = bind("rules:\n  - footing: regions\n  - footing: years\n", tmp_path)
    regions, years = (rule.values["table"] for rule in binding.rules)
    assert isinstance(regions, Table)
    assert isinstance(years, Table)
    assert regions.cells[1][0].figure is None
    missing = years.cells[0][2].figure
    assert missing is not None
    assert (missing.kind, missing.text, missing.location.page) == (NumeralKind.UNREADABLE, "", 2)
    assert missing.location.box == YEARS.cells[0][2].box
    assert years.cells[2][2].figure is not None  # a word is never a zero


def series(text: str, tmp_path: Path) -> Series:
    found = bind(f"rules:\n  - trend: {text}\n", tmp_path).rules[0].values["series"]
    assert isinstance(found, Series)
    return found


def test_series_of_a_row_a_column_and_a_list(tmp_path: Path) -> None:
    row = series('"years[Men, *]"', tmp_path)
    assert (row.name, [point.label for point in row.points], row.blanks) == ("Men", ["2022", "2023", "2024"], ("2024",))
    assert [point.figure.value for point in row.points] == [1, 2, None]
    column = series('"years[*, 2023]"', tmp_path)
    assert (column.name, [point.label for point in column.points]) == ("2023", ["Men", "Wo-\nmen"])
    assert [point.label for point in series("regions", tmp_path).points] == ["North", "South", "East"]
    assert [point.label for point in series('"nested[* > Men]"', tmp_path).points] == ["North", "South"]
    assert [point.label for point in series('"nested[North > *]"', tmp_path).points] == ["Women", "Men"]
    listed = series('[deaths, "regions[North]"]', tmp_path)
    assert [point.label for point in listed.points] == ["deaths", "regions[North]"]


def labels(text: str, tmp_path: Path) -> list[tuple[str, int]]:
    found = bind(f"rules:\n  - labels: {text}\n", tmp_path).rules[0].values["of"]
    assert isinstance(found, tuple)
    return [(label.text, label.location.page) for label in found]


def test_labels_of_rows_columns_and_texts(tmp_path: Path) -> None:
    assert labels("regions", tmp_path) == [("North", 1), ("South", 1), ("East", 1)]
    assert labels('"nested[* > Women]"', tmp_path) == [("Women", 3)] * 3
    assert labels('"years[Men, *]"', tmp_path) == [("2022", 2), ("2023", 2), ("2024", 2)]
    assert labels("[the north, Freedonia]", tmp_path) == [("the north", 1), ("Freedonia", 1)]


def test_a_relation_has_two_sides(tmp_path: Path) -> None:
    found = bind('rules:\n  - linear: "deaths - north <= regions[East]"\n', tmp_path).rules[0].values["relation"]
    assert isinstance(found, Linear)
    assert found.comparison is Comparison.LESS_EQUAL
    assert [term.weight for term in found.stated.terms] == [1, -1]


def test_plain_values(tmp_path: Path) -> None:
    rule = "rules:\n  - plain: {number: 0.5, text: only, mode: truncated, strict: yes}\n"
    values = bind(rule, tmp_path).rules[0].values
    assert values == {"number": Decimal("0.5"), "text": ("only",), "mode": "truncated", "strict": True}


def test_unchecked_figures_and_what_is_left_over(tmp_path: Path) -> None:
    rest = """
rules:
  - tie-out: [deaths, "regions[Total]"]
unchecked:
  - {text: "The police came {} times", reason: no other figure bears on it}
  - {figures: [nested, "years[*, 2022]", "years[Women, 2023]"], reason: printed once}
"""
    binding = bind(rest, tmp_path)
    assert [figure.value for figure in binding.unchecked[0].figures] == [99]
    assert len(binding.unchecked[1].figures) == 12 + 2 + 1
    figures = binding.rules[0].values["figures"]
    assert isinstance(figures, tuple)
    relation = Linear(figures[0], Comparison.EQUAL, figures[1])
    (found,) = covered([REPORT], [Judged(binding.rules[0], evaluate(relation))], binding)
    left = [figure for figure in REPORT.figures if figure not in found.verdicts and figure not in found.reasons]
    assert [figure.text for figure in left] == ["10", "10", "20", "2", "6", "5", "7"]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ('tie-out: ["regions[Nort]"]', "10:16: 'regions' (page 1) has no row Nort; the nearest is 'North'"),
        ('tie-out: ["years[Men, 2033]"]', "'years' (page 2) has no column 2033; the nearest is '2024'"),
        ('tie-out: ["years[Men]"]', "'years' has 3 columns of figures; name one: '2022', '2023', '2024'"),
        ('tie-out: ["regions[*]"]', "means 3 figures"),
        ('tie-out: ["nested[Spain]"]', "means 2 figures"),
        ("tie-out: [regions]", "'regions' is a table; name a row: regions[…]"),
        ('tie-out: ["sum(nested[Spain#3])"]', "has no row Spain#3"),
        ("trend: deaths + north", "a series is a row or a column"),
        ("trend: [deaths + north]", "each item of a series is one figure"),
        ("labels: [Atlantis]", "'Atlantis' is printed nowhere"),
        ("tie-out: [count(deaths)]", "'deaths' is a single figure, not a table"),
    ],
)
def test_faults_of_rules(rule: str, message: str, tmp_path: Path) -> None:
    (found,) = faults(f"rules:\n  - {rule}\n", tmp_path)
    assert message in found


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        (
            "{header: Region Death rate}",
            "no table has the header 'Region Death rate'; the nearest is 'Region Deaths' on page 1",
        ),
        ("{heading: By regions}", "no table has the heading 'By regions'; the nearest is 'By region' on page 1"),
        ("{rows: [Nord]}", "no table has a row 'Nord'; the nearest is 'North' on page 1"),
        ("{header: Region Deaths, rows: [Men]}", "no one table has the header 'Region Deaths' and a row 'Men'"),
        ("{rows: [North]}", "2 tables match (page 1, page 3); add `nth`"),
        ("{rows: [North], nth: 3}", "there is no table number 3; 2 tables match"),
    ],
)
def test_faults_of_tables(spec: str, message: str, tmp_path: Path) -> None:
    book = f'validator: 1\nfigures: ["In all {{deaths}} people"]\ntables:\n  one: {spec}\nrules:\n  - footing: one\n'
    (found,) = faults("", tmp_path, book=book)
    assert message in found
    assert found.startswith("4:3: table 'one': ")


def test_nth_picks_a_table_and_a_phrase(tmp_path: Path) -> None:
    twice = extract(passage("⟨1⟩ died."), passage("⟨2⟩ died."), REGIONS, NESTED)
    book = """
validator: 1
tables: {second: {rows: [North], nth: 2}}
figures: [{text: "{dead} died", nth: 2}]
rules:
  - tie-out: [dead, "second[South]"]
"""
    one, other = bind("", tmp_path, twice, book=book).rules[0].values["figures"]  # type: ignore[misc]
    assert [one.terms[0].figure.value, other.terms[0].figure.value] == [2, 7]
    (found,) = faults("", tmp_path, twice, book=book.replace(", nth: 2}]", "}]"))
    assert "found 2 times (report.pdf, page 1, 2 times)" in found
    (found,) = faults("", tmp_path, twice, book=book.replace('died", nth: 2', 'died", nth: 3'))
    assert "found 2 times in all" in found


def test_all_faults_are_told_at_once_and_none_twice(tmp_path: Path) -> None:
    rules = 'rules:\n  - footing: nowhere_table\n  - tie-out: [lost, "regions[Nort]"]\n  - tie-out: [lost, lost]\n'
    book = BOOK.replace("tables:", "tables:\n  nowhere_table: {header: Planets}") + '  - "{lost} fell off"\n'
    found = faults(rules, tmp_path, book=book)
    assert len(found) == 3
    assert "Planets" in found[0]
    assert "found nowhere" in found[1]
    assert "Nort" in found[2]


def test_what_a_check_cannot_use_is_a_fault_of_the_rule(tmp_path: Path) -> None:
    def refuse(bound: BoundRule) -> tuple[()]:
        raise Unfit("the table has no total row")

    path = tmp_path / "book.yml"
    path.write_text(BOOK + "rules:\n  - footing: regions\n", encoding="utf-8")
    kinds = {**KINDS, "footing": Kind("footing", "", KINDS["footing"].parameters, refuse, lambda b, o: "", "table")}
    with pytest.raises(RuleError, match=r"book.yml:10:5: footing: the table has no total row"):
        rulebook.bind(rulebook.load([path], kinds, DEFAULT), [REPORT], kinds, DEFAULT)


def edition(year: int, deaths: int) -> Extract:
    path = f"{year}.pdf"
    return extract(
        passage(f"Road deaths {year}"),
        passage(f"In all ⟨{deaths}⟩ people died.", path=path),
        table(["Deaths"], [("North", deaths)], stub_head="Region", path=path),
        path=path,
    )


TWO = """
validator: 1
documents: {before: Road deaths 2023, after: Road deaths 2024}
tables: {old: {header: Region, document: before}, new: {header: Region, document: after}}
rules:
  - tie-out: ["old[North]", "new[North]"]
"""
ONE = """
validator: 1
documents: {report: Road deaths 2024}
figures: ["In all {deaths} people died"]
rules:
  - tie-out: [deaths, deaths]
"""


def documents(binding: Binding) -> list[list[str]]:
    return [[s.terms[0].figure.location.document for s in rule.values["figures"]] for rule in binding.rules]  # type: ignore[attr-defined]


def test_a_comparison_binds_each_document_once(tmp_path: Path) -> None:
    both = edition(2024, 9), edition(2023, 8)
    assert documents(bind("", tmp_path, *both, book=TWO)) == [["2023.pdf", "2024.pdf"]]
    (found,) = faults("", tmp_path, edition(2024, 9), book=TWO)
    assert "no document of this run contains 'Road deaths 2023' (2024.pdf)" in found
    (found,) = faults("", tmp_path, *both, edition(2023, 7), book=TWO)
    assert "several documents contain the words of 'before'" in found


def test_a_table_in_both_documents_needs_its_document(tmp_path: Path) -> None:
    book = TWO.replace(", document: before", "")
    (found,) = faults("", tmp_path, edition(2024, 9), edition(2023, 8), book=book)
    assert "2 tables match" in found


def test_a_book_is_applied_to_the_documents_that_it_fits(tmp_path: Path) -> None:
    both = edition(2024, 9), edition(2023, 8)
    assert documents(bind("", tmp_path, *both, book=ONE)) == [["2024.pdf"] * 2]
    (found,) = faults("", tmp_path, edition(2023, 8), book=ONE)
    assert "no document of this run contains 'Road deaths 2024' (2023.pdf)" in found
    unnamed = ONE.replace("documents: {report: Road deaths 2024}\n", "")
    assert documents(bind("", tmp_path, *both, book=unnamed)) == [["2024.pdf"] * 2, ["2023.pdf"] * 2]
    other = extract(passage("About bees."), path="bees.pdf")
    assert documents(bind("", tmp_path, other, edition(2023, 8), book=unnamed)) == [["2023.pdf"] * 2]
    (found,) = faults("", tmp_path, other, book=unnamed)
    assert "in no document of this run (bees.pdf)" in found


def test_spanners_and_total_columns(tmp_path: Path) -> None:
    header: list[str | tuple[str, ...]] = [("Cars", "2023"), ("Cars", "2024"), ("Bikes", "2023"), "Total"]
    one = table(
        header, [("North", 1, 2, 3, 6)], stub_head="Region", columns=(Role.BODY, Role.BODY, Role.BODY, Role.TOTAL)
    )
    for wanted in ("Region 2023 2024 2023 Total", "Region Cars Bikes", "Region Cars"):
        book = f'validator: 1\ntables: {{one: {{header: "{wanted}"}}}}\nrules:\n'
        operands = '"one[North, Bikes > 2023]", "one[North, Cars 2024]", "sum(one[North, *])", "one[North, 2023#2]"'
        sums = bind(f"  - tie-out: [{operands}]\n", tmp_path, extract(one), book=book).rules[0].values["figures"]
        assert isinstance(sums, tuple)
        assert [[t.figure.value for t in s.terms] for s in sums] == [[3], [2], [1, 2, 3], [3]]


def test_schemas_come_with_their_tables(tmp_path: Path) -> None:
    (tmp_path / "counts.yml").write_text("columns: {}\n")
    book = BOOK.replace("header: Region Deaths,", "header: Region Deaths, schema: counts.yml,")
    ((checked, path, position),) = bind("", tmp_path, book=book).schemas
    assert checked.stub_head == "Region"
    assert Path(path) == tmp_path / "counts.yml"
    assert position.line == 4


def test_a_rule_that_cannot_fail_is_a_warning(tmp_path: Path) -> None:
    book = tmp_path / "vacuous.yml"
    rules = f'{BOOK}rules:\n  - {{id: twice, tie-out: [deaths, deaths]}}\n  - tie-out: [deaths, "regions[Total]"]\n'
    book.write_text(rules, encoding="utf-8")
    warnings = rulebook.bind(rulebook.load([book], kinds(), DEFAULT), [REPORT], kinds(), DEFAULT).warnings
    assert [text for text in warnings if "cannot fail and" in text] == [
        f"{book}:{rules[: rules.index('{id')].count(chr(10)) + 1}:5: the rule 'twice' cannot fail"
        " and checks nothing there: the same figures stand on both sides"
    ]
