"""Figures of data sources as operands write them, filters and row sums: text in, model types with columns out.

    aggregate = FUNCTION "(" SOURCE [ "." column ] [ "where" filter ] ")" [ "by" column { "," column } ]
    FUNCTION  = "count" | "distinct" | "sum" | "mean" | "min" | "max"
    filter    = condition { "and" condition }
    condition = column ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) value
              | column [ "not" ] "in" "(" value { "," value } ")"
              | column "is" [ "not" ] "missing"
    row sum   = side ( "=" | "<" | "<=" | ">" | ">=" ) side
    side      = ["-"] part { ("+" | "-") part }
    part      = NUMBER [ "*" column ] | column [ "*" NUMBER ]
    column    = NAME | '"' any '"'
    value     = '"' any '"' | text up to "," ")" or the word "and"

No SQL and no eval: what is not in this grammar is a fault with its column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from validator.model.aggregates import Aggregate, Function
from validator.model.data import Condition, Operator
from validator.model.relations import ZERO, Comparison
from validator.model.row_rules import RowSum

if TYPE_CHECKING:
    from collections.abc import Collection

    from validator.model.data import Filter

AGGREGATES = tuple(one.value for one in Function)
MAX_LENGTH = 2_000  # characters, as of an operand
_NAME = re.compile(r"[^\W\d]\w*")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_VALUE = re.compile(r"(?:(?!\s+and\s)[^,()\"])+", re.IGNORECASE)
_COMPARED = re.compile(r"[=<>]")  # in a value it is another condition, joined in a way that there is not
_SIGNS = ("!=", "<=", ">=", "=", "<", ">")


class DataSyntaxError(Exception):
    """A fault in a text of this language; ``column`` is 0-based inside it."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


