"""Totals of totals: which of several true sums are told, and what a gap says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discover.strings import accused, found
from validator.model.relations import terms_of
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from tests.discover.strings import Found

_Sums = dict[tuple[int, int], set[tuple[tuple[int, int], ...]]]


def _sums(relations: Found) -> _Sums:
    """For each total (row, column) the cells of each of its sums that hold."""
    told: _Sums = {}
    for one, outcome in relations:
        if one.bound.kind == "footing" and outcome.verdict is Verdict.HOLDS:
            total, *parts = (
                (int(term.figure.location.box.top), int(term.figure.location.box.x0))
                for term in terms_of(outcome.relation)
            )
            told.setdefault(total, set()).add(tuple(sorted(parts)))
    return told


_LEAVES = {
    "Nuclear": (21575, 22051, 20394, 21830, 21814),
    "- Oil": (540, 611, 837, 910, 570),
    "- Coal": (8636, 9052, 12437, 18487, 15946),
    "Peat": (3689, 4021, 5127, 6827, 6118),
    "- Hydro": (14453, 13018, 10623, 9455, 14865),
    "- Wind": (77, 70, 163, 92, 120),
    "Imports": (11880, 9959, 11925, 4852, 4870),
}
_TOTALS = {
    "Fossil, total": ("- Oil", "- Coal"),
    "Renewables, total": ("- Hydro", "- Wind"),
    "Produced, total": ("Nuclear", "- Oil", "- Coal", "Peat", "- Hydro", "- Wind"),
    "Total": ("Nuclear", "- Oil", "- Coal", "Peat", "- Hydro", "- Wind", "Imports"),
}
_ORDER = ("Nuclear", "- Oil", "- Coal", "Fossil, total", "Peat", "- Hydro", "- Wind", "Renewables, total",
          "Produced, total", "Imports", "Total")  # fmt: skip


def _row(name: str) -> tuple[int, ...]:
    if name in _LEAVES:
        return _LEAVES[name]
    return tuple(map(sum, zip(*(_LEAVES[part] for part in _TOTALS[name]), strict=True)))


SUPPLY = [["", "2018", "2019", "2020", "2021", "2022"], *([name, *map(str, _row(name))] for name in _ORDER)]


def test_a_total_is_told_of_its_subtotals_and_not_of_their_parts() -> None:
    told = _sums(found(SUPPLY))
    for column in range(1, 6):
        assert told[9, column] == {tuple((row, column) for row in (1, 4, 5, 8))}
        assert told[11, column] == {tuple((row, column) for row in (9, 10))}
        assert told[4, column] == {tuple((row, column) for row in (2, 3))}


def test_a_changed_subtotal_is_still_accused() -> None:
    changed = [list(row) for row in SUPPLY]
    changed[4][2] = "9863"
    assert (4, 2) in accused(found(changed))


def test_running_quarters_are_no_levels() -> None:
    """Subtotals that overlap: the year is told of its months, not of nine months and the last quarter."""
    months = [["315", "390", "404"], ["365", "480", "375"], ["298", "530", "437"], ["411", "461", "340"],
              ["378", "487", "330"], ["407", "459", "423"]]  # fmt: skip
    values = [[int(value) for value in row] for row in months]
    names = ["January", "February", "March", "April", "May", "June"]

    def first(count: int) -> list[str]:
        return [str(sum(row[column] for row in values[:count])) for column in range(3)]

    table = [["", "2002", "2003", "2004"], ["Total for the half-year", *first(6)], ["First two months", *first(2)],
             ["First four months", *first(4)]]  # fmt: skip
    table += [[name, *row] for name, row in zip(names, months, strict=True)]
    told = _sums(found(table))
    assert tuple((row, 1) for row in range(4, 10)) in told[1, 1]
    assert not any((3, 1) in parts for parts in told[1, 1])


def test_of_what_follows_from_one_another_the_shorter_is_told() -> None:
    """Revenue, expenses and the margin of each: no sum of other income, costs and the margin."""
    table = [["", "2003", "2004", "2005", "2006"],
             ["Revenue", "1,500,065", "1,612,694", "1,663,808", "1,770,770"],
             ["Sales", "1,485,888", "1,594,230", "1,650,174", "1,761,737"],
             ["Interest", "14,177", "18,464", "13,634", "9,033"],
             ["Expenses", "1,310,120", "1,401,159", "1,464,959", "1,533,970"],
             ["Wages", "1,277,031", "1,366,472", "1,426,520", "1,491,448"],
             ["Rent", "33,089", "34,687", "38,439", "42,522"],
             ["Margin on sales", "208,857", "227,758", "223,654", "270,289"]]  # fmt: skip
    told = _sums(found(table))
    assert told[2, 1] == {((5, 1), (7, 1))}
    assert told[1, 1] == {((2, 1), (3, 1))}


def test_a_gap_beside_parts_that_make_the_total_says_nothing_against_it() -> None:
    table = [["", "2007", "2008", "2009"], ["North", "447", "432", "452"], ["South", "174", "170", "166"],
             ["East", "..", "..", "42"], ["West", "879", "839", "671"],
             ["Total", "1,500", "1,441", "1,331"]]  # fmt: skip
    told = _sums(found(table))
    assert {(5, 1), (5, 2), (5, 3)} <= told.keys()
    less = [list(row) for row in table]
    less[5][1] = "1,512"  # what is not given may be the twelve that lack
    assert accused(found(less)) == set()
    assert (5, 1) not in _sums(found(less))


def test_a_subtotal_without_an_end_is_not_held_against_all_that_follows() -> None:
    table = [["Industry", "Patents", "Enterprises"], ["Total", "768", "167"], ["Manufacturing, total", "641", "110"],
             ["Food", "6", "5"], ["Textiles", "2", "2"], ["Paper", "14", "6"], ["Chemicals", "38", "15"],
             ["Metal", "128", "41"], ["Electronics", "432", "28"], ["Other products", "25", "15"], ["Supply", "1", "1"],
             ["Building", "2", "2"], ["Trade", "9", "7"], ["Media", "32", "13"], ["Science", "22", "15"],
             ["Advice", "23", "15"], ["Other industries", "38", "4"]]  # fmt: skip
    relations = found(table)
    assert tuple((row, 1) for row in (2, *range(10, 17))) in _sums(relations)[1, 1]
    assert (1, 1) not in accused(relations)
