"""What kinds of check share: points of a series by their labels."""

from __future__ import annotations

import pytest

from validator.model.building import index_of
from validator.model.errors import Unfit
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.rules import Point, Series

FIGURE = Figure("1", None, Interval(None, None), NumeralKind.COUNT, Location("a.pdf", 1, Box(0, 0, 9, 9)))


def series(*labels: str) -> Series:
    return Series("Deaths", tuple(Point(label, FIGURE) for label in labels))


def test_a_point_is_found_by_its_label_however_it_is_set():
    assert index_of(series("North", "South  West"), "south west") == 1


@pytest.mark.parametrize(
    ("labels", "wanted", "told"),
    [
        (["North", "South"], "Sauth", "it has “South”, “North”"),
        (["North", "South"], "2020", "it has “North”, “South”"),
        ([str(year) for year in range(2001, 2011)], "2012",
         "it has “2010”, “2001”, “2002”, “2003”, “2004”, “2005” and 4 more"),
    ],
)  # fmt: skip
def test_a_label_that_is_missing_is_told_with_those_that_there_are(labels, wanted, told):
    with pytest.raises(Unfit) as refused:
        index_of(series(*labels), wanted)
    assert str(refused.value) == f"Deaths has no figure under “{wanted}”; {told}"
