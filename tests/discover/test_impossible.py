"""Percentages that cannot be: far above 100 where the others of their line are shares."""

from __future__ import annotations

import pytest

from tests.discover.strings import accused, found

TOWNS = ["Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak", "Yew"]
SHARES = [37.25, 41.50, 36.75, 52.11, 48.04, 39.63, 44.90, 61.37, 55.82, 33.18]


def _column(head: str, misprint: str, count: int = 10, title: str = "Town") -> list[list[str]]:
    rows = [[town, f"{share:.2f} %"] for town, share in zip(TOWNS, SHARES, strict=True)][:count]
    rows[2][1] = misprint
    return [[title, head], *rows]


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("en", "Share of women"),
        ("en", "% of voters"),
        ("da", "Andel kvinder"),
        ("de", "Anteil der Frauen"),
        ("fr", "Part des femmes"),
        ("es", "Porcentaje de mujeres"),
        ("pt", "Proporção de mulheres"),
        ("nl", "Aandeel vrouwen"),
        ("no", "Andel kvinner"),
        ("sv", "Andel kvinnor"),
    ],
)
def test_a_share_of_ten_times_all_is_impossible(language: str, head: str) -> None:
    rows = _column(head, "3675.00 %", 5)
    if language != "en":
        rows = [[cell.replace(".", ",") for cell in row] for row in rows]
    assert accused(found(rows, language=language)) == {(3, 1)}


def test_many_percentages_show_that_one_is_none_of_theirs() -> None:
    assert accused(found(_column("Turnout", "3675.00 %"))) == {(3, 1)}


@pytest.mark.parametrize("head", ["Increase since 2020", "Change compared with 2020", "Growth per year"])
def test_a_change_may_be_ten_times_all(head: str) -> None:
    assert accused(found(_column(head, "3675.00 %"))) == set()


def test_few_percentages_do_not_show_what_they_are() -> None:
    assert accused(found(_column("Turnout", "3675.00 %", 6))) == set()


@pytest.mark.parametrize("misprint", ["136.75 %", "3675 %", "9975.00 %"])
def test_what_may_be_meant_is_left_alone_where_nothing_says_share(misprint: str) -> None:
    assert accused(found(_column("Use of capacity", misprint))) == set()


def test_a_share_that_may_exceed_100_is_left_alone() -> None:
    assert accused(found(_column("Share of the target reached", "136.75 %"))) == set()


@pytest.mark.parametrize("bases", [["1,564"], ["1,564", "2,141"]])
def test_the_number_of_those_asked_below_their_percentages_is_no_percentage(bases: list[str]) -> None:
    rows = [["Share of answers, %", *(f"Round {n}" for n, _ in enumerate(bases))]]
    rows += [
        [town, *(f"{share + at:.1f}" for at, _ in enumerate(bases))] for town, share in zip(TOWNS, SHARES, strict=True)
    ]
    assert accused(found([*rows, ["Number asked", *bases]])) == set()


def test_a_year_among_whole_percentages_is_none() -> None:
    rows = [["Question", "%"], *([town, f"{share:.0f}"] for town, share in zip(TOWNS, SHARES, strict=True))]
    rows[3][1] = "4100"
    assert accused(found(rows)) == set()
