"""Rules and aggregates as SQL expressions for DuckDB: model types and column sorts in, text of SQL out.

Every name and value that comes from a file or a rule book is quoted here, by `name` and `text`; nothing else may put
one into a statement. A missing value, NaN included, is made explicit, so that no default of the engine decides what it
means. No number is compared in binary floating point unless docs/data.md says why that is exact. Nothing is run here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.data.literals import bounds_of, number_literal, typed
from validator.data.meanings import (
    DECIMALS,
    EXACTLY_SCALED,
    LARGEST,
    LIMITS,
    NUMERAL,
    POWER,
    SPELT,
    Doubt,
    doubt,
    keys_alike,
    needed,
    precise,
    reads_numbers,
)
from validator.model.aggregates import Function
from validator.model.data import Operator, Sort
from validator.model.row_rules import (
    InRange,
    InSet,
    KeyIn,
    LengthWithin,
    Matches,
    NotInSet,
    NotNull,
    Occurs,
    OfSort,
    RowSum,
    Unique,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from validator.model.aggregates import Aggregate
    from validator.model.data import Column, Condition, Filter
    from validator.model.row_rules import RowRule

    Columns = Mapping[str, Column]

EXACT = f"DECIMAL(38, {DECIMALS})"
_TYPES = {Sort.DATE: "DATE", Sort.TIME: "TIMESTAMP", Sort.FLAG: "BOOLEAN", Sort.DOUBLE: "DOUBLE"}


def name(identifier: str) -> str:
    """An identifier, quoted."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text, quoted."""
    return "'" + value.replace("'", "''") + "'"


def no_nan(value: str) -> str:
    """Whether a double is a number, or infinite.

    Not by isnan: DuckDB 2.0 answers that from the statistics of a Parquet file, which leave NaN out, and finds none.
    In a filter it answers isfinite of a bare column so, too; it keeps no statistics of a product.
    """
    return f"(isfinite({value} * 0) OR isinf({value}))"


def _of_double(value: str) -> str:
    """A double as the shortest decimal number that is read as it; null where it is too large or not finite."""
    return (
        f"CASE WHEN abs({value}) < {EXACTLY_SCALED} THEN TRY_CAST({value} AS {EXACT}) "
        f"WHEN abs({value}) < {LARGEST} THEN TRY_CAST(CAST({value} AS VARCHAR) AS {EXACT}) END"
    )


def _places(value: str) -> str:
    """How many decimals a double is printed with."""
    steps = " ".join(f"WHEN round({value}, {places}) = {value} THEN {places}" for places in range(DECIMALS))
    return f"CASE {steps} ELSE {DECIMALS} END"


def _spells(value: str, pattern: str) -> str:
    """Whether a text matches a pattern as a whole."""
    return f"regexp_full_match({value}, {text(pattern)})"


