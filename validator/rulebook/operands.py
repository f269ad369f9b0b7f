"""The operand language: ``nationality[Nigeria] + 2 * victims`` in, a small tree out. No eval, bounded, with columns.

    relation = operand ( "=" | "<" | "<=" | ">" | ">=" ) operand
    operand  = ["-"] term { ("+" | "-") term }
    term     = NUMBER [ "*" atom ] | atom [ "*" NUMBER ]
    atom     = reference | "sum" "(" operand { "," operand } ")" | "count" "(" reference ")" | "(" operand ")"
    atom     = … | aggregate, where the first name in the brackets is that of a data source (see `aggregates`)
    reference = NAME [ "[" path [ "," path ] "]" ]
    path     = label { ">" label }
    label    = { text | '"' any '"' | "*" } [ "#" DIGITS ]

Inside brackets a label is whatever is printed, spaces and dots included; only ``, > # [ ] * "`` mean something there.
``*`` inside a label stands for any text. Names are letters, digits and underscores. Parsing and printing are inverse:
``parse(str(tree)) == tree``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.model.relations import Comparison
from validator.rulebook.aggregates import AGGREGATES, DataSyntaxError, is_aggregate, read_aggregate
from validator.rulebook.faults import suggestion
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
)

if TYPE_CHECKING:
    from collections.abc import Collection

NAME = re.compile(r"[^\W\d]\w*")
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NTH = re.compile(r"[0-9]{1,6}")
_BARE = re.compile(r'[^,>#\[\]*"]+')
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_OF_SOURCE = re.compile(r"([^\W\d]\w*)\s*(?:\)\s*by\b|\s(?:where|by)\b)")  # only a source is followed so
FUNCTIONS = ("sum", "count")
MAX_LENGTH = 2_000  # characters: a sum over forty named cells has about 1,500
MAX_DEPTH = 20  # brackets within brackets: people write two or three


class OperandError(Exception):
    """A fault in an operand; ``column`` is 0-based inside it."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


def parse(text: str, sources: Collection[str] = ()) -> Operand:
    """The tree of an operand; ``sources`` are the names of data sources. Raises OperandError."""
    if len(text) > MAX_LENGTH:
        raise OperandError(f"an operand of {len(text)} characters; at most {MAX_LENGTH} are read", 0)
    parser = _Parser(text, sources)
    operand = parser.operand(0)
    parser.end()
    return operand


def parse_relation(text: str, sources: Collection[str] = ()) -> Equation:
    """The tree of "operand = operand". Raises OperandError."""
    if len(text) > MAX_LENGTH:
        raise OperandError(f"a relation of {len(text)} characters; at most {MAX_LENGTH} are read", 0)
    parser = _Parser(text, sources)
    left = parser.operand(0)
    comparison = parser.comparison()
    right = parser.operand(0)
    parser.end()
    return Equation(left, comparison, right)


