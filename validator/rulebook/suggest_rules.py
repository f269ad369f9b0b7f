"""Discovered relations to rules as they are written: general ones where they say the same in one line.

In: what discovery found, with its verdicts, and the operands of its figures. Out: `Entry`s, in the order of the
pages. Must not write a rule that means more or less than what was found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from validator.model.relations import Labels, Linear, Sum, terms_of
from validator.model.rules import Series, Takes
from validator.model.tables import Table
from validator.model.verdicts import Verdict
from validator.rulebook.suggest_general import general
from validator.rulebook.suggest_known import Known, meaning, severity_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validator.model.findings import Severity
    from validator.model.judged import Judged
    from validator.model.relations import Relation
    from validator.model.rules import Kind
    from validator.model.settings import Settings
    from validator.rulebook.suggest_known import Found, General
    from validator.rulebook.suggest_operands import Operands
    from validator.rulebook.suggest_tables import Named
    from validator.rulebook.suggest_yaml import Value


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule to be written. ``where`` sorts entries: document, page, height; ``remarks`` are shown as comments."""

    where: tuple[str, int, float]
    kind: str
    value: Value
    names: tuple[str, ...]  # the tables and figures that it uses
    severity: Severity | None = None
    note: str = ""
    bits: float = 0.0
    held: int = 0
    remarks: tuple[str, ...] = field(default=())


def entries(
    found: Sequence[Found], tables: Sequence[Named], operands: Operands, kinds: Mapping[str, Kind], settings: Settings
) -> tuple[list[Entry], int]:
    """The rules, and how many discovered ones cannot be written because nothing names their figures."""
    known = Known(found, settings)
    written = [entry_of(rule, known) for rule in general(tables, known, kinds, operands)]
    for one in found:
        entry = _explicit(one, known, operands, kinds[one.discovered.bound.kind])
        if entry is not None:
            written.append(entry)
    return sorted(written, key=lambda entry: entry.where), known.lost


def entry_of(rule: General, known: Known) -> Entry:
    """A general rule as it is written, with what is known of its relations."""
    judged = [known.by[one] for one in rule.said]
    severity, note = next(iter(known.severities(rule.said)), (None, ""))
    return Entry(
        where=min(where(one.outcome.relation) for _, one in judged),
        kind=rule.kind,
        value=rule.value,
        names=rule.names,
        severity=severity,
        note=note,
        bits=min(discovered.bits for discovered, _ in judged),
        held=sum(one.outcome.verdict is Verdict.HOLDS for _, one in judged),
        remarks=tuple(text for _, one in judged if (text := remark(one))),
    )


# --- explicit rules ---------------------------------------------------------------------------------------------


def _explicit(one: Found, known: Known, operands: Operands, kind: Kind) -> Entry | None:
    """The rule with its operands as they were discovered; None where general rules say it, or nothing can."""
    said = [meaning(judged.outcome.relation) for judged in one.judged]
    if not said or all(what in known.spent for what in said):
        return None
    takes = {parameter.name: parameter for parameter in kind.parameters}
    values: dict[str, Value] = {}
    for name, value in one.discovered.bound.values.items():
        written = _value(value, operands, texts=takes[name].takes is Takes.TEXT)
        if written is None:
            known.lost += 1
            return None
        values[name] = written
    known.spent.update(said)
    relation = one.judged[0].outcome.relation
    short = next(iter(values.values())) if set(values) == {kind.shorthand} else values
    return Entry(
        where=where(relation),
        kind=kind.name,
        value=short if isinstance(short, dict) or kind.shorthand in values else values,
        names=tuple(operands.names(term.figure for term in terms_of(relation))),
        severity=severity_of(one.discovered, one.judged[0], known.settings),
        note=" ".join(one.discovered.bound.note.split()),
        bits=one.discovered.bits,
        held=sum(judged.outcome.verdict is Verdict.HOLDS for judged in one.judged),
        remarks=tuple(text for judged in one.judged if (text := remark(judged))),
    )


def _value(value: object, operands: Operands, *, texts: bool) -> Value | None:
    """A parameter's value as it is written; None where a figure of it cannot be named."""
    match value:
        case Sum():
            return operands.sum(value)
        case Series():
            return operands.series(value)
        case Table():
            return operands.table(value.figures())
        case Linear(stated=stated, comparison=comparison, other=other):
            sides = operands.sum(stated), operands.sum(other)
            return None if None in sides else f"{sides[0]} {comparison.value} {sides[1]}"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case str():
            return " ".join(value.split())
        case tuple():
            return _values(value, operands, texts=texts)
    return None


def _values(value: tuple[object, ...], operands: Operands, *, texts: bool) -> Value | None:
    if value and all(hasattr(one, "location") and hasattr(one, "text") for one in value):
        return operands.labels([one.figure for one in value], [one.text for one in value])  # type: ignore[attr-defined]
    written = [_value(one, operands, texts=texts) for one in value]
    return None if None in written or not written else [one for one in written if one is not None]


def where(relation: Relation) -> tuple[str, int, float]:
    """Where a reader comes upon a relation: at the last of its figures in the order of the pages."""
    places = [term.figure.location for term in terms_of(relation)]
    if isinstance(relation, Labels):
        places += [label.location for label in (*relation.left, *relation.right)]
    first = min(places, key=lambda place: (place.document, place.page, place.box.top))
    return (first.document, first.page, first.box.top)


def remark(judged: Judged) -> str:
    """What a person who reads the book must know of a relation that does not hold."""
    if judged.outcome.verdict is Verdict.HOLDS:
        return ""
    return f"{judged.outcome.verdict.value}: {judged.message}"
