"""A cache folder of its own for each test, on whatever system."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from validator.hook import store


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the entries of this test lie, once there are any."""
    base = tmp_path / "cache"
    monkeypatch.setenv("LOCALAPPDATA", str(base))
    monkeypatch.setenv("XDG_CACHE_HOME", str(base))
    if sys.platform == "darwin":
        monkeypatch.setenv("HOME", str(tmp_path))
        base = tmp_path / "Library" / "Caches"
    return base / store.NAME
