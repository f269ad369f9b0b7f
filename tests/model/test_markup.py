"""Tables of text are told from pages of the web, XML and JSON by how they begin."""

from __future__ import annotations

import pytest

from validator.model.markup import is_markup


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html>",
        " \n<html lang='en'>",
        "<?xml version='1.0'?>",
        "<rss/>",
        '{"a": 1}',
        "[]",
        '[ {"a": 1}]',
        "{}",
    ],
)
def test_markup_and_json(text: str) -> None:
    assert is_markup(text)


@pytest.mark.parametrize(
    "text", ["a,b\n1,2", "<5,5-9,10+", "<unknown", "{a},{b}", "[1] note,2", "", "Town;<html>", "< 5;6"]
)
def test_tables(text: str) -> None:
    assert not is_markup(text)