class Spot(NamedTuple):
    """A name of a column and where in the text it stands, 0-based."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class AggregateOf:
    """An aggregate inside an operand, with the places of the columns that it names."""

    aggregate: Aggregate
    spots: tuple[Spot, ...] = ()
    at: int = 0

    def __str__(self) -> str:
        return self.aggregate.text


def is_aggregate(text: str, at: int, function: str, sources: Collection[str]) -> bool:
    """Whether what follows the bracket of a function at ``at`` is a source, not a table or a figure."""
    found = _NAME.match(text, at)
    if function not in AGGREGATES or found is None:
        return False
    return found.group() in sources or text[found.end() : found.end() + 1] == "."


def read_aggregate(text: str, start: int, function: str, at: int) -> tuple[AggregateOf, int]:
    """The aggregate whose function begins at ``start`` and whose bracket ends before ``at``; and where it ends."""
    scanner = _Scanner(text, at)
    source = scanner.plain_name("a source")
    column = scanner.column() if scanner.take(".") else ""
    where = scanner.filter() if scanner.word("where") else ()
    scanner.expect(")", f"the source of {function}")
    by: list[str] = []
    if scanner.word("by"):
        by.append(scanner.column())
        while scanner.more_columns():
            by.append(scanner.column())
    if not column and function != Function.COUNT:
        raise DataSyntaxError(f"{function} needs a column: {function}({source}.column)", start)
    written = " ".join(text[start : scanner.at].split())
    made = Aggregate(Function(function), source, column, tuple(by), where, written)
    return AggregateOf(made, tuple(scanner.spots), start), scanner.at


def read_filter(text: str) -> tuple[Filter, tuple[Spot, ...]]:
    """The conditions of a filter that stands alone."""
    scanner = _Scanner(_bounded(text), 0)
    where = scanner.filter()
    scanner.end("conditions are joined by and")
    return where, tuple(scanner.spots)


def read_row_sum(text: str) -> tuple[RowSum, tuple[Spot, ...]]:
    """A relation between the columns of a row."""
    scanner = _Scanner(_bounded(text), 0)
    left, left_constant = scanner.side()
    comparison = scanner.comparison()
    right, right_constant = scanner.side()
    scanner.end("columns are joined by + or -")
    weights: dict[str, Decimal] = {}
    for name, weight in (*left, *((name, -weight) for name, weight in right)):
        weights[name] = weights.get(name, ZERO) + weight
    terms = tuple((name, weight) for name, weight in weights.items() if weight)
    if not terms:
        raise DataSyntaxError("the columns cancel: there is nothing left to check", 0)
    written = " ".join(text.split())
    return RowSum(terms, comparison, left_constant - right_constant, text=written), tuple(scanner.spots)


def _bounded(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise DataSyntaxError(f"a text of {len(text)} characters; at most {MAX_LENGTH} are read", 0)
    return text


class _Scanner:
    """Reads one text from left to right; ``at`` is the next character, ``spots`` the columns that were named."""

    def __init__(self, text: str, at: int) -> None:
        self.text = text
        self.at = at
        self.spots: list[Spot] = []

    # --- signs and words ---

    def skip(self) -> None:
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1

    def take(self, sign: str) -> bool:
        self.skip()
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def expect(self, sign: str, after: str) -> None:
        if not self.take(sign):
            self.fail(f"{sign!r} is missing after {after}")

    def word(self, word: str) -> bool:
        self.skip()
        found = _NAME.match(self.text, self.at)
        if found is None or found.group().lower() != word:
            return False
        self.at = found.end()
        return True

    def end(self, hint: str) -> None:
        self.skip()
        if self.at < len(self.text):
            self.fail(f"{self.text[self.at]!r} is not expected here; {hint}")

    def fail(self, message: str) -> NoReturn:
        raise DataSyntaxError(message, self.at)

    # --- names and values ---

    def plain_name(self, what: str) -> str:
        self.skip()
        found = _NAME.match(self.text, self.at)
        if found is None:
            self.fail(f"the name of {what} is expected here")
        self.at = found.end()
        return found.group()

    def column(self) -> str:
        self.skip()
        start = self.at
        quoted = _QUOTED.match(self.text, self.at)
        if quoted:
            self.at = quoted.end()
            name = quoted.group(1).replace('""', '"')
        else:
            name = self.plain_name("a column (in double quotes where it is more than a word)")
        self.spots.append(Spot(name, start))
        return name

    def more_columns(self) -> bool:
        """Step over a comma that another column follows; one that ends an argument is left."""
        before = self.at
        if self.take(","):
            self.skip()
            follows = _NAME.match(self.text, self.at) or _QUOTED.match(self.text, self.at)
            if follows and self.text[follows.end() : follows.end() + 1] not in ("(", "["):
                return True
        self.at = before
        return False

    def value(self) -> str:
        self.skip()
        quoted = _QUOTED.match(self.text, self.at)
        if quoted:
            self.at = quoted.end()
            return quoted.group(1).replace('""', '"')
        found = _VALUE.match(self.text, self.at)
        if found is None or not found.group().strip():
            self.fail("a value is expected here")
        compared = _COMPARED.search(found.group())
        if compared:
            self.at += compared.start()
            self.fail("conditions are joined by and; a value that holds such a sign is put in double quotes")
        self.at = found.end()
        return found.group().strip()

    # --- filters ---

    def filter(self) -> Filter:
        conditions = [self.condition()]
        while self.word("and"):
            conditions.append(self.condition())
        return tuple(conditions)

    def condition(self) -> Condition:
        column = self.column()
        if self.word("is"):
            negated = self.word("not")
            if not self.word("missing"):
                self.fail("“is” is followed by missing or not missing")
            return Condition(column, Operator.PRESENT if negated else Operator.MISSING)
        negated = self.word("not")
        if self.word("in"):
            self.expect("(", "in")
            values = [self.value()]
            while self.take(","):
                values.append(self.value())
            self.expect(")", "the values")
            return Condition(column, Operator.NOT_IN if negated else Operator.IN, tuple(values))
        sign = None if negated else next((one for one in _SIGNS if self.take(one)), None)
        if sign is None:
            self.fail("a condition needs one of = != < <= > >= in, is missing")
        return Condition(column, Operator(sign), (self.value(),))

    # --- row sums ---

    def comparison(self) -> Comparison:
        sign = next((one for one in sorted(Comparison, key=len, reverse=True) if self.take(one.value)), None)
        return sign or self.fail("a relation needs one of = < <= > >= between its two sides")

    def side(self) -> tuple[list[tuple[str, Decimal]], Decimal]:
        terms: list[tuple[str, Decimal]] = []
        constant = ZERO
        sign = Decimal(-1) if self.take("-") else Decimal(1)
        while True:
            name, weight = self.part()
            if name:
                terms.append((name, sign * weight))
            else:
                constant += sign * weight
            if self.take("+"):
                sign = Decimal(1)
            elif self.take("-"):
                sign = Decimal(-1)
            else:
                return terms, constant

    def part(self) -> tuple[str, Decimal]:
        """A column with its weight, or "" with a constant."""
        self.skip()
        number = _NUMBER.match(self.text, self.at)
        if number is None:
            name = self.column()
            return name, self.number() if self.take("*") else Decimal(1)
        self.at = number.end()
        return (self.column() if self.take("*") else ""), Decimal(number.group())

    def number(self) -> Decimal:
        self.skip()
        found = _NUMBER.match(self.text, self.at)
        if found is None:
            self.fail("a factor must be a number, such as 2 or 0.5")
        self.at = found.end()
        return Decimal(found.group())
