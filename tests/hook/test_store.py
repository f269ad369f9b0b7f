"""The cache folder gives back what was put in, and nothing that anybody else put there."""

from __future__ import annotations

import json
import os
import stat
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.hook import store

KEY = "0" * 64
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
unix = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="owners and modes are those of Unix")


def entry(cache: Path) -> Path:
    (found,) = cache.glob("*.json")
    return found


def test_what_was_kept_comes_back(cache: Path) -> None:
    assert store.load("run", KEY) is None
    store.save("run", KEY, {"text": "‹1› ≠ 2", "fails": True})
    assert store.load("run", KEY) == {"text": "‹1› ≠ 2", "fails": True}
    assert store.load("book", KEY) is None
    store.save("run", KEY, ["another"])
    assert store.load("run", KEY) == ["another"]
    assert entry(cache).name == f"run-{KEY}.json"


@given(VALUES)
def test_any_value_comes_back(value: store.Json) -> None:
    store.save("run", KEY, value)
    assert store.load("run", KEY) == value


@given(st.data())
def test_no_changed_byte_is_believed(data: st.DataObject) -> None:
    store.save("run", KEY, {"text": "all is well", "fails": False})
    path = Path(store.folder() or "") / f"run-{KEY}.json"
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    path.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
    assert store.load("run", KEY) is None
    path.write_bytes(whole[:at])
    assert store.load("run", KEY) is None


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"key": "run 1", "value": 1}',  # of another key
        json.dumps({"key": f"run {KEY}"}).encode(),
        json.dumps([f"run {KEY}", 1]).encode(),
        b'\xff\xfe{"key"',
        b"",
    ],
)
def test_an_entry_that_is_none_does_not_exist(body: bytes, cache: Path) -> None:
    store.save("run", KEY, 1)
    entry(cache).write_bytes(store.digest(body).encode() + b"\n" + body)
    assert store.load("run", KEY) is None


def test_a_key_holds_its_parts_apart() -> None:
    assert store.digest(b"ab", b"c") != store.digest(b"a", b"bc")
    assert store.digest(b"ab") != store.digest(b"ab", b"")


@unix
def test_nobody_else_can_read_or_write_it(cache: Path) -> None:
    store.save("run", KEY, 1)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert stat.S_IMODE(entry(cache).stat().st_mode) == 0o600


@unix
@pytest.mark.parametrize("what", ["folder", "entry"])
def test_what_others_may_write_is_not_read(what: str, cache: Path) -> None:
    store.save("run", KEY, 1)
    (cache if what == "folder" else entry(cache)).chmod(0o777)
    assert store.load("run", KEY) is None


@unix
def test_what_another_user_owns_is_not_read(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save("run", KEY, 1)
    monkeypatch.setattr(os, "geteuid", lambda: cache.stat().st_uid + 1)
    assert store.load("run", KEY) is None
    assert store.folder() is None


@unix
def test_links_and_pipes_are_not_followed(cache: Path, tmp_path: Path) -> None:
    store.save("run", KEY, 1)
    path = entry(cache)
    elsewhere = path.rename(tmp_path / "elsewhere.json")
    path.symlink_to(elsewhere)
    assert store.load("run", KEY) is None
    path.unlink()
    os.mkfifo(path)
    assert store.load("run", KEY) is None
    path.unlink()
    store.save("run", KEY, 2)
    assert store.load("run", KEY) == 2
    real = cache.rename(tmp_path / "real")
    cache.symlink_to(real)
    assert store.folder() is None


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "file"))
    assert store.folder() is None
    store.save("run", KEY, 1)
    assert store.load("run", KEY) is None


@pytest.mark.skipif(os.name != "posix", reason="the rule of the XDG base directories")
def test_a_relative_folder_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert store.folder() == str(tmp_path / ".cache" / store.NAME)


def test_what_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    store.save("run", KEY, "x" * store.MOST_BYTES)
    assert store.load("run", KEY) is None


def test_the_least_recently_used_go_first(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_ENTRIES", 3)
    now = time.time()
    for number in range(3):
        store.save("run", f"{number}", number)
        os.utime(cache / f"run-{number}.json", (now - 100 + number,) * 2)
    assert store.load("run", "0") == 0  # of use again
    store.save("run", "3", 3)
    assert sorted(path.name for path in cache.iterdir()) == ["run-0.json", "run-2.json", "run-3.json"]
    monkeypatch.setattr(store, "MOST_TOTAL", 1)
    store.save("run", "4", 4)
    assert list(cache.iterdir()) == []


def test_what_is_old_or_left_over_goes(cache: Path) -> None:
    store.save("run", "1", 1)
    leftover, fresh, foreign = cache / "run-2.json.1.2.part", cache / "run-3.json.1.2.part", cache / "notes.txt"
    for path in (leftover, fresh, foreign):
        path.write_bytes(b"")
    for path in (cache / "run-1.json", leftover, foreign):
        os.utime(path, (0, 0))
    store.save("run", "4", 4)
    assert {path.name for path in cache.iterdir()} == {fresh.name, foreign.name, "run-4.json"}


def test_many_at_once_leave_whole_entries() -> None:
    seen: list[store.Json] = []

    def busy(number: int) -> None:
        for _ in range(30):
            store.save("run", KEY, [number] * 2_000)
            seen.append(store.load("run", KEY))

    threads = [threading.Thread(target=busy, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(one, list) and len(one) == 2_000 and len(set(map(str, one))) == 1 for one in seen)
