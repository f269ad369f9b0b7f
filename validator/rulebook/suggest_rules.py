"""Discovered relations to rules as they are written: general ones where they say the same in one line.

In: what discovery found, with its verdicts, and the operands of its figures. Out: `Entry`s, in the order of the
pages. Must not write a rule that means more or less than what was found.

A general rule of a table (its footing, its nested subtotals) is tried by making its relations: it is taken only when
every one of them was discovered. Where only some columns or rows are sums it is restricted to those.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from validator.model.errors import Unfit
from validator.model.findings import Severity
from validator.model.relations import Attainable, Comparison, Labels, Linear, Quotient, Sum, terms_of
from validator.model.rules import BoundRule, Series, Takes
from validator.model.tables import Table
from validator.model.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from validator.model.discovered import Discovered
    from validator.model.figures import Figure
    from validator.model.judged import Judged
    from validator.model.relations import Relation
    from validator.model.rules import Kind
    from validator.model.settings import Settings
    from validator.rulebook.suggest_operands import Operands
    from validator.rulebook.suggest_tables import Named
    from validator.rulebook.suggest_yaml import Value

_RESTRICTIONS = ("columns", "rows")  # parameters that restrict a rule of a whole table


class Found(NamedTuple):
    """A discovered rule with its relations as they were judged."""

    discovered: Discovered
    judged: tuple[Judged, ...]


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
    known = _Known(found, settings)
    general = list(_general(tables, known, kinds))
    written = [entry for one in found if (entry := _explicit(one, known, operands, kinds[one.discovered.bound.kind]))]
    return sorted((*general, *written), key=lambda entry: entry.where), known.lost


class _Known:
    """What was discovered, by what it says; relations are ``spent`` once a rule says them."""

    def __init__(self, found: Iterable[Found], settings: Settings) -> None:
        self.settings = settings
        self.by: dict[Hashable, tuple[Discovered, Judged]] = {}
        self.spent: set[Hashable] = set()
        self.lost = 0
        for discovered, judged in found:
            for one in judged:
                self.by.setdefault(meaning(one.outcome.relation), (discovered, one))

    def all(self, relations: Iterable[Relation]) -> list[Hashable]:
        """What the relations say, where all of it was discovered; else nothing."""
        said = [meaning(relation) for relation in relations]
        return said if said and all(one in self.by for one in said) else []

    def severity(self, said: Iterable[Hashable]) -> set[tuple[Severity | None, str]]:
        """The severities and notes of those that do not hold."""
        return {
            (severity_of(*self.by[one], self.settings), self.by[one][0].bound.note)
            for one in said
            if self.by[one][1].outcome.verdict is not Verdict.HOLDS
        }


def severity_of(discovered: Discovered, judged: Judged, settings: Settings) -> Severity | None:
    """The severity that gives a declared rule the weight that discovery gives this one; None for error."""
    most = discovered.bound.severity
    if most is Severity.NOTE or judged.confidence < settings.warning_confidence:
        return Severity.NOTE
    if most is Severity.WARNING or judged.confidence < settings.error_confidence:
        return Severity.WARNING
    return None


def meaning(relation: Relation) -> Hashable:
    """What a relation says, however it was come by: equal for equal relations between the same figures."""
    match relation:
        case Linear(stated=stated, comparison=comparison, other=other, slack=slack):
            sides = (_side(stated), _side(other))
            return (comparison, frozenset(sides) if comparison is Comparison.EQUAL else sides, slack)
        case Quotient():
            sums = (relation.stated, relation.numerator, relation.denominator)
            shape = (relation.comparison, relation.scale, relation.offset, relation.slack)
            return (*map(_side, sums), *shape)
        case Attainable(mean=mean, count=count, grain=grain):
            return (mean, _side(count), grain)
        case Labels(mode=mode, left=left, right=right):
            return (mode, tuple(label.text for label in left), tuple(label.text for label in right))


def _side(one: Sum) -> Hashable:
    weights: dict[Figure, Decimal] = {}
    for term in one.terms:
        weights[term.figure] = weights.get(term.figure, Decimal(0)) + term.weight
    return frozenset(weights.items()), one.constant


# --- general rules ----------------------------------------------------------------------------------------------


def _general(tables: Iterable[Named], known: _Known, kinds: Mapping[str, Kind]) -> Iterator[Entry]:
    """Rules of whole tables all of whose relations were discovered, each relation told once."""
    for table in tables:
        for kind in kinds.values():
            takes = {parameter.name: parameter.takes for parameter in kind.parameters}
            if takes.get(kind.shorthand) is not Takes.TABLE:
                continue
            for values in _restricted(table, kind, takes, known):
                entry = _general_entry(table, kind, values, known)
                if entry is not None:
                    yield entry
                    break


def _restricted(
    table: Named, kind: Kind, takes: Mapping[str, Takes], known: _Known
) -> Iterator[dict[str, object]]:
    """The rule for the whole table; else for the columns or rows each of which was discovered by itself."""
    whole: dict[str, object] = {kind.shorthand: table.grid.table}
    yield whole
    for name in _RESTRICTIONS:
        if name not in takes:
            continue
        grid = table.grid.table
        texts = [h.label for h in grid.headers] if name == "columns" else [stub.label for stub in grid.stubs]
        good = tuple(
            one for one in dict.fromkeys(texts) if one and known.all(_relations(kind, {**whole, name: (one,)}))
        )
        if good:
            yield {**whole, name: good}


def _general_entry(table: Named, kind: Kind, values: Mapping[str, object], known: _Known) -> Entry | None:
    said = known.all(_relations(kind, values))
    fresh = [one for one in dict.fromkeys(said) if one not in known.spent]
    severities = known.severity(said)
    if not fresh or len(fresh) < len(set(said)) or len(severities) > 1:
        return None
    known.spent.update(fresh)
    severity, note = next(iter(severities), (None, ""))
    restricted = {name: [" ".join(str(text).split()) for text in values[name]] for name in values if name in _RESTRICTIONS}  # type: ignore[attr-defined]
    judged = [known.by[one] for one in fresh]
    return Entry(
        where=_where(known.by[fresh[0]][1].outcome.relation),
        kind=kind.name,
        value={kind.shorthand: table.name, **restricted} if restricted else table.name,
        names=(table.name,),
        severity=severity,
        note=note,
        bits=min(discovered.bits for discovered, _ in judged),
        held=sum(one.outcome.verdict is Verdict.HOLDS for _, one in judged),
        remarks=tuple(remark for _, one in judged if (remark := _remark(one))),
    )


def _relations(kind: Kind, values: Mapping[str, object]) -> tuple[Relation, ...]:
    try:
        return kind.relations(BoundRule(kind.name, "", values))
    except Unfit:
        return ()


# --- explicit rules ---------------------------------------------------------------------------------------------


def _explicit(one: Found, known: _Known, operands: Operands, kind: Kind) -> Entry | None:
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
        where=_where(relation),
        kind=kind.name,
        value=short if isinstance(short, dict) or kind.shorthand in values else values,
        names=tuple(operands.names(term.figure for term in terms_of(relation))),
        severity=severity_of(one.discovered, one.judged[0], known.settings),
        note=" ".join(one.discovered.bound.note.split()),
        bits=one.discovered.bits,
        held=sum(judged.outcome.verdict is Verdict.HOLDS for judged in one.judged),
        remarks=tuple(remark for judged in one.judged if (remark := _remark(judged))),
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


def _where(relation: Relation) -> tuple[str, int, float]:
    """Where a reader comes upon a relation: at the last of its figures in the order of the pages."""
    places = [term.figure.location for term in terms_of(relation)]
    if isinstance(relation, Labels):
        places += [label.location for label in (*relation.left, *relation.right)]
    first = min(places, key=lambda place: (place.document, place.page, place.box.top))
    return (first.document, first.page, first.box.top)


def _remark(judged: Judged) -> str:
    """What a person who reads the book must know of a relation that does not hold."""
    if judged.outcome.verdict is Verdict.HOLDS:
        return ""
    return f"{judged.outcome.verdict.value}: {judged.message}"
