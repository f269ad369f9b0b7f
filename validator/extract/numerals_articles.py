"""Articles that count: "76 kvinder (heraf en pige)", "14 mænd og en dreng", "en af personerne".

In: a `Reading` on which all other numbers are claimed. Out: the places where an article is the number one. An article
counts where a word for "of which" stands before it, where its noun is coordinated with a counted noun, or where it
picks one out of a whole. It never counts before a noun of change, share, fraction or average ("en stigning").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.extract.numerals_words import Worded, decimal_of
from validator.model.figures import NumeralKind
from validator.model.language import Topic

if TYPE_CHECKING:
    from validator.extract.numerals_reading import Reading
    from validator.model.language import Spot

_NOT_COUNTED = (
    Topic.RISE,
    Topic.FALL,
    Topic.SHARE,
    Topic.AVERAGE,
    Topic.FRACTION,
    Topic.DENOMINATOR,
    Topic.MULTIPLE,
    Topic.MAJORITY,
    Topic.MINORITY,
    Topic.HIGHEST,
    Topic.LOWEST,
    Topic.PERIOD,
    Topic.TOTAL,
    Topic.NOT_NUMBER,
)
_OPENERS = frozenset("(:–—-")
_CLOSERS = frozenset(")")


def counting_articles(reading: Reading) -> list[Worded]:
    """Every article that counts, in order."""
    articles = [spot for spot in reading.of(Topic.ARTICLE) if reading.free(spot.start, spot.stop)]
    if not articles:
        return []
    counted = {
        index
        for token in reading.tokens
        if token.unused is None
        for index in range(_piece_at(reading, token.start), _piece_at(reading, token.stop))
    }
    found: list[Worded] = []
    # From the left, so that an article that counts can carry the next: "nine women, a man and a boy".
    for spot in articles:
        if not (_noun_counts(reading, spot) or _in_ratio(reading, spot, counted)):
            continue
        if (
            _in_ratio(reading, spot, counted)
            or _after_of_which(reading, spot)
            or _picks(reading, spot)
            or _joined(reading, spot, counted)
        ):
            counted.add(spot.first)
            found.append(Worded(spot.first, spot.last, decimal_of(spot.sense.value), 0, NumeralKind.COUNT))
    # "en mand og to kvinder": the article stands first.
    taken = {word.first for word in found}
    for spot in reversed(articles):
        if spot.first not in taken and _noun_counts(reading, spot) and _leads(reading, spot, counted):
            counted.add(spot.first)
            found.append(Worded(spot.first, spot.last, decimal_of(spot.sense.value), 0, NumeralKind.COUNT))
    return sorted(found)


def _piece_at(reading: Reading, position: int) -> int:
    return next((i for i, piece in enumerate(reading.pieces) if piece.start >= position), len(reading.pieces))


def _noun_counts(reading: Reading, spot: Spot) -> bool:
    """Whether a noun follows that can be counted."""
    found = reading.pieces
    if spot.last >= len(found) or not found[spot.last].text.isalpha():
        return False
    stop = min(spot.last + reading.settings.article_reach, len(found))
    return not any(reading.language.at(found, i, topic) for i in range(spot.last, stop) for topic in _NOT_COUNTED)


def _after_of_which(reading: Reading, spot: Spot) -> bool:
    return reading.before(spot.start, Topic.OF_WHICH) is not None


def _in_ratio(reading: Reading, spot: Spot, counted: set[int]) -> bool:
    """Whether it begins a share such as "en ud af tre"."""
    ratio = reading.language.at(reading.pieces, spot.last, Topic.RATIO)
    return ratio is not None and ratio.last in counted


def _picks(reading: Reading, spot: Spot) -> bool:
    """Whether it picks one out of a whole named by a noun, as in "En af personerne", not in "one of the largest"."""
    found, language = reading.pieces, reading.language
    partitive = language.at(found, spot.last, Topic.PARTITIVE)
    if partitive is None or partitive.last >= len(found) or (spot.first and found[spot.first - 1].text.isalpha()):
        return False
    noun = found[partitive.last].text
    return noun.isalpha() and noun not in language.stop_words


def _joined(reading: Reading, spot: Spot, counted: set[int]) -> bool:
    """Whether a counted noun stands before the article, joined to it by "and", a comma or both."""
    found = reading.pieces
    joint = reading.before(spot.start, Topic.AND)
    at = (joint.first if joint else spot.first) - 1
    comma = at >= 0 and found[at].text == ","
    if not joint and not comma:
        return False
    return _noun_of_count(reading, at - comma, counted)


def _noun_of_count(reading: Reading, at: int, counted: set[int]) -> bool:
    """Whether the pieces that end at ``at`` are a counted noun, with or without a remark in brackets behind it."""
    found, reach = reading.pieces, reading.settings.article_reach
    if at >= 0 and found[at].text in _CLOSERS:
        while at >= 0 and found[at].text != "(":
            at -= 1
        at -= 1
    words = 0
    while at >= 0 and words <= reach:
        if at in counted:
            return words > 0
        text = found[at].text
        if not text.isalpha() or text in reading.language.stop_words:
            return False
        words += 1
        at -= 1
    return False


def _leads(reading: Reading, spot: Spot, counted: set[int]) -> bool:
    """Whether one or two words and an "and" follow, and then a counted noun."""
    found, language = reading.pieces, reading.language
    for at in range(spot.last + 1, min(spot.last + 1 + reading.settings.article_reach, len(found))):
        text = found[at - 1].text
        if not text.isalpha() or text in language.stop_words:
            return False
        joint = language.at(found, at, Topic.AND)
        if joint and joint.last in counted:
            return joint.last + 1 < len(found) and found[joint.last + 1].text.isalpha()
    return False
