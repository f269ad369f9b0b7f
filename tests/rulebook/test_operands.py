"""The operand language: parsing and printing are inverse, and garbage is refused with a column."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.model.relations import Comparison
from validator.rulebook.operands import FUNCTIONS, OperandError, parse, parse_relation
from validator.rulebook.operands_tree import (
    Added,
    Constant,
    CountOf,
    Equation,
    LabelPattern,
    Operand,
    Reference,
    Scaled,
    SumOf,
    references,
)

NAMES = st.from_regex(r"[a-zæøå][a-z0-9_]{0,6}", fullmatch=True).filter(lambda name: name not in FUNCTIONS)
NUMBERS = st.decimals(0, 1000, places=2).map(lambda value: Decimal(f"{value:f}"))
TEXTS = st.text(alphabet=st.sampled_from('abÅ 1-/().,>#[]*"+'), max_size=8)
LABELS = st.builds(
    LabelPattern,
    st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    st.one_of(st.none(), st.integers(1, 99)),
)
PATHS = st.lists(LABELS, min_size=1, max_size=3).map(tuple)
REFERENCES = st.one_of(
    st.builds(Reference, NAMES),
    st.builds(Reference, NAMES, PATHS),
    st.builds(Reference, NAMES, PATHS, PATHS),
)


def larger(inner: st.SearchStrategy[Operand]) -> st.SearchStrategy[Operand]:
    terms = st.lists(st.tuples(st.booleans(), inner), min_size=2, max_size=4).map(lambda found: Added(tuple(found)))
    return st.one_of(
        st.builds(Scaled, NUMBERS, inner),
        terms,
        inner.map(lambda one: Added(((False, one),))),
        st.lists(inner, min_size=1, max_size=3).map(lambda found: SumOf(tuple(found))),
    )


OPERANDS = st.recursive(
    st.one_of(REFERENCES, NUMBERS.map(Constant), st.builds(CountOf, REFERENCES)), larger, max_leaves=6
)


@given(OPERANDS)
def test_printed_operands_parse_to_themselves(operand: Operand) -> None:
    assert parse(str(operand)) == operand


@given(OPERANDS, st.sampled_from(list(Comparison)), OPERANDS)
def test_printed_relations_parse_to_themselves(left: Operand, comparison: Comparison, right: Operand) -> None:
    equation = Equation(left, comparison, right)
    assert parse_relation(str(equation)) == equation


def column_of_fault(read: Callable[[str], object], text: str) -> int:
    """Where a reader stops; the end of the text where it does not."""
    try:
        read(text)
    except OperandError as error:
        return error.column
    return len(text)


@given(st.text(alphabet=st.sampled_from('ab1.[]()>,#*"+-= sumcount'), max_size=40))
def test_garbage_never_crashes(text: str) -> None:
    for read in (parse, parse_relation):
        assert 0 <= column_of_fault(read, text) <= len(text)


@given(st.text(max_size=30))
def test_any_text_never_crashes(text: str) -> None:
    assert 0 <= column_of_fault(parse, text) <= len(text)


def test_what_the_documentation_shows() -> None:
    women = LabelPattern(("Women", ""))
    assert parse("sum(detail[* > Women*])") == SumOf((Reference("detail", (LabelPattern(("", "")), women)),))
    assert parse('ages["Total, all"]') == Reference("ages", (LabelPattern(("Total, all",)),))
    assert parse("detail[North#2 > Women / over 18]") == Reference(
        "detail", (LabelPattern(("North",), 2), LabelPattern(("Women / over 18",)))
    )
    assert parse("a + b - 2 * c + 10") == Added(
        (
            (True, Reference("a")),
            (True, Reference("b")),
            (False, Scaled(Decimal(2), Reference("c"))),
            (True, Constant(Decimal(10))),
        )
    )
    assert parse("c * 2") == parse("2 * c")
    assert parse_relation("a <= 2 * b").comparison is Comparison.LESS_EQUAL


@pytest.mark.parametrize("text", ["a[x] ", " a [ x ] ", "a[ x]"])
def test_space_around_labels_is_layout(text: str) -> None:
    assert parse(text) == Reference("a", (LabelPattern(("x",)),))


def test_references_come_from_left_to_right_with_their_columns() -> None:
    found = list(references(parse("a + sum(b[x], 2 * c) - count(d[*])")))
    assert [(one.name, one.at) for one in found] == [("a", 0), ("b", 8), ("c", 18), ("d", 29)]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a +", 3),
        ("a[x", 3),
        ("a[x]]", 4),
        ('a["x]', 2),
        ("a[x#0]", 4),
        ("max(a)", 0),
        ("a b", 2),
        ("", 0),
        ("2 * 3", 4),
    ],
)
def test_faults_carry_their_column(text: str, column: int) -> None:
    with pytest.raises(OperandError) as raised:
        parse(text)
    assert raised.value.column == column


def test_long_and_deep_operands_are_refused() -> None:
    for text in ("a + " * 1000 + "a", "(" * 1000 + "a" + ")" * 1000, "sum(" * 200 + "a" + ")" * 200):
        with pytest.raises(OperandError):
            parse(text)
