"""What the kinds of check on rows of data have in common: making their rules, and counting rows in words.

Bound rules and outcomes in, row checks and phrases out. Nothing here decides anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model import wording
from validator.model.data import Chosen
from validator.model.errors import Unfit
from validator.model.labels import STEP
from validator.model.row_rules import NotNull, RowCheck, columns_of
from validator.model.rules import Parameter, Takes

if TYPE_CHECKING:
    from validator.model.answers import Example, Pair, PairOutcome, RowOutcome
    from validator.model.row_rules import RowRule
    from validator.model.rules import BoundRule

WHERE = Parameter("where", Takes.FILTER, "only rows that satisfy this, such as: sex = M and age >= 18")
_SHOWN = 3  # failing rows that a message names; the finding shows more


def chosen(bound: BoundRule, name: str = "columns") -> Chosen:
    """The columns that a parameter names."""
    value = bound.values.get(name)
    if not isinstance(value, Chosen):
        raise Unfit(f"“{name}” is missing: {bound.kind} needs it here")
    return value


def row_check(bound: BoundRule, one: Chosen, rule: RowRule) -> RowCheck:
    """A rule on the rows of the source of ``one``, with the filter of the bound rule."""
    filtered = bound.values.get("where")
    where, more = (filtered.where, filtered.places) if isinstance(filtered, Chosen) else ((), {})
    return RowCheck(one.source, rule, where, bound.position, {**more, **one.places})


def rows(count: int) -> str:
    """So many rows in words."""
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def told(outcome: RowOutcome, holds: str, fails: str) -> str:
    """A rule's outcome in a sentence: ``holds`` follows "all 12 rows of cases", ``fails`` follows "3 of 12 rows"."""
    source, asked = outcome.check.source, outcome.asked
    filtered = " that the rule is about" if outcome.check.where else ""
    if outcome.failed:
        verb = fails if outcome.failed != 1 else _singular(fails)
        doubt = f"; {rows(outcome.unsure)} could not be decided" if outcome.unsure else ""
        return f"{outcome.failed:,} of {rows(outcome.rows)} of {source}{filtered} {verb}{_shown(outcome)}{doubt}."
    if outcome.unsure:
        whole = f"{rows(outcome.rows)} of {source}{filtered}"
        return f"{outcome.unsure:,} of {whole} could not be decided: a value is missing."
    if not asked:
        lacking = "there is no row" if not outcome.rows else f"no row has {_needed(outcome)}"
        return f"Nothing of {source} could be checked: {lacking}{filtered}."
    rest = outcome.rows - asked
    without = f" ({rows(rest)} {'lacks' if rest == 1 else 'lack'} {_needed(outcome)})" if rest else ""
    return f"All {rows(asked)} of {source}{filtered} {holds}{without}."


def _singular(phrase: str) -> str:
    """The verb for one row: "have" and "lack" and "break"."""
    first, _, rest = phrase.partition(" ")
    return f"{ {'have': 'has'}.get(first, first + 's') } {rest}".strip()


def _needed(outcome: RowOutcome) -> str:
    rule = outcome.check.rule
    return "a value" if isinstance(rule, NotNull) else f"a value in {wording.listed(columns_of(rule), most=None)}"


def _shown(outcome: RowOutcome) -> str:
    """The first failing rows, in brackets."""
    shown = [_row(example, outcome.check.rule) for example in outcome.examples[:_SHOWN]]
    more = ", …" if outcome.failed > len(shown) else ""
    return f" ({'; '.join(shown)}{more})" if shown else ""


def _row(example: Example, rule: RowRule) -> str:
    """Where a row stands, and what it holds."""
    place = example.held[0].place
    if not place.row:  # an engine elsewhere numbers no rows: a row is known by its first columns
        return ", ".join(f"{held.column} {_shows(held.text)}" for held in example.held)
    values = ", ".join(_shows(held.text) for held in example.held)
    row = str(place._replace(column=0, sheet=""))
    return row if isinstance(rule, NotNull) else f"{row}: {values}"


def _shows(text: str) -> str:
    """A value so that its ends are seen where white space stands there."""
    return f"“{text}”" if text != text.strip() else text or "(missing)"


def of_group(pair: Pair) -> str:
    """The label of a group."""
    return STEP.join(pair.group) or "all rows"


def of_groups(outcome: PairOutcome) -> tuple[str, ...]:
    """The labels of the first groups that an outcome is about."""
    return tuple(of_group(pair) for pair in outcome.examples[:_SHOWN])


def in_groups(outcome: PairOutcome) -> str:
    """How many groups there are on either side."""
    count = outcome.agreed + outcome.unsure + outcome.differing + outcome.only_left + outcome.only_right
    return f"{count:,} {'group' if count == 1 else 'groups'}"
