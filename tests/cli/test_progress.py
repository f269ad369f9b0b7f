"""The progress bar: only for long work, and only where it is wanted."""

from __future__ import annotations

import sys

import pytest

from validator.cli import progress


def test_the_bar_appears_only_for_long_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    clock = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    with progress.Bar(enabled=True) as bar:
        bar.update("a.pdf", 1, 3)
        assert bar._shown is None
        clock[0] = 1.5
        bar.update("a.pdf", 2, 3)
        assert bar._shown is not None
    with progress.Bar(enabled=False) as bar:
        clock[0] = 9.0
        bar.update("a.pdf", 2, 3)
        assert bar._shown is None
