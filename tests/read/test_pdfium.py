"""The library is opened without the package's bindings, and with them where it does not lie beside them."""

from __future__ import annotations

import subprocess
import sys
from ctypes import CDLL, c_void_p, cast
from pathlib import Path

import pypdfium2_raw
import pytest

from validator.read import pdfium


def _address(library: object) -> int | None:
    return cast(library.FPDF_LoadPage, c_void_p).value  # type: ignore[attr-defined]


def test_it_is_the_library_of_the_package() -> None:
    library = pdfium.library()
    assert isinstance(library, CDLL)
    assert _address(library) == _address(pypdfium2_raw)


def test_where_it_lies_elsewhere_the_bindings_find_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_file", lambda _: False)
    assert pdfium.library() is pypdfium2_raw


def test_the_bindings_are_not_run() -> None:
    program = "import sys, validator.read.pdfium; sys.exit('pypdfium2_raw.bindings' in sys.modules)"
    assert subprocess.run((sys.executable, "-c", program), check=False).returncode == 0
