"""A page that would take all memory, or all time, ends the copy that reads it, and costs one line."""

from __future__ import annotations

import faulthandler
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.read.conftest import built, stream
from validator.copies import Crew, hands
from validator.model.errors import ReadError
from validator.model.settings import DEFAULT
from validator.read.beforehand import Beforehand
from validator.read.bounds import bounded

pytestmark = pytest.mark.skipif(
    not hands(1) or sys.platform != "linux", reason="needs copies, and limits of the system"
)
_DEPTH = 10


def _bomb(path: Path) -> Path:
    """A page that draws a form, which draws another ten times, which does the same."""
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>"
    forms = [stream("/X Do " * 10, form.format(8 + level)) for level in range(_DEPTH)]
    last = stream("0 0 9 9 re f", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    path.write_bytes(built("/X Do", "null", *forms, last, resources="/XObject<</X 7 0 R>>"))
    return path


@pytest.fixture
def quiet():
    """Without pytest's account of what was running when a copy was ended."""
    faulthandler.disable()
    yield
    faulthandler.enable()


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("bound", [{"page_memory": 50_000_000}, {"page_seconds": 1}])
def test_forms_that_draw_forms_cost_one_line(tmp_path, bound):
    path = str(_bomb(tmp_path / "bomb.pdf"))
    with Beforehand(path, replace(DEFAULT, **bound)) as document, pytest.raises(ReadError) as refused:
        document.document()
    assert str(refused.value).startswith(f"{path}: ")
    assert "\n" not in str(refused.value)


def _limits() -> tuple[tuple[int, int], tuple[int, int]]:
    import resource

    return resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_AS)


def _seen(cards):
    for _ in cards:
        before = _limits()
        with bounded(DEFAULT) as begin_page:
            begin_page()
            within = _limits()
        yield before, within, _limits()


def test_the_bounds_are_those_of_a_copy_and_end_with_the_document():
    with Crew(_seen, 1, 1) as crew:
        ((before, within, after),) = crew.results()
    assert before == after != within
    (((before, within, after),)) = (next(iter(_seen([0]))),)
    assert before == within == after
