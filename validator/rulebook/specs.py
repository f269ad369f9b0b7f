"""Rules as written: the kind, its parameters by what they take, and the names that operands use."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from validator.model.data import Chosen
from validator.model.findings import Severity
from validator.model.rules import Kind, Parameter, Position, Takes
from validator.rulebook import fields, sources
from validator.rulebook.book import Formula, Relationship, RuleSpec, TableSpec, Text, Written
from validator.rulebook.faults import suggestion
from validator.rulebook.operands import OperandError, parse, parse_relation
from validator.rulebook.operands_tree import Reference, aggregates, references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from validator.model.data import Source
    from validator.rulebook.book import DocumentSpec
    from validator.rulebook.faults import Faults
    from validator.rulebook.nodes import Node

RULE_KEYS = ("id", "severity", "note")
FLAGS = {"true": True, "false": False, "yes": True, "no": False}
_NAMED_IN_ID = 4  # names in a derived id; more make it longer than a line of the report


@dataclass(slots=True)
class Names:
    """What a book declares, and what its rules use of it. Filled while the book is read."""

    documents: Mapping[str, DocumentSpec]
    book: Path
    tables: dict[str, TableSpec] = field(default_factory=dict)
    figures: dict[str, Position] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def unused(self) -> Iterator[tuple[str, Position]]:
        """Declared names that no rule and no unchecked entry uses; a table with a schema is used by it."""
        tables = ((name, table.position) for name, table in self.tables.items() if table.schema is None)
        sources = ((name, source.position) for name, source in self.sources.items() if source.schema is None)
        for name, position in (*sources, *tables, *self.figures.items()):
            if name not in self.used:
                yield name, position


def read_rules(node: Node | None, kinds: Mapping[str, Kind], names: Names, faults: Faults) -> tuple[RuleSpec, ...]:
    """The rules of a book. Ids are unique: given twice they are a fault, derived twice they are numbered."""
    if node is None:
        return ()
    taken: dict[str, int] = {}
    nodes = fields.items(node, "'rules'", faults)
    given = [_given_id(item, taken, faults) for item in nodes]
    counted: dict[str, int] = {}
    rules = []
    for item, name in zip(nodes, given, strict=True):
        rule = _rule(item, kinds, names, faults)
        if rule is not None:
            rules.append(_named(rule, name, taken, counted))
    return tuple(rules)


def _given_id(node: Node, taken: dict[str, int], faults: Faults) -> str | None:
    for key, value in node.pairs or ():
        if key.text == "id" and value.text:
            if value.text in taken:
                faults.add(value.position, f"the id {value.text!r} is taken since line {taken[value.text]}")
            taken.setdefault(value.text, value.position.line)
            return value.text
    return None


def _named(rule: RuleSpec, given: str | None, taken: dict[str, int], counted: dict[str, int]) -> RuleSpec:
    """The rule with its id: kind and names rather than the line, so that it outlives an insertion above.

    ``counted`` says up to which number an id was given out, of those that many rules would have.
    """
    name = given
    if name is None:
        used = dict.fromkeys(reference.name for written in rule.values for reference in _references(written.value))
        stem = name = "-".join([rule.kind, *list(used)[:_NAMED_IN_ID]])
        number = counted.get(stem, 1)
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        counted[stem] = number
        taken[name] = rule.position.line
    return RuleSpec(rule.kind, name, rule.values, rule.position, rule.severity, rule.note)


def _references(value: object) -> Iterator[Reference]:
    if isinstance(value, Chosen):
        yield Reference(value.source)
    elif isinstance(value, Formula):
        yield from references(value.operand)
        yield from (Reference(one.aggregate.source) for one in aggregates(value.operand))
    elif isinstance(value, Relationship):
        yield from references(value.equation.left)
        yield from references(value.equation.right)
    elif isinstance(value, Text):
        yield Reference(value.text)
    elif isinstance(value, tuple):
        for item in value:
            if not isinstance(item, Text):
                yield from _references(item)


def _rule(node: Node, kinds: Mapping[str, Kind], names: Names, faults: Faults) -> RuleSpec | None:
    written = list(dict.fromkeys(key.text for key, _ in node.pairs or () if key.text is not None and key.text in kinds))
    found = fields.fields(node, "a rule", (*RULE_KEYS, *kinds), faults)
    if node.pairs is None:
        return None
    if len(written) != 1:
        if not written and all(key.text in RULE_KEYS for key, _ in node.pairs):
            faults.add(node.position, f"a rule needs a kind of check: one of {', '.join(kinds)}")
        elif len(written) > 1:
            faults.add(node.position, f"a rule has one kind of check, not {len(written)}: {', '.join(written)}")
        return None
    kind = kinds[written[0]]
    severity = fields.choice(found.get("severity"), "'severity'", [level.value for level in Severity], faults)
    note = fields.text(found.get("note"), "'note'", faults)
    fields.text(found.get("id"), "'id'", faults)
    if kind.name not in found:
        return None
    return RuleSpec(
        kind=kind.name,
        name="",
        values=_values(kind, found[kind.name], names, faults),
        position=node.position,
        severity=Severity(severity) if severity else None,
        note=note.text if note else "",
    )


def _values(kind: Kind, node: Node, names: Names, faults: Faults) -> tuple[Written, ...]:
    """The parameters of a rule; a bare value stands for the kind's main one."""
    known = {parameter.name: parameter for parameter in kind.parameters}
    required = [parameter.name for parameter in kind.parameters if parameter.required]
    if node.pairs is None:
        if not kind.shorthand:
            faults.add(node.position, f"{kind.name!r} takes a mapping with {', '.join(known)}")
            return ()
        for name in required:
            if name != kind.shorthand:
                faults.add(node.position, f"{kind.name!r} lacks {name!r}; write it as a mapping")
        found = {kind.shorthand: node}
    else:
        found = fields.fields(node, f"{kind.name!r}", known, faults, required=required)
    given = {key.text for key, _ in node.pairs} if node.pairs is not None else set(found)
    if kind.forms and not any(given.issuperset(form) for form in kind.forms):
        forms = " or ".join(" and ".join(map(repr, form)) for form in kind.forms)
        faults.add(node.position, f"{kind.name!r} needs {forms}")
    values = (_written(known[name], value, names, faults) for name, value in found.items())
    return tuple(value for value in values if value is not None)


