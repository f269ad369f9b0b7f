"""What a table of text never begins with: a web page, XML or JSON that was given for one."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"\s*(?:<(?:[?!]|[a-zA-Z][\w:-]*[ \r\n/>])|[{\[]\s*[\"{\[\]}])")


def is_markup(beginning: str) -> bool:
    """Whether a text, given by its beginning without a byte order mark, is markup or JSON."""
    return _MARKUP.match(beginning) is not None
