"""Relations that one change of one figure mends are one finding; what rules ask for is not gathered."""

from __future__ import annotations

from tests.explain.figures import count, judge, same, total
from validator.explain import findings
from validator.model.findings import Source
from validator.model.settings import DEFAULT


def _relations(source: Source) -> list[object]:
    """A total that is printed twice and sums twice, once misprinted."""
    wrong, right = count(130, "Total"), count(120, "Total again")
    by_sex = (count(50, "Men"), count(70, "Women"))
    by_age = (count(35, "Young"), count(85, "Old"))
    relations = (total(wrong, *by_sex), total(wrong, *by_age), total(right, *by_sex), total(right, *by_age))
    return [judge(relation, f"r{n}", source=source) for n, relation in enumerate((*relations, same(wrong, right)))]


def test_one_misprint_is_one_finding() -> None:
    (finding,) = findings(_relations(Source.DISCOVERED), DEFAULT)  # type: ignore[arg-type]
    best = finding.suspects[0]
    assert finding.exhibits[best.figure].text == "130"
    assert best.should_be == 120
    assert {exhibit.text for exhibit in finding.exhibits} == {"130", "120", "50", "70", "35", "85"}
    assert "2 other checks call for the same correction" in finding.message


def test_rules_answer_for_themselves() -> None:
    assert len(findings(_relations(Source.DECLARED), DEFAULT)) == 3  # type: ignore[arg-type]
