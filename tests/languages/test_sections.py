"""Parts of a language's file that are read without the rest say what the whole file says, however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from validator import languages

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = (("claims",), ("stop_words", "table_words"))
TEXTS = {code: languages._text(code) for code in languages.available()}


def _with_an_anchor(text: str) -> str:
    """The claims say something again that stands further up, under a name."""
    return "more: &phrase [so much for the sum]\n" + text.replace("claims:", "claims:\n  anew: *phrase", 1)


STYLES: dict[str, Callable[[str], str]] = {
    "as written": lambda text: text,
    "in brackets": lambda text: yaml.safe_dump(yaml.safe_load(text), default_flow_style=True, allow_unicode=True),
    "in lines": lambda text: yaml.safe_dump(yaml.safe_load(text), default_flow_style=False, indent=5),
    "with quoted keys": lambda text: text.replace("claims:", '"claims":', 1).replace("stop_words:", "'stop_words':", 1),
    "with a comment": lambda text: text.replace("claims:", "claims:\n# at the margin", 1),
    "with an anchor": _with_an_anchor,
    "without them": lambda text: "name: Nobody speaks it\n",
}


@pytest.mark.parametrize("code", languages.available())
@pytest.mark.parametrize("style", STYLES)
def test_parts_say_what_the_whole_file_says(code: str, style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = STYLES[style](TEXTS[code])
    whole = yaml.safe_load(written)
    monkeypatch.setattr(languages, "_text", lambda code: written)
    for names in PARTS:
        wanted = {name: whole[name] for name in names if name in whole}
        assert languages._sections(f"{code}, {style}", *names) == wanted


def test_most_of_a_file_is_not_parsed_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(code: str) -> None:
        raise AssertionError(code)

    monkeypatch.setattr(languages, "_data", never)
    for code in languages.available():
        assert all(languages._sections(code, *names).keys() == set(names) for names in PARTS)
