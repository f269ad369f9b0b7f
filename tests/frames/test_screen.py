"""The screen never lets through what pandera refuses."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validator.frames.columns import columns_of
from validator.frames.screen import passes
from validator.model.figures import Figure, NumeralKind
from validator.model.intervals import Interval
from validator.model.locations import Box, Location
from validator.model.tables import Cell, Header, Role, Stub, Table

BOX = Box(0, 0, 1, 1)
PLACE = Location("report.pdf", 1, BOX)


def cell(value: object) -> Cell:
    if isinstance(value, int | Decimal):
        number = Decimal(value)
        kind = NumeralKind.COUNT if isinstance(value, int) else NumeralKind.DECIMAL
        return Cell(str(value), BOX, Figure(str(value), number, Interval.exactly(number), kind, PLACE))
    return Cell(str(value or ""), BOX)


def table(names: list[str], labels: list[str], rows: list[list[object]]) -> Table:
    stubs = tuple(Stub(label, 0, (label,), Role.BODY, page=1, box=BOX) for label in labels)
    headers = tuple(Header((name,)) for name in names)
    cells = tuple(tuple(cell(value) for value in row) for row in rows)
    return Table("report.pdf", 1, BOX, headers, stubs, cells)


NUMBERS = st.one_of(
    st.none(),
    st.integers(-3, 5),
    st.integers(-(2**70), 2**70),
    st.decimals(-3, 5, places=1, allow_nan=False),
)
TEXTS = st.one_of(st.none(), st.sampled_from(["a", "ab", "Ab1", "", "å", "12", "a\nb"]))
NAMES = st.sampled_from(["2019", "2020", "Deaths", "a", "ab", ""])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    names = draw(st.lists(NAMES, min_size=1, max_size=3))
    labels = draw(st.lists(st.sampled_from(["a", "b", "Total", "", "å", "12"]), min_size=0, max_size=4))
    sorts = [draw(st.sampled_from([st.integers(0, 4), NUMBERS, TEXTS])) for _ in names]
    return table(names, labels, [[draw(sort) for sort in sorts] for _ in labels])


BOUNDS = st.one_of(st.integers(-3, 5), st.sampled_from([0.5, 1.1, 2**53 + 1, True, "1"]))
PATTERNS = st.sampled_from(["^a", "a$", "[0-9]+", ".*", "(", "^.{2}$", "A|b", r"\d", "^$"])
CHECKS = st.fixed_dictionaries(
    {},
    optional={
        "ge": BOUNDS,
        "greater_than": BOUNDS,
        "le": BOUNDS,
        "lt": BOUNDS,
        "in_range": st.fixed_dictionaries(
            {"min_value": BOUNDS, "max_value": BOUNDS}, optional={"include_min": st.booleans()}
        ),
        "isin": st.lists(st.one_of(st.integers(0, 4), st.sampled_from(["a", "ab", 1.0])), max_size=5),
        "str_matches": PATTERNS,
        "str_length": st.fixed_dictionaries(
            {}, optional={"min_value": st.integers(0, 3), "max_value": st.integers(0, 3)}
        ),
        "equal_to": st.integers(0, 1),
        "nullable": st.booleans(),
        "unique": st.booleans(),
        "coerce": st.booleans(),
    },
)
FEW = CHECKS.map(lambda part: dict(list(part.items())[:3]))
PARTS = st.builds(
    lambda dtype, regex, required, part: {**part, **dtype, **regex, **required},
    st.sampled_from([{}, {}, {"dtype": "Int64"}, {"dtype": "string"}, {"dtype": "object"}, {"dtype": "float64"}]),
    st.sampled_from([{}, {"regex": True}]),
    st.sampled_from([{}, {"required": False}]),
    FEW,
)
SCHEMAS = st.fixed_dictionaries(
    {
        "columns": st.dictionaries(
            st.sampled_from(["2019", "a", ".*", "^(19|20)[0-9]{2}$", "D", "("]), PARTS, max_size=2
        )
    },
    optional={
        "index": st.lists(
            st.builds(lambda a, b: {**a, **b}, FEW, st.sampled_from([{}, {"dtype": "string"}, {"name": "label"}])),
            min_size=1,
            max_size=1,
        ),
        "strict": st.booleans(),
        "coerce": st.booleans(),
        "ordered": st.booleans(),
    },
)


def pandera_passes(one: Table, schema: dict[str, Any]) -> bool:
    from pandera import errors
    from pandera.io import pandas_io

    from validator.frames.frame import to_frame

    try:
        pandas_io.deserialize_schema(deepcopy(schema)).validate(to_frame(one), lazy=True)
    except (errors.SchemaErrors, errors.SchemaError, errors.SchemaDefinitionError, TypeError, ValueError):
        return False
    return True


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(tables(), SCHEMAS)
def test_what_the_screen_passes_pandera_passes(one: Table, schema: dict[str, Any]) -> None:
    if passes(columns_of(one), schema):
        assert pandera_passes(one, schema)


COUNTS = {"columns": {".*": {"regex": True, "dtype": "Int64", "nullable": True, "ge": 0}}}


@pytest.mark.parametrize(
    ("names", "rows", "schema"),
    [
        (["2019", "2020"], [[1, None], [2, 3]], COUNTS),
        (["n"], [[1], [2]], {"columns": {"n": {"in_range": {"min_value": 1, "max_value": 2}, "unique": True}}}),
        (["n"], [[Decimal("1.5")], [2]], {"columns": {"n": {"dtype": "object", "lt": 2.5}}, "strict": True}),
        (["t"], [["ab"], ["b"]], {"columns": {"t": {"str_length": {"max_value": 2}, "str_matches": "[ab]"}}}),
        (["t"], [["a"], ["b"]], {"columns": {}, "index": [{"name": "label", "isin": ["x", "y"], "unique": True}]}),
    ],
)
def test_the_screen_is_sure_of_plain_cases(names: list[str], rows: list[list[object]], schema: dict[str, Any]) -> None:
    one = table(names, ["x", "y"], rows)
    assert passes(columns_of(one), schema)
    assert pandera_passes(one, schema)


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ([[-1], [2]], {"ge": 0}),
        ([[1], [None]], {"dtype": "Int64"}),
        ([[1], [1]], {"unique": True}),
        ([[1], [2]], {"dtype": "string"}),
        ([[1], [2]], {"some_new_check": 3}),
    ],
)
def test_the_screen_leaves_the_rest_to_pandera(rows: list[list[object]], part: dict[str, Any]) -> None:
    assert not passes(columns_of(table(["n"], ["x", "y"], rows)), {"columns": {"n": part}})
