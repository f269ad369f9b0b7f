"""Reckoned numbers keep a digit or two beyond the print, and corrections are written as their column is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.explain.figures import count, judge, percent, same, share, total
from validator.explain import findings
from validator.explain.manner import decimals_like, meaningful, rounded
from validator.model.figures import Figure, NumeralKind
from validator.model.findings import Source
from validator.model.intervals import Interval
from validator.model.settings import DEFAULT


def decimal(text: str, label: str) -> Figure:
    plain = count(0, label)
    value, decimals = Decimal(text), len(text.partition(".")[2])
    return Figure(text, value, Interval.rounded(value, decimals), NumeralKind.DECIMAL, plain.location, decimals)


def grouped(text: str, label: str) -> Figure:
    value = Decimal(text.replace(",", ""))
    return Figure(text, value, Interval.exactly(value), NumeralKind.COUNT, count(0).location, label=label)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("50.8964143426294820717131474103585657", "50.896"),
        ("46.4", "46.4"),
        ("0.00000123456", "0.0000012"),
        ("2.0000000001", "2"),
        ("120", "120"),
    ],
)
def test_digits_beyond_the_print_are_few(value: str, shown: str) -> None:
    assert str(meaningful(Decimal(value), [percent("50.9"), count(12)])) == shown


def test_what_is_not_known_stays_unknown() -> None:
    assert meaningful(None, [count(1)]) is None


def test_a_finding_has_no_digits_that_mean_nothing() -> None:
    (finding,) = findings([judge(share(percent("54"), count(209), count(450)))], DEFAULT)
    assert (finding.implied, finding.difference) == (Decimal("46.44"), Decimal("7.56"))
    assert finding.suspects[0].should_be == 46


def test_one_figure_has_one_correction_in_its_own_precision() -> None:
    wrong, part, whole = percent("54"), count(209), count(450)
    relations = (share(wrong, part, whole), same(wrong, percent("46")), total(wrong, percent("30"), percent("16")))
    found = findings([judge(one, f"r{n}", source=Source.DISCOVERED) for n, one in enumerate(relations)], DEFAULT)
    asked = [suspect.should_be for finding in found for suspect in finding.suspects if suspect.figure == 0]
    assert asked == [46]


def test_a_correction_is_written_as_the_column_is() -> None:
    slip = decimal("3.417", "South › 2023")
    others = [grouped("1,210", "North › 2023"), grouped("845", "East › 2023")]
    relation = total(grouped("5,472", "Total › 2023"), slip, *others)
    (finding,) = findings([judge(relation)], DEFAULT)
    best = next(one for one in finding.suspects if finding.exhibits[one.figure].figure is slip)
    assert str(best.should_be) == "3417"
    assert finding.diagnosis is not None
    assert "3,417" in finding.diagnosis.text
    assert "3417.000" not in finding.diagnosis.text


def test_counts_beside_a_share_do_not_take_its_decimals() -> None:
    stated = percent("61.3", "West › Share")
    placed = [(stated, "stated"), (count(511, "West › Women"), "part"), (count(1022, "West › Persons"), "whole")]
    assert decimals_like(Decimal("50.0"), stated, placed) == 1


def test_a_value_is_rounded_as_its_figure_is_printed() -> None:
    assert rounded(Decimal("46.4444"), percent("54")) == 46
    assert rounded(Decimal("46.4444"), percent("54.0")) == Decimal("46.4")
