"""A page that would take all memory, or all time, ends the copy that reads it, and costs one line.

So does a page on which only the second reader would, and nothing is called a contradiction there.

It is read in a process of its own that the system bounds too, lest a fault in the bounds take the memory of the tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import validator
from tests.read.conftest import built, stream, write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs limits that the system keeps")
_ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(validator.__file__).parents[1])}
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


_READ_AGAIN = """
    import pdfplumber  # as the second reader's process does, lest a copy do it within the bounds of a page
    from validator.model.locations import Box
    from validator.read.bounds import Bounds
    from validator.read.second import Claim
    from validator.read.second_process import shared
    claims = [Claim(path, 1, "7", Box(0, 0, 300, 300)) for path in sys.argv[2:]]
    print(json.dumps(shared(claims, 1, {}, Bounds(*json.loads(sys.argv[1])))))
"""
_ORPHANED = """
    from validator.model.figures import Figure, NumeralKind
    from validator.model.intervals import Interval
    from validator.model.locations import Box, Location
    from validator.read import second_reader
    import subprocess
    subprocess.DEVNULL = 2  # the second reader keeps what it would print on errors open, for as long as it lives
    place = Location(sys.argv[1], 1, Box(0, 0, 9, 9))
    with second_reader(DEFAULT) as reader:
        reader.ask([Figure("7", None, Interval(None, None), NumeralKind.COUNT, place)])
        print(reader._process.stdout.readline(), end="", flush=True)
        reader._process.wait()
"""


def _bomb(path: Path) -> Path:
    """A page that draws a form, which draws another ten times, which does the same; the last draws a box and words."""
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {} 0 R>>>>"
    forms = [stream("/X Do " * 10, form.format(8 + level)) for level in range(_DEPTH)]
    words = "0 0 9 9 re f BT /F1 9 Tf " + "(words) Tj " * 20 + "ET"
    last = stream(words, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 5 0 R>>>>")
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
        env=_ENVIRONMENT,
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


@pytest.mark.parametrize("bounds", [(1, 2_000 * _MEGABYTE), (60, 30 * _MEGABYTE)])
def test_the_second_reader_cannot_read_what_takes_too_much(tmp_path, bounds):
    bomb = _bomb(tmp_path / "bomb.pdf")
    sound = write(tmp_path / "sound.pdf", lambda canvas: canvas.drawString(20, 200, "8"))
    assert _said(_READ_AGAIN, json.dumps(bounds), str(bomb), str(sound)) == [{"0": "unreadable", "1": "differs"}]


def test_the_second_reader_ends_with_the_program_that_was_killed(tmp_path):
    """At once, though it is at work on a page that it could be at for another ten seconds."""
    begun = [sys.executable, "-c", textwrap.dedent(_BEGIN + _ORPHANED), str(_bomb(tmp_path / "bomb.pdf"))]
    with subprocess.Popen(begun, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_ENVIRONMENT) as program:
        assert program.stdout.readline() == b"ready\n"
        start = time.monotonic()
        program.kill()
        program.stderr.read()  # until nobody holds the other end any more
    assert time.monotonic() - start < 6
