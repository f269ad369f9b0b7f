"""Forms of rules that fit no figures are faults of the rule; what a count rests on is shown with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from validator.explain import findings
from validator.model.errors import RuleError
from validator.model.judged import Judged
from validator.model.relations import Linear
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict

from .examples import judge

if TYPE_CHECKING:
    from pathlib import Path

TABLES = {
    "forms": [["Form", 2023, 2024], ["Labour", 4, 5], ["Crime", 3, 2]],
    "all": [["Year", 2021, 2022], ["Persons", 6, 7]],
    "lone": [["Year", "Persons", "Total"], ["North", 6, 7], ["Total", 6, 7]],
    "twice": [["Group", 2022, 2023], ["Men", 1, 1], ["Other", 2, 2], ["Women", 3, 3], ["Other", 4, 4]],
    "rates": [
        ["Group", "Change", "Reached"],
        ["Men", "4 %", "98 %"],
        ["Women", "6 %", "100 %"],
        ["= All", "5 %", "100 %"],
    ],
    "long": [["Years", 2022, 2023, 2024], ["Persons", 6, 7, 8]],
}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"footing": {"table": "forms", "totals": "all[Persons, *]"}}, "no total has the label of a column"),
        ({"footing": {"table": "lone", "total-row": "Total"}}, "a single row to add up"),
        ({"cross-footing": {"table": "lone", "total-column": "Total"}}, "a single column to add up"),
        ({"footing": {"parts": ["forms[Labour, 2023]"], "total": "forms[Crime, 2023]"}}, "a single figure"),
        ({"part-of": {"part-series": "forms[Labour, *]", "whole-series": "all[Persons, *]"}}, "no label in common"),
        ({"tie-out": {"series": ["forms[Labour, *]", "all[Persons, *]"]}}, "no label in common"),
        (
            {"tie-out": {"series": ["forms[Labour, *]", "long[Persons, *]"], "in-order": True}},
            "one series has 2 figures and the other 3",
        ),
        (
            {"part-of": {"part-series": "twice[*, 2022]", "whole-series": "twice[*, 2023]"}},
            "“Other” stands more than once in",
        ),
        (
            {"restatement": {"earlier-series": "twice[*, 2022]", "later-series": "twice[*, 2023]"}},
            "“Other” stands more than once in",
        ),
        ({"footing": "rates"}, "the columns are percentages that do not add up to their totals"),
        ({"rank": {"series": "long[Persons, *]", "rank": 4}}, "no number 4 among 3 figures"),
    ],
)
def test_what_does_not_fit_is_a_fault(rule: dict, message: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=message):
        judge({"tables": TABLES, "rule": rule}, tmp_path)


def test_series_are_tied_over_the_labels_that_both_have(tmp_path: Path) -> None:
    rule = {"part-of": {"part-series": "forms[Labour, *]", "whole-series": "long[Persons, *]"}}
    judged = judge({"tables": TABLES, "rule": rule}, tmp_path)
    relations = [outcome.relation for _, outcome, _ in judged]
    assert [
        (one.stated.terms[0].figure.text, one.other.terms[0].figure.text)
        for one in relations
        if isinstance(one, Linear)
    ] == [("4", "7"), ("5", "8")]


@pytest.mark.parametrize(
    ("figures", "rank", "verdicts"),
    [
        ([1, 2, "..", 9], 2, {Verdict.HOLDS, Verdict.UNDECIDABLE}),  # Ghana is the second, or the third
        ([3, 2, "..", 9], 2, {Verdict.HOLDS, Verdict.UNDECIDABLE}),  # the first, or the second
        ([3, 2, "..", 9], 3, {Verdict.VIOLATED, Verdict.UNDECIDABLE}),  # never the third
        ([1, 9, "..", 3], 2, {Verdict.VIOLATED, Verdict.UNDECIDABLE}),  # the third, or the fourth
        ([1, 2, 4, 9], 2, {Verdict.HOLDS}),
    ],
)
def test_a_figure_that_cannot_be_read_may_have_any_rank(
    figures: list[object], rank: int, verdicts: set[Verdict], tmp_path: Path
) -> None:
    towns = [["Town", "Persons"], *map(list, zip(["Kenya", "Ghana", "Mali", "Uganda"], figures, strict=True))]
    rule = {"rank": {"series": "towns[*, Persons]", "at": "Ghana", "rank": rank, "order": "lowest"}}
    assert {
        outcome.verdict for _, outcome, _ in judge({"tables": {"towns": towns}, "rule": rule}, tmp_path)
    } == verdicts


def test_a_count_shows_the_labels_that_were_counted(tmp_path: Path) -> None:
    countries = [["Country", "Persons"], ["Norway", 5], ["Spain", 3], ["Spain", 1]]
    rule = {"count-labels": {"labels": "list", "stated": "stated"}}
    example = {"figures": {"stated": 3}, "tables": {"list": countries}, "rule": rule}
    found = findings([Judged(bound, outcome, message) for bound, outcome, message in judge(example, tmp_path)], DEFAULT)
    assert [(exhibit.role, exhibit.text) for exhibit in found[0].exhibits] == [
        ("stated", "3"),
        ("label", "Norway"),
        ("label", "Spain"),
        ("label", "Spain"),
    ]


def test_what_is_added_up_is_a_part_of_what_is_stated(tmp_path: Path) -> None:
    example = {"tables": TABLES, "figures": {"all_forms": 9}, "rule": {"tie-out": ["all_forms", "sum(forms[*, 2023])"]}}
    ((_, outcome, _),) = judge(example, tmp_path)
    assert isinstance(outcome.relation, Linear)
    assert [term.role for term in outcome.relation.stated.terms] == ["stated"]
    assert [term.role for term in outcome.relation.other.terms] == ["part", "part"]


@pytest.mark.parametrize(
    ("column", "taken"),
    [
        (["60 %", "40 %", "= 100 %"], True),
        (["60 %", "48 %", "= 100 %"], True),  # one of them is misprinted
        (["98 %", "99 %", "= 100 %"], False),  # of each group, so many
        (["20 %", "14 %", "= 34 %"], True),
        (["8.0 %", "7.9 %", "= 7.7 %"], False),
        (["8.0 %", "..", "= 7.7 %"], False),
        (["60 %", "..", "= 100 %"], True),
        (["12", "8", "= 21"], True),
    ],
)
def test_percentages_add_up_only_where_they_are_shares(column: list[str], taken: bool, tmp_path: Path) -> None:
    figures = [text.removeprefix("= ") for text in column]
    labels = ("Young", "Old", "= All")
    rows = [
        ["Age", "Persons", "Of them"],
        *([name, n, one] for name, n, one in zip(labels, (3, 4, 7), figures, strict=True)),
    ]
    judged = judge({"tables": {"ages": rows}, "rule": {"footing": "ages"}}, tmp_path)
    assert len(judged) == 1 + taken
