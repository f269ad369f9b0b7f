"""Words from glyphs, by geometry alone.

In: runs of glyphs. Out: ``Word``s. A word ends at a real space, at a gap, at a change of baseline or size. Runs are
cut into fragments; fragments that touch are joined, whatever order the file draws them in. It must not understand
what a word says: "12 345" stays two words, and a dash stays a dash.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from validator.model.pages import Word
from validator.read.axes import across

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.read.glyphs import Run

# Ems. MuPDF's structured text calls a gap of 0.15 em a space; fonts' own word spaces are 0.22 em and wider.
_GAP = 0.15
_BACK = 0.35  # how far a glyph may start before the end of the one before: kerning, accents set over a letter
_SAME_LINE = 0.12  # of the smaller size: baselines that differ less are one line
_SAME_SIZE = 0.75  # ratio of sizes below which two fragments are no longer one word
_LETTER_SPACED = 0.45  # ems: no typesetter spaces letters wider without meaning separate items
_TWIN = 0.12  # ems: the same glyph drawn again within this distance is a bold made by hand

_SPACES = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000 ")
_NOTHING = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
_HYPHENS = frozenset("\u0002\ufffe")  # what PDFium writes for a hyphen at a line end


@dataclass(slots=True)
class Fragment:
    """Glyphs without a gap on one line; the axes are those of ``Run``."""

    run: Run
    texts: list[str]
    starts: list[float]
    stops: list[float]

    @property
    def start(self) -> float:
        """Where the first glyph starts."""
        return self.starts[0]

    @property
    def stop(self) -> float:
        """Where the glyphs end."""
        return self.stops[-1]


def words(runs: Iterable[Run]) -> tuple[Word, ...]:
    """All words, line by line, those of upright lines first."""
    fragments: dict[int, list[Fragment]] = {}
    for run in runs:
        fragments.setdefault(run.rotation, []).extend(split(run))
    found: list[Word] = []
    for rotation in sorted(fragments):
        for line in lines(fragments[rotation]):
            found.extend(word for joined in join(line) if (word := _word(joined, rotation)) is not None)
    return tuple(found)


def split(run: Run) -> list[Fragment]:
    """The fragments of a run: cut at spaces and gaps."""
    fragments: list[Fragment] = []
    allowed = None
    size = run.size
    gap = _GAP * size
    back = -_BACK * size
    texts: list[str] = []
    starts: list[float] = []
    stops: list[float] = []
    last = 0.0
    for text, start, stop in zip(run.texts, run.starts, run.stops, strict=True):
        if text in _SPACES:
            if texts:
                fragments.append(Fragment(run, texts, starts, stops))
                texts, starts, stops = [], [], []
            continue
        if text in _NOTHING:
            continue
        if texts and not back <= start - last <= gap:
            if allowed is None:
                allowed = max(gap, _spacing(run) + gap)
            if not back <= start - last <= allowed:
                fragments.append(Fragment(run, texts, starts, stops))
                texts, starts, stops = [], [], []
        texts.append(text)
        starts.append(start)
        stops.append(stop)
        last = stop
    if texts:
        fragments.append(Fragment(run, texts, starts, stops))
    return fragments


def _spacing(run: Run) -> float:
    """The space that a letter-spaced run puts between its letters; 0 for other runs and for runs of digits."""
    letters = sum(text.isalpha() for text in run.texts)
    if letters < 3 or 2 * letters < len(run.texts):
        return 0.0
    gaps = [
        run.starts[i] - run.stops[i - 1]
        for i in range(1, len(run.texts))
        if run.texts[i] not in _SPACES and run.texts[i - 1] not in _SPACES
    ]
    usual = median(gaps) if gaps else 0.0
    return usual if 0 < usual <= _LETTER_SPACED * run.size else 0.0


def lines(fragments: list[Fragment]) -> list[list[Fragment]]:
    """Fragments of one rotation by line, each line in reading direction."""
    fragments.sort(key=lambda f: f.run.baseline)
    grouped: list[list[Fragment]] = []
    last = None
    for fragment in fragments:
        baseline = fragment.run.baseline
        if last is None or baseline - last > _SAME_LINE * fragment.run.size:
            grouped.append([])
        grouped[-1].append(fragment)
        last = baseline
    for line in grouped:
        line.sort(key=lambda f: f.starts[0])
    return grouped


def join(line: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments of a line that touch, put together; a fragment drawn twice is taken once."""
    joined: list[list[Fragment]] = []
    for fragment in line:
        if not joined:
            joined.append([fragment])
            continue
        group = joined[-1]
        last = group[-1]
        if _twins(last, fragment):
            continue
        if _touch(last, fragment):
            group.append(fragment)
        else:
            joined.append([fragment])
    return joined


def _touch(left: Fragment, right: Fragment) -> bool:
    size = min(left.run.size, right.run.size)
    if size < _SAME_SIZE * max(left.run.size, right.run.size):
        return False
    return -_BACK * size <= right.start - left.stop <= _GAP * size


def _twins(one: Fragment, other: Fragment) -> bool:
    near = _TWIN * one.run.size
    return abs(one.start - other.start) <= near and abs(one.stop - other.stop) <= near and one.texts == other.texts


def _word(group: list[Fragment], rotation: int) -> Word | None:
    texts: list[str] = []
    edges: list[float] = []
    stop = 0.0
    for fragment in group:
        for text, start, end in zip(fragment.texts, fragment.starts, fragment.stops, strict=True):
            clean = "-" if text in _HYPHENS else text
            if clean < " ":
                clean = "\ufffd"
            parts = unicodedata.normalize("NFKC", clean) if clean in _LIGATURES else clean
            for number, part in enumerate(parts):
                texts.append(part)
                edges.append(start + (end - start) * number / len(parts))
            stop = end
    if not texts:
        return None
    edges.append(stop)
    longest = max(group, key=lambda f: len(f.texts)).run
    upper = min(f.run.upper for f in group)
    lower = max(f.run.lower for f in group)
    box = across(rotation, min(edges), max(edges), upper, lower)
    if rotation >= 180:
        edges = [-edge for edge in edges]
    return Word("".join(texts), box, tuple(edges), longest.size, longest.font.bold, longest.font.italic, False, rotation)


_LIGATURES = frozenset("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06")
