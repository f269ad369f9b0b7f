"""The second reader agrees with what is printed, and with nothing else."""

from __future__ import annotations

import re

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.read.conftest import write
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location, hull
from validator.model.settings import DEFAULT
from validator.read import read_document
from validator.read.second import claim_of, doubts

FONT, SIZE = "Helvetica", 10  # as `write` sets them


def _figure(path, text: str, box: Box, page: int = 1) -> Figure:
    return Figure(text, None, Interval(None, None), NumeralKind.COUNT, Location(str(path), page, box))


def second_reading(path, figures):
    return {figures[index] for index in doubts([claim_of(figure) for figure in figures])}


def _words(path):
    return [word for page in read_document(path, DEFAULT).pages for word in page.words]


def test_it_agrees_on_what_is_printed_and_not_on_another_number(tmp_path):
    path = write(tmp_path / "a.pdf", lambda c: c.drawString(20, 200, "1.234"))
    (word,) = _words(path)
    same, other = _figure(path, "1.234", word.box), _figure(path, "1.235", word.box)
    assert second_reading(path, [same, other]) == {other}


def test_it_disagrees_where_the_box_holds_more_than_the_figure(tmp_path):
    path = write(tmp_path / "a.pdf", lambda c: c.drawString(20, 200, "12 345"))
    group, _ = _words(path)
    whole = hull(word.box for word in _words(path))
    first, both, part = (_figure(path, t, b) for t, b in (("12", group.box), ("12 345", whole), ("12", whole)))
    assert second_reading(path, [first, both, part]) == {part}


@pytest.mark.parametrize(
    ("printed", "start", "stop", "whole"),
    [
        ("-112", 2, 4, False),
        ("-112", 1, 4, False),
        ("-112", 0, 4, True),
        ("112", 0, 2, False),
        ("1.234", 2, 5, False),
        ("1.234", 0, 1, False),
        ("112.", 0, 3, True),
        ("112, 5", 0, 3, True),
        ("10-19", 3, 5, True),
    ],
)
def test_it_refuses_a_figure_that_goes_on_beside_its_box(tmp_path, printed, start, stop, whole):
    path = write(tmp_path / "a.pdf", lambda c: c.drawString(20, 200, printed))
    left, right = (20 + stringWidth(printed[:end], FONT, SIZE) for end in (start, stop))
    (word, *_) = _words(path)
    box = word.box._replace(x0=left, x1=right)
    figure = _figure(path, printed[start:stop], box)
    assert (second_reading(path, [figure]) == set()) is whole


def test_a_raised_note_mark_is_no_part_of_a_figure(tmp_path):
    def draw(c):
        c.drawString(20, 200, "505")
        c.setFont(FONT, SIZE * 0.6)
        c.drawString(20 + stringWidth("505", FONT, SIZE), 200 + SIZE * 0.4, "2")

    path = write(tmp_path / "a.pdf", draw)
    box = _words(path)[0].box._replace(x0=20, x1=20 + stringWidth("505", FONT, SIZE))
    assert second_reading(path, [_figure(path, "505", box)]) == set()


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_turned_and_cropped_pages(tmp_path, turns):
    def draw(c):
        c.setPageRotation(turns)
        c.setCropBox((10, 15, 290, 290))
        c.drawString(60, 200, "98765")

    path = write(tmp_path / "a.pdf", draw)
    (word,) = _words(path)
    figure = _figure(path, "98765", word.box)
    assert second_reading(path, [figure]) == set()


def test_bold_made_by_printing_twice(tmp_path):
    def draw(c):
        c.drawString(20, 200, "505")
        c.drawString(20.3, 200, "505")

    path = write(tmp_path / "a.pdf", draw)
    (word,) = _words(path)
    assert second_reading(path, [_figure(path, "505", word.box)]) == set()


def test_a_number_word_broken_over_two_lines(tmp_path):
    def draw(c):
        c.drawString(20, 200, "der var nit-")
        c.drawString(20, 188, "ten sager")

    path = write(tmp_path / "a.pdf", draw)
    words = {word.text: word.box for word in _words(path)}
    box = hull((words["nit-"], words["ten"]))
    good, bad = _figure(path, "nitten", box), _figure(path, "tretten", box)
    assert second_reading(path, [good, bad]) == {bad}


def test_an_empty_cell_agrees_when_nothing_stands_there(tmp_path):
    path = write(tmp_path / "a.pdf", lambda c: c.drawString(20, 200, "7"))
    (word,) = _words(path)
    blank, full = _figure(path, "", Box(200, 50, 230, 60)), _figure(path, "", word.box)
    assert second_reading(path, [blank, full]) == {full}


def test_a_file_or_page_that_it_cannot_open(tmp_path):
    path = write(tmp_path / "a.pdf", lambda c: c.drawString(20, 200, "7"))
    elsewhere = _figure(path, "7", Box(0, 0, 400, 300), page=5)
    assert second_reading(path, [elsewhere]) == {elsewhere}
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 nothing")
    figure = _figure(tmp_path / "b.pdf", "7", Box(0, 0, 9, 9))
    assert second_reading(tmp_path / "b.pdf", [figure]) == {figure}
    assert second_reading(tmp_path / "b.pdf", []) == set()


@pytest.mark.parametrize("turn", [0, 90])
def test_the_corners_of_a_page_may_be_given_in_any_order(tmp_path, turn):
    def draw(canvas):
        canvas.setPageRotation(turn)
        canvas.drawString(20, 200, "1.234")

    path = write(tmp_path / "a.pdf", draw)
    content = path.read_bytes()
    (box,) = re.findall(rb"/MediaBox \[ (0 0) (\S+ \S+) \]", content)
    path.write_bytes(content.replace(b"%s %s ]" % box, b"%s %s ]" % box[::-1]))
    (word,) = _words(path)
    same, other = _figure(path, "1.234", word.box), _figure(path, "1.235", word.box)
    assert second_reading(path, [same, other]) == {other}
