"""YAML text in, nodes with positions out: the safe, bounded subset of YAML that people write rule books in.

Nodes are built from the parser's events rather than by its composer, so that nesting is bounded before anything
recurses, and so that aliases (which can blow a small file up) and tags (which can name code) never get further than an
error message. Scalars stay text: what a value means depends on the key it stands under, not on how it looks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from validator.model.rules import Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.settings import Settings
    from validator.rulebook.faults import Faults

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it: ten times faster


@dataclass(slots=True, eq=False)
class Node:
    """A scalar (``text``), a list (``items``) or a mapping (``pairs``), and where it begins.

    ``inline`` says that the characters of ``text`` stand one for one in the file, from ``position`` on.
    """

    position: Position
    text: str | None = None
    items: list[Node] | None = None
    pairs: list[tuple[Node, Node]] | None = None
    quoted: bool = False
    inline: bool = False

    @property
    def shape(self) -> str:
        """What a person calls it."""
        if self.items is not None:
            return "a list"
        return "a mapping" if self.pairs is not None else "a text"

    @property
    def blank(self) -> bool:
        """Whether nothing was written (or YAML's null)."""
        return self.text is not None and not self.quoted and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; ``key`` waits for its value."""

    node: Node
    key: Node | None = field(default=None)

    def add(self, child: Node) -> None:
        if self.node.items is not None:
            self.node.items.append(child)
        elif self.key is None:
            self.key = child
        elif self.node.pairs is not None:
            self.node.pairs.append((self.key, child))
            self.key = None


class _RefusedError(Exception):
    """Something that YAML allows and rule books do not."""

    def __init__(self, message: str, mark: Any) -> None:
        super().__init__(message)
        self.mark = mark


def load_file(path: Path, settings: Settings, faults: Faults) -> Node | None:
    """The root node of a file; None where it cannot be read, which is then among the faults."""
    start = Position(str(path), 1, 1)
    try:
        size = path.stat().st_size
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe or a device may never end
            faults.add(start, "this is no regular file; save it to one")
            return None
        if size > settings.max_rulebook_bytes:
            faults.add(start, f"the file has {size} bytes; at most {settings.max_rulebook_bytes} are read")
            return None
        data = path.read_bytes()
    except OSError as error:
        faults.add(start, f"cannot be read: {error.strerror}")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.add(Position(str(path), line, 1), "this line is not UTF-8; save the file as UTF-8")
        return None
    return parse(text, str(path), settings, faults)


def parse(text: str, path: str, settings: Settings, faults: Faults) -> Node | None:
    """The root node of a YAML text; None where it is empty or broken, which is then among the faults."""
    try:
        root = _compose(yaml.parse(text, Loader=Loader), path, settings.max_rulebook_depth)
    except _RefusedError as error:
        faults.add(Position(path, error.mark.line + 1, error.mark.column + 1), str(error))
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        faults.add(Position(path, line, column), f"not YAML: {error.problem or error.context}")
        return None
    except yaml.YAMLError as error:  # a character that YAML forbids; the reader has no mark
        at = getattr(error, "position", 0)
        before = text[:at] if isinstance(at, int) else ""
        column = len(before) - (before.rfind("\n") + 1) + 1
        faults.add(Position(path, before.count("\n") + 1, column), "a character that YAML does not allow")
        return None
    if root is None:
        faults.add(Position(path, 1, 1), "the file is empty")
    return root


def _compose(events: Iterator[Any], path: str, max_depth: int) -> Node | None:
    """Nodes from events. Nesting is kept in a list, so that depth costs memory in proportion and no call stack."""
    root: Node | None = None
    stack: list[_Open] = []
    for event in events:
        if isinstance(event, yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent):
            node = _node(event, path)
            if stack:
                stack[-1].add(node)
            elif root is None:
                root = node
            if not isinstance(event, yaml.ScalarEvent):
                stack.append(_Open(node))
            if len(stack) > max_depth:
                raise _RefusedError(f"nested more than {max_depth} deep", event.start_mark)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            raise _RefusedError("aliases (*name) are not allowed; write it out, or quote the text", event.start_mark)
        elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _RefusedError("a second YAML document begins here; one file holds one", event.start_mark)
    return root


def _node(event: Any, path: str) -> Node:
    mark = event.start_mark
    if event.anchor is not None:
        raise _RefusedError("anchors (&name) are not allowed; quote the text if it begins with &", mark)
    if event.tag is not None:
        raise _RefusedError("tags (!name) are not allowed; quote the text if it begins with !", mark)
    position = Position(path, mark.line + 1, mark.column + 1)
    if isinstance(event, yaml.SequenceStartEvent):
        return Node(position, items=[])
    if isinstance(event, yaml.MappingStartEvent):
        return Node(position, pairs=[])
    quotes = 1 if event.style in ("'", '"') else 0
    # Where the file spends exactly as many characters as the text has, nothing was escaped, folded or wrapped.
    inline = event.end_mark.line == mark.line and event.end_mark.column - mark.column == len(event.value) + 2 * quotes
    if quotes and inline:
        position = position._replace(column=position.column + 1)
    return Node(position, text=event.value, quoted=event.style not in (None, ""), inline=inline)
