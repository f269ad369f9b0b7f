"""Reading order, paragraphs, headings and turned text, on composed pages."""

from __future__ import annotations

from page_composer import STEP, Sheet, document

from validator import languages
from validator.extract.lines import Block
from validator.extract.tables import find_tables
from validator.model.settings import DEFAULT


def blocks(sheet: Sheet) -> list[Block]:
    return find_tables(document(sheet), languages.load("en"), DEFAULT).blocks


def text(block: Block) -> str:
    return " ".join(line.text for line in block.lines)


LEFT = [
    "The office met people in many places",
    "and asked each of them the questions",
    "that it had asked the year before.",
]
RIGHT = [
    "Answers were written down by hand and",
    "were read again by another employee,",
    "who signed every page of the form.",
]


def test_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    for i, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True)):
        sheet.left(a, 50, 100 + i * STEP)
        sheet.left(b, 310, 100 + i * STEP)
    assert [text(block) for block in blocks(sheet)] == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_heading_over_two_columns_comes_first() -> None:
    sheet = Sheet()
    sheet.left("A report on what people said when they were asked", 50, 60, size=14.0)
    for i, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True)):
        sheet.left(a, 50, 100 + i * STEP)
        sheet.left(b, 310, 100 + i * STEP)
    found = blocks(sheet)
    assert [block.heading for block in found] == [True, False, False]
    assert text(found[1]) == " ".join(LEFT)


def test_a_wider_step_begins_a_paragraph() -> None:
    sheet = Sheet()
    for i, line in enumerate(LEFT):
        sheet.left(line, 50, 100 + i * STEP)
    for i, line in enumerate(RIGHT):
        sheet.left(line, 50, 150 + i * STEP)
    assert [text(block) for block in blocks(sheet)] == [" ".join(LEFT), " ".join(RIGHT)]


def test_bold_line_is_a_heading() -> None:
    sheet = Sheet()
    sheet.left("Police", 50, 86, bold=True)
    for i, line in enumerate(LEFT):
        sheet.left(line, 50, 100 + i * STEP)
    assert [(text(block), block.heading) for block in blocks(sheet)] == [("Police", True), (" ".join(LEFT), False)]


def test_a_value_stays_with_its_label() -> None:
    sheet = Sheet()
    sheet.left("Police", 50, 100)
    sheet.left("134 (these are different people)", 140, 100)
    (block,) = blocks(sheet)
    assert text(block) == "Police 134 (these are different people)"


def test_every_word_is_in_one_block() -> None:
    sheet = Sheet()
    sheet.left("Alone", 50, 40)
    sheet.left("Turned", 500, 300, rotation=90)
    for i, line in enumerate(LEFT):
        sheet.left(line, 50, 100 + i * STEP)
    printed = sorted(word.text for word in sheet.words)
    assert sorted(word.text for block in blocks(sheet) for line in block.lines for word in line.words) == printed


def test_an_empty_page() -> None:
    assert blocks(Sheet()) == []
