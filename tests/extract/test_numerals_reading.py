"""Numbers that are too large for any search are told as unreadable, and the rest is checked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator import pipeline
from validator.extract.numerals_reading import is_beyond


@pytest.mark.parametrize(("value", "beyond"), [("0", False), ("1e30", False), ("-1e151", True), ("1e-400", False)])
def test_what_is_beyond(value: str, beyond: bool) -> None:
    assert is_beyond(Decimal(value)) is beyond


@pytest.mark.parametrize("large", ["9" * 310, "1e308", "-1e400"])
def test_a_number_without_end_spoils_no_table(tmp_path, large: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Town,Cases,Visits\nAbby,120,{large}\nBorn,230,51\nCale,310,62\nTotal,665,113\n", encoding="utf-8")
    result = pipeline.check([str(path)], [])
    assert "665" in {exhibit.text for finding in result.findings for exhibit in finding.exhibits}
    (document,) = result.documents
    values = [figure.value for figure in document.extract.figures]
    assert not any(value is not None and is_beyond(value) for value in values)
