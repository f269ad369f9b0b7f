"""A phrase as written ("In {year} there were {deaths} deaths") to its literal parts and slots."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.rulebook.book import Text
    from validator.rulebook.faults import Faults

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def phrase_text(source: Text, faults: Faults) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]] | None:
    """The literals, one more than slots, and the slots as (name, 0-based column); None after a fault.

    Doubled braces stand for printed ones.
    """
    literals, slots, last = [""], [], 0
    for found in _BRACES.finditer(source.text):
        literals[-1] += source.text[last : found.start()]
        last = found.end()
        if found.group() in ("{{", "}}"):
            literals[-1] += found.group()[0]
        elif found.group(1) is None:
            faults.add(source.place(found.start()), f"this {found.group()} has no partner; a printed brace is doubled")
            return None
        else:
            slots.append((found.group(1).strip(), found.start() + 1))
            literals.append("")
    literals[-1] += source.text[last:]
    if not slots:
        faults.add(source.position, "a phrase needs a slot, {name} or {}, where its figure stands")
        return None
    if not any(character.isalnum() for literal in literals for character in literal):
        faults.add(source.position, "a phrase needs words around its slots to be found by")
        return None
    return tuple(literals), tuple(slots)
