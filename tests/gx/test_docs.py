"""The example of the documentation runs as it is written, and prints what it says it prints."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from .conftest import MISSING

pytest.importorskip("great_expectations", reason=MISSING)

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "great-expectations.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def test_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fixtures").symlink_to(CHECKOUT / "fixtures")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        for example in blocks("python"):
            exec(compile(example, "docs/great-expectations.md", "exec"), names)  # noqa: S102 - our own page
    assert printed.getvalue() == blocks("text")[0]
    assert (tmp_path / "data-docs" / "index.html").is_file()
