"""Findings as blocks of a GX page: plain values in, GX's rendered content out.

Every text goes in as a parameter of a template, which GX escapes; a bare string in a table cell it would not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from great_expectations.render import RenderedStringTemplateContent, RenderedTableContent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from validator.report._gx.told import Told, ToldFigure

_ICONS = {
    "holds": ("fa-check-circle", "text-success", "✅"),
    "accepted": ("fa-check-circle", "text-muted", "✅"),
    "undecidable": ("fa-question-circle", "text-warning", "❔"),
    "violated": ("fa-times", "text-danger", "❌"),
}
_BADGES = {
    "error": "badge-danger",
    "warning": "badge-warning",
    "note": "badge-secondary",
    "undecidable": "badge-warning",
    "accepted": "badge-secondary",
}
HIDDEN_WITH_SUCCESS = "hide-succeeded-validation-target-child"  # what GX's own filter of failures goes by


def text(value: str, *classes: str, tag: str = "span") -> RenderedStringTemplateContent:
    """A text as it is, whatever signs are in it."""
    template = {"template": "$value", "params": {"value": value}, "tag": tag, "styling": {"classes": list(classes)}}
    return RenderedStringTemplateContent(string_template=template)


def icon(verdict: str) -> RenderedStringTemplateContent:
    """The sign of a verdict; its word is there for readers who do not see it."""
    sign, colour, plain = _ICONS[verdict]
    styling = {"params": {"icon": {"classes": ["fas", sign, colour], "tag": "i", "attributes": {"title": verdict}}}}
    template = {"template": "$icon", "params": {"icon": "", "markdown_status_icon": plain}, "styling": styling}
    hidden = {"parent": {"classes": [HIDDEN_WITH_SUCCESS]}} if verdict in ("holds", "accepted") else None
    return RenderedStringTemplateContent(string_template=template, styling=hidden)


def findings(found: Iterable[Told]) -> list[Any]:
    """Each finding: what it says, its figures, and what probably happened."""
    blocks: list[Any] = []
    for one in found:
        blocks += [
            text(one["standing"], "badge", _BADGES[one["standing"]], "mt-2", "mr-1"),
            text(one["message"], "finding-message", tag="strong"),
        ]
        if one["figures"]:
            blocks.append(_figures(one["figures"]))
        if one["left_out"]:
            blocks.append(text(f"and {one['left_out']:,} more figures", "text-muted", tag="p"))
        blocks += [text(note, "finding-note", tag="p") for note in one["notes"]]
        blocks.append(text(f"{one['rule']} · {one['fingerprint']}", "text-muted", "small", tag="p"))
    return blocks


def _figures(figures: Sequence[ToldFigure]) -> RenderedTableContent:
    same = len({one["document"] for one in figures}) == 1
    rows = [
        [
            text(_place(one, alone=same), "place" if same else ""),
            text(one["label"]),
            text(one["role"]),
            text(one["printed"] or "(blank)", "printed"),
            text(one["expected"], "expected"),
        ]
        for one in figures
    ]
    return table(("Place", "Label", "Role", "Printed", "Expected"), rows)


def _place(one: ToldFigure, *, alone: bool) -> str:
    """Where a figure stands, on a page with its distance in points from the left and from the top."""
    left, top, right, _ = one["box"]
    there = one["place"] if one["cell"] or left == right else f"{one['place']} ({left:.0f}, {top:.0f})"
    return there if alone else f"{one['document']}, {there}"


def table(head: Sequence[str], rows: list[list[Any]]) -> RenderedTableContent:
    """A small table with a header."""
    return RenderedTableContent(
        table=rows,
        header_row=list(head),
        styling={"body": {"classes": ["table", "table-bordered", "table-sm", "mt-2"]}},
    )


def holding(messages: Sequence[str], more: int) -> list[Any]:
    """What holds, one line each; ``more`` are only counted."""
    lines = [text(message, "holding", tag="p") for message in messages]
    return [*lines, text(f"and {more:,} more", "text-muted", tag="p")] if more else lines


def sides(found: Sequence[Told]) -> str:
    """``printed 112, implied 115, difference -3`` of a single finding."""
    return ", ".join(f"{name} {value}" for name, value in found[0]["sides"].items()) if len(found) == 1 else ""