def _written(parameter: Parameter, node: Node, names: Names, faults: Faults) -> Written | None:
    read = _READERS[parameter.takes]
    what = f"{parameter.name!r}"
    if node.items is not None and not node.items:
        faults.add(node.position, f"{what} is an empty list")
        return None
    if parameter.many and node.items is not None:
        value: object = _all(node.items, lambda item: read(parameter, item, what, names, faults))
    else:
        value = read(parameter, node, what, names, faults)
        value = (value,) if parameter.many and value is not None else value
    return None if value is None else Written(parameter, value, node.position)


def _all(nodes: list[Node], read: Callable[[Node], object]) -> tuple[object, ...] | None:
    """Every node read; None if one of them failed, so that half a rule is never bound."""
    values = [read(node) for node in nodes]
    return None if None in values else tuple(values)


def read_formula(node: Node, what: str, names: Names, faults: Faults) -> Formula | None:
    """An operand whose names are all declared."""
    source = fields.text(node, what, faults)
    if source is None:
        return None
    try:
        operand = parse(source.text, names.sources)
    except OperandError as error:
        faults.add(source.place(error.column), f"{what}: {error}")
        return None
    good = [_declared(reference, source, names, faults) for reference in references(operand)]
    good += [sources.declared(one, source, names, faults) for one in aggregates(operand)]
    return Formula(operand, source) if all(good) else None


def _declared(reference: Reference, source: Text, names: Names, faults: Faults) -> bool:
    """Whether a name is declared, and as what it is used for."""
    place = source.place(reference.at)
    names.used.add(reference.name)
    if reference.name in names.figures and reference.row:
        faults.add(place, f"{reference.name!r} is a figure of a phrase and has no rows")
    elif reference.name in names.figures or reference.name in names.tables:
        return True
    elif reference.name in names.sources:
        hint = f"count({reference.name}) or sum({reference.name}.column)"
        faults.add(place, f"{reference.name!r} is a data source; reckon something from it, such as {hint}")
    else:
        known = (*names.tables, *names.figures, *names.sources)
        faults.add(place, f"no table or figure is named {reference.name!r}{suggestion(reference.name, known)}")
    return False


