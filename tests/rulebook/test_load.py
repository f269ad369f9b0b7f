"""Loading books: every sort of fault at its place, all at once, and good books as written."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator import rulebook
from validator.checks import kinds
from validator.model.errors import RuleError
from validator.model.findings import Severity
from validator.model.settings import DEFAULT, Settings

from .helpers import KINDS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BROKEN = sorted((HERE / "broken").glob("*.yml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_every_fault_of_a_broken_book_is_told_with_its_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    book = path.relative_to(ROOT)
    with pytest.raises(RuleError) as raised:
        rulebook.load([book], KINDS, DEFAULT)
    expected = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert [str(problem) for problem in raised.value.problems] == [f"{book}:{line}" for line in expected]


def test_faults_of_all_books_are_told_together() -> None:
    paths = [HERE / "broken" / "version.yml", HERE / "broken" / "empty.yml", HERE / "absent.yml"]
    with pytest.raises(RuleError) as raised:
        rulebook.load(paths, KINDS, DEFAULT)
    assert {problem.path for problem in raised.value.problems} == set(map(str, paths))


def test_a_directory_and_a_huge_file_are_faults(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yml"
    huge.write_text("validator: 1\n" * 100)
    with pytest.raises(RuleError) as raised:
        rulebook.load([tmp_path, huge], KINDS, Settings(max_rulebook_bytes=200))
    assert len(raised.value.problems) == 2


def load(text: str, path: Path) -> rulebook.Book:
    book = path / "book.yml"
    book.write_text("validator: 1\n" + text, encoding="utf-8")
    return rulebook.load([book], KINDS, DEFAULT)[0]


def test_ids_are_given_or_made_of_kind_and_names(tmp_path: Path) -> None:
    book = load(
        """
tables:
  regions: {header: Region}
figures: ["{deaths} died", "{hurt} were hurt"]
rules:
  - footing: regions
  - footing: {table: regions}
  - {id: own, tie-out: [deaths, "regions[Total] + 2 * hurt"], severity: note, note: a remark}
  - tie-out: [deaths, "sum(regions[*])", deaths]
  - footing: regions
    id: footing-regions-2
""",
        tmp_path,
    )
    assert [rule.name for rule in book.rules] == [
        "footing-regions",
        "footing-regions-3",
        "own",
        "tie-out-deaths-regions",
        "footing-regions-2",
    ]
    assert book.rules[2].severity is Severity.NOTE
    assert book.rules[2].note == "a remark"


def test_a_rule_keeps_its_id_when_lines_are_put_above(tmp_path: Path) -> None:
    rules = 'figures: ["{deaths} died"]\nrules:\n  - tie-out: [deaths, deaths]\n'
    before, after = load(rules, tmp_path), load("# one\n\nbook: Roads\n" + rules, tmp_path)
    assert before.rules[0].name == after.rules[0].name
    assert before.rules[0].position.line != after.rules[0].position.line


def test_unused_names_are_warnings(tmp_path: Path) -> None:
    book = load('tables: {regions: {header: R}}\nfigures: ["{deaths} died"]\n', tmp_path)
    assert len(book.warnings) == 2
    assert "book.yml:3" in book.warnings[1]
    assert "'deaths'" in book.warnings[1]


def test_the_documented_books_load(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "rule-books.md").read_text(encoding="utf-8")
    blocks = [block.split("```")[0] for block in page.split("```yaml\n")[1:]]

    def block(words: str) -> str:
        (only,) = (one for one in blocks if words in one)
        return only

    (tmp_path / "schemas").symlink_to(ROOT / "schemas")
    (tmp_path / "rules").mkdir()
    first = tmp_path / "rules" / "first.yml"
    first.write_text(block("validator: 1"), encoding="utf-8")
    second = tmp_path / "rules" / "second.yml"
    second.write_text("validator: 1\n" + block("- restatement:"), encoding="utf-8")
    waivers = tmp_path / "waivers.yml"
    waivers.write_text(block("fingerprint:"), encoding="utf-8")
    third = tmp_path / "rules" / "third.yml"
    third.write_text("validator: 1\n" + block("encoding:"), encoding="utf-8")
    books = rulebook.load([first, second, third], kinds(), DEFAULT)
    assert [len(book.rules) for book in books] == [4, 1, 0]
    assert len(blocks) == 4, "the page has a block that is not read here"
    assert [waiver.rows for waiver in rulebook.load_waivers(waivers, DEFAULT)] == [None, 214]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-[]{}#&*!|>'\"%@,? \n\t1"), max_size=80))
def test_garbage_is_refused_with_a_place(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "garbage.yml"
    path.write_text("rules:\n" + text, encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        rulebook.load([path], KINDS, DEFAULT)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in raised.value.problems)


def test_a_long_book_loads_quickly(tmp_path: Path) -> None:
    rule = '  - id: r{}\n    tie-out: [deaths, "regions[Total > Women*, 2023] + 2 * deaths"]\n'
    text = 'tables: {regions: {header: R}}\nfigures: ["{deaths} died"]\nrules:\n'
    load(text + rule, tmp_path)
    start = time.perf_counter()
    load(text + "".join(rule.format(number) for number in range(350)), tmp_path)
    assert time.perf_counter() - start < 5  # about 0.03 s; the margin is for a busy machine


def test_a_book_says_what_it_holds(tmp_path: Path) -> None:
    book = load('book: Roads\ntables: {a: {header: R}, b: {header: S}}\nfigures: ["{deaths} died"]\n', tmp_path)
    assert book.summary == f"{tmp_path / 'book.yml'}: Roads: 2 tables, 1 phrase, 0 rules"


def test_an_empty_section_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    book = load("documents:\ntables:\nfigures:\nrules:\nunchecked:\n", tmp_path)
    assert (book.documents, book.tables, book.phrases, book.rules, book.unchecked) == ({}, {}, (), (), ())
