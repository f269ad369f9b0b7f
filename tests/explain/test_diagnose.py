"""What probably happened, and that nothing is said where two guesses fit equally."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from validator.explain import findings
from validator.explain.slips import Slip, slip_between
from validator.model.settings import DEFAULT

from .figures import count, judge, percent, same, share, total


@pytest.mark.parametrize(
    ("printed", "meant", "expected"),
    [
        ("161", "116", Slip.TRANSPOSED),
        ("19979", "1979", Slip.ADDED),
        ("1979", "19979", Slip.DROPPED),
        ("1842", "1342", Slip.ONE_DIGIT),
        ("-12", "12", Slip.SIGN),
        ("123", "12.3", Slip.FACTOR),
        ("2121", "2121000", Slip.FACTOR),
        ("10", "100", Slip.FACTOR),
        ("3", "4", None),
        ("1234", "5678", None),
        ("121", "112", Slip.TRANSPOSED),
        ("12", "12", None),
    ],
)
def test_slips(printed: str, meant: str, expected: Slip | None) -> None:
    assert slip_between(Decimal(printed), Decimal(meant), 0) is expected


def said(*relations: object) -> list[tuple[str, str] | None]:
    found = findings([judge(relation, f"rule {n}") for n, relation in enumerate(relations)], DEFAULT)
    return [(f.diagnosis.kind, f.diagnosis.text) if f.diagnosis else None for f in found]


def test_transposed_digits() -> None:
    assert said(total(count(1568), count(1452), count(161))) == [
        ("transposed digits", "161 is probably 116 with two digits swapped.")
    ]


def test_a_row_that_the_total_leaves_out() -> None:
    rows = [count(40, "A › N"), count(25, "B › N"), count(13, "C › N")]
    (found,) = said(total(count(65, "Total › N"), *rows), *(same(row, count(int(row.value))) for row in rows))
    assert found == ("off by one row", "The difference equals the row “C › N” (13): the total leaves it out.")


def test_a_row_that_is_counted_twice() -> None:
    rows = [count(40, "A › N"), count(25, "B › N"), count(13, "C › N")]
    (found,) = said(total(count(91, "Total › N"), *rows), *(same(row, count(int(row.value))) for row in rows))
    assert found == ("off by one row", "The difference equals the row “C › N” (13): the total counts it twice.")


def test_equal_rows_are_told_apart_by_a_label_that_is_listed_twice() -> None:
    rows = [count(40, "A › N"), count(3, "B › N"), count(3, "C › N"), count(3, "D › N"), count(1, "D › N")]
    again = [same(row, count(int(row.value))) for row in rows]
    (found,) = said(total(count(47, "Total › N"), *rows), *again)
    assert found == ("off by one row", "The difference equals the row “D › N” (3): the total leaves it out.")
    alike = [count(40, "A › N"), count(3, "B › N"), count(3, "C › N")]
    (found,) = said(total(count(43, "Total › N"), *alike), *(same(row, count(int(row.value))) for row in alike))
    assert found is None or found[0] != "off by one row"


def test_figures_of_two_rows_swapped() -> None:
    left = [count(57, "A › N"), count(84, "B › N")]
    right = [count(84, "A › M"), count(57, "B › M")]
    anchors = [same(figure, count(int(figure.value))) for figure in right]
    found = said(same(left[0], right[0]), same(left[1], right[1]), *anchors)
    assert [one[0] for one in found if one] == ["swapped figures", "swapped figures"]


def test_a_share_of_another_base() -> None:
    part, whole, other = count(39, "Women"), count(112, "Persons"), count(290, "Interviews")
    anchors = [share(percent("50"), count(145), other), same(part, count(39)), same(whole, count(112))]
    found = said(share(percent("13.4"), part, whole), *anchors)
    assert found == [("another base", "The share is right for another base: 290 (Interviews).")]


def test_a_total_left_over_from_last_year() -> None:
    old, rows = count(1466, "Total › 2022"), [count(850, "A › 2023"), count(741, "B › 2023")]
    anchors = [same(row, count(int(row.value))) for row in rows]
    found = said(total(count(1466, "Total › 2023"), *rows), *anchors, total(old, count(800), count(666)))
    assert found == [("stale figure", "1466 is also printed for “Total › 2022”: perhaps left over.")]


def test_a_share_that_was_cut_off_instead_of_rounded() -> None:
    part, whole = count(39), count(112)
    anchors = [same(part, count(39)), same(whole, count(112))]
    (found,) = said(share(percent("34"), part, whole), *anchors)
    assert found is not None
    assert found[0] in ("rounding", "one digit wrong")


@pytest.mark.parametrize(
    ("text", "value", "ending"),
    [
        ("68.814", "68.814", "its separator is another than in the figures around it."),
        ("688.14", "688.14", "with its decimal separator misplaced, or in another unit."),
    ],
)
def test_a_separator_of_another_kind_is_told_from_one_misplaced(text: str, value: str, ending: str) -> None:
    odd = replace(count(0, "East › N"), text=text, value=Decimal(value), decimals=len(value.split(".")[1]))
    parts = [count(17138, "North › N"), odd, count(59994, "South › N")]
    told = [one for one in said(total(count(145946, "Total › N"), *parts)) if one is not None]
    assert [text_.endswith(ending) for _, text_ in told] == [True]
