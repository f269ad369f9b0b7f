"""What was read off a document: every figure with label, value, interval and place. In: an extract. Out: one string.

This is how an author of rules sees what there is to check, and how a reader finds a slip of ours.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from validator.report import _words as words
from validator.report._ink import Run, Style, ascii_only, cells, paint, printable
from validator.report._lines import by_line
from validator.report.json import bbox, cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validator.model.extracts import Extract, Stray
    from validator.model.figures import Figure, Numeral
    from validator.model.intervals import Interval
    from validator.model.locations import Location
    from validator.report._context import Context
    from validator.report.json import Json

_COLUMNS = (
    "page", "cell", "text", "value", "low", "high", "interval", "kind", "unit", "scale", "hedge", "label",
    "x0", "top", "x1", "bottom", "not_a_figure",
)  # fmt: skip

_WIDEST = 20  # columns of a terminal for a figure, and for its interval: leaves half a line for the label


def render(extract: Extract, name: str, context: Context, *, everything: bool) -> str:
    """The listing in the format ``name``: text, csv or json."""
    writers = {"text": _text, "csv": _csv, "json": _json}
    return writers[name](extract, context, everything=everything)


def _text(extract: Extract, context: Context, *, everything: bool) -> str:
    """Figures by page: as printed, its interval, kind, and label."""
    rows = [(figure.location, _row(figure)) for figure in extract.figures]
    if everything:
        rows += [(other.location, _other(other)) for other in extract.numerals]
    rows.sort(key=lambda row: (row[0].page, row[0].box.top, row[0].box.x0))
    widths = [min(max((cells(row[1][column]) for row in rows), default=0), _WIDEST) for column in range(3)]
    corners = max((len(_corner(place)) for place, _ in rows), default=0)
    lines: list[list[Run]] = []
    page = 0
    for place, texts in rows:
        if place.page != page:
            page = place.page
            lines += [[], [Run(_title(extract, page), Style.HEAD)]]
        short = [words.clipped(text, _WIDEST) for text in texts[:3]]
        start = "  ".join(text + " " * (width - cells(text)) for text, width in zip(short, widths, strict=True))
        start = f"{_corner(place):<{corners}}  {start}" if corners else start  # no corners on pages
        room = max(context.width - cells(start) - 4, len("a short label"))
        lines.append([Run(f"  {start}  "), Run(words.clipped(texts[3], room), Style.DIM)])
    lines += [[], [Run(words.counted(len(extract.figures), "figure"), Style.STRONG)]]
    reasons: dict[str, int] = {}
    for numeral in extract.numerals:
        reasons[numeral.reason.value] = reasons.get(numeral.reason.value, 0) + 1
    notes = [words.not_figures(reasons), words.pictures(extract), *map(_missed, extract.missed)]
    lines += [[Run(note)] for note in notes if note]
    text = "\n".join(paint(line, colour=context.colour).rstrip() for line in lines[1:]) + "\n"
    return text if context.unicode else ascii_only(text)


def _title(extract: Extract, page: int) -> str:
    """The document and the page or sheet."""
    sheet = extract.document.pages[page - 1].sheet
    if sheet is None:
        return printable(f"{extract.document.path}, page {page}")
    return printable(f"{extract.document.path}, sheet {sheet.name}" if sheet.name else extract.document.path)


def _corner(place: Location) -> str:
    """The cell of a data file in short: C14."""
    return "" if place.cell is None else place.cell.corner


def _row(figure: Figure) -> tuple[str, str, str, str]:
    shown = figure.quote or figure.text or "(blank)"
    interval = "unreadable" if figure.value is None else _interval(figure.interval)
    return printable(shown), interval, figure.kind.value, printable(figure.label)


def _other(numeral: Numeral) -> tuple[str, str, str, str]:
    return printable(numeral.text), "-", "-", f"not a figure: {numeral.reason.value}"


def _missed(stray: Stray) -> str:
    return f"not accounted for: {printable(str(stray))}"


def _interval(interval: Interval) -> str:
    """``48210`` where exact, else ``[11.5, 12.5]``."""
    return words.number(interval.low) if interval.exact and interval.low is not None else str(interval)


def _csv(extract: Extract, context: Context, *, everything: bool) -> str:
    """One row per figure; empty fields where there is no value."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for place, entry in _entries(extract, everything=everything):
        edges = zip(("x0", "top", "x1", "bottom"), bbox(place.box), strict=True)
        row = {"page": place.page, "cell": cell(place), **entry, **dict(edges)}
        writer.writerow({key: printable(value) if isinstance(value, str) else value for key, value in row.items()})
    return out.getvalue()


def _json(extract: Extract, context: Context, *, everything: bool) -> str:
    whole = {
        "schema_version": 1,
        "document": {
            "path": extract.document.path,
            "sha256": extract.document.sha256,
            "pages": len(extract.document.pages),
            "language": extract.language,
            "pictures": extract.pictures,
        },
        "figures": [
            {"page": place.page, **entry, "bbox": bbox(place.box), "cell": cell(place)}
            for place, entry in _entries(extract, everything=everything)
        ],
        "missed": list(map(str, extract.missed)),
    }
    return by_line(whole, ascii_only=not context.unicode)


def _entries(extract: Extract, *, everything: bool) -> Iterator[tuple[Location, dict[str, Json]]]:
    """Figures in reading order, then, where asked for, the numerals that are none, with the reason."""
    for figure in extract.figures:
        interval = figure.interval
        yield (
            figure.location,
            {
                "text": figure.quote or figure.text,
                "value": None if figure.value is None else words.number(figure.value),
                "low": None if interval.low is None else words.number(interval.low),
                "high": None if interval.high is None else words.number(interval.high),
                "interval": str(interval),
                "kind": figure.kind.value,
                "unit": figure.unit,
                "scale": words.number(figure.scale),
                "hedge": figure.hedge,
                "label": figure.label,
            },
        )
    for other in extract.numerals if everything else ():
        yield other.location, {"text": other.text, "not_a_figure": other.reason.value}
