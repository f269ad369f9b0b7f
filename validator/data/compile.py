"""All rules of a run, compiled together into as few scans as possible: a plan and an engine in, answers out.

Each source is scanned once for everything that is counted row by row or reckoned over all of it, once for each set of
columns that something is grouped by or must be unique over, and again for examples only where a rule fails. What a
scan looks like is the engine's business; what is asked of it, and what the answers mean, is decided here. Nothing
here knows SQL, and no verdict is made.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol

from validator.data.amounts import amount_of
from validator.data.pairs import paired
from validator.model.aggregates import Aggregate, Function, Reckoned
from validator.model.answers import Answers, RowOutcome, Used
from validator.model.data import Condition, DataPlan, Operator, Sort
from validator.model.relations import ZERO
from validator.model.row_rules import KeyIn, Occurs, RowSum, Unique, columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from validator.data.amounts import Parts
    from validator.model.aggregates import Agreement
    from validator.model.answers import Example, PairOutcome
    from validator.model.data import Column
    from validator.model.row_rules import RowCheck
    from validator.model.settings import Settings

_UNLIKE_PRINT = (Sort.DOUBLE, Sort.TEXT)  # columns whose decimals only their values tell


class Counts(NamedTuple):
    """What one scan counts for a rule; see `RowOutcome`."""

    rows: int
    asked: int
    failed: int
    unsure: int = 0


class Tally(NamedTuple):
    """What one scan of a source finds."""

    counts: Mapping[RowCheck, Counts]
    parts: Mapping[Aggregate, Parts]


class Engine(Protocol):
    """What runs scans. Sources are named as in the plan that it was opened with."""

    @property
    def engine(self) -> str:
        """What it is called."""

    def format_of(self, source: str) -> str:
        """What the files of a source are; "" for a table."""

    def close(self) -> None:
        """Give up what is held."""

    def columns(self, source: str) -> Mapping[str, Column]:
        """The columns of a source in order, by name."""

    def repeated(self, source: str) -> Mapping[str, str]:
        """The columns that the files call otherwise, each with that name: another column has it."""

    def file_of(self, source: str) -> str:
        """The file, or what stands for it, by which a finding names the whole source."""

    def prepare(self, plan: DataPlan) -> tuple[str, ...]:
        """Load what the plan needs and cannot be scanned in place; warnings about what was read."""

    def decimals(self, source: str, columns: Sequence[str]) -> Mapping[str, int]:
        """The most decimals that a value of each column is printed with."""

    def tally(
        self,
        source: str,
        checks: Sequence[RowCheck],
        aggregates: Sequence[Aggregate],
        slack: Mapping[RowCheck, Decimal],
    ) -> Tally:
        """Everything that one scan can count, `Unique` left out."""

    def duplicates(self, check: RowCheck) -> Counts:
        """The rows that `Unique` refuses."""

    def grouped(
        self, source: str, by: tuple[str, ...], aggregates: Sequence[Aggregate], limit: int
    ) -> tuple[int, list[tuple[tuple[str, ...], Mapping[Aggregate, Parts]]]]:
        """The number of groups, and for each its key with the parts of each aggregate; none over ``limit``."""

    def examples(
        self, source: str, failing: Mapping[RowCheck, Counts], slack: Mapping[RowCheck, Decimal], limit: int
    ) -> Mapping[RowCheck, tuple[Example, ...]]:
        """The first rows that fail each rule of a source."""


def answers(plan: DataPlan, engine: Engine, settings: Settings) -> Answers:
    """What an engine says to a plan whose names and values have been found to fit."""
    warnings = engine.prepare(plan)
    slack = _slack(plan, engine)
    counts, parts = _scanned(plan, engine, slack)
    reckoned = _reckoned(plan, engine, parts, settings)
    examples = _examples(counts, slack, engine, settings)
    return Answers(
        rows={
            check: RowOutcome(check, engine.file_of(check.source), *counts[check], examples.get(check, ()))
            for check in plan.checks
        },
        reckoned=reckoned,
        pairs={one: _pairs(one, reckoned, settings) for one in plan.agreements},
        sources=tuple(_used(name, plan, engine, parts) for name in sources_of(plan)),
        warnings=warnings,
    )


def everything_reckoned(plan: DataPlan) -> tuple[Aggregate, ...]:
    """The aggregates of a plan, those of its agreements included, each once."""
    sides = (side for one in plan.agreements for side in (one.left, one.right))
    return tuple(dict.fromkeys((*plan.aggregates, *sides)))


def sources_of(plan: DataPlan) -> tuple[str, ...]:
    """The sources that something is asked of, be it what columns they have, in the order of the books."""
    asked = {check.source for check in plan.checks} | {one.source for one in everything_reckoned(plan)}
    asked |= {check.rule.other for check in plan.checks if isinstance(check.rule, KeyIn)}
    return tuple(name for name, source in plan.sources.items() if name in asked or source.schema is not None)


def _all_rows(source: str) -> Aggregate:
    return Aggregate(Function.COUNT, source)


def _used(name: str, plan: DataPlan, engine: Engine, parts: Mapping[Aggregate, Parts]) -> Used:
    source = plan.sources[name]
    return Used(name, source.files, source.table, engine.format_of(name), engine.engine, parts[_all_rows(name)].rows)


# --- scans --------------------------------------------------------------------------------------------------------


def _scanned(
    plan: DataPlan, engine: Engine, slack: Mapping[RowCheck, Decimal]
) -> tuple[dict[RowCheck, Counts], dict[Aggregate, Parts]]:
    """One scan for each source that has something to be counted; duplicates by a grouping of their own."""
    checks: dict[str, list[RowCheck]] = defaultdict(list)
    wholes: dict[str, list[Aggregate]] = defaultdict(list)
    counts: dict[RowCheck, Counts] = {}
    parts: dict[Aggregate, Parts] = {}
    for check in dict.fromkeys(plan.checks):
        if isinstance(check.rule, Unique):
            counts[check] = engine.duplicates(check)
        elif isinstance(check.rule, Occurs):
            wholes[check.source] += _occurrences(check, check.rule)
        else:
            checks[check.source].append(check)
    for one in (*everything_reckoned(plan), *map(_all_rows, sources_of(plan))):
        if not one.by:
            wholes[one.source].append(one)
    for source in dict.fromkeys((*checks, *wholes)):
        found = engine.tally(source, checks[source], wholes[source], slack)
        counts |= found.counts
        parts |= found.parts
    for check in plan.checks:
        if isinstance(check.rule, Occurs):
            rows, holding = (parts[one].rows for one in _occurrences(check, check.rule))
            counts[check] = Counts(rows, rows, int(not holding))
    return counts, parts


def _occurrences(check: RowCheck, rule: Occurs) -> tuple[Aggregate, Aggregate]:
    """What is counted to know whether a value occurs: the rows, and those that hold it."""
    held = Condition(rule.column, Operator.EQUAL, (rule.value,))
    everything = Aggregate(Function.COUNT, check.source, where=check.where)
    return everything, replace(everything, where=(*check.where, held))


def _slack(plan: DataPlan, engine: Engine) -> dict[RowCheck, Decimal]:
    """How far each row sum may be off: as its rule says, else what the rounding of its columns can add up to."""
    sums = [check for check in plan.checks if isinstance(check.rule, RowSum)]
    unknown: dict[str, set[str]] = defaultdict(set)
    for check in sums:
        unknown[check.source].update(_rounded(check, plan, engine))
    decimals = {source: engine.decimals(source, sorted(names)) for source, names in unknown.items() if names}
    found = dict.fromkeys(plan.checks, ZERO)
    for check in sums:
        found[check] = _leeway(check, engine, decimals.get(check.source, {}), _exact(check, plan))
    return found


def _exact(check: RowCheck, plan: DataPlan) -> set[str]:
    source = plan.sources[check.source]
    return {column for column in columns_of(check.rule) if source.keeps_exactly(column)}


def _rounded(check: RowCheck, plan: DataPlan, engine: Engine) -> list[str]:
    """The columns of a row sum whose printed precision must be looked up."""
    rule, columns = check.rule, engine.columns(check.source)
    if not isinstance(rule, RowSum) or rule.tolerance is not None:
        return []
    exact = _exact(check, plan)
    return [name for name in columns_of(rule) if columns[name].sort in _UNLIKE_PRINT and name not in exact]


def _leeway(check: RowCheck, engine: Engine, decimals: Mapping[str, int], exact: set[str]) -> Decimal:
    rule, columns = check.rule, engine.columns(check.source)
    if not isinstance(rule, RowSum):
        return ZERO
    if rule.tolerance is not None:
        return rule.tolerance
    total = ZERO
    for name, weight in rule.terms:
        places = decimals.get(name, columns[name].decimals)
        if places and name not in exact:
            total += abs(weight) * Decimal(5).scaleb(-places - 1)
    return total


def _reckoned(
    plan: DataPlan, engine: Engine, wholes: Mapping[Aggregate, Parts], settings: Settings
) -> dict[Aggregate, Reckoned]:
    """Every aggregate with its amounts; those of one source and grouping come from one scan."""
    found = {}
    groupings: dict[tuple[str, tuple[str, ...]], list[Aggregate]] = defaultdict(list)
    for one in everything_reckoned(plan):
        if one.by:
            groupings[one.source, one.by].append(one)
        else:
            found[one] = _amounts(one, [((), wholes)], plan, engine)
    for (source, by), members in groupings.items():
        many, groups = engine.grouped(source, by, members, settings.max_groups)
        for one in members:
            found[one] = _amounts(one, groups, plan, engine, many if many > settings.max_groups else 0)
    return found


def _amounts(
    one: Aggregate,
    groups: Iterable[tuple[tuple[str, ...], Mapping[Aggregate, Parts]]],
    plan: DataPlan,
    engine: Engine,
    too_many: int = 0,
) -> Reckoned:
    """The amounts of an aggregate; its values are printed with the most decimals that any group has."""
    parts = {key: found[one] for key, found in groups if found[one].rows or not one.by}
    column = engine.columns(one.source).get(one.column)
    exact = plan.sources[one.source].keeps_exactly(one.column)
    decimals = max((part.decimals for part in parts.values()), default=0) or (column.decimals if column else 0)
    amounts = {key: amount_of(one.function, part, decimals, exact=exact) for key, part in parts.items()}
    return Reckoned(one, engine.file_of(one.source), amounts, too_many)


# --- outcomes -----------------------------------------------------------------------------------------------------


def _examples(
    counts: Mapping[RowCheck, Counts], slack: Mapping[RowCheck, Decimal], engine: Engine, settings: Settings
) -> dict[RowCheck, tuple[Example, ...]]:
    failing: dict[str, dict[RowCheck, Counts]] = defaultdict(dict)
    for check, found in counts.items():
        if found.failed and not isinstance(check.rule, Occurs):
            failing[check.source][check] = found
    examples: dict[RowCheck, tuple[Example, ...]] = {}
    for source, checks in failing.items():
        examples |= engine.examples(source, checks, slack, settings.examples_kept)
    return examples


def _pairs(one: Agreement, reckoned: Mapping[Aggregate, Reckoned], settings: Settings) -> PairOutcome:
    return paired(one, reckoned[one.left], reckoned[one.right], settings)
