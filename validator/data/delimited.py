"""How a CSV file is written: delimiter, quotation mark, columns and number locale, as the engine's sniffer sees it.

In: a readable file and what the rule book says of it. Out: a ``Layout``, and the ``read_csv`` that follows it. What a
book states is never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.data.sql import name, text
from validator.model.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validator.model.data import Source
    from validator.model.settings import Settings

# How numbers are written beside the engine's own way, the first that fits most: decimal sign, sign between thousands.
_LOCALES = ((".", ""), (",", ""), (",", "."), (",", " "), (",", "\u00a0"), (",", "\u202f"), (",", "'"), (".", ","),
            (".", " "), (".", "\u00a0"), (".", "\u202f"), (".", "'"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """The way a file is written; ``types`` are the engine's names of types, by column in the order of the file."""

    path: str  # as readable
    delimiter: str
    quote: str
    header: bool
    skip: int
    types: Mapping[str, str]
    decimal: str = ""
    thousands: str = ""
    missing: tuple[str, ...] = field(default=())
    dates: str = ""
    times: str = ""
    guess: str = ""  # a number that could be read in another way

    def scan(self, types: Mapping[str, str] | None = None) -> str:
        """The call that reads the file, with some columns as another type."""
        shown = {**self.types, **(types or {})}
        columns = ", ".join(f"{text(name)}: {text(kind)}" for name, kind in shown.items())
        options = {
            "auto_detect": "false",
            "columns": f"{{{columns}}}",
            "delim": text(self.delimiter),
            "quote": text(self.quote),
            "escape": text(self.quote),
            "header": str(self.header).lower(),
            "skip": str(self.skip),
            "nullstr": f"[{', '.join(text(one) for one in ('', *self.missing))}]",
        }
        for key, value in (
            ("decimal_separator", self.decimal if self.decimal != "." else ""),
            ("thousands", self.thousands),
            ("dateformat", self.dates),
            ("timestampformat", self.times),
        ):
            if value:
                options[key] = text(value)
        return f"read_csv({text(globless(self.path))}, {', '.join(f'{k} = {v}' for k, v in options.items())})"


def globless(path: str) -> str:
    """A path whose signs the engine would take for a pattern stand for themselves."""
    return re.sub(r"([\[*?])", r"[\1]", path)


def layout_of(connection: Any, path: str, source: Source, settings: Settings, before: Layout | None = None) -> Layout:
    """How a file is written. Raises the engine's errors.

    ``before`` is how the first rows are written, which does not bear all of them out: every row is looked at before a
    column has a type, but one slip of the pen does not make another sign the delimiter or the quotation mark.
    """
    found = _sniffed(connection, path, source, before)
    if len(found.types) > settings.max_source_columns:
        raise ReadError(f"{path}: {len(found.types):,} columns; at most {settings.max_source_columns:,} are read")
    if source.decimal or source.thousands:
        return found
    texts = [name for name, kind in found.types.items() if kind == "VARCHAR"]
    locale = _locale(_columns(connection, found, texts, settings), found.delimiter, settings) if texts else None
    if locale is None:
        return found
    marked = replace(source, decimal=locale.decimal, thousands=locale.thousands, delimiter=found.delimiter)
    again = _sniffed(connection, path, marked, before)
    return replace(again, guess=locale.guess)


def _sniffed(connection: Any, path: str, source: Source, before: Layout | None) -> Layout:
    told = {
        "delim": before.delimiter if before else source.delimiter,
        "quote": before.quote if before else "",
        "decimal_separator": source.decimal if source.decimal != "." else "",
        "thousands": source.thousands,
    }
    options = "".join(f", {key} = {text(value)}" for key, value in told.items() if value)
    options += f", nullstr = [{', '.join(text(one) for one in ('', *source.missing))}]"
    options += ", sample_size = -1" if before else ""
    row = connection.execute(f"FROM sniff_csv({text(globless(path))}{options})")
    names = [column[0] for column in row.description]
    seen = dict(zip(names, row.fetchone(), strict=True))
    return Layout(
        path=path,
        delimiter=seen["Delimiter"],
        quote="'" if seen["Quote"] == "'" else '"',
        header=bool(seen["HasHeader"]),
        skip=int(seen["SkipRows"]),
        types={column["name"]: column["type"] for column in seen["Columns"]},
        decimal=source.decimal,
        thousands=source.thousands,
        missing=source.missing,
        dates=seen["DateFormat"] or "",
        times=seen["TimestampFormat"] or "",
    )


class _Locale(NamedTuple):
    """How a file writes numbers; ``guess`` is one that could be read in another way too, "" where there is none."""

    decimal: str
    thousands: str
    guess: str = ""


def _columns(connection: Any, layout: Layout, names: list[str], settings: Settings) -> list[list[str]]:
    """The values that are there, of the first rows of columns of texts."""
    listed = ", ".join(map(name, names))
    rows = connection.execute(f"SELECT {listed} FROM {layout.scan()} LIMIT {settings.number_sample}").fetchall()
    return [[row[place].strip() for row in rows if row[place] is not None] for place in range(len(names))]


def _locale(columns: list[list[str]], delimiter: str, settings: Settings) -> _Locale | None:
    """The way of writing numbers that most values of columns of numbers have; None where it is the engine's own."""
    columns = [held for held in columns if any(map(_SIGNED.search, held))]
    fits = {}
    for decimal, thousands in _LOCALES:
        if delimiter in (decimal, thousands):
            continue
        pattern = _numbers(decimal, thousands)
        counts = [sum(pattern.fullmatch(one) is not None for one in held) for held in columns]
        shares = zip(counts, columns, strict=True)
        fits[decimal, thousands] = sum(count for count, held in shares if count >= settings.number_share * len(held))
    best = max(fits, key=lambda one: fits[one])  # the first of equals
    if best == _LOCALES[0] or fits[best] == fits.get(_LOCALES[0]):
        return None
    if best == (",", "") and fits.get((".", ",")) == fits[best]:
        return _Locale(*best, guess=next(one for held in columns for one in held if _UNCLEAR.fullmatch(one)))
    return _Locale(*best)


_SIGNED = re.compile(r"\d[.,' \u00a0\u202f]\d")
_UNCLEAR = re.compile(r"[+-]?\d{1,3},\d{3}")  # with a decimal comma, or with thousands


def _numbers(decimal: str, thousands: str) -> re.Pattern[str]:
    fraction = rf"(?:{re.escape(decimal)}\d+)?"
    grouped = rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+{fraction}|" if thousands else ""
    return re.compile(rf"[+-]?(?:{grouped}\d+{fraction})")


def widened(layouts: list[Layout], source: Source) -> Mapping[str, str]:
    """The types that fit the columns of all files of a source. Raises ``ReadError`` where a file lacks one."""
    first = layouts[0]
    types = dict(first.types)
    for other in layouts[1:]:
        lacking = set(types) ^ set(other.types)
        if lacking:
            raise ReadError(
                f"{other.path}: the files of source {source.name!r} do not have the same columns: "
                f"{', '.join(sorted(lacking))} is only in {'it' if lacking <= set(other.types) else 'others'}"
            )
        for column, kind in other.types.items():
            types[column] = _wider(types[column], kind)
    return types


def _wider(one: str, other: str) -> str:
    if one == other:
        return one
    both = {one, other}
    if both == {"BIGINT", "HUGEINT"}:
        return "HUGEINT"
    return "DOUBLE" if both in ({"BIGINT", "DOUBLE"}, {"HUGEINT", "DOUBLE"}) else "VARCHAR"