class Dialect:
    """SQL of one source: its columns, and how its texts write numbers."""

    def __init__(self, columns: Columns, decimal: str = "", thousands: str = "") -> None:
        self.columns = columns
        self._decimal = decimal
        self._thousands = thousands

    # --- values ---

    def present(self, column: str) -> str:
        """Whether a value is there; NaN is none."""
        quoted = name(column)
        there = f"{quoted} IS NOT NULL"
        return f"({there} AND {no_nan(quoted)})" if self._sort(column) is Sort.DOUBLE else there

    def number(self, column: str) -> str:
        """A value as an exact number; null where it is missing or is none."""
        quoted = name(column)
        match self._sort(column):
            case Sort.WHOLE:
                return f"CAST({quoted} AS HUGEINT)"
            case Sort.DECIMAL:
                return quoted
            case Sort.DOUBLE:
                return _of_double(quoted)
            case _:
                plain = self._plain(column)
                power = f"TRY_CAST({plain} AS DOUBLE)"
                return (
                    f"CASE WHEN {_spells(plain, NUMERAL)} THEN TRY_CAST({plain} AS {EXACT}) "
                    f"WHEN {_spells(plain, POWER)} THEN {_of_double(power)} END"
                )

    def decimals(self, column: str) -> str:
        """How many decimals a value is printed with; null where it is missing or is no number."""
        quoted = name(column)
        match self._sort(column):
            case Sort.WHOLE:
                return "0"
            case Sort.DECIMAL:
                return str(self.columns[column].decimals)
            case Sort.DOUBLE:
                return f"CASE WHEN isfinite({quoted} * 0) THEN {_places(quoted)} END"
            case _:
                plain = self._plain(column)
                printed = f"least(length(split_part(trim({plain}), '.', 2)), {DECIMALS})"
                power = _places(f"TRY_CAST({plain} AS DOUBLE)")
                return (
                    f"CASE WHEN {_spells(plain, NUMERAL)} THEN {printed} WHEN {_spells(plain, POWER)} THEN {power} END"
                )

    def _plain(self, column: str) -> str:
        """A text with a decimal point and no thousands separators."""
        shown = name(column)
        if self._thousands:
            shown = f"replace({shown}, {text(self._thousands)}, '')"
        return f"replace({shown}, {text(self._decimal)}, '.')" if self._decimal not in ("", ".") else shown

    def _sort(self, column: str) -> Sort:
        return self.columns[column].sort

    def _measured(self, column: str) -> str:
        """A value as it is held against a constant; a text as the number it spells."""
        return self.number(column) if self._sort(column) is Sort.TEXT else name(column)

    def literal(self, value: str, column: str, *, measured: bool = False) -> str:
        """A value of a rule book as the column's own type; ``measured`` where a text column is read as numbers."""
        sort = Sort.DECIMAL if measured and self._sort(column) is Sort.TEXT else self._sort(column)
        plain = typed(value, sort)
        if sort is Sort.TEXT:
            return text(plain)
        if sort in (Sort.WHOLE, Sort.DECIMAL):
            return plain
        return f"CAST({text(plain)} AS {_TYPES[sort]})"

    # --- conditions ---

    def where(self, conditions: Filter) -> str:
        """All conditions of a filter; "" where there is none."""
        return " AND ".join(f"({self._condition(one)})" for one in conditions)

    def _condition(self, one: Condition) -> str:
        quoted, there = name(one.column), self.present(one.column)
        if one.operator in (Operator.MISSING, Operator.PRESENT):
            return there if one.operator is Operator.PRESENT else f"NOT {there}"
        values = [self.literal(value, one.column) for value in one.values]
        match one.operator:
            case Operator.EQUAL | Operator.IN:
                return f"{quoted} IN ({', '.join(values)}) AND {there}"
            case Operator.UNEQUAL | Operator.NOT_IN:
                return f"NOT {there} OR {quoted} NOT IN ({', '.join(values)})"
            case _:
                return f"{quoted} {one.operator.value} {values[0]} AND {there}"

    # --- rules ---

    def asked(self, rule: RowRule) -> str:
        """Whether a row has what the rule is about; "" where every row has."""
        return " AND ".join(self.present(column) for column in needed(rule))

    def unsure(self, rule: RowRule) -> str:
        """Whether a row cannot be decided; "" where every row can."""
        if not isinstance(rule, RowSum):
            return ""
        return f"({self._gap(rule)}) IS NULL"

    def fails(self, rule: RowRule, tolerance: Decimal, others: str = "") -> str:
        """Whether a row breaks the rule; null counts as no.

        ``tolerance`` is how far a row sum may be off; ``others`` tells whether another source has the key
        (`found_in`).
        """
        match rule:
            case NotNull(column=column):
                return f"NOT {self.present(column)}"
            case InSet(column=column, values=values):
                allowed = ", ".join(self.literal(value, column) for value in values)
                return f"{name(column)} NOT IN ({allowed}) AND {self.present(column)}"
            case NotInSet(column=column, values=values):
                refused = ", ".join(self.literal(value, column) for value in values)
                return f"{name(column)} IN ({refused}) AND {self.present(column)}"
            case InRange():
                return self._outside(rule)
            case Matches(column=column, pattern=pattern):
                return f"NOT regexp_full_match(CAST({name(column)} AS VARCHAR), {text(pattern)})"
            case LengthWithin(column=column, least=least, most=most):
                size = f"length(CAST({name(column)} AS VARCHAR))"
                ends = ([] if least is None else [f"{size} < {least}"]) + ([] if most is None else [f"{size} > {most}"])
                return " OR ".join(ends)
            case OfSort():
                return self._of_other_sort(rule)
            case RowSum():
                return self._off(rule, tolerance)
            case KeyIn():
                return f"{self.asked(rule)} AND NOT coalesce({others}, false)"
            case Unique() | Occurs():
                raise TypeError("duplicates and what occurs are found by counting, not row by row")

    def _outside(self, rule: InRange) -> str:
        column = rule.column
        ends = [
            f"{self._measured(column)} {sign} {self.literal(bound, column, measured=True)}"
            for sign, bound in bounds_of(rule)
        ]
        outside = f"({' OR '.join(ends)})"
        if self._sort(column) is Sort.TEXT:  # what is no number lies in no range
            return f"{outside} OR {name(column)} IS NOT NULL AND {self._measured(column)} IS NULL"
        return f"{outside} AND {self.present(column)}" if self._sort(column) is Sort.DOUBLE else outside

    def _of_other_sort(self, rule: OfSort) -> str:
        column, quoted = rule.column, name(rule.column)
        match question := doubt(rule.sort, self._sort(column)):
            case Doubt.NEVER:
                return "false"
            case Doubt.ALWAYS:
                return self.present(column)
            case Doubt.FRACTION:
                return f"{quoted} <> trunc({quoted}) AND {self.present(column)}"
            case Doubt.NUMERAL:
                return f"{quoted} IS NOT NULL AND {self.number(column)} IS NULL"
            case Doubt.WHOLE_NUMERAL:
                number = self.number(column)
                return f"{quoted} IS NOT NULL AND ({number} IS NULL OR {number} <> trunc({number}))"
            case _:
                return f"NOT {_spells(quoted, SPELT[question])}"

    def _gap(self, rule: RowSum) -> str:
        """What the terms and the constant of a row sum come to; null where one is missing or it is too large."""
        terms = [f"{number_literal(weight)} * {self.number(column)}" for column, weight in rule.terms]
        constant = [number_literal(rule.constant)] if rule.constant else []
        return f"TRY({' + '.join((*terms, *constant))})"

    def _off(self, rule: RowSum, tolerance: Decimal) -> str:
        gap, slack = self._gap(rule), number_literal(tolerance)
        limit = LIMITS.get(rule.comparison)
        if limit is not None:
            return f"{gap} {limit.sign} {number_literal(limit.side * tolerance)}"
        return f"{gap} <> 0" if not tolerance else f"abs({gap}) > {slack}"

    def key_shown(self, column: str) -> str:
        """A value to group by; NaN belongs to the missing ones."""
        quoted = name(column)
        return f"CASE WHEN {no_nan(quoted)} THEN {quoted} END" if self._sort(column) is Sort.DOUBLE else quoted

    def found_in(self, rule: KeyIn, other: Dialect, relation: str) -> str:
        """Whether the key of a row is one of another source; null where it has a number too large to be reckoned with.

        Values are compared as they are, or as exact numbers where one source has them as another sort of number.
        """
        ours = [self.columns[one] for one in rule.columns]
        theirs = [other.columns[one] for one in rule.other_columns]
        alike = keys_alike(ours, theirs)
        there = " AND ".join(other.present(column) for column in rule.other_columns)
        known = f"SELECT {other._key(rule.other_columns, alike)} FROM {relation} WHERE {there}"
        return f"{self._key(rule.columns, alike)} IN ({known})"

    def _key(self, columns: tuple[str, ...], alike: tuple[bool, ...]) -> str:
        keys = [name(one) if same else self.number(one) for one, same in zip(columns, alike, strict=True)]
        return keys[0] if len(keys) == 1 else f"({', '.join(keys)})"

    # --- aggregates ---

    def reckoned(self, aggregate: Aggregate) -> dict[str, str]:
        """The parts of an aggregate by what they are: rows, size, and perhaps value, read and decimals."""
        column, chosen = aggregate.column, self.where(aggregate.where)
        rows = f"count_if({chosen})" if chosen else "count(*)"
        if not column:
            return {"rows": rows, "size": rows}
        there = f"{chosen} AND {self.present(column)}" if chosen else self.present(column)
        parts = {"rows": rows, "size": f"count_if({there})"}
        if aggregate.function is Function.DISTINCT:
            return parts | {"value": f"count(DISTINCT CASE WHEN {there} THEN {name(column)} END)"}
        if not reads_numbers(aggregate):
            return parts
        number = f"CASE WHEN {there} THEN {self.number(column)} END"
        ends = aggregate.function in (Function.MIN, Function.MAX)
        parts["value"] = f"{aggregate.function.value if ends else 'sum'}({number})"
        if precise(self.columns[column]):
            return parts
        decimals = f"CASE WHEN {there} THEN {self.decimals(column)} END"
        return parts | {"read": f"count({number})", "decimals": f"max({decimals})"}
