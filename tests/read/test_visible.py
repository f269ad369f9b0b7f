"""Only text that is painted visibly counts."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from tests.read.conftest import built, stream, texts
from validator.model.settings import DEFAULT
from validator.read import read_document


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


# --- what only the painted page tells: each hides the 77 of a page that shows 60 ----------------------------------

_SHOWN = "BT /F1 10 Tf 20 250 Td (60) Tj ET "
_HIDDEN = "BT /F1 10 Tf 20 150 Td (77) Tj ET "
_OFF = "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>"
_FORM = "/Type/XObject/Subtype/Form/BBox[0 0 400 300]"
_TILE = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<<>>"
_BLANK_FONT = (
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<<>>/Encoding<</Differences[]>>"
    f"/FirstChar 0/LastChar 255/Widths[{'5 ' * 256}]>>"
)
_WAYS = {
    "a layer that is off": built(
        f"{_SHOWN}/OC /Layer BDC {_HIDDEN} EMC",
        "<</Type/OCG/Name(x)>>",
        resources="/Properties<</Layer 6 0 R>>",
        catalogue=_OFF,
    ),
    "a form in a layer that is off": built(
        f"{_SHOWN}/Form Do",
        "<</Type/OCG/Name(x)>>",
        stream(_HIDDEN, f"{_FORM}/OC 6 0 R/Resources<</Font<</F1 5 0 R>>>>"),
        resources="/XObject<</Form 7 0 R>>",
        catalogue=_OFF,
    ),
    "a form in a layer, by another spelling of its key": built(
        f"{_SHOWN}/Form Do",
        "<</Type/OCG/Name(x)>>",
        stream(_HIDDEN, f"{_FORM}/O#43 6 0 R/Resources<</Font<</F1 5 0 R>>>>"),
        resources="/XObject<</Form 7 0 R>>",
        catalogue=_OFF,
    ),
    "a mask that lets nothing through": built(
        f"{_SHOWN}/State gs {_HIDDEN}",
        stream("", f"{_FORM}/Group<</S/Transparency/CS/DeviceGray>>"),
        resources="/ExtGState<</State<</SMask<</S/Luminosity/G 6 0 R>>>>>>",
    ),
    "almost no colour": built(f"{_SHOWN}/State gs {_HIDDEN}", resources="/ExtGState<</State<</ca .01>>>>"),
    "a white pattern": built(
        f"{_SHOWN}/Pattern cs /Tile scn {_HIDDEN}",
        stream("1 1 1 rg 0 0 9 9 re f", _TILE),
        resources="/Pattern<</Tile 6 0 R>>",
    ),
    "white on a white pattern": built(
        f"{_SHOWN}/Pattern cs /Tile scn 0 100 400 100 re f 1 g {_HIDDEN}",
        stream("1 1 1 rg 0 0 9 9 re f", _TILE),
        resources="/Pattern<</Tile 6 0 R>>",
    ),
    "glyphs that draw nothing": built(_SHOWN + _HIDDEN.replace("/F1", "/F2"), _BLANK_FONT),
    "a comment on top": built(
        _SHOWN + _HIDDEN,
        "<</Type/Annot/Subtype/Square/Rect[0 100 400 200]/F 4/AP<</N 7 0 R>>>>",
        stream("1 1 1 rg 0 100 400 100 re f", "/Type/XObject/Subtype/Form/BBox[0 100 400 200]"),
        page="/Annots[6 0 R]",
    ),
    "a clip to a shape that is elsewhere": built(f"{_SHOWN} 0 0 m 400 0 l 400 250 l W n {_HIDDEN}"),
    "a clip to letters": built(f"{_SHOWN}BT /F1 10 Tf 7 Tr 20 20 Td (9) Tj ET BT 0 Tr ET {_HIDDEN}"),
    "a fill over its half of a line": built(
        f"{_SHOWN} BT /F1 10 Tf 60 250 Td (seen until 77) Tj ET 1 1 1 rg 105 240 30 20 re f"
    ),
}


@pytest.mark.parametrize("way", _WAYS)
def test_what_leaves_no_mark_is_not_read(way, tmp_path):
    path = tmp_path / "page.pdf"
    path.write_bytes(_WAYS[way])
    document = read_document(path, DEFAULT)
    assert texts(document)[0] == "60"
    assert "77" not in texts(document)
    assert "77" not in document.pages[0].text
    assert document.pages[0].hidden


def test_what_only_looks_like_a_hiding_place_is_read(tmp_path):
    """Layers that are on, see-through text, forms, comments beside text and patterns of ink lose nothing."""
    path = tmp_path / "page.pdf"
    content = (
        "/OC /Layer BDC BT /F1 10 Tf 20 250 Td (one 11) Tj ET EMC /Form Do "
        "/State gs BT /F1 10 Tf 20 200 Td (22) Tj ET "
        "/Pattern cs /Tile scn BT /F1 10 Tf 20 180 Td (33) Tj ET "
        "0 0 m 400 0 l 400 300 l 0 300 l 9 9 l W n 0 g BT /F1 10 Tf 80 100 Td (44) Tj ET"
    )
    more = (
        "<</Type/OCG/Name(x)>>",
        stream("BT /F1 10 Tf 20 150 Td (55 66) Tj ET", f"{_FORM}/OC 6 0 R/Resources<</Font<</F1 5 0 R>>>>"),
        "<</Type/Annot/Subtype/Highlight/Rect[0 190 400 220]/F 4/C[1 1 0]/QuadPoints[0 220 400 220 0 190 400 190]>>",
        stream("1 0 0 rg 0 0 9 9 re f", _TILE),
    )
    resources = (
        "/Properties<</Layer 6 0 R>>/XObject<</Form 7 0 R>>/ExtGState<</State<</ca .5>>>>/Pattern<</Tile 9 0 R>>"
    )
    layers = "/OCProperties<</OCGs[6 0 R]/D<</ON[6 0 R]>>>>"
    path.write_bytes(built(content, *more, resources=resources, page="/Annots[8 0 R]", catalogue=layers))
    document = read_document(path, DEFAULT)
    assert sorted(texts(document)) == ["11", "22", "33", "44", "55", "66", "one"]
    assert document.pages[0].hidden == 0
