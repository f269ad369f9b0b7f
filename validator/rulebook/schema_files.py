"""The schema that a table or a source names: a node in, the file that exists and perhaps a name in it out.

What the file says is for `frames` to judge; here it is only looked for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from validator.model.schemas import split
from validator.rulebook import fields
from validator.rulebook.faults import suggestion

if TYPE_CHECKING:
    from validator.rulebook.faults import Faults
    from validator.rulebook.nodes import Node

SUFFIXES = (".yml", ".yaml", ".py")


def schema_named(node: Node | None, what: str, book: Path, faults: Faults) -> str | None:
    """``schemas/cases.yml``, ``schemas/cases.py`` or ``schemas/cases.py:Cases``, made relative to the program."""
    named = fields.text(node, what, faults)
    if named is None:
        return None
    file, name = split(os.path.normpath(book.parent / named.text))
    if Path(file).suffix not in SUFFIXES:
        faults.add(named.position, f"{what} is a YAML or a Python file ({', '.join(SUFFIXES)})")
    elif not Path(file).is_file():
        near = Path(file).parent
        others = [entry.name for entry in near.iterdir() if entry.suffix in SUFFIXES] if near.is_dir() else []
        faults.add(named.position, f"there is no schema file {file}{suggestion(Path(file).name, others)}")
    else:
        return f"{file}:{name}" if name else file
    return None
