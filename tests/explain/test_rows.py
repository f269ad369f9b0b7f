"""A row that is listed twice explains every check that would hold without it."""

from __future__ import annotations

from validator.explain import findings
from validator.model.locations import Box, Location
from validator.model.relations import Label, Labels, SetMode
from validator.model.settings import DEFAULT

from .figures import count, judge, same, total


def kinds_of(*, men: int) -> list[str | None]:
    """A nested table in which one country is listed twice, and what the text says of women, men and all."""
    spain, women_in_spain, men_in_spain = count(5, "Spain"), count(3, "Women"), count(2, "Men")
    norway, women_in_norway, men_in_norway = count(40, "Norway"), count(25, "Women"), count(15, "Men")
    again = count(1, "Spain")
    below = count(1, "Men")
    places = [Label("Spain", Location("report.pdf", 9, Box(0, 0, 1, 1)), row) for row in (spain, again)]
    relations = [
        Labels(SetMode.UNIQUE, (places[0], Label("Norway", places[0].location, norway), places[1])),
        total(spain, women_in_spain, men_in_spain),
        total(norway, women_in_norway, men_in_norway),
        total(again, below),
        total(count(41, "Total"), norway, spain, again),
        total(count(25, "all women"), women_in_spain, women_in_norway),
        total(count(men, "all men"), men_in_spain, men_in_norway, below),
        same(norway, count(40)),
    ]
    judged = [judge(relation, f"rule {n}") for n, relation in enumerate(relations)]
    found = findings(judged, DEFAULT)
    return [f.diagnosis.kind if f.diagnosis else None for f in found]


def test_a_doubled_row_explains_all_that_it_settles() -> None:
    assert kinds_of(men=16) == ["row listed twice"] * 4


def test_a_row_that_is_needed_elsewhere_explains_nothing() -> None:
    assert "row listed twice" not in kinds_of(men=18)
