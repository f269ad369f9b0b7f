"""Which words of the margins are the numbers of the pages."""

from __future__ import annotations

import pytest

from validator.extract.page_margins import running_numbers
from validator.model.locations import Box
from validator.model.pages import Page, Word
from validator.model.settings import DEFAULT

HEIGHT = {"head": 40.0, "body": 400.0, "foot": 800.0}


def told(*pages: dict[str, str]) -> set[str]:
    """The texts of the lines, given by where they stand, of pages 1, 2, … that are taken for page numbers."""
    made = [
        Page(
            number,
            600,
            840,
            words=tuple(
                Word(text, Box(60 + 40 * place, HEIGHT[where], 90 + 40 * place, HEIGHT[where] + 10), (), 10)
                for where, line in lines.items()
                for place, text in enumerate(line.split())
            ),
        )
        for number, lines in enumerate(pages, 1)
    ]
    found = running_numbers(made, DEFAULT)
    return {word.text for page in made for word in page.words if id(word) in found}


@pytest.mark.parametrize(
    "feet",
    [
        ("4", "5", "6"),
        ("Page 1 of 3", "Page 2 of 3", "Page 3 of 3"),
        ("- 17 -", "- 18 -", "a report"),
    ],
)
@pytest.mark.parametrize("where", ["head", "foot"])
def test_a_number_that_runs_on_with_the_pages_is_theirs(feet: tuple[str, ...], where: str) -> None:
    running = [foot for foot in feet if any(map(str.isdigit, foot))]
    assert told(*({"body": "Ashford 12", where: foot} for foot in feet)) == set(" ".join(running).split())


@pytest.mark.parametrize(
    "feet",
    [
        ("4", "4", "4"),  # does not run on
        ("4", "6", "8"),  # nor does this
        ("4 %", "5%", "6%"),  # shares are no page numbers …
        ("1.4", "1.5", "1.6"),  # … nor are the digits of others
        ("Ashford 4", "Brinley 5", "Corvale 6"),  # other lines
    ],
)
def test_other_numbers_are_not(feet: tuple[str, ...]) -> None:
    assert told(*({"body": "Ashford 12", "foot": foot} for foot in feet)) == set()


def test_a_page_by_itself_says_nothing() -> None:
    assert told({"body": "Ashford 12", "foot": "1"}) == set()


def test_the_middle_of_a_page_is_not_looked_at() -> None:
    assert told(*({"head": "A report", "body": str(n), "foot": "A foot"} for n in range(1, 5))) == set()


def test_weeks_run_on_as_well_but_a_page_has_one_number() -> None:
    """The weeks head tables; what most pages say is their number."""
    weeks = [{"head": f"Week {n + 11}", "body": "Ashford 12", "foot": f"Bulletin {n}"} for n in (1, 2)]
    assert told(*weeks, {"head": "Annex", "body": "Ashford 12", "foot": "Bulletin 3"}) == {"Bulletin", "1", "2", "3"}
    assert told(*weeks) == {"Bulletin", "1", "2"}  # of as many pages, the number nearest to theirs


def test_a_page_may_have_a_number_in_its_volume_too() -> None:
    assert told(*({"head": str(n + 344), "body": "Ashford 12", "foot": f"Page {n}"} for n in (1, 2))) == {
        "345", "346", "Page", "1", "2",
    }  # fmt: skip