class _Parser:
    """Recursive descent over one text; ``at`` is the next character."""

    def __init__(self, text: str, sources: Collection[str] = ()) -> None:
        self.text = text
        self.sources = sources
        self.at = 0

    def peek(self) -> str:
        """The next character that is not white space, or "" at the end."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def take(self, character: str) -> bool:
        """Step over ``character`` if it comes next."""
        if self.peek() != character:
            return False
        self.at += 1
        return True

    def expect(self, character: str, after: str) -> None:
        """Step over ``character`` or fail."""
        if not self.take(character):
            raise self.fault(f"{character!r} is missing after {after}")

    def fault(self, message: str) -> OperandError:
        """An error at the next character."""
        return OperandError(message, self.at)

    def end(self) -> None:
        """Fail unless all was read."""
        if rest := self.peek():
            raise self.fault(f"{rest!r} is not expected here; operands are joined by + or -")

    def comparison(self) -> Comparison:
        self.peek()
        for sign in sorted(Comparison, key=len, reverse=True):
            if self.text.startswith(sign.value, self.at):
                self.at += len(sign.value)
                return sign
        raise self.fault("a relation needs one of = < <= > >= between its two sides")

    def operand(self, depth: int) -> Operand:
        if depth > MAX_DEPTH:
            raise self.fault(f"brackets nested more than {MAX_DEPTH} deep")
        terms = [(not self.take("-"), self.term(depth))]
        while (sign := self.peek()) in ("+", "-") and sign:
            self.at += 1
            terms.append((sign == "+", self.term(depth)))
        if len(terms) == 1 and terms[0][0]:
            return terms[0][1]
        return Added(tuple(terms))

    def term(self, depth: int) -> Operand:
        self.peek()
        number = NUMBER.match(self.text, self.at)
        if number is None:
            atom = self.atom(depth)
            return Scaled(self.number("a factor"), atom) if self.take("*") else atom
        weight = self.number("")
        return Scaled(weight, self.atom(depth)) if self.take("*") else Constant(weight)

    def number(self, what: str) -> Decimal:
        self.peek()
        found = NUMBER.match(self.text, self.at)
        if found is None:
            raise self.fault(f"{what} must be a number, such as 2 or 0.5")
        self.at = found.end()
        return Decimal(found.group())

    def atom(self, depth: int) -> Operand:
        if self.take("("):
            inner = self.operand(depth + 1)
            self.expect(")", "the operand in brackets")
            return inner
        start = self.at
        name = NAME.match(self.text, self.at)
        if name is None:
            raise self.fault("a name or a number is expected here" if self.peek() else "the operand ends too early")
        self.at = name.end()
        if self.peek() == "(":
            return self.function(name.group(), start, depth + 1)
        return self.reference(name.group(), start)

    def function(self, name: str, start: int, depth: int) -> Operand:
        self.expect("(", name)
        self.peek()
        if is_aggregate(self.text, self.at, name, self.sources):
            return self.aggregate(name, start)
        source = _OF_SOURCE.match(self.text, self.at) if name in AGGREGATES else None
        if source is not None:
            hint = suggestion(source[1], self.sources)
            raise OperandError(f"no source {source[1]!r}{hint or '; sources are declared under `sources`'}", self.at)
        if name in AGGREGATES and name not in FUNCTIONS:
            raise OperandError(f"{name}( ) takes a column of a source: {name}(cases.age)", start)
        if name not in FUNCTIONS:
            raise OperandError(f"there is no function {name!r}; there are {', '.join(AGGREGATES)}", start)
        arguments = [self.operand(depth)]
        while self.take(","):
            arguments.append(self.operand(depth))
        self.expect(")", f"the arguments of {name}")
        if name == "sum":
            return SumOf(tuple(arguments))
        if len(arguments) != 1 or not isinstance(arguments[0], Reference):
            raise OperandError("count( ) takes one row or column, such as count(ages[*])", start)
        return CountOf(arguments[0])

    def aggregate(self, name: str, start: int) -> Operand:
        try:
            found, self.at = read_aggregate(self.text, start, name, self.at)
        except DataSyntaxError as error:
            raise OperandError(str(error), error.column) from error
        return found

    def reference(self, name: str, start: int) -> Reference:
        if not self.take("["):
            return Reference(name, at=start)
        row = self.path()
        column = self.path() if self.take(",") else ()
        if self.peek() == ",":
            raise self.fault('a row and a column are all; put a label that holds "," in double quotes')
        self.expect("]", "the label")
        return Reference(name, row, column, at=start)

    def path(self) -> tuple[LabelPattern, ...]:
        labels = [self.label()]
        while self.take(">"):
            labels.append(self.label())
        return tuple(labels)

    def label(self) -> LabelPattern:
        self.peek()
        parts, written = [""], False
        while self.at < len(self.text):
            if quoted := _QUOTED.match(self.text, self.at):
                parts[-1] += quoted.group(1).replace('""', '"')
                self.at = quoted.end()
            elif self.text[self.at] == '"':
                raise self.fault('the closing " is missing')
            elif self.text[self.at] == "*":
                parts.append("")
                self.at += 1
            elif bare := _BARE.match(self.text, self.at):
                # Space around a label is layout; within it, it is print.
                ends = self.text[bare.end() : bare.end() + 1] not in ("*", '"')
                parts[-1] += bare.group().rstrip() if ends else bare.group()
                self.at = bare.end()
            else:
                break
            written = True
        if not written:
            raise self.fault("a label is missing here")
        return LabelPattern(tuple(parts), self.nth())

    def nth(self) -> int | None:
        if not self.take("#"):
            return None
        found = _NTH.match(self.text, self.at)
        if found is None or int(found.group()) == 0:
            raise self.fault("# is followed by a number from 1 on: the second row of that label is Label#2")
        self.at = found.end()
        return int(found.group())
