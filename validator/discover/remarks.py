"""What a page itself says of sums that are off: rounding, figures cut off, a total that counts more or less, a measure.

In: the tables and passages of an `Extract`, in its language. Out: for a total that parts from its sum a `Remark`: the
sentence that explains it, or that its figures are rounded ones by what they measure. Must not decide a verdict, and
knows no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from validator.discover.remarks_places import Places
from validator.model.language import Topic
from validator.model.tables import Role

if TYPE_CHECKING:
    from validator.discover.side import Side
    from validator.discover.sums import Pattern
    from validator.model.extracts import Extract
    from validator.model.language import Language
    from validator.model.tables import Table

_NO_AMOUNTS = frozenset({Topic.AVERAGE, Topic.UNCERTAINTY})
_SHARES = frozenset({Topic.PERCENT, Topic.PERMILLE})


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a finding is worth no more than a note; ``text`` is the sentence that says so, "" where a unit does."""

    text: str = ""


class Remarks:
    """What the pages of a document say of their tables. Sentences are looked at only once a sum is off."""

    def __init__(self, extract: Extract, language: Language | None) -> None:
        self._extract = extract
        self._language = language
        self._places: Places | None = None

    def of(self, side: Side, pattern: Pattern, line: int) -> Remark | None:
        """What there is to say of a line that breaks a pattern; None where nothing excuses it."""
        value, unit = side.numbers.value, float(side.numbers.unit[pattern.total, line])
        parts = value[list(pattern.parts), line]
        gap = float(np.nansum(parts) - value[pattern.total, line])
        terms = int(np.count_nonzero(~np.isnan(parts)))
        places = self._where()
        for text in (*side.table.notes, *places.at(side.table)):
            if self._explains(text, gap / unit, terms):
                return Remark(text)
        for text in places.general:  # what is said of all totals, in an introduction
            topics = self._excuses(text)
            if Topic.ROUNDED in topics and self._of_totals(text) and self._explains(text, gap / unit, terms):
                return Remark(text)
        if line in pattern.near and self.measured(side, pattern.total, line):
            return Remark()
        return None

    def _explains(self, text: str, steps: float, terms: int) -> bool:
        """Whether a sentence accounts for a gap of ``steps`` last digits, above 0 where the parts are too much."""
        topics = self._excuses(text)
        if Topic.TRUNCATED in topics:  # each part lacks up to a whole digit
            return abs(steps) <= terms + _SLACK
        if Topic.ROUNDED in topics:
            return abs(steps) <= (terms + 1) / 2 + _SLACK
        # Who is counted under several of the parts makes them too much, never too little.
        return Topic.APART in topics or (Topic.SEVERAL in topics and steps > 0)

    def _excuses(self, text: str) -> frozenset[Topic]:
        return self._language.excuses(text) if self._language is not None and text else frozenset()

    def _of_totals(self, text: str) -> bool:
        """Whether a sentence speaks of totals, or of what does not add up."""
        return Topic.APART in self._excuses(text) or Topic.TOTAL in self._topics(text)

    def adds_up(self, side: Side, total: int, line: int) -> bool:
        """Whether figures are of a kind that adds up, as their labels go: medians and margins of error are not."""
        return not any(_NO_AMOUNTS & self._topics(label) for label in (side.name(total), side.line_name(line)))

    def measured(self, side: Side, total: int, line: int) -> bool:
        """Whether the title or the labels of a figure say that it measures something, or tells it in thousands."""
        table = side.table
        titles = [text for text in (table.caption, table.heading) if text] or [self._above(table)]
        titles.append(table.stub_head)
        titles += [stub.label for stub in table.stubs if stub.role is Role.HEADER]
        if any(Topic.MEASURED in self._topics(title) for title in titles):
            return True
        if any(self._unit_last(label) for label in (side.name(total), side.line_name(line))):
            return True
        if not any(_SHARES & self._topics(title) for title in titles):
            return False
        labels = (*(header.label for header in table.headers), *(stub.label for stub in table.stubs))
        return not any(_SHARES & self._topics(label) for label in labels)  # a mixed table says which are its shares

    def _unit_last(self, label: str) -> bool:
        """Whether a label ends in a measure, or a part of it does: "Area, km2"; but Miles is also a person's name."""
        spots = self._language.spots(label) if self._language is not None else ()
        measures = [spot for spot in spots if spot.sense.topic is Topic.MEASURED]
        return any(not label[spot.stop :].strip() or label[spot.stop :].lstrip()[0] in _ENDS for spot in measures)

    def _above(self, table: Table) -> str:
        """The passage printed nearest above a table."""
        here = (one for one in self._extract.passages if not one.row and one.location.page == table.page)
        above = [one for one in here if one.location.box.bottom <= table.box.top]
        return max(above, key=lambda one: one.location.box.bottom).text if above else ""

    def _where(self) -> Places:
        """The sentences by the tables that they stand at."""
        if self._places is None:
            self._places = Places(self._extract)
        return self._places

    def _topics(self, text: str) -> frozenset[Topic]:
        if self._language is None or not text:
            return frozenset()
        return frozenset(spot.sense.topic for spot in self._language.spots(text))


_ENDS = frozenset(").,;:]›")  # what follows the last word of a part of a label
_SLACK = 1e-6  # what float errors leave of a gap told in digits
