"""A schema file as plain data: a path in, mappings and lists with the place of every key out.

YAML and Python give the same data, in the form that pandera's ``to_yaml`` writes. Nothing in a file is ever run.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.frames.faults import START, Place
from validator.model.errors import Problem, RuleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.frames import faults

MAX_BYTES = 200_000  # the longest schema here has some hundred lines
MAX_DEPTH = 12  # pandera's form is six deep


class Written(NamedTuple):
    """The data of a schema file, and where each key stands."""

    data: Any
    marks: Mapping[faults.Path, Place]


def text_of(path: str) -> str:
    """The text of a schema file. Raises `RuleError` where it cannot be read."""
    try:
        if Path(path).stat().st_size > MAX_BYTES:
            raise fault(path, START, f"a schema file of more than {MAX_BYTES} bytes is not read")
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise fault(path, START, f"the schema file cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise fault(path, START, "the schema file is not UTF-8") from error


def fault(path: str, place: Place, message: str) -> RuleError:
    """One fault, to be raised."""
    return RuleError((Problem(path, *place, message),))
