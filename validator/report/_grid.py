"""The rows of a table that a finding is about, set for a terminal: labels, columns under their headings, roles.

In: a `Grid` and the width of the terminal. Out: lines of runs. Headings wrap between words, for a heading that is cut
("Budget 20…") tells no column from another; labels take what is left. Must not choose rows or columns.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from validator.report import _words as words
from validator.report._ink import Run, Style, cells, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validator.model.findings import Exhibit
    from validator.report._context import Context
    from validator.report._excerpts import Grid, Line, Piece

_INDENT = "      "
_LABEL = 24  # least columns for the labels of a table, where they need as many
_LEAST = 12  # the same in a narrow window, where words of headings are cut already
_DEEP = 3  # lines of a heading: of a longer one the rest is cut


def grid(one: Grid, exhibits: Sequence[Exhibit], culprits: Mapping[int, str], context: Context) -> Iterator[list[Run]]:
    """Rows of a table: labels to the left, cells to the right below their headings, roles at the end."""
    width = context.width - len(_INDENT)
    if one.title:
        yield [Run(_INDENT), Run(words.clipped(printable(one.title), width), Style.DIM)]
    ends = _ends(one.lines, exhibits, culprits)
    width -= max(2 + cells(runs[0].text) if runs else 0 for runs in ends)  # what follows must find room of its own
    longest = max(cells(printable(line.label)) for line in one.lines)
    widest = [max(cells(printable(line.cells[c].text)) for line in one.lines) + 2 for c in range(len(one.columns))]
    heads = _headings(one.columns, widest, width, longest)
    widths = _widths(heads, widest)
    room = max(width - sum(widths) - 2 * len(widths), _LEAST)
    names = [printable(words.narrowed(line.label, room)) for line in one.lines]
    label = max(map(cells, names))
    yield from _heading(heads, widths, label)
    for line, name, told in zip(one.lines, names, ends, strict=True):
        yield from _skipped(line.skipped)
        runs = [Run(_INDENT + name + " " * (label - cells(name)))]
        for piece, wide in zip(line.cells, widths, strict=True):
            runs += _cell(piece, wide, culprits, context)
        used = sum(cells(run.text) for run in runs)
        for end in told:
            if used + 2 + cells(end.text) > context.width:
                break
            runs += [Run("  "), end]
            used += 2 + cells(end.text)
        yield runs
    yield from _skipped(one.skipped)


def _ends(lines: Sequence[Line], exhibits: Sequence[Exhibit], culprits: Mapping[int, str]) -> list[list[Run]]:
    """What stands behind each row: what its figures should be, then its role where the row above has another."""
    found: list[list[Run]] = []
    above = ""
    for line in lines:
        marked = [piece.exhibit for piece in line.cells if piece.exhibit is not None]
        role = ", ".join(dict.fromkeys(exhibits[index].role for index in marked if exhibits[index].role))
        corrections = [Run(f"→ {culprits[index]}", Style.ERROR) for index in marked if index in culprits]
        found.append([*corrections, *([Run(role, Style.DIM)] if role and role != above else [])])
        above = role
    return found


def _headings(columns: Sequence[str], widest: Sequence[int], width: int, longest: int) -> list[list[str]]:
    """Each heading in lines, so that no word of them is cut, then no label, and then in as few lines as can be."""
    heads = [printable(column) for column in columns]
    words_of = [max((cells(one) for one in head.split()), default=1) for head in heads]

    def stacked(most: int, *, cut: bool) -> list[list[str]]:
        return [
            _stacked(head, max(most, least - 1, 1 if cut else word))
            for head, least, word in zip(heads, widest, words_of, strict=True)
        ]

    def fits(found: list[list[str]], label: int) -> bool:
        return label + sum(2 + wide for wide in _widths(found, widest)) <= width

    limits = range(max(map(cells, heads)), 0, -1)
    for label, cut in ((longest, False), (min(_LABEL, longest), False), (min(_LABEL, longest), True), (_LEAST, True)):

        def fit(most: int, label: int = label, *, cut: bool = cut) -> bool:
            return fits(stacked(most, cut=cut), label)

        widest_fit = bisect_left(limits, True, key=fit)  # what fits in wider lines fits in narrower ones
        if widest_fit < len(limits):
            return stacked(limits[widest_fit], cut=cut)
    return stacked(1, cut=True)


def _widths(heads: Sequence[Sequence[str]], widest: Sequence[int]) -> list[int]:
    """How wide each column is: as its widest cell with its brackets, or the widest line of its heading."""
    return [max([most, *(cells(part) + 1 for part in head)]) for head, most in zip(heads, widest, strict=True)]


def _stacked(head: str, most: int) -> list[str]:
    """A heading in as few lines of at most ``most`` columns as it needs; a word is cut only where it must be."""
    lines: list[str] = []
    for word in head.split():
        whole = words.clipped(word, most)
        if lines and cells(lines[-1]) + 1 + cells(whole) <= most:
            lines[-1] += f" {whole}"
        else:
            lines.append(whole)
    if len(lines) > _DEEP:
        # The end of a heading tells its column from the others, the beginning what they share.
        lines = [words.clipped(f"{lines[0]} …", most), *lines[1 - _DEEP :]]
    return lines


def _heading(heads: Sequence[Sequence[str]], widths: Sequence[int], label: int) -> Iterator[list[Run]]:
    deep = max(map(len, heads), default=0)
    for row in range(deep):
        parts = [head[row - deep + len(head)] if row >= deep - len(head) else "" for head in heads]
        text = "".join(f"  {_right(part, width - 1)} " for part, width in zip(parts, widths, strict=True))
        yield [Run(_INDENT + " " * label), Run(text, Style.DIM)]


def _skipped(count: int) -> Iterator[list[Run]]:
    if count:
        yield [Run(f"{_INDENT}… {words.counted(count, 'more row')}", Style.DIM)]


def _cell(piece: Piece, width: int, culprits: Mapping[int, str], context: Context) -> list[Run]:
    """A cell set to the right, with one column on either side for the brackets."""
    text = printable(piece.text)
    if piece.exhibit is None:
        return [Run(f"  {_right(text, width - 1)} ")]
    if not context.colour:
        return [Run(f"  {_right(f'[{text}]', width)}")]
    style = Style.CULPRIT if piece.exhibit in culprits else Style.MARK
    return [Run("  " + " " * (width - 1 - cells(text))), Run(text, style), Run(" ")]


def _right(text: str, width: int) -> str:
    return " " * (width - cells(text)) + text
