"""Drafts that are parts of one table → one draft: panels side by side, columns of a list, continuations over pages.

In: the drafts of a document in reading order, page by page. Out: fewer drafts; rows keep their page. The same table
printed twice stays two. Where it is unsure that two parts are one table, they stay two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.tables import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.extract.table_raw import RawGrid
    from validator.extract.table_understand import Draft
    from validator.model.settings import Settings


def joined_tables(drafts: Sequence[Draft], settings: Settings) -> list[Draft]:
    """The tables of a document, parts put together."""
    out: list[Draft] = []
    firsts = {draft.grid.page: draft for draft in reversed(drafts)}
    lasts = {draft.grid.page: draft for draft in drafts}
    for draft in drafts:
        draft.opens, draft.closes = firsts[draft.grid.page] is draft, lasts[draft.grid.page] is draft
    for draft in drafts:
        home = next((d for d in reversed(out[-settings.join_reach :]) if _goes_on(d, draft)), None)
        if home is None:
            out.append(draft)
        else:
            _append(home, draft)
    return out


def _goes_on(first: Draft, second: Draft) -> bool:
    """Whether ``second`` is a further part of ``first``."""
    if len(first.headers) != len(second.headers) or bool(first.stub_columns) != bool(second.stub_columns):
        return False
    if _ended(first) or _labels(first) == _labels(second) or not first.stub_columns:
        return False
    last = first.parts[-1]
    if last.page == second.grid.page:
        return _beside(first, second)
    return last.page + 1 == second.grid.page and _continues(first, second)


def _beside(first: Draft, second: Draft) -> bool:
    """Whether ``second`` stands right of ``first`` under the same column labels."""
    last = first.parts[-1].box
    box = second.grid.box
    level = box.x0 >= last.x1 - 1 and box.top < last.bottom and last.top < box.bottom
    return level and _headed_alike(first, second) and not _titled_apart(first, second)


def _headed_alike(first: Draft, second: Draft) -> bool:
    """Whether two have the same labels; a title that stands close above the first stub head belongs to both."""
    if [header.path for header in first.headers] != [header.path for header in second.headers]:
        return False
    if first.stub_columns != second.stub_columns:
        return False
    ours, theirs = first.stub_head, second.stub_head
    return ours == theirs or bool(ours and theirs and (ours.endswith(theirs) or theirs.endswith(ours)))


def _titled_apart(first: Draft, second: Draft) -> bool:
    """Whether each has a title of its own, and not the same."""
    return bool(first.title and second.title) and first.title != second.title


def _continues(first: Draft, second: Draft) -> bool:
    """Whether ``second`` goes on at the top of the next page: same columns, and no heading of its own."""
    if not (first.closes and second.opens):
        return False
    if second.heading and second.heading != first.heading:
        return False
    if second.caption and second.caption != first.caption:
        return False
    if second.headers and any(h.path for h in second.headers):
        return _head(first) == _head(second) and any(h.path for h in first.headers)
    return _same_columns(first.parts[-1], second.grid)


def _same_columns(first: RawGrid, second: RawGrid) -> bool:
    """Whether each column of ``second`` lies nearest to the column of ``first`` in the same position."""
    if len(first.columns) != len(second.columns):
        return False
    middles = [(c.x0 + c.x1) / 2 for c in first.columns]
    nearest = [min(range(len(middles)), key=lambda i: abs(middles[i] - (c.x0 + c.x1) / 2)) for c in second.columns]
    return nearest == list(range(len(middles)))


def _head(draft: Draft) -> tuple[object, ...]:
    return (draft.stub_head, *(header.path for header in draft.headers))


def _labels(draft: Draft) -> list[str]:
    return [row.label for row in draft.rows]


def _ended(draft: Draft) -> bool:
    """Whether the last row is a total: what follows is another table."""
    return bool(draft.rows) and draft.rows[-1].role is Role.TOTAL


def _append(first: Draft, second: Draft) -> None:
    """Adds the rows of ``second``; an outermost row there without label of its parents keeps its own path."""
    first.rows.extend(second.rows)
    first.parts.extend(second.parts)
    first.notes = (*first.notes, *second.notes)
    first.closes = second.closes
