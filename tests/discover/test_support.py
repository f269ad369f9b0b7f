"""Announced totals: how sure it is that one which its parts do not make is a misprint."""

from __future__ import annotations

import pytest

from tests.discover.strings import Found, accused, found
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict


def surest(relations: Found) -> float:
    """The highest confidence of what is violated."""
    return max((one.confidence for one, seen in relations if seen.verdict is Verdict.VIOLATED), default=0.0)


def _one_column(total: str, *, second: bool = False) -> list[list[str]]:
    body = [["North", "455", "412"], ["East", "371", "388"], ["South", "602", "530"], ["West", "264", "275"]]
    rows = [["Region", "2024", "2023"], *body, ["Capital", "1,008", "901"], ["Total", total, "2,506"]]
    return [row if second else row[:2] for row in rows]


@pytest.mark.parametrize("total", ["2,790", "7,200", "27,000"])
def test_a_slip_in_an_announced_total_of_one_column_is_an_error(total: str) -> None:
    assert surest(found(_one_column(total))) >= DEFAULT.error_confidence


@pytest.mark.parametrize("total", ["2,700", "3,158"])
def test_a_total_of_one_column_without_a_slip_is_none(total: str) -> None:
    assert accused(found(_one_column(total))) == set()


def test_a_total_that_is_off_beside_one_that_is_exact_is_an_error() -> None:
    assert surest(found(_one_column("2,763", second=True))) >= DEFAULT.error_confidence


def test_a_total_below_its_parts_beside_one_that_is_exact_may_count_persons_once() -> None:
    assert 0 < surest(found(_one_column("2,655", second=True))) < DEFAULT.error_confidence


def _shares(total: str) -> list[list[str]]:
    return [["Region", "2024"], ["North", "26"], ["South", "4"], ["East", "47"], ["West", "24"], ["Total", total]]


def test_whole_numbers_that_nearly_make_100_are_rounded_shares() -> None:
    assert surest(found(_shares("100"))) == 0
    assert surest(found(_shares("102"))) > 0


def test_shares_that_no_rounding_explains_are_an_error() -> None:
    rows = [["Region", "%"], ["North", "26"], ["South", "4"], ["East", "47"], ["West", "32"], ["Total", "100"]]
    assert surest(found(rows)) > 0


@pytest.mark.parametrize("withheld", ["", "(..)", "/", ".."])
def test_a_cell_that_is_withheld_is_not_nothing(withheld: str) -> None:
    head = ["Country", "2011", "2012", "2013", "2014", "2015"]
    body = [["Norway", "128", "169", "133", "157", "146"], ["Poland", "163", "125", "145", withheld, "172"],
            ["Italy", "230", "183", "188", "145", "173"]]  # fmt: skip
    assert surest(found([head, *body, ["Total", "521", "477", "466", "442", "491"]])) == 0
    assert surest(found([head, *body, ["Total", "521", "477", "467", "442", "491"]])) > 0


def test_a_relation_that_never_holds_is_not_put_forward() -> None:
    body = [
        [name, *(str(base + 37 * k * (k % 5)) for k in range(10))] for name, base in (("A", 455), ("B", 371), ("C", 62))
    ]
    sums = [sum(int(row[k + 1]) for row in body) for k in range(10)]
    head = ["Region", *map(str, range(2014, 2024))]
    never = [total + gap for total, gap in zip(sums, (1, 2, 1, 1, 2, 7, 2, 1, 1, 1), strict=True)]
    assert surest(found([head, *body, ["Total", *map(str, never)]])) == 0
    once = [*sums[:-1], sums[-1] + 7]
    assert surest(found([head, *body, ["Total", *map(str, once)]])) >= DEFAULT.error_confidence


@pytest.mark.parametrize(("part", "told"), [("37.100", True), ("37.200", False)])
def test_a_part_whose_separator_alone_is_another_is_an_error(part: str, told: bool) -> None:
    rows = [["Region", "Voters"], ["North", "45,512"], ["East", part], ["South", "60,230"], ["West", "26,467"]]
    relations = found([*rows, ["Total", "169,309"]])
    assert (surest(relations) >= DEFAULT.error_confidence) is told


_STAFF = {
    "Nurses": [31, 28, 44, 37, 25, 52, 33, 41, 29, 36, 47, 38],
    "Doctors": [22, 19, 17, 26, 31, 18, 24, 27, 21, 16, 23, 29],
    "Porters": [27, 53, 38, 49, 46, 32, 58, 41, 37, 62, 35, 44],
}


def _staff(gap: int, *, share: bool = False) -> list[list[str]]:
    """Counts of twelve years, the second of which come to 100, and are off by ``gap``; ``share``: the first in percent.

    The percentages are rounded one by one and make 101 with the gap of one.
    """
    columns = [list(column) for column in zip(*_STAFF.values(), strict=True)]
    totals = [sum(column) for column in columns]
    if share:
        columns[1] = [round(100 * part / totals[0]) for part in columns[0]]
        columns[1][-1] += 100 + gap - sum(columns[1])
    else:
        columns[1][0] += gap
    totals[1] = 100
    body = [[name, *map(str, row)] for name, row in zip(_STAFF, zip(*columns, strict=True), strict=True)]
    return [["Staff", *map(str, range(2012, 2024))], *body, ["Total", *map(str, totals)]]


def test_counts_that_make_100_by_chance_are_no_shares() -> None:
    assert surest(found(_staff(0))) == 0
    assert surest(found(_staff(1))) > 0
    assert accused(found(_staff(5))) == {(4, 2)}


def test_shares_of_a_column_of_counts_are_rounded() -> None:
    assert surest(found(_staff(1, share=True))) == 0


def _years(many: int) -> list[list[str]]:
    """Counts of so many years, the last total of which is off by one."""
    rows = _staff(0)
    columns = [[row[1 + year % 12] for row in rows[1:]] for year in range(many) if year % 12 != 1]
    columns[-1][-1] = str(int(columns[-1][-1]) + 1)
    grid = [["Staff", *(str(2000 + year) for year in range(len(columns)))]]
    return grid + [[name, *row] for name, row in zip([*_STAFF, "Total"], zip(*columns, strict=True), strict=True)]


def test_one_small_gap_is_the_surer_a_misprint_the_more_sums_are_exact() -> None:
    """Rounded figures make the total of one year or three exactly by accident, and of twenty hardly ever."""
    assert 0 < surest(found(_years(4))) < DEFAULT.warning_confidence
    assert surest(found(_years(24))) >= DEFAULT.error_confidence
