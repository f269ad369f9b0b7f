"""What of a page a browser would fetch from elsewhere: attributes and styles, not the words that people read."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_URL = re.compile(r"url\(\s*['\"]?(?!data:)([^'\")]*)|@import\s+(\S+)", re.IGNORECASE)
_OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_ANYWHERE = re.compile(r"https?:|//[\w.-]+\.\w+|\burl\(", re.IGNORECASE)
_FETCHING = {
    "src",
    "href",
    "srcset",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "ping",
    "cite",
    "manifest",
}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag if tag in ("script", "style") else ""
        for name, value in attrs:
            if name in _FETCHING and _OUTSIDE.match(value or ""):
                self.found.append(f"<{tag} {name}={value}>")
            elif name == "style" and _URL.search(value or ""):
                self.found.append(f"<{tag} style={value}>")
            elif name not in _FETCHING and _ANYWHERE.search(value or "") and name != "title":
                self.found.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found += [f"{self._inside}: {hit.group()}" for hit in _ANYWHERE.finditer(data)]
            self.found += [f"{self._inside}: {hit.group()}" for hit in _URL.finditer(data)]


def outside_addresses(page: str) -> list[str]:
    """Every address in ``page`` that is not of the same site, except in words that are only shown."""
    parser = _Page()
    parser.feed(page)
    parser.close()
    return parser.found
