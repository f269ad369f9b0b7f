"""What the rules of books ask of data sources, before any document is read: books in, one plan for all of them out.

Every figure that an operand reckons from a source, and every rule on its rows. What the sources answer goes to `bind`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from validator.model.aggregates import Agreement
from validator.model.data import DataPlan
from validator.model.errors import Unfit
from validator.model.rules import BoundRule
from validator.rulebook.book import Formula, Relationship
from validator.rulebook.faults import Faults
from validator.rulebook.operands_tree import aggregates
from validator.rulebook.sources import located

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from validator.model.aggregates import Aggregate
    from validator.model.data import Source
    from validator.model.row_rules import RowCheck
    from validator.model.rules import Kind
    from validator.rulebook.book import Book, RuleSpec


@dataclass(frozen=True, slots=True)
class Asked:
    """A plan, and each rule with what it asks of rows."""

    plan: DataPlan = field(default_factory=DataPlan)
    rules: tuple[tuple[BoundRule, tuple[RowCheck | Agreement, ...]], ...] = ()


def plan(books: Iterable[Book], kinds: Mapping[str, Kind]) -> Asked:
    """Everything that books ask of their sources. Raises RuleError with every fault."""
    faults = Faults()
    sources: dict[str, Source] = {}
    rules: list[tuple[BoundRule, tuple[RowCheck | Agreement, ...]]] = []
    reckoned: list[Aggregate] = []
    for book in books:
        _add_sources(book, sources, faults)
        for spec in book.rules:
            reckoned.extend(_reckoned(spec))
            asks = kinds[spec.kind].asks
            if asks is None:
                continue
            bound = BoundRule(spec.kind, spec.name, _values(spec), spec.position, spec.severity, spec.note)
            try:
                asked = asks(bound)
            except Unfit as error:
                faults.add(spec.position, f"{spec.kind}: {error}")
            else:
                rules.append((bound, asked))
    faults.raise_any()
    everything = [one for _, asked in rules for one in asked]
    agreements = tuple(one for one in everything if isinstance(one, Agreement))
    checks = tuple(one for one in everything if not isinstance(one, Agreement))
    return Asked(DataPlan(sources, checks, tuple(dict.fromkeys(reckoned)), agreements), tuple(rules))


def _add_sources(book: Book, sources: dict[str, Source], faults: Faults) -> None:
    """Books of one run may share a source, if they mean the same by its name."""
    for name, source in book.sources.items():
        before = sources.setdefault(name, source)
        if (before.files, before.table) != (source.files, source.table):
            faults.add(source.position, f"another book of this run has a source {name!r} of other files; rename one")


def _reckoned(spec: RuleSpec) -> Iterator[Aggregate]:
    for written in spec.values:
        yield from _inside(written.value)


def _inside(value: object) -> Iterator[Aggregate]:
    """Every aggregate in a value as written, with its places."""
    if isinstance(value, Formula):
        yield from (located(one, value.source) for one in aggregates(value.operand))
    elif isinstance(value, Relationship):
        for side in (value.equation.left, value.equation.right):
            yield from (located(one, value.source) for one in aggregates(side))
    elif isinstance(value, tuple):
        for item in value:
            yield from _inside(item)


def _values(spec: RuleSpec) -> dict[str, object]:
    """The parameters that need no document; of operands only those that are an aggregate and nothing else."""
    found: dict[str, object] = {}
    for written in spec.values:
        value = _without_document(written.value)
        if value is not None:
            found[written.parameter.name] = value
    return found


def _without_document(value: object) -> object:
    if isinstance(value, Formula):
        own = list(aggregates(value.operand))
        return located(own[0], value.source) if own and own[0] is value.operand else None
    if isinstance(value, Relationship):
        return None
    if isinstance(value, tuple) and any(isinstance(item, Formula) for item in value):
        items = tuple(_without_document(item) for item in value)
        return None if None in items else items
    return value
