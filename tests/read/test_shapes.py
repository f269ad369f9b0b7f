"""Rules, fills and pictures, as drawn by the programs that reports come from."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader


def _picture() -> ImageReader:
    data = io.BytesIO()
    Image.new("RGB", (20, 20), (10, 120, 160)).save(data, "PNG")
    data.seek(0)
    return ImageReader(data)


@pytest.fixture
def page(read):
    def reading(draw):
        def with_text(c):
            c.drawString(350, 10, "x")
            draw(c)

        return read(with_text).pages[0]

    return reading


def test_lines_and_thin_boxes_are_rules(page):
    def draw(c):
        c.line(20, 200, 220, 200)
        c.rect(20, 150, 200, 0.5, stroke=0, fill=1)
        c.line(20, 100, 80, 140)

    found = page(draw).strokes
    assert [(round(s.box.x0), round(s.box.top), round(s.box.x1)) for s in found] == [(20, 100, 220), (20, 150, 220)]
    assert all(stroke.horizontal for stroke in found)


def test_pieces_of_a_rule_are_one_rule(page):
    def draw(c):
        for i in range(5):
            c.line(20 + 40 * i, 200, 60 + 40 * i, 200)

    (stroke,) = page(draw).strokes
    assert (round(stroke.box.x0), round(stroke.box.x1)) == (20, 220)


def test_the_sides_of_a_box_are_rules_and_its_ground_is_a_fill(page):
    def draw(c):
        c.setFillColorRGB(0.8, 0.9, 1)
        c.rect(20, 100, 200, 80, stroke=1, fill=1)

    found = page(draw)
    assert sorted(stroke.horizontal for stroke in found.strokes) == [False, False, True, True]
    ((box, colour),) = found.fills
    assert [round(v) for v in box] == [20, 120, 220, 200]
    assert colour == (204, 229, 255) or colour == (204, 230, 255)


def test_rounded_boxes_are_fills_and_curves_are_no_rules(page):
    def draw(c):
        c.roundRect(20, 100, 200, 80, 8, stroke=0, fill=1)
        c.bezier(20, 20, 50, 60, 90, 60, 120, 20)

    found = page(draw)
    assert len(found.fills) == 1
    assert found.strokes == ()


def test_slices_of_a_picture_are_one_picture_and_a_clip_cuts_it(page):
    def draw(c):
        for i in range(4):
            c.drawImage(_picture(), 20, 100 + 20 * i, 100, 20)
        path = c.beginPath()
        path.rect(200, 100, 30, 30)
        c.clipPath(path, stroke=0, fill=0)
        c.drawImage(_picture(), 200, 100, 100, 100)

    whole, cut = page(draw).pictures
    assert [round(v) for v in whole] == [20, 120, 120, 200]
    assert [round(v) for v in cut] == [200, 170, 230, 200]


def test_shapes_inside_a_form_are_placed_with_it(page):
    def draw(c):
        c.beginForm("panel")
        c.line(0, 0, 100, 0)
        c.drawImage(_picture(), 0, 10, 40, 40)
        c.endForm()
        c.translate(50, 100)
        c.scale(2, 2)
        c.doForm("panel")

    found = page(draw)
    (stroke,) = found.strokes
    assert [round(stroke.box.x0), round(stroke.box.x1), round(stroke.box.top)] == [50, 250, 200]
    assert [round(v) for v in found.pictures[0]] == [50, 100, 130, 180]
