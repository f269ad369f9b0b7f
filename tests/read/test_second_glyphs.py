"""What is taken out of a page's content before pdfminer parses it: nothing that any character hangs on."""

from __future__ import annotations

import time

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.colors import CMYKColor, red

from tests.read.conftest import write
from validator.read.second_glyphs import Glyph, glyphs_of, text_operators

DRAWN = (
    "1 2 m 3.5 -4 l S",
    "1 2 m 3 4 5 6 7 8 c .5 +6 l h f*",
    "0 0 10 10 re 5 5 2 2 re W n",
    "0.2 0.3 0.4 rg",
    "0 0 0 1 K",
    "1 g",
    "0.1 0.2 0.3 scn",
    "0.5 w",
    "[3 2] 0 d",
    "/P <</MCID 4>> BDC",
    "EMC",
)
TEXT = ("BT", "/F1 9 Tf", "1 0 0 1 50 60 Tm", "(12) Tj", "[(1) -3 (2)] TJ", "ET", "q", "Q", "1 0 0 1 0 0 cm", "/X1 Do")


def glyphs(path) -> list[Glyph]:
    with pdfplumber.open(path) as pdf:
        return list(glyphs_of(pdf.pages[0]))


@given(st.lists(st.sampled_from((*DRAWN, *TEXT))))
def test_what_sets_text_stays_in_its_order_and_drawings_go(operators: list[str]) -> None:
    content = "q " + " ".join(operators) + " Q"
    kept = text_operators(content.encode()).decode().split()
    wanted = ["q", *(part for one in operators if one in TEXT for part in one.split()), "Q"]
    assert kept == wanted


@pytest.mark.parametrize(
    "said", ["about 5 g of it", r"1 2 m 3 4 l S \) 1 g ", "a (1 0 0 rg ) 2 w b", "0 0 1 1 re f ", "x 0 g (b (c (d)))"]
)
def test_what_is_said_in_brackets_is_no_drawing(said: str) -> None:
    content = f"BT ( {said} ) Tj ET".encode()
    assert text_operators(content) == content


def test_a_path_that_is_not_whole_is_left_alone() -> None:
    assert text_operators(b"q 1 2 m 3 4 l") == b"q 1 2 m 3 4 l"


def test_characters_stand_where_they_stand_without_any_drawing(tmp_path) -> None:
    def text(canvas) -> None:
        canvas.drawString(20, 200, "1.234 (5 g of it) 12")
        canvas.drawString(20, 180, "5.678")

    def both(canvas) -> None:
        canvas.setFillColor(red)
        canvas.rect(10, 10, 100, 100, fill=1)
        canvas.setFillColor(CMYKColor(0, 0, 0, 1))
        canvas.setStrokeColorRGB(0.1, 0.2, 0.3)
        canvas.setDash([2, 1])
        canvas.line(0, 0, 50, 50)
        canvas.bezier(0, 0, 5, 5, 10, 10, 20, 20)
        text(canvas)
        canvas.circle(50, 50, 5)

    bare, drawn = write(tmp_path / "bare.pdf", text), write(tmp_path / "drawn.pdf", both)
    assert glyphs(drawn) == glyphs(bare)
    assert "".join(glyph.text for glyph in glyphs(bare)) == "1.234 (5 g of it) 125.678"


def test_characters_in_a_form_are_among_them(tmp_path) -> None:
    def form(canvas) -> None:
        canvas.beginForm("total")
        canvas.rect(0, 0, 5, 5)
        canvas.drawString(20, 200, "115")
        canvas.endForm()
        canvas.doForm("total")

    assert [glyph.text for glyph in glyphs(write(tmp_path / "form.pdf", form))] == ["1", "1", "5"]


@pytest.mark.parametrize("data", ["01", " 1 0 0 rg 2 w ", " 1 2 m 3 4 l S (", "(12) Tj BT ", ") EMC [3 2] 0 d ("])
def test_the_bytes_of_a_picture_in_the_content_are_no_characters_and_hide_none(data: str, tmp_path) -> None:
    def page(canvas, picture: str) -> None:
        canvas.drawString(20, 220, "1.234")
        canvas._code.append(f"q {picture} Q")
        canvas.rect(10, 10, 100, 100)
        canvas.drawString(20, 200, "(5.678)")

    image = f"BI /W {len(data)} /H 1 /BPC 8 /CS /G ID {data}\nEI"
    with_it = write(tmp_path / "with.pdf", lambda canvas: page(canvas, image))
    without = write(tmp_path / "without.pdf", lambda canvas: page(canvas, ""))
    assert glyphs(with_it) == glyphs(without)
    assert "".join(glyph.text for glyph in glyphs(without)) == "1.234(5.678)"


@pytest.mark.parametrize(
    "part", [b"(", b"(a", b"1 ", b"1 2 m ", b"9", b"1 2 l ", b"/P <<", b"\\", b"((", b"[ ", b"\\(", b"(\\(", b"(a("]
)
def test_content_without_end_is_searched_once(part: bytes) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        text_operators(b" (" + part * times)
        return time.process_time() - began

    seconds(1000)
    assert seconds(80_000) < 40 * max(seconds(8_000), 0.002)  # ten times as long takes about ten times as long
