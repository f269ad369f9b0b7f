from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from validator.report._ink import Run, Style, cells, paint, printable, wrap

LETTERS = st.text(alphabet="ab é漢́ ", max_size=60)


def lines(runs: list[Run], width: int, first: str = "", rest: str | None = None) -> list[str]:
    return [paint(line, colour=False) for line in wrap(runs, width, first, rest)]


def test_lines_break_at_spaces_and_keep_their_indents() -> None:
    assert lines([Run("one two three four")], 11, "* ", "  ") == ["* one two", "  three", "  four"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert lines([Run("abcdefgh")], 3) == ["abc", "def", "gh"]


def test_a_word_in_two_styles_is_not_broken() -> None:
    assert lines([Run("aa (bb"), Run("cc", Style.MARK), Run(").")], 8) == ["aa", "(bbcc)."]


@given(LETTERS, st.integers(min_value=2, max_value=30))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: int) -> None:
    wrapped = lines([Run(text)], width)
    assert all(cells(line) <= width for line in wrapped)
    assert "".join(wrapped).replace(" ", "") == text.replace(" ", "")


def test_control_characters_never_reach_the_terminal() -> None:
    assert printable("a\x1b[2Jb\nc\u2028d") == "a [2Jb c d"
    assert printable("\u202e12\u2069\u00a0kr") == "12\u00a0kr"


def test_wide_letters_take_two_columns() -> None:
    assert (cells("漢"), cells("é"), cells("e\u0301")) == (2, 1, 1)
