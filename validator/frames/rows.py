"""A pandera schema as rules on the rows of a data source: schema and columns in, rules that an engine runs out.

Each of pandera's built-in checks is a rule that the engine counts exactly, so that no backend decides what a duplicate
is, and examples of millions of failing rows stay few. What a schema says of the columns themselves (one that is
missing, one too many, out of order) needs no engine and is decided here; what it says of those that are there still is
asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.frames.misfits import Misfit, misfits
from validator.frames.schema import load
from validator.model import asking, wording
from validator.model.answers import ColumnFault, ColumnOutcome, RowOutcome
from validator.model.data import Sort
from validator.model.errors import Problem, RuleError
from validator.model.findings import Severity
from validator.model.names import nearest
from validator.model.row_rules import InRange, InSet, NotInSet, NotNull, Occurs, RowCheck, Unique, columns_of
from validator.model.rules import BoundRule, Position

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.frames.demands import Demand, ValueRule
    from validator.frames.schema import Part, Schema
    from validator.model.answers import SourceOutcome
    from validator.model.data import Column
    from validator.model.row_rules import RowRule

KIND = "schema"
_MIDNIGHT = " 00:00:00"  # as pandera writes a day


def row_rules(
    named: str, source: str, columns: Mapping[str, Column], position: Position
) -> list[tuple[BoundRule, tuple[RowCheck, ...]]]:
    """Every rule of a schema on columns that are there. Raises RuleError where the schema cannot be used."""
    schema = load(named)
    compiler = _Compiler(schema, source, columns, position)
    for part in (*schema.columns, *((schema.everywhere,) if schema.everywhere else ())):
        for name in filter(part.matches, columns):
            compiler.column(part, name)
    for part in schema.index:
        compiler.index(part)
    for together in schema.unique:
        compiler.together(together)
    if compiler.problems:
        raise RuleError(tuple(compiler.problems))
    return [(bound, (check,)) for check, bound in compiler.checks.items()]


def column_faults(
    named: str, source: str, file: str, names: Sequence[str], position: Position
) -> list[tuple[BoundRule, ColumnOutcome]]:
    """Every column that is missing, too many, of one name with another, or out of order.

    ``names`` are those of the columns as the source has them, ``file`` is what a finding names the source by.
    """
    schema = load(named)
    found = [*misfits(schema, names)]
    told = {one.name for one in found}
    lacking = (part.name for part in schema.index if part.name and part.name not in names)
    found += [Misfit(ColumnFault.MISSING, name) for name in lacking if name not in told]
    bound = BoundRule(KIND, f"{KIND}-{source}", {}, position)
    return [
        (bound, ColumnOutcome(source, file, one.fault, one.name, one.pattern, _near(one, schema, names)))
        for one in found
    ]


def _near(one: Misfit, schema: Schema, names: Sequence[str]) -> str:
    """The name that is probably meant: of a column that is not there one that the schema lacks, and the other way."""
    if one.pattern or one.fault not in (ColumnFault.MISSING, ColumnFault.UNKNOWN):
        return ""
    spare = [name for name in names if not any(part.matches(name) for part in schema.columns)]
    wanted = [part.name for part in schema.columns if not part.regex and part.name not in names]
    return nearest(one.name, spare if one.fault is ColumnFault.MISSING else wanted) or ""


class _Compiler:
    """The rules of one schema on one source, each once, and what keeps them from being run."""

    def __init__(self, schema: Schema, source: str, columns: Mapping[str, Column], position: Position) -> None:
        self._schema = schema
        self._source = source
        self._columns = columns
        self._position = position
        self.checks: dict[RowCheck, BoundRule] = {}
        self.problems: list[Problem] = []

    def column(self, part: Part, name: str) -> None:
        """Everything that a part of a schema says of one column."""
        if not part.nullable:
            self._add(NotNull(name), part.place)
        if part.unique:
            self._add(Unique((name,)), part.place)
        for demand in part.demands:
            self._demand(demand, name)

    def index(self, part: Part) -> None:
        """An index is a column like others to a file; one without a name numbers the rows of a frame, and no file's."""
        if part.name in self._columns:
            self.column(part, part.name)
            return
        if not part.name:
            message = f"source {self._source!r} has columns and no index: name the column that this is about"
            self.problems.append(Problem(self._schema.file, *part.place, message))

    def together(self, columns: tuple[str, ...]) -> None:
        """Columns whose values together occur once."""
        if all(name in self._columns for name in columns):
            self._add(Unique(columns), self._schema.place("unique"))

    def _demand(self, demand: Demand, name: str) -> None:
        rule = self._fitted(demand.rule, name)
        severity = Severity.WARNING if demand.warns else None
        self._add(rule, demand.place, {"told": demand.told}, severity)

    def _fitted(self, rule: ValueRule, name: str) -> RowRule:
        """A rule of one column. pandera writes the limits of dates with a time, which a column of days has not."""
        rule = rule._replace(column=name)
        if self._columns[name].sort is not Sort.DATE:
            return rule
        match rule:
            case InRange(low=low, high=high):
                return rule._replace(low=low and _day(low), high=high and _day(high))
            case InSet(values=values) | NotInSet(values=values):
                return rule._replace(values=tuple(map(_day, values)))
            case Occurs(value=value):
                return rule._replace(value=_day(value))
        return rule

    def _add(
        self,
        rule: RowRule,
        place: tuple[int, int],
        values: Mapping[str, object] | None = None,
        severity: Severity | None = None,
    ) -> None:
        check = RowCheck(self._source, rule, (), Position(self._schema.file, *place))
        bound = BoundRule(KIND, f"{KIND}-{self._source}", values or {}, self._position, severity)
        self.checks.setdefault(check, bound)


