"""Only text that is painted visibly counts."""

from __future__ import annotations

import io

from PIL import Image
from reportlab.lib.utils import ImageReader

from tests.read.conftest import texts


def _picture(colour=(200, 180, 160)) -> ImageReader:
    data = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(data, "PNG")
    data.seek(0)
    return ImageReader(data)


def _seen(c):
    c.drawString(20, 40, "seen")


def test_invisible_render_mode(read):
    def draw(c):
        _seen(c)
        line = c.beginText(20, 200)
        line.setTextRenderMode(3)
        line.textOut("4711")
        c.drawText(line)

    document = read(draw)
    assert texts(document) == ["seen"]
    assert document.pages[0].hidden == 4
    assert "4711" not in document.pages[0].text


def test_white_on_white_is_hidden_and_white_on_dark_is_not(read):
    def draw(c):
        _seen(c)
        c.setFillColorRGB(0, 0, 0.4)
        c.rect(10, 190, 100, 30, stroke=0, fill=1)
        c.setFillColorRGB(1, 1, 1)
        c.drawString(20, 200, "77")
        c.drawString(20, 250, "88")

    assert sorted(texts(read(draw))) == ["77", "seen"]


def test_white_on_a_gradient_is_seen(read):
    def draw(c):
        _seen(c)
        c.linearGradient(0, 190, 200, 220, ((0, 0, 0.5), (0.2, 0.2, 0.6)), extend=False)
        c.setFillColorRGB(1, 1, 1)
        c.drawString(20, 200, "77")

    assert "77" in texts(read(draw))


def test_text_under_a_later_fill_or_picture_is_hidden(read):
    def draw(c):
        _seen(c)
        c.drawString(20, 200, "11")
        c.drawString(120, 200, "22")
        c.drawString(220, 200, "33")
        c.setFillColorRGB(1, 1, 1)
        c.rect(10, 190, 60, 30, stroke=0, fill=1)
        c.drawImage(_picture(), 110, 190, 60, 30)

    assert sorted(texts(read(draw))) == ["33", "seen"]


def test_text_under_a_see_through_fill_is_seen(read):
    def draw(c):
        c.drawString(20, 200, "11")
        c.setFillColorRGB(1, 1, 0, alpha=0.4)
        c.rect(10, 190, 60, 30, stroke=0, fill=1)

    assert texts(read(draw)) == ["11"]


def test_text_outside_the_clip_and_the_crop_box_is_hidden(read):
    def draw(c):
        _seen(c)
        c.drawString(-200, 100, "66")
        c.setCropBox((0, 0, 300, 300))
        c.drawString(340, 100, "99")
        path = c.beginPath()
        path.rect(20, 150, 60, 30)
        c.clipPath(path, stroke=0, fill=0)
        c.drawString(25, 160, "in")
        c.drawString(200, 160, "55")

    assert sorted(texts(read(draw))) == ["in", "seen"]


def test_a_crop_box_moves_the_corner_of_the_page(read):
    def draw(c):
        c.setCropBox((50, 0, 400, 250))
        c.drawString(60, 230, "7")

    (page,) = read(draw).pages
    assert (page.width, page.height) == (350, 250)
    (word,) = page.words
    assert abs(word.box.x0 - 10) < 0.5
    assert word.box.top < 20 < word.box.bottom


def test_a_hidden_layer_over_a_picture_of_text_is_not_read(read):
    def draw(c):
        _seen(c)
        c.drawImage(_picture(), 0, 60, 400, 240)
        line = c.beginText(20, 200)
        line.setTextRenderMode(3)
        line.textOut("1,234")
        c.drawText(line)

    document = read(draw, _seen)
    assert texts(document) == ["seen"]
    assert document.pages[0].pictures
