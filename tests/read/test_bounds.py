"""A page that would take all memory, or all time, ends the copy that reads it, and costs one line.

It is read in a process of its own that the system bounds too, lest a fault in the bounds take the memory of the tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import validator
from tests.read.conftest import built, stream

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs limits that the system keeps")
_DEPTH = 10
_MEGABYTE = 1_000_000
_BEGIN = """
    import faulthandler, json, os, resource, sys
    from dataclasses import replace
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from validator.copies import Crew
    from validator.model.errors import ReadError
    from validator.model.settings import DEFAULT
"""
_READ = """
    from validator.read.beforehand import Beforehand
    path, bound = sys.argv[1], json.loads(sys.argv[2])
    with Beforehand(path, replace(DEFAULT, **bound)) as document:
        try:
            document.document()
        except ReadError as refused:
            print(json.dumps(str(refused)))
    of_copies = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps([of_copies.ru_utime + of_copies.ru_stime, of_copies.ru_maxrss * 1024]))
"""
_LIMITS = """
    from validator.read.bounds import bounded

    def limits():
        return resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_AS)

    def seen(cards):
        for _ in cards:
            before = limits()
            with bounded(replace(DEFAULT, page_seconds=5, page_memory=100_000_000)) as begin_page:
                begin_page()
                within = limits()
            yield before, within, limits()

    with Crew(seen, 1, 1) as crew:
        (in_copy,) = crew.results()
    print(json.dumps([in_copy, next(iter(seen([0])))]))
"""


def _bomb(path: Path) -> Path:
    """A page that draws a form, which draws another ten times, which does the same."""
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>"
    forms = [stream("/X Do " * 10, form.format(8 + level)) for level in range(_DEPTH)]
    last = stream("0 0 9 9 re f", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    path.write_bytes(built("/X Do", "null", *forms, last, resources="/XObject<</X 7 0 R>>"))
    return path


def _said(program: str, *arguments: str) -> list:
    """What a program of bounded size and time prints, line by line."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_BEGIN + program), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(Path(validator.__file__).parents[1])},
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("bound", "seconds", "memory"),
    [
        ({"page_memory": 50 * _MEGABYTE}, 20, 200 * _MEGABYTE),
        ({"page_seconds": 1}, 2, 2_000 * _MEGABYTE),
    ],
)
def test_forms_that_draw_forms_cost_one_line(tmp_path, bound, seconds, memory):
    path = str(_bomb(tmp_path / "bomb.pdf"))
    told, (took, held) = _said(_READ, path, json.dumps(bound))
    assert told.startswith(f"{path}: ")
    assert "\n" not in told
    assert (took < seconds, held < memory) == (True, True), (took, held)


def test_the_bounds_are_those_of_a_copy_and_end_with_the_document():
    (((before, within, after), (first, second, third)),) = _said(_LIMITS)
    assert before == after != within
    assert first == second == third