def _day(value: str) -> str:
    """A point in time that is a day as that day."""
    return value.removesuffix(_MIDNIGHT)


# --- what came of it ----------------------------------------------------------------------------------------------


def tells(bound: BoundRule, outcome: SourceOutcome) -> str:
    """What a rule of a schema says of its rows, or of a column."""
    if isinstance(outcome, ColumnOutcome):
        return _of_column(outcome)
    if not isinstance(outcome, RowOutcome):
        return ""
    match outcome.check.rule:
        case NotNull(column=column):
            return asking.told(outcome, f"have a value in {column}", f"have no {column}, which the schema asks for")
        case Unique(columns=columns):
            named = wording.listed(columns, most=None)
            return asking.told(outcome, f"differ in {named}", f"share {named} with another row")
        case Occurs(column=column, value=value):
            some = "No row" if outcome.failed else "Some row"
            return f"{some} of {outcome.check.source} has {column} {value!r}, which the schema wants among its values."
        case rule:
            named, told = wording.listed(columns_of(rule), most=None), bound.values.get("told", "")
            return asking.told(
                outcome, f"have {named} as the schema wants it: {told}", f"have {named} where the schema wants {told}"
            )


def _of_column(outcome: ColumnOutcome) -> str:
    source, column = outcome.source, repr(outcome.column)
    match outcome.fault:
        case ColumnFault.MISSING:
            lacking = f"column whose name matches {column}" if outcome.pattern else f"column {column}"
            near = f"; it has a column {outcome.near!r} that the schema does not know" if outcome.near else ""
            return f"Source {source} has no {lacking}, which the schema asks for{near}."
        case ColumnFault.UNKNOWN:
            near = f", which asks for {outcome.near!r}" if outcome.near else ""
            return f"Source {source} has a column {column} that is not in the schema{near}."
        case ColumnFault.REPEATED:
            return f"Source {source} has more than one column {column}."
        case ColumnFault.ELSEWHERE:
            return f"Column {column} of {source} is not where the schema has it."