def _operand(parameter: Parameter, node: Node, what: str, names: Names, faults: Faults) -> Formula | None:
    return read_formula(node, what, names, faults)


def _operands(parameter: Parameter, node: Node, what: str, names: Names, faults: Faults) -> object:
    nodes = node.items if node.items is not None else [node]
    return _all(nodes, lambda item: read_formula(item, what, names, faults))


def _series(parameter: Parameter, node: Node, what: str, names: Names, faults: Faults) -> object:
    return (
        _operands(parameter, node, what, names, faults)
        if node.items is not None
        else _operand(parameter, node, what, names, faults)
    )


def _labels(parameter: Parameter, node: Node, what: str, names: Names, faults: Faults) -> object:
    if node.items is None:
        return read_formula(node, what, names, faults)
    found = fields.texts(node, f"a label of {what}", faults)
    return found if len(found) == len(node.items) else None


def _relation(parameter: Parameter, node: Node, what: str, names: Names, faults: Faults) -> Relationship | None:
    source = fields.text(node, what, faults)
    if source is None:
        return None
    try:
        equation = parse_relation(source.text, names.sources)
    except OperandError as error:
        faults.add(source.place(error.column), f"{what}: {error}")
        return None
    named = (*references(equation.left), *references(equation.right))
    good = [_declared(reference, source, names, faults) for reference in named]
    reckoned = (*aggregates(equation.left), *aggregates(equation.right))
    good += [sources.declared(one, source, names, faults) for one in reckoned]
    return Relationship(equation, source) if all(good) else None


def _table(parameter: Parameter, node: Node, what: str, names: Names, faults: Faults) -> Text | None:
    source = fields.text(node, what, faults)
    if source is None:
        return None
    names.used.add(source.text)
    if source.text in names.tables:
        return source
    hint = "; it is a figure of a phrase" if source.text in names.figures else suggestion(source.text, names.tables)
    faults.add(source.position, f"{what}: no table is named {source.text!r}{hint}")
    return None


def _number(parameter: Parameter, node: Node, what: str, names: Names, faults: Faults) -> Decimal | None:
    try:
        value = Decimal(node.text or "")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        faults.add(node.position, f"{what} must be a number, written with a decimal point")
    elif wrong := _nonsense(parameter, value):
        faults.add(node.position, f"{what} must be {wrong}")
    else:
        return value
    return None


def _nonsense(parameter: Parameter, value: Decimal) -> str:
    """What a number should be that this parameter cannot be; "" where it can."""
    wanted = "a whole number" if parameter.whole else "a number"
    if parameter.least is not None:
        wanted += f" from {parameter.least} on"
    elif parameter.above is not None:
        wanted += f" above {parameter.above}"
    too_small = (parameter.least is not None and value < parameter.least) or (
        parameter.above is not None and value <= parameter.above
    )
    return wanted if too_small or (parameter.whole and value != value.to_integral_value()) else ""


def _text(parameter: Parameter, node: Node, what: str, names: Names, faults: Faults) -> str | None:
    if parameter.unlabelled and node.text is not None and not node.text.strip():
        return ""
    found = fields.text(node, what, faults)
    return found.text if found else None


def _choice(parameter: Parameter, node: Node, what: str, names: Names, faults: Faults) -> str | None:
    return fields.choice(node, what, parameter.choices, faults)


def _flag(parameter: Parameter, node: Node, what: str, names: Names, faults: Faults) -> bool | None:
    word = fields.choice(node, what, FLAGS, faults)
    return None if word is None else FLAGS[word]


_READERS: dict[Takes, Callable[[Parameter, Node, str, Names, Faults], object]] = {
    Takes.OPERAND: _operand,
    Takes.OPERANDS: _operands,
    Takes.SERIES: _series,
    Takes.TABLE: _table,
    Takes.LABELS: _labels,
    Takes.NUMBER: _number,
    Takes.TEXT: _text,
    Takes.CHOICE: _choice,
    Takes.FLAG: _flag,
    Takes.RELATION: _relation,
    Takes.SOURCE: sources.source,
    Takes.COLUMNS: sources.columns,
    Takes.FILTER: sources.conditions,
    Takes.PATTERN: sources.pattern,
    Takes.ROW_SUM: sources.row_sum,
}
