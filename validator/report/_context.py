"""What a format is told besides the result: how wide, with or without colour, how much, where pictures come from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from validator.model.findings import Severity
from validator.model.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from collections.abc import Callable


class Pictures(StrEnum):
    """Which pages the HTML report shows as pictures."""

    AUTO = "auto"  # all pages of short reports; of long ones, only those that carry a finding
    FINDINGS = "findings"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Context:
    """How a result is to be shown. The defaults suit a file that any machine can read.

    ``page_png`` maps (path of a document, 1-based page, pixels per point) to that page as a PNG; without it the HTML
    report has no page pictures. ``progress`` hears of long work: what, how much of it is done, and of how much.
    ``level`` is the least severity shown: less severe findings are only counted.
    """

    version: str = ""
    width: int = 80
    colour: bool = False
    unicode: bool = True
    level: Severity = Severity.WARNING
    pictures: Pictures = Pictures.AUTO
    page_png: Callable[[str, int, float], bytes] | None = None
    progress: Callable[[str, int, int], None] | None = None
    settings: Settings = DEFAULT
