"""Rules, from the file to the checks: kinds with their parameters, a book as written, and rules bound to figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from validator.model.sent import sent

if TYPE_CHECKING:
    from decimal import Decimal

    from validator.model.aggregates import Agreement
    from validator.model.answers import PairOutcome, RowOutcome
    from validator.model.figures import Figure
    from validator.model.findings import Severity
    from validator.model.relations import Relation
    from validator.model.row_rules import RowCheck
    from validator.model.tables import Table
    from validator.model.verdicts import Outcome


class Position(NamedTuple):
    """A place in a rule book; line and column are 1-based."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Takes(StrEnum):
    """What a parameter of a kind takes; the binder resolves the text in the book to the model type in brackets."""

    OPERAND = "operand"  # "deaths", "ages[Total, 2023] + 3 * ages[…]"  [Sum]
    OPERANDS = "operands"  # a list of operands  [tuple[Sum, ...]]
    SERIES = "series"  # a row or a column of a table, or a list of operands: labelled figures in order  [Series]
    TABLE = "table"  # the name of a table; a blank that is missing holds an UNREADABLE figure, a zero none  [Table]
    LABELS = "labels"  # a table's row labels, its column labels, or a list of texts  [tuple[Label, ...]]
    NUMBER = "number"  # [Decimal]
    TEXT = "text"  # [str]
    CHOICE = "choice"  # one of ``choices``  [str]
    FLAG = "flag"  # [bool]
    RELATION = "relation"  # "a + b - 2 * c = d", an operand on either side of =, <, <=, > or >=  [Linear]
    SOURCE = "source"  # the name of a data source  [str]
    COLUMNS = "columns"  # columns of one source, "cases.age" or a list of them  [Chosen]
    FILTER = "filter"  # conditions on the rows of a source: "sex = M and age >= 18"  [Chosen]
    PATTERN = "pattern"  # a regular expression that every engine understands  [str]
    ROW_SUM = "row sum"  # "male + female = total", of columns of one row  [SumOfRow]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A key that a kind of check understands. ``summary`` is for editors and the documentation page."""

    name: str
    takes: Takes
    summary: str
    required: bool = False
    choices: tuple[str, ...] = ()
    many: bool = False  # a list of them is allowed; the value is then a tuple, also where one was given
    least: int | None = None  # the smallest number that makes sense
    above: int | None = None  # a number that is itself too small already
    whole: bool = False  # only whole numbers make sense
    unlabelled: bool = False  # a text of a list may be empty: a row or column without a label


class Point(NamedTuple):
    """One labelled figure of a series."""

    label: str
    figure: Figure


@sent
@dataclass(frozen=True, slots=True)
class Series:
    """Labelled figures in printed order; ``name`` is how a message calls it. ``blanks`` are labels of empty cells.

    ``reckoned`` says that the figures come from data, and ``lacking`` what a label that is not there comes to then:
    zero for counts and sums, None where nothing can be said.
    """

    name: str
    points: tuple[Point, ...]
    blanks: tuple[str, ...] = ()
    reckoned: bool = False
    lacking: Decimal | None = None


Value = "Sum | tuple[Sum, ...] | Series | Table | tuple[Label, ...] | Decimal | str | bool"


@sent
@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule whose parameters have been resolved to figures. ``values`` maps parameter names to model values."""

    kind: str
    rule: str
    values: Mapping[str, object]
    position: Position | None = None
    severity: Severity | None = None
    note: str = ""


def no_relations(bound: BoundRule) -> tuple[Relation, ...]:
    """What a kind means that is about rows of data only."""
    return ()


def no_message(bound: BoundRule, outcome: Outcome) -> str:
    """What such a kind says of relations."""
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of check. ``relations`` says which relations a bound rule means; ``message`` puts an outcome in words.

    ``relations`` raises `Unfit` where the figures named cannot make this check (a table without a total row): a fault
    of the rule, to be reported with its position when it is bound. ``forms`` are sets of parameters of which at least
    one must be given whole; parameters marked ``required`` are needed in every form.

    A kind that is about rows of data says with ``asks`` what is to be asked of the sources, before any document is
    read, and with ``tells`` what came of it; ``asks`` gets only the parameters that need no document.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    relations: Callable[[BoundRule], tuple[Relation, ...]] = no_relations
    message: Callable[[BoundRule, Outcome], str] = no_message
    shorthand: str = ""  # the parameter that a bare value stands for: ``footing: nationality``
    forms: tuple[tuple[str, ...], ...] = ()
    each: bool = False  # operands that are whole rows or columns are taken label by label, as a rule for each
    asks: Callable[[BoundRule], tuple[RowCheck | Agreement, ...]] | None = None
    tells: Callable[[BoundRule, RowOutcome | PairOutcome], str] | None = None

    def meant(self, bound: BoundRule) -> tuple[Relation, ...]:
        """The relations of a bound rule with figures that are told in different units brought into one."""
        from validator.model.scales import in_one_unit  # only where relations are reckoned with

        return tuple(in_one_unit(relation) for relation in self.relations(bound))


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Figures that a book leaves unchecked, with its reason; "" where nobody has given one yet."""

    figures: tuple[Figure, ...]
    reason: str
    position: Position


@dataclass(frozen=True, slots=True)
class Binding:
    """What a rule book comes to on the documents of a run.

    ``relations`` are those that each of ``rules`` means; what no misprint could break is left out (`model.vacuity`).
    """

    rules: tuple[BoundRule, ...] = ()
    relations: tuple[tuple[Relation, ...], ...] = ()
    unchecked: tuple[Unchecked, ...] = field(default=())
    schemas: tuple[tuple[Table, str, Position], ...] = field(default=())  # table, schema file, where it is named
    warnings: tuple[str, ...] = field(default=())  # a name that no rule uses


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that the authors accept, by its fingerprint; ``date`` is written YYYY-MM-DD.

    ``rows`` is how many rows or groups of data it accepts at most, where the finding is about such.
    """

    fingerprint: str
    reason: str
    name: str
    date: str
    position: Position
    rows: int | None = None
