"""What the data sources behind rule books answer: planned as one, asked at once, told rule by rule.

In: rule books. Out: what was reckoned for figures, and the outcome of every rule about data. Nothing is opened, and no
engine imported, where the books name no source.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validator.model.aggregates import Agreement
from validator.model.answers import ColumnOutcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.answers import SourceOutcome, Used
    from validator.model.rules import BoundRule, Kind
    from validator.model.settings import Settings
    from validator.model.verdicts import Verdict
    from validator.rulebook import Book, Ledger


@dataclass(frozen=True, slots=True)
class Answers:
    """What the sources of the books of a run answered, rule by rule."""

    ledger: Ledger
    rules: tuple[tuple[BoundRule, SourceOutcome], ...] = ()
    warnings: tuple[str, ...] = ()
    sources: tuple[Used, ...] = ()


def answered(books: Sequence[Book], kinds: Mapping[str, Kind], settings: Settings, engine: str | None) -> Answers:
    """Ask the data sources of the books everything at once; nothing is opened where there are none."""
    from validator import rulebook

    asked = rulebook.plan(books, kinds)
    if not asked.plan.sources:
        return Answers(rulebook.Ledger(settings))
    from validator import data

    with data.opened(asked.plan.sources, settings, engine) as opened:
        rules = list(asked.rules)
        misfits: list[tuple[BoundRule, SourceOutcome]] = []
        for name, source in asked.plan.sources.items():
            if source.schema is not None:
                from validator import frames

                columns, where = opened.columns(name), source.position
                heads = [opened.repeated(name).get(column, column) for column in columns]
                misfits += frames.column_faults(source.schema, name, opened.file_of(name), heads, where)
                rules += frames.row_rules(source.schema, name, columns, where)
        checks = tuple(one for _, asks in rules for one in asks if not isinstance(one, Agreement))
        answers = opened.answers(replace(asked.plan, checks=checks))
    outcomes: dict[object, SourceOutcome] = dict(answers.rows.items())
    outcomes |= dict(answers.pairs.items())
    answered = frozenset(bound.position for bound, asks in asked.rules if asks and bound.position is not None)
    ledger = rulebook.Ledger(settings, answers.reckoned, answered)
    ruled = [(bound, outcomes[one]) for bound, asks in rules for one in asks]
    return Answers(ledger, (*misfits, *ruled), answers.warnings, answers.sources)


def told(answers: Answers, kinds: Mapping[str, Kind]) -> list[tuple[BoundRule, SourceOutcome, Verdict, str]]:
    """Every rule that the sources answered, with its verdict and that in words."""
    from validator.evaluate import verdict_of
    from validator.explain.data import apart

    found = []
    for bound, outcome in answers.rules:
        for part in apart(outcome):
            if isinstance(part, ColumnOutcome) or bound.kind not in kinds:
                words = _of_schema(bound, part)
            else:
                wording = kinds[bound.kind].tells
                words = wording(bound, part) if wording is not None else ""
            found.append((bound, part, verdict_of(part), words))
    return found


def _of_schema(bound: BoundRule, outcome: SourceOutcome) -> str:
    from validator.frames import tells  # only where there is a schema

    return tells(bound, outcome)
