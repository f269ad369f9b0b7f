"""Which columns of a table are printed in percent, by what their labels or the table's title say.

In: a `Draft` and the language. Out: for each column whether its plain numbers are percentages. A "26" below
"%" is 26 per cent, rounded like any share, and no count of 26. Must not read figures, and knows no words itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from validator.extract.layout_shapes import is_year
from validator.model.building import HUNDRED
from validator.model.language import Topic, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from validator.extract.table_understand import Draft
    from validator.model.language import Language
    from validator.model.settings import Settings

_PARTS = re.compile(r"[.,;:()\[\]/–—\d]+")  # what sets a unit apart in a label: "2022, Share", "By age (percentages)"


_LARGE = re.compile(r"(?!100(?:[.,]0+)?(?!\d))\d{3}")  # an integer of three digits and more, 100 itself left out
_NUMBER = re.compile(r"\d[\d.,]*\s*$")


class Percents(NamedTuple):
    """Whether each column is in percent; ``title`` says it of a table that says it of none.

    A row that is called a share is none for that: "Percent" beside counts names what its row is about as often.
    """

    columns: tuple[bool, ...]
    title: bool

    def at(self, column: int, value: Decimal) -> bool:
        """Whether a plain number that stands there is one of percent; under a mere title the base of shares is none."""
        return self.columns[column] or (self.title and abs(value) <= HUNDRED)


def percents(draft: Draft, language: Language, settings: Settings) -> Percents:
    """What the labels of ``draft`` say; its title counts only where no label tells percentages from counts."""
    columns = tuple(
        _says(header.path, language) and not _mixed(draft, column, settings)
        for column, header in enumerate(draft.headers)
    )
    rows = any(_says(row.path or (row.label,), language) for row in draft.rows)
    titles = (draft.caption, draft.heading, draft.stub_head)
    return Percents(columns, not any(columns) and not rows and _says(titles, language))


def _mixed(draft: Draft, column: int, settings: Settings) -> bool:
    """Whether a column prints more than one number that is no share: below grams, "%" is the unit of its top only."""
    texts = (slot.text for row in draft.rows if (slot := row.slots[column]) is not None and slot.numeric)
    return sum(_LARGE.search(text) is not None for text in texts) > settings.share_bases


def _says(labels: Iterable[str], language: Language) -> bool:
    return any(label and (_names_unit(label, language) or _is_share(label, language)) for label in labels)


def _names_unit(label: str, language: Language) -> bool:
    """Whether a label gives percent as its unit: not of a number ("5 % loans"), nor as one of two ("No. and %")."""
    spots = language.spots(label)
    return not any(spot.sense.topic is Topic.AND for spot in spots) and any(
        spot.sense.topic is Topic.PERCENT and not _of_number(label[: spot.start]) for spot in spots
    )


def _of_number(before: str) -> bool:
    """Whether a text ends in a number that is no year: "2019, 5", but not "in 2019"."""
    found = _NUMBER.search(before)
    return found is not None and not is_year(found.group().strip())


def _is_share(label: str, language: Language) -> bool:
    """Whether a part of a label is nothing but a word for a share."""
    return any(_whole(part, language) for part in _PARTS.split(label))


def _whole(part: str, language: Language) -> bool:
    found = pieces(part)
    spot = language.at(found, 0, Topic.SHARE)
    return spot is not None and spot.last == len(found)
