"""Shares, changes and multiples of whole columns: a rule for each row, or a fault where the rows are not the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator import rulebook
from validator.checks import kinds
from validator.model.errors import RuleError
from validator.model.relations import Linear, Quotient
from validator.model.settings import DEFAULT
from validator.rulebook.grid import Grid

from .helpers import extract, table

if TYPE_CHECKING:
    from pathlib import Path

    from validator.model.rules import Binding
    from validator.rulebook.operands_tree import Reference

AGES = table(
    ["Persons", "Women", "Share", "2023"],
    [("Young", 12, 6, 50, 10), ("Middle", 20, 5, 25, 16), ("Old", 8, 6, 75, 4), ("ΣTotal", 40, 17, 43, 30)],
    stub_head="Age",
)
TOWNS = table(
    ["Killed", "Hurt", "Percent"],
    [
        (("North",), 10, 40, 25),
        (("North", "Men"), 2, 25, 8),
        (("North", "Women"), 8, 15, 53),
        (("South",), 12, 90, 13),
        (("South", "Men"), 3, 33, 9),
        (("South", "Women"), 9, 30, 30),
    ],
    stub_head="Town",
)


def bind(rule: str, folder: Path) -> Binding:
    path = folder / "book.yml"
    tables = "validator: 1\ntables: {ages: {header: Age}, towns: {header: Town}}"
    path.write_text(f"{tables}\nrules:\n  - {rule}\n", encoding="utf-8")
    return rulebook.bind(rulebook.load([path], kinds(), DEFAULT), [extract(AGES, TOWNS)], kinds(), settings=DEFAULT)


def quotients(binding: Binding) -> list[tuple[str, ...]]:
    found = [one for relations in binding.relations for one in relations]
    sides = [(one.stated, one.numerator, one.denominator) for one in found if isinstance(one, Quotient)]
    return [tuple(figure.text for side in each for figure in side.figures()) for each in sides]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (
            'share: {stated: "ages[*, Share]", part: "ages[*, Women]", whole: "ages[*, Persons]", scale: 100}',
            [("50", "6", "12"), ("25", "5", "20"), ("75", "6", "8")],
        ),
        (
            'share: {stated: "ages[*, Share]", part: "ages[*, Women]", whole: "ages[Total, Women]", scale: 100}',
            [("50", "6", "17"), ("25", "5", "17"), ("75", "6", "17")],
        ),
        (
            'share: {stated: "ages[Y*, Share]", part: "ages[Young, Women]", whole: "ages[Yo*, Persons]", scale: 100}',
            [("50", "6", "12")],
        ),
        (
            'change: {stated: "ages[*, Share]", new: "ages[*, Persons]", old: "ages[*, 2023]", as: percent}',
            [("50", "12", "10"), ("25", "20", "16"), ("75", "8", "4")],
        ),
    ],
)
def test_each_row_is_a_rule_of_one_name(rule: str, found: list[tuple[str, ...]], tmp_path: Path) -> None:
    binding = bind(rule, tmp_path)
    assert quotients(binding) == found
    assert len({bound.rule for bound in binding.rules}) == 1


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("*d*", "'stated' has 3 figures and 'part' 2"),
        ("*l*", "'stated' has “Young” and 'part' “Middle” there"),
    ],
)
def test_rows_that_are_not_the_same_are_a_fault_with_its_place(part: str, said: str, tmp_path: Path) -> None:
    rule = f'share: {{stated: "ages[*, Share]", part: "ages[{part}, Women]", whole: "ages[*, Persons]", scale: 100}}'
    with pytest.raises(RuleError) as raised:
        bind(rule, tmp_path)
    (problem,) = raised.value.problems
    assert (problem.line, problem.column) == (4, 5)
    assert said in problem.message


def test_a_column_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="has no column Shares; the nearest is 'Share'"):
        bind('share: {stated: "ages[*, Shares]", part: "ages[*, Women]", whole: "ages[*, Persons]"}', tmp_path)


def linears(binding: Binding) -> list[tuple[str, ...]]:
    found = [one for relations in binding.relations for one in relations if isinstance(one, Linear)]
    return [tuple(figure.text for side in (one.stated, one.other) for figure in side.figures()) for one in found]


def test_a_relation_and_a_list_of_parts_of_whole_columns_are_one_for_each_row(tmp_path: Path) -> None:
    relation = 'linear: {relation: "ages[*, Persons] >= ages[*, Women] + 2 * ages[Old, 2023]", except: [Middle]}'
    assert linears(bind(relation, tmp_path)) == [("12", "6", "4"), ("8", "6", "4")]
    footing = 'footing: {parts: ["ages[Young, *]", "ages[Middle, *]", "ages[Old, *]"], total: "ages[Total, *]"}'
    assert linears(bind(footing, tmp_path))[0] == ("40", "12", "20", "8")
    assert len(linears(bind(footing, tmp_path))) == len(AGES.headers)


def test_parts_that_are_a_series_as_a_whole_are_one_rule(tmp_path: Path) -> None:
    whole = 'footing: {parts: "ages[*, Persons]", total: "ages[Total, Persons]"}'
    assert linears(bind(whole, tmp_path)) == [("40", "12", "20", "8")]
    with pytest.raises(RuleError, match="means 3 figures"):
        bind('footing: {parts: "ages[*, Persons]", total: "ages[*, Women]"}', tmp_path)


def test_two_stars_are_every_row_and_total_and_every_column(tmp_path: Path) -> None:
    towns = 'share: {stated: "towns[**, Percent]", part: "towns[**, Killed]", whole: "towns[**, Hurt]", scale: 100}'
    assert [one[0] for one in quotients(bind(towns, tmp_path))] == ["25", "8", "53", "13", "9", "30"]
    ages = 'share: {stated: "ages[**, Share]", part: "ages[**, Women]", whole: "ages[**, Persons]", scale: 100}'
    assert [one[0] for one in quotients(bind(ages, tmp_path))] == ["50", "25", "75", "43"]
    one = 'share: {stated: "ages[**, Share]", part: "ages[**, Women]", whole: "ages[**, Persons]", except: [Total]}'
    assert [found[0] for found in quotients(bind(one, tmp_path))] == ["50", "25", "75"]
    across = 'change: {stated: "ages[Young, **]", new: "ages[Old, **]", old: "ages[Total, **]", as: percent}'
    assert len(quotients(bind(across, tmp_path))) == len(AGES.headers)


@pytest.mark.parametrize(
    ("table", "left_out", "found"),
    [
        ("ages", "Middle", ["50", "75"]),
        ("ages", "[middle, OLD]", ["50"]),
        ("towns", "Women", ["8", "9"]),  # of both towns
        ("towns", "North > Women", ["8", "9", "30"]),
    ],
)
def test_labels_are_left_out_by_their_text_or_their_path(
    table: str, left_out: str, found: list[str], tmp_path: Path
) -> None:
    rows = {"ages": "*", "towns": "* > *"}[table]
    columns = {"ages": "Share Women Persons", "towns": "Percent Killed Hurt"}[table].split()
    operands = (f'"{table}[{rows}, {column}]"' for column in columns)
    given = ", ".join(f"{name}: {one}" for name, one in zip(("stated", "part", "whole"), operands, strict=True))
    binding = bind(f"share: {{{given}, scale: 100, except: {left_out}}}", tmp_path)
    assert [stated for stated, *_ in quotients(binding)] == found


@pytest.mark.parametrize(
    ("rows", "left_out", "said"),
    [
        ("*", "Midle", "4:110: 'except': there is no “Midle” to leave out; the nearest is “Middle”"),
        ("*", "[Young, Old, Middle]", "4:110: 'except' leaves nothing to check"),
        ("Young", "Young", "'except': there is no “Young” to leave out"),
    ],
)
def test_what_cannot_be_left_out_is_a_fault_with_its_place(rows: str, left_out: str, said: str, tmp_path: Path) -> None:
    operands = (f'"ages[{rows}, {column}]"' for column in ("Share", "Women", "Persons"))
    given = ", ".join(f"{name}: {one}" for name, one in zip(("stated", "part", "whole"), operands, strict=True))
    with pytest.raises(RuleError) as raised:
        bind(f"share: {{{given}, scale: 100, except: {left_out}}}", tmp_path)
    assert said in str(raised.value)


@pytest.mark.parametrize("whole", ["sum(ages[*, Persons])", "count(ages[*, Persons])"])
def test_what_stands_for_every_row_is_looked_up_once(whole, tmp_path, monkeypatch):
    asked = []
    cells = Grid.cells

    def counted(grid: Grid, reference: Reference) -> list[tuple[int, int]]:
        asked.append(str(reference))
        return cells(grid, reference)

    monkeypatch.setattr(Grid, "cells", counted)
    found = bind(f'share: {{stated: "ages[*, Share]", part: "ages[*, Women]", whole: "{whole}"}}', tmp_path)
    assert len(found.relations) == 3
    assert len(asked) == len(set(asked)) == 3  # of each column once, not once more for each row
