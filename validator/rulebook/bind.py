"""Books and documents in, rules bound to figures out; every name that the documents do not bear out is told at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from validator.model.errors import Unfit
from validator.model.rules import Binding, BoundRule, Unchecked
from validator.model.vacuity import cannot_fail
from validator.rulebook.faults import Faults
from validator.rulebook.grid import Grid
from validator.rulebook.ledger import Ledger
from validator.rulebook.phrases import Hit, explain, find
from validator.rulebook.resolve import Resolver
from validator.rulebook.scope import Scope, View, scopes
from validator.rulebook.tables import matching, missing, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.model.extracts import Extract
    from validator.model.figures import Figure
    from validator.model.relations import Relation
    from validator.model.rules import Kind, Position
    from validator.model.settings import Settings
    from validator.model.tables import Table
    from validator.rulebook.book import Book, PhraseSpec, RuleSpec, TableSpec, UncheckedSpec


def bind(
    books: Iterable[Book],
    extracts: Sequence[Extract],
    kinds: Mapping[str, Kind],
    settings: Settings,
    ledger: Ledger | None = None,
) -> Binding:
    """What the books come to on the documents of a run. Raises RuleError with every fault.

    ``ledger`` holds what their data sources say; rules that these have answered need nothing more.
    """
    faults = Faults()
    ledger = ledger or Ledger(settings)
    views = [View(extract) for extract in extracts]
    made: list[tuple[BoundRule, tuple[Relation, ...]]] = []
    unchecked: list[Unchecked] = []
    schemas: list[tuple[Table, str, Position]] = []
    warnings: list[str] = []
    for book in books:
        warnings.extend(book.warnings)
        for scope in scopes(book, views, settings, faults):
            resolver, schema = _resolver(book, scope, faults, ledger)
            schemas.extend(schema)
            made.extend(_rules(book.rules, kinds, resolver))
            unchecked.extend(_unchecked(entry, scope, resolver) for entry in book.unchecked)
    faults.raise_any()
    return Binding(
        rules=tuple(bound for bound, _ in made),
        relations=tuple(relations for _, relations in made),
        unchecked=tuple(unchecked),
        schemas=tuple(schemas),
        warnings=tuple(dict.fromkeys((*warnings, *faults.warnings))),
    )


def _resolver(
    book: Book, scope: Scope, faults: Faults, ledger: Ledger
) -> tuple[Resolver, list[tuple[Table, str, Position]]]:
    """The tables and figures of a book in its documents, and the tables that a schema is to check."""
    grids: dict[str, Grid] = {}
    schemas = []
    for spec in book.tables.values():
        grid = _grid(spec, scope, faults)
        if grid is not None:
            grids[spec.name] = grid
            if spec.schema is not None:
                schemas.append((grid.table, spec.schema, spec.position))
    figures: dict[str, Figure] = {}
    for phrase in book.phrases:
        hit = _hit(phrase, scope, faults)
        if hit is not None:
            figures.update((name, figure) for name, figure in zip(phrase.slots, hit.figures, strict=True) if name)
    texts = [view.text for view in scope.views.values()]
    return Resolver(grids, figures, texts, faults, ledger), schemas


def _grid(spec: TableSpec, scope: Scope, faults: Faults) -> Grid | None:
    views = [table for view in scope.among(spec.document) for table in view.tables]
    found = matching(spec, views)
    message = ""
    if not found:
        message = missing(spec, views)
    elif spec.nth is not None and spec.nth > len(found):
        message = f"there is no table number {spec.nth}; {several(found)}"
    elif spec.nth is None and len(found) > 1:
        message = several(found)
    if message:
        faults.add(spec.position, f"table {spec.name!r}: {message}")
        return None
    return Grid(spec.name, found[(spec.nth or 1) - 1].table, spec.blank_is_zero)


def _hit(phrase: PhraseSpec, scope: Scope, faults: Faults) -> Hit | None:
    texts = [view.text for view in scope.among(phrase.document)]
    hits = [hit for text in texts for hit in find(phrase, text)]
    message = ""
    if not hits:
        message = explain(phrase, texts)
    elif phrase.nth is None and len(hits) > 1:
        pages = Counter(hit.where for hit in hits)
        places = "; ".join(f"{where}{f', {often} times' if often > 1 else ''}" for where, often in pages.items())
        message = f"found {len(hits)} times ({places}); write more of the sentence, or add `nth`"
    elif phrase.nth is not None and phrase.nth > len(hits):
        times = "once" if len(hits) == 1 else f"{len(hits)} times"
        message = f"found {times} in all, so `nth` cannot be {phrase.nth}"
    if message:
        faults.add(phrase.source.position, f"the phrase is {message}" if message[:5] == "found" else message)
        return None
    return hits[(phrase.nth or 1) - 1]


def _rules(
    specs: Sequence[RuleSpec], kinds: Mapping[str, Kind], resolver: Resolver
) -> Iterator[tuple[BoundRule, tuple[Relation, ...]]]:
    for spec in specs:
        if spec.position in resolver.ledger.answered:
            continue
        kind = kinds[spec.kind]
        found = resolver.each(spec.values, spec.position) if kind.each else [resolver.values(spec.values)]
        for values in found:
            if values is None:
                continue
            bound = BoundRule(spec.kind, spec.name, values, spec.position, spec.severity, spec.note)
            try:
                relations = kind.meant(bound)
            except Unfit as error:
                resolver.faults.add(spec.position, f"{spec.kind}: {error}")
                break
            yield bound, _breakable(spec, relations, resolver.faults)


def _breakable(spec: RuleSpec, relations: Sequence[Relation], faults: Faults) -> tuple[Relation, ...]:
    """A relation that no misprint could break counts as no check; whoever wrote it should know."""
    reasons = [cannot_fail(relation) for relation in relations]
    if any(reasons):
        idle = [reason for reason in reasons if reason]
        part = "" if len(idle) == len(relations) else f" in {len(idle)} of its {len(relations)} relations"
        said = "; ".join(dict.fromkeys(idle))
        faults.warn(spec.position, f"the rule {spec.name!r} cannot fail{part} and checks nothing there: {said}")
    return tuple(relation for relation, reason in zip(relations, reasons, strict=True) if not reason)


def _unchecked(entry: UncheckedSpec, scope: Scope, resolver: Resolver) -> Unchecked:
    if entry.phrase is not None:
        hit = _hit(entry.phrase, scope, resolver.faults)
        return Unchecked(hit.figures if hit else (), entry.reason, entry.position)
    figures = tuple(figure for formula in entry.figures for figure in resolver.unchecked(formula))
    return Unchecked(figures, entry.reason, entry.position)
