"""A page of documentation on a terminal. In: Markdown. Out: the same text; with colour, headings and code stand out.

Markdown is made to be read as it is, so nothing is taken away from it.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from validator.report._ink import Run, Style, ascii_only, paint, printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.report._context import Context

_LEAST = 20  # columns for what a page says, however narrow the terminal


def contents(pages: Mapping[str, str], context: Context) -> str:
    """A line or more for each page: its name, and beside it what it says in a sentence."""
    column = max(map(len, pages), default=0) + 2
    lines = []
    for name, summary in pages.items():
        first, *more = textwrap.wrap(summary, max(context.width - column, _LEAST)) or [""]
        lines.append(paint([Run(name.ljust(column), Style.STRONG), Run(first)], colour=context.colour))
        lines += [" " * column + line for line in more]
    text = "\n".join(lines) + "\n"
    return text if context.unicode else ascii_only(text)


def render(markdown: str, context: Context) -> str:
    """The page, ending with a line end."""
    lines, code = [], False
    for line in markdown.strip().splitlines():
        style = Style.HEAD if line.startswith("#") and not code else Style.STRONG if code else Style.PLAIN
        if line.lstrip().startswith("```"):
            code, style = not code, Style.DIM
        lines.append(paint([Run(printable(line), style)], colour=context.colour))
    text = "\n".join(lines) + "\n"
    return text if context.unicode else ascii_only(text)
