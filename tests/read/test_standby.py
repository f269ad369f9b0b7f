"""The second reader in a process of its own: the same answers, and no harm when that process fails."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from tests.read.conftest import write
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.settings import DEFAULT
from validator.model.verdicts import Doubt
from validator.read import read_document, second_process, second_reader
from validator.read.bounds import Bounds
from validator.read.second import Claim, doubt, doubts

STUCK = "import time; print('ready', flush=True); time.sleep(60)"
DYING = "print('ready', flush=True); input()"
BROKEN = "raise SystemExit(1)"
KILLED = "import os; os.kill(os.getpid(), 9)"
BOUNDS = Bounds(60, 1_500_000_000)


def _figures(path, *texts: str) -> list[Figure]:
    """A figure of each text at the one word of a file."""
    (page,) = read_document(path, DEFAULT).pages
    place = Location(str(path), 1, page.words[0].box)
    return [Figure(text, None, Interval(None, None), NumeralKind.COUNT, place) for text in texts]


def _in_place_of_the_reader(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    start = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda command, **options: start((sys.executable, "-c", program), **options)
    )


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "a.pdf", lambda c: c.drawString(20, 200, "1.234"))


@pytest.mark.parametrize("cores", [1, 2])
def test_it_answers_alike_here_and_in_a_process(path, tmp_path, cores, monkeypatch):
    monkeypatch.setattr("validator.read.standby.cores", lambda: cores)
    again = write(tmp_path / "b.pdf", lambda c: c.drawString(20, 200, "77"))
    same, other = _figures(path, "1.234", "1.235")
    twin, stray = _figures(again, "77", "78")
    with second_reader(DEFAULT) as reader:
        reader.prepare()
        assert (reader._process is None) == (cores == 1)
        first, second = reader.ask([same, twin, other]), reader.ask([stray])
        assert first() == {other: Doubt.DIFFERS}
        assert second() == {stray: Doubt.DIFFERS}
        assert reader.ask([])() == {}


def test_what_is_not_confirmed_in_time_is_not_confirmed(path, monkeypatch):
    _in_place_of_the_reader(monkeypatch, STUCK)
    (figure,) = _figures(path, "1.234")
    start = time.monotonic()
    with second_reader(replace(DEFAULT, second_reader_seconds=0.3)) as reader:
        assert reader.ask([figure])() == {figure: Doubt.UNANSWERED}
        assert reader.ask([figure])() == {figure: Doubt.UNANSWERED}  # and it is not tried again
    assert time.monotonic() - start < 20


def test_no_thread_outlives_a_question_or_its_answer(path):
    before = threading.active_count()
    with second_reader(DEFAULT) as reader:
        answer = reader.ask(_figures(path, "1.234"))
        assert threading.active_count() == before  # or documents could not be shared out to copies any more
        answer()
        assert threading.active_count() == before


def test_a_reader_that_dies_at_its_work_confirms_nothing(path, monkeypatch):
    _in_place_of_the_reader(monkeypatch, DYING)
    (figure,) = _figures(path, "1.234")
    with second_reader(DEFAULT) as reader:
        assert reader.ask([figure])() == {figure: Doubt.UNANSWERED}


@pytest.mark.parametrize("program", [BROKEN, None])
def test_a_process_that_cannot_start_is_done_without(path, monkeypatch, program):
    if program is None:
        monkeypatch.setattr("sys.executable", str(path.with_name("nothing")))
    else:
        _in_place_of_the_reader(monkeypatch, program)
    same, other = _figures(path, "1.234", "1.235")
    with second_reader(DEFAULT) as reader:
        assert reader.ask([same, other])() == {other: Doubt.DIFFERS}


@pytest.mark.skipif(os.name == "nt", reason="no process ends by a signal there")
def test_what_killed_the_process_before_it_was_ready_is_not_read_here(path, monkeypatch):
    _in_place_of_the_reader(monkeypatch, KILLED)
    monkeypatch.setattr("validator.read.standby.doubts", lambda _: pytest.fail("read in this process"))
    (figure,) = _figures(path, "1.234")
    with second_reader(DEFAULT) as reader:
        assert reader.ask([figure])() == {figure: Doubt.UNANSWERED}
        reader._process.wait()
        assert reader.ask([figure])() == {figure: Doubt.UNANSWERED}  # where not even the question could be written


def test_a_question_that_could_not_be_asked_is_not_waited_for(path, monkeypatch):
    _in_place_of_the_reader(monkeypatch, BROKEN)
    same, other = _figures(path, "1.234", "1.235")
    with second_reader(DEFAULT) as reader:
        reader.prepare()
        if reader._process is not None:
            reader._process.wait()
        for _ in range(2):
            assert reader.ask([same, other])() == {other: Doubt.DIFFERS}
            assert reader._owed == []


def test_a_pipe_that_the_system_keeps_narrow_is_enough(path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(fcntl, "fcntl", refused)
    same, other = _figures(path, "1.234", "1.235")
    with second_reader(DEFAULT) as reader:
        assert reader.ask([same, other])() == {other: Doubt.DIFFERS}
        assert reader._ready  # in the process, where pages are bounded


def test_questions_and_answers_longer_than_a_pipe_arrive(tmp_path):
    """Two of each, 5 MB and 1 MB long: whoever wrote them without being read would wait until the deadline."""
    nowhere = str(tmp_path / "nothing.pdf")
    asked = [
        [
            Figure(f"{group}.{n}", None, Interval(None, None), NumeralKind.COUNT, Location(nowhere, 1, Box(0, 0, 9, 9)))
            for n in range(50_000)
        ]
        for group in range(2)
    ]
    with second_reader(replace(DEFAULT, second_reader_seconds=20)) as reader:
        answers = [reader.ask(figures) for figures in asked]
        for figures, answer in zip(asked, answers, strict=True):
            assert answer() == dict.fromkeys(figures, Doubt.UNREADABLE)


def test_nothing_is_left_behind(path):
    with second_reader(DEFAULT) as unasked:
        unasked.prepare()
    interrupted = second_reader(DEFAULT)
    with contextlib.suppress(KeyboardInterrupt), interrupted:
        interrupted.ask(_figures(path, "1.234"))
        raise KeyboardInterrupt
    for reader in (unasked, interrupted):
        assert reader._process.returncode is not None
        assert reader._process.stdin.closed
        assert reader._process.stdout.closed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="pages are shared out only where a process can be copied")
def test_pages_that_are_shared_out_are_answered_alike(tmp_path, monkeypatch):
    def five_pages(canvas) -> None:
        for number in range(1, 6):
            canvas.drawString(20, 200, f"{number}.234")
            canvas.showPage()

    claims = [
        Claim(path, page.number, text, page.words[0].box)
        for path in (str(write(tmp_path / name, five_pages)) for name in ("a.pdf", "b.pdf"))
        for page in read_document(path, DEFAULT).pages
        if page.words
        for text in (f"{page.number}.234", "9.999")
    ]
    wrong = list(range(1, 20, 2))
    assert (
        second_process.shared(claims, 2, {}, BOUNDS)
        == second_process.shared(claims, 0, {}, BOUNDS)
        == doubts(claims)
        == dict.fromkeys(wrong, Doubt.DIFFERS)
    )

    known, kept = {}, []
    monkeypatch.setattr(second_process, "_KEPT", 12)  # glyphs: two pages
    monkeypatch.setattr(second_process, "doubt", lambda claim, seen: kept.append(len(known)) or doubt(claim, seen))
    assert second_process.shared(claims, 0, known, BOUNDS) == dict.fromkeys(wrong, Doubt.DIFFERS)
    assert len(kept) == len(claims)
    assert max(kept) == len(known) == 2  # while pages arrive, too

    here, read_alone = os.getpid(), second_process.reread

    def dying(claims, order):
        for place in order:
            if os.getpid() != here and place[1] == 3:
                os._exit(1)
            yield from read_alone(claims, [place])

    monkeypatch.setattr(second_process, "reread", dying)
    answer = second_process.shared(claims, 2, {}, BOUNDS)
    lost = dict.fromkeys((4, 5, 14, 15), Doubt.UNANSWERED)  # the third page of each, which a copy that died had drawn
    assert answer == dict.fromkeys(wrong, Doubt.DIFFERS) | lost


@pytest.mark.skipif(not hasattr(os, "fork"), reason="pages are bounded only where a process can be copied")
def test_a_page_that_ends_the_copy_that_reads_it_is_read_once(path, monkeypatch):
    drawn = []

    def deadly(_, order):
        for _ in order:
            os.kill(os.getpid(), signal.SIGXCPU)
            yield

    def crew(*arguments):
        drawn.append(arguments[1])
        return made(*arguments)

    made = second_process.Crew
    monkeypatch.setattr(second_process, "reread", deadly)
    monkeypatch.setattr(second_process, "Crew", crew)
    claim, known = Claim(str(path), 1, "1.234", Box(0, 0, 9, 9)), {}
    for _ in range(2):
        assert second_process.shared([claim], 1, known, BOUNDS) == {0: Doubt.UNREADABLE}
    assert drawn == [1]
