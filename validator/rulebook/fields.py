"""Reads typed values out of nodes, telling every fault with its position and going on.

Each reader takes a node and gives the value, or None after a fault: a caller never has to catch anything, so that one
slip does not hide the next.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.rulebook.book import Text
from validator.rulebook.faults import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.rulebook.faults import Faults
    from validator.rulebook.nodes import Node

_WHOLE = re.compile(r"[1-9][0-9]{0,5}")


def pairs(node: Node, what: str, faults: Faults) -> Iterator[tuple[str, Node, Node]]:
    """(key, key node, value node) of a mapping, keys given twice left out after a fault."""
    if node.pairs is None:
        faults.add(node.position, f"{what} must be a mapping (name: value), not {node.shape}")
        return
    seen: dict[str, int] = {}
    for key, value in node.pairs:
        if key.text is None:
            faults.add(key.position, f"{key.shape} cannot be a key of {what}; a text with braces or brackets is quoted")
        elif key.text in seen:
            faults.add(key.position, f"{key.text!r} is given twice in {what}, first on line {seen[key.text]}")
        else:
            seen[key.text] = key.position.line
            yield key.text, key, value


def fields(
    node: Node,
    what: str,
    known: Iterable[str],
    faults: Faults,
    *,
    required: Iterable[str] = (),
    sections: Iterable[str] = (),
) -> dict[str, Node]:
    """The values of a mapping with known keys; unknown, empty and missing ones are faults.

    An empty one of ``sections`` is no fault: it is as if it were not there.
    """
    keys, may_be_empty = tuple(known), tuple(sections)
    found: dict[str, Node] = {}
    for name, key, value in pairs(node, what, faults):
        if name not in keys:
            faults.add(key.position, f"{what} has no key {name!r}{suggestion(name, keys)}")
        elif value.blank and name in may_be_empty:
            continue
        elif value.blank:
            faults.add(value.position, f"{name!r} is empty")
        else:
            found[name] = value
    if node.pairs is not None:
        written = {key.text for key, _ in node.pairs}
        for name in required:
            if name not in written:
                faults.add(node.position, f"{what} lacks {name!r}")
    return found


def items(node: Node, what: str, faults: Faults) -> list[Node]:
    """The items of a list; a fault and nothing where it is none."""
    if node.items is not None:
        return node.items
    faults.add(node.position, f"{what} must be a list (- item), not {node.shape}")
    return []


def text(node: Node | None, what: str, faults: Faults) -> Text | None:
    """A text that is not empty."""
    if node is None:
        return None
    if node.text is None:
        faults.add(node.position, f"{what} must be a text, not {node.shape}; put it in quotes if it is meant as one")
        return None
    if not node.text.strip():
        faults.add(node.position, f"{what} is empty")
        return None
    return Text(node.text, node.position, node.inline)


def texts(node: Node | None, what: str, faults: Faults) -> tuple[Text, ...]:
    """One text, or a list of them."""
    if node is None:
        return ()
    nodes = node.items if node.items is not None else [node]
    if not nodes:
        faults.add(node.position, f"{what} is an empty list")
    found = (text(item, what, faults) for item in nodes)
    return tuple(item for item in found if item is not None)


def whole(node: Node | None, what: str, faults: Faults) -> int | None:
    """A whole number from 1 on."""
    if node is None:
        return None
    if node.text is None or not _WHOLE.fullmatch(node.text):
        faults.add(node.position, f"{what} must be a whole number from 1 on")
        return None
    return int(node.text)


def choice(node: Node | None, what: str, choices: Iterable[str], faults: Faults) -> str | None:
    """One of a few words."""
    if node is None:
        return None
    words = tuple(choices)
    if node.text in words:
        return node.text
    written = node.text if node.text is not None else node.shape
    faults.add(node.position, f"{what} cannot be {written!r}{suggestion(written, words)}")
    return None
