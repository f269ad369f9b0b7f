"""From judged relations to findings: what is shown, how severe it is, what it is called, and what is said once only."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from validator.explain import findings
from validator.model.findings import Severity, Source
from validator.model.locations import Box, Location
from validator.model.relations import Label, Labels, SetMode
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict

from .figures import blank, count, judge, percent, same, share, total


def only(*judged: object) -> object:
    (found,) = findings(judged, DEFAULT)
    return found


def test_what_holds_is_no_finding() -> None:
    assert findings([judge(total(count(3), count(1), count(2)))], DEFAULT) == ()
    assert findings([], DEFAULT) == ()


def test_a_finding_carries_all_that_a_reader_needs() -> None:
    parts = [count(12, "Young › Persons"), count(8, "Old › Persons")]
    found = only(judge(total(count(21, "Total › Persons", page=4), *parts)))
    assert (found.check, found.rule, found.rule_location) == ("footing", "a-rule", "book.yml:3")
    assert (found.verdict, found.severity, found.confidence) == (Verdict.VIOLATED, Severity.ERROR, 0.75)
    assert (found.stated, found.implied, found.difference) == (21, 20, 1)
    assert (found.message, found.context) == ("what a-rule says", "the row as printed")
    shown = [(e.role, e.text, e.value, e.label, e.location.page) for e in found.exhibits]
    assert shown == [
        ("total", "21", Decimal(21), "Total › Persons", 4),
        ("part", "12", Decimal(12), "Young › Persons", 1),
        ("part", "8", Decimal(8), "Old › Persons", 1),
    ]


def test_a_finding_has_the_note_of_its_rule() -> None:
    judged = judge(same(count(1), count(2)))
    noted = replace(judged, bound=replace(judged.bound, note="one of them is of 2022"))
    assert (only(judged).note, only(noted).note) == ("", "one of them is of 2022")


@pytest.mark.parametrize("declared", [None, *Severity])
def test_severity(declared: Severity | None) -> None:
    violated = only(judge(same(count(1), count(2)), severity=declared))
    assert violated.severity is (declared or Severity.ERROR)
    undecidable = only(judge(same(count(1), blank()), severity=declared))
    soft = declared in (None, Severity.NOTE)
    assert undecidable.severity is (Severity.NOTE if soft else Severity.WARNING)
    assert undecidable.suspects == ()
    assert undecidable.diagnosis is None


def test_labels_at_fault_are_shown_where_they_stand() -> None:
    spain = [Label("Spain", Location("report.pdf", page, Box(0, 0, 1, 1)), count(page)) for page in (2, 3)]
    other = Label("France", Location("report.pdf", 2, Box(0, 9, 1, 10)))
    found = only(judge(Labels(SetMode.UNIQUE, (spain[0], other, spain[1])), kind="unique-labels"))
    assert [(e.role, e.text, e.location.page, e.value) for e in found.exhibits] == [
        ("label", "Spain", 2, Decimal(2)),
        ("label", "Spain", 3, Decimal(3)),
    ]


def test_sides_of_labels_are_roles() -> None:
    here = Location("report.pdf", 1, Box(0, 0, 1, 1))
    left, right = Label("Spain", here), Label("France", here)
    found = only(judge(Labels(SetMode.SAME, (left,), (right,)), kind="same-labels"))
    assert [(e.role, e.text) for e in found.exhibits] == [("left", "Spain"), ("right", "France")]


# One discrepancy, one finding


def test_two_rules_that_say_the_same_make_one_finding() -> None:
    a, b = count(1), count(2)
    found = only(
        judge(same(a, b), "guessed", source=Source.DISCOVERED),
        judge(same(b, a), "soft", severity=Severity.WARNING),
        judge(same(a, b), "hard"),
    )
    assert (found.rule, found.source) == ("hard", Source.DECLARED)


def test_different_figures_make_different_findings() -> None:
    a, b, c = count(1), count(2), count(2)
    assert len(findings([judge(same(a, b)), judge(same(a, c))], DEFAULT)) == 2
    weighted = total(a, b)
    assert len(findings([judge(total(b, a, c)), judge(weighted)], DEFAULT)) == 2


# Fingerprints


def test_a_fingerprint_survives_another_layout_and_order() -> None:
    def printed(page: int, top: float) -> str:
        parts = [count(n, f"Row {n} › Persons", page=page, top=top) for n in (12, 8)]
        parts = parts if page == 1 else parts[::-1]
        return only(judge(total(count(21, "Total ›  Persons", page=page, top=top), *parts))).fingerprint

    assert printed(1, 10) == printed(7, 300)


def test_a_fingerprint_changes_with_print_label_kind_and_verdict() -> None:
    names = {
        only(judge(same(count(1, "A"), count(2, "B")))).fingerprint,
        only(judge(same(count(1, "A"), count(3, "B")))).fingerprint,
        only(judge(same(count(1, "A"), count(2, "C")))).fingerprint,
        only(judge(same(count(1, "A"), count(2, "B")), kind="tie-out")).fingerprint,
        only(judge(same(count(1, "A"), blank("B")))).fingerprint,
    }
    assert len(names) == 5


def test_tables_with_the_same_labels_have_fingerprints_of_their_own() -> None:
    def named(rule: str, *titles: str) -> str:
        return only(replace(judge(same(count(1, "A"), count(2, "B")), rule), titles=titles)).fingerprint

    assert len({named("rule-of-men"), named("rule-of-women"), named("", "Men"), named("", "Women"), named("")}) == 5
    assert named("men", "Men") == named("men", "Persons")
    assert named("", "Men", "Women") == named("", "women", "MEN")


def test_fingerprints_are_unique_within_a_run() -> None:
    twins = [judge(same(count(1, "A"), count(2, "B"))) for _ in range(3)]
    names = [found.fingerprint for found in findings(twins, DEFAULT)]
    assert names == [names[0], f"{names[0]}-2", f"{names[0]}-3"]


def test_suspects_point_at_their_exhibits() -> None:
    stated, part, whole = percent("84"), count(39), count(112)
    others = [judge(same(part, count(39)), "part again"), judge(same(whole, count(112)), "whole again")]
    found = findings([judge(share(stated, part, whole), "the-share", kind="share"), *others], DEFAULT)[0]
    first = found.suspects[0]
    assert found.exhibits[first.figure].figure is stated
    assert (first.should_be, first.satisfies) == (Decimal(35), ("the-share",))
