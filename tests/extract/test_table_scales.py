"""What tables are told in: the words that say so in each language, and which cells they are about."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from page_composer import Sheet, document

from validator import checks, languages, rulebook
from validator.evaluate import evaluate
from validator.extract import extract, grid
from validator.extract.table_scales import scale_in
from validator.model.settings import DEFAULT

if TYPE_CHECKING:
    from validator.model.tables import Table

CASES = yaml.safe_load((Path(__file__).parent / "told_in.yml").read_text(encoding="utf-8"))
EN = languages.load("en")


@pytest.mark.parametrize(
    ("code", "text", "told"), [(code, text, told) for code, texts in CASES.items() for text, *told in texts]
)
def test_what_a_text_tells(code: str, text: str, told: list[object]) -> None:
    found = scale_in(text, languages.load(code))
    assert (None if found is None else (found.factor, found.words)) == (
        (Decimal(str(told[0])), told[1]) if told else None
    )


def test_every_language_has_texts() -> None:
    assert set(CASES) == set(languages.available())


def scales(table: Table) -> list[list[int]]:
    return [[int(cell.figure.scale) if cell.figure else 0 for cell in row] for row in table.cells]


def test_the_words_nearest_to_a_cell_decide() -> None:
    rows = [
        ["In thousand euros", "Budget", "Grants (EUR million)", "Share"],
        ["Staff", "4,120", "3", "12 %"],
        ["Reserve (EUR million)", "4", "8", "24 %"],
        ["Debt (EUR bn)", "7", "9", "10 %"],
    ]
    found = scales(grid(rows, "case", EN, DEFAULT))
    assert found[0] == [1_000, 1_000_000, 1]  # a percentage is told in nothing
    assert found[1] == [1_000_000, 1_000_000, 1]
    assert found[2] == [1_000_000_000, 1, 1]  # a row and a column that differ: nothing is known


def test_words_over_a_group_of_columns_are_about_all_of_them() -> None:
    rows = [["", "EUR million", "", "Persons"], ["", "2023", "2024", ""], ["North", "1.2", "1.4", "310"]]
    assert scales(grid(rows, "case", EN, DEFAULT)) == [[1_000_000, 1_000_000, 1]]


@pytest.mark.parametrize("line", ["In thousand euros", "(EUR 1,000)"])
def test_a_line_by_itself_above_a_table_tells(line: str) -> None:
    sheet = Sheet()
    sheet.left("The town spent more on its schools in the last year than in all the years before.", 50, 60)
    sheet.right(line, 400, 100)
    sheet.rule(50, 400, 112)
    sheet.row(116, "Type", ["Budget", "Outturn"], edges=[300, 400])
    for i, (label, *cells) in enumerate(
        [("Staff", "4,120", "4,230"), ("Goods", "1,240", "1,310"), ("Rents", "840", "815"), ("Total", "6,200", "6,355")]
    ):
        sheet.row(130 + 14 * i, label, cells, edges=[300, 400])
    (table,) = extract(document(sheet), EN, DEFAULT).tables
    assert scales(table) == [[1_000, 1_000]] * 4
    figure = next(table.figures())
    assert (figure.value, figure.interval.exact) == (Decimal(4120), True)  # what is printed stays printed


def test_a_rule_ties_a_sentence_to_a_table_told_in_thousands(tmp_path: Path) -> None:
    """From the page to the verdict, by a book that says nothing of units, and by one that weighs the cell itself."""
    page = Sheet()
    page.left("In 2025 the town spent 6.4 million euros, of which 4,230 thousand euros on staff.", 50, 60)
    page.left("Table 1: Spending by type (in thousand euros)", 50, 100)
    for i, (label, cell) in enumerate([("Staff", "4,230"), ("Goods", "1,310"), ("Rents", "815"), ("Total", "6,355")]):
        page.row(120 + 14 * i, label, [cell], edges=[300])
    read = extract(document(page), EN, DEFAULT)
    book = tmp_path / "book.yml"
    book.write_text(
        """
validator: 1
book: Spending
tables: {types: {caption: "Spending by type"}}
figures: ["spent {all}, of which {staff} on staff"]
rules:
  - {id: plain, tie-out: [all, "types[Total]"]}
  - {id: weighed, tie-out: [all, "1000 * types[Total]"]}
  - {id: wrong, tie-out: [staff, "types[Goods]"]}
  - {id: wrong-and-weighed, tie-out: [staff, "1000 * types[Goods]"]}
""",
        encoding="utf-8",
    )
    kinds = checks.kinds()
    binding = rulebook.bind(rulebook.load([str(book)], kinds, DEFAULT), [read], kinds, DEFAULT)
    verdicts = {
        rule.rule: evaluate(relation).verdict.value
        for rule, relations in zip(binding.rules, binding.relations, strict=True)
        for relation in relations
    }
    assert verdicts == {"plain": "holds", "weighed": "holds", "wrong": "violated", "wrong-and-weighed": "violated"}
