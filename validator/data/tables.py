"""A source as a relation of DuckDB: what to scan, what its columns hold, and where in its files a row stands.

One class for each way of getting at the rows: Parquet where it lies, CSV loaded, a sheet of a workbook loaded. Must
not know rules.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import duckdb

from validator.data.delimited import globless, layout_of, widened
from validator.data.files import format_of, one_line_end, readable_text
from validator.data.lines import fields_of, header_of, lines_of, row_a_line
from validator.data.malformed import csv_error, is_broken, parquet_error, ragged
from validator.data.sql import Dialect, name, text
from validator.model.data import Column, Format, Sort
from validator.model.errors import ReadError
from validator.model.locations import Reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from validator.data.delimited import Layout
    from validator.model.data import Source
    from validator.model.settings import Settings

    Place = tuple[str, Reference]

_WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
_SORTS = {
    **dict.fromkeys(_WHOLE, Sort.WHOLE),
    **dict.fromkeys(("FLOAT", "DOUBLE"), Sort.DOUBLE),
    **dict.fromkeys(("VARCHAR", "UUID"), Sort.TEXT),
    "BOOLEAN": Sort.FLAG,
    "DATE": Sort.DATE,
}
# Short floating-point numbers are the shortest that are read as them: as it stands, 0.1 is 0.1000000015. Points in time
# that have a zone are those of UTC.
_ZONED = "TIMESTAMP WITH TIME ZONE"
_AS_READ = {"FLOAT": "CAST(CAST({0} AS VARCHAR) AS DOUBLE)", _ZONED: "make_timestamp(epoch_us({0}))"}
_DAY_FIRST, _MONTHS = re.compile(r"%[dm].%[dm]"), 12  # a format of dates that begins with the day or the month
_NUMBERED = re.compile(r"_\d+$")
_DECIMAL = re.compile(r"DECIMAL\(\d+,(\d+)\)")


def open_table(connection: Any, number: int, source: Source, folder: Path, settings: Settings) -> Table:
    """The relation of a source. Raises ``ReadError`` where a file cannot be read."""
    formats = {format_of(path) for path in source.files}
    if len(formats) > 1:
        raise ReadError(f"source {source.name!r}: its files are of several formats: {', '.join(sorted(formats))}")
    opened = {Format.PARQUET: ParquetTable, Format.CSV: CsvTable, Format.XLSX: SheetTable}[formats.pop()]
    try:
        return opened(connection, number, source, folder, settings)
    except duckdb.Error as error:
        raise parquet_error(", ".join(source.files[:3]), error) from error


def column_of(kind: str, column: str) -> Column:
    """A column by the engine's name of its type."""
    decimal = _DECIMAL.fullmatch(kind)
    if decimal:
        scale = int(decimal.group(1))
        return Column(column, Sort.DECIMAL if scale else Sort.WHOLE, scale)
    if kind.startswith("TIMESTAMP"):
        return Column(column, Sort.TIME)
    return Column(column, Sort.TEXT if kind.startswith("ENUM") else _SORTS.get(kind, Sort.OTHER))


class Table:
    """What all sources have: ``relation`` to scan, ``columns``, the ``dialect`` of their SQL."""

    unit = "row"
    format = Format.PARQUET

    def __init__(self, connection: Any, number: int, source: Source, folder: Path, settings: Settings) -> None:
        self.source = source
        self.warnings: tuple[str, ...] = ()
        self.repeated: Mapping[str, str] = {}  # columns that the file calls otherwise: another has that name
        self._connection = connection
        self._folder = folder
        self._settings = settings
        self.relation = name(f"source {number}")
        self.columns: Mapping[str, Column] = self._opened()
        self.dialect = Dialect(self.columns, source.decimal, source.thousands)
        self.doubled = tuple(
            f"{source.files[0]}: there is more than one column {head!r}; the later one is called {column!r} here"
            for column, head in self.repeated.items()
        )

    def _opened(self) -> Mapping[str, Column]:
        raise NotImplementedError

    @property
    def row_number(self) -> str | None:
        """The expression that numbers the rows of the whole source, where there is one."""
        return None

    def load(self, columns: set[str], texts: set[str]) -> None:
        """Make ``relation`` hold these columns, ``texts`` of them as they are spelt."""

    def placed(self) -> tuple[tuple[str, ...], str]:
        """The expressions that tell where a row stands, and the relation that has them."""
        return ("rowid",), self.relation

    def places(self, found: Sequence[tuple[Any, ...]]) -> list[Place]:
        """The file of each row and the row in it, from the values of the expressions of `placed`."""
        raise NotImplementedError

    def written(self, rows: Sequence[tuple[Any, ...]], column: str) -> list[str | None]:
        """What stands in a column of rows known by the values of `placed`; None where the value is all there is."""
        return [None] * len(rows)

    def cell(self, row: Reference, column: str) -> Reference:
        """A cell of a row."""
        at = list(self.columns).index(column) + 1
        return row._replace(column=at, name="" if row.sheet else column)


class ParquetTable(Table):
    """Parquet files, scanned where they lie."""

    def _opened(self) -> Mapping[str, Column]:
        files = ", ".join(text(globless(path)) for path in self.source.files)
        self._files = f"[{files}]"
        self.relation = f"read_parquet({self._files})"
        described = self._connection.execute(f"DESCRIBE SELECT * FROM {self.relation}").fetchall()
        self._casts = {row[0]: _AS_READ[row[1]].format(name(row[0])) for row in described if row[1] in _AS_READ}
        self.relation = self._meant(self.relation)
        self.repeated = self._renamed([row[0] for row in described])
        return {row[0]: column_of(row[1], row[0]) for row in described}

    def _renamed(self, names: Sequence[str]) -> dict[str, str]:
        """The columns to which the engine gave a number, for the file has another of the name."""
        stems = {name: _NUMBERED.sub("", name) for name in names if _NUMBERED.search(name)}
        known = {name.lower() for name in names}
        suspects = {name: stem for name, stem in stems.items() if stem.lower() in known}
        if not suspects:
            return {}
        listed = self._connection.execute(f"SELECT name FROM parquet_schema({self._files})").fetchall()
        there = {row[0] for row in listed}
        return {name: stem for name, stem in suspects.items() if name not in there}

    def _meant(self, relation: str) -> str:
        """Values as they are meant; see `_AS_READ`."""
        if not self._casts:
            return relation
        casts = ", ".join(f"{cast} AS {name(one)}" for one, cast in self._casts.items())
        return f"(SELECT * REPLACE ({casts}) FROM {relation})"

    @property
    def row_number(self) -> str | None:
        """Rows are numbered within a file only."""
        return "file_row_number" if len(self.source.files) == 1 else None

    def placed(self) -> tuple[tuple[str, ...], str]:
        """The file and the number of the row in it."""
        numbered = f"read_parquet({self._files}, filename = true, file_row_number = true)"
        return (name("filename"), "file_row_number"), self._meant(numbered)

    def places(self, found: Sequence[tuple[Any, ...]]) -> list[Place]:
        """Rows are counted from 1."""
        return [(file, Reference(row + 1, 0, unit=self.unit)) for file, row in found]


class CsvTable(Table):
    """CSV files, loaded into memory in the order of their rows."""

    unit = "line"
    format = Format.CSV

    @property
    def row_number(self) -> str | None:
        """Rows are loaded in order."""
        return "rowid"

    def _opened(self) -> Mapping[str, Column]:
        self._paths = [readable_text(path, self.source, self._folder) for path in self.source.files]
        self._layouts = [self._layout(file) for file in range(len(self._paths))]
        self._ends: list[int] = []
        self._plain: dict[int, bool] = {}
        self.repeated = self._renamed()
        return self._typed()

    def _renamed(self) -> dict[str, str]:
        """The columns that the engine called otherwise, for the header has another of the name."""
        heads = [head.strip() for head in header_of(self._layouts[0])]
        names = list(self._layouts[0].types)
        if len(heads) != len(names):
            return {}
        known = Counter(head.lower() for head in heads)
        pairs = zip(names, heads, strict=True)
        return {name: head for name, head in pairs if head and name != head and known[head.lower()] > 1}

    def _layout(self, file: int, before: Layout | None = None) -> Layout:
        """How one file is written, ``before`` being what its first rows tell. Raises ``ReadError`` with the line."""
        path, named = self._paths[file], self.source.files[file]
        for again in (True, False):
            try:
                found = layout_of(self._connection, path, self.source, self._settings, before)
            except duckdb.Error as error:
                mended = one_line_end(path, self._folder) if again else None
                if mended is None:
                    line = ragged(path, named, self.source.delimiter, self._settings)
                    raise line or csv_error(named, error) from error
                path = self._paths[file] = mended
                continue
            if len(found.types) == 1 and not self.source.delimiter:
                line = ragged(path, named, "", self._settings)
                if line is not None:
                    raise line
            break
        return found

    def _typed(self) -> dict[str, Column]:
        self._types = widened(self._layouts, self.source)
        return {column: column_of(kind, column) for column, kind in self._types.items()}

    def load(self, columns: set[str], texts: set[str]) -> None:
        """Load once; where a value does not fit its column, look at every row before saying what columns hold."""
        refused = self._load(columns, texts)
        if refused is not None:
            self._look_again(*refused)
            refused = self._load(columns, texts)
        if refused is not None:
            raise csv_error(*refused) from refused[1]

    def _look_again(self, named: str, error: duckdb.Error) -> None:
        """Mend line ends and look at every row. Raises ``ReadError`` where neither can help."""
        paths = [one_line_end(path, self._folder) or path for path in self._paths]
        if paths == self._paths and is_broken(error):
            raise csv_error(named, error) from error
        self._paths = paths
        self._layouts = [self._layout(file, before) for file, before in enumerate(self._layouts)]
        self.columns = self._typed()

    def _load(self, columns: set[str], texts: set[str]) -> tuple[str, duckdb.Error] | None:
        """Load the files. Gives back one that is not written as it was thought to be, with the engine's error."""
        chosen = [column for column in self.columns if column in columns] or list(self.columns)[:1]
        types = {**self._types, **dict.fromkeys(texts, "VARCHAR")}
        listed = ", ".join(
            f"{_AS_READ[types[one]].format(name(one))} AS {name(one)}" if types[one] in _AS_READ else name(one)
            for one in chosen
        )
        counts = []
        for place, layout in enumerate(self._layouts):
            begin = f"INSERT INTO {self.relation}" if place else f"CREATE OR REPLACE TEMP TABLE {self.relation} AS"
            try:
                made = self._connection.execute(f"{begin} SELECT {listed} FROM {layout.scan(types)}").fetchone()
            except duckdb.Error as error:
                return self.source.files[place], error
            counts.append(int(made[0]))
        self._ends = list(accumulate(counts))
        first = self._layouts[0]
        held = {name_: column_of("VARCHAR", name_) if name_ in texts else one for name_, one in self.columns.items()}
        self.columns = held
        self.dialect = Dialect(held, first.decimal, first.thousands)
        self.warnings = (*self._days(chosen), *self._guesses())
        return None

    def _days(self, columns: Sequence[str]) -> tuple[str, ...]:
        """A warning where nothing tells days from months: in no date of the columns is either above twelve."""
        dated = [name(one) for one in columns if self._types[one] in ("DATE", "TIMESTAMP", _ZONED)]
        if not dated or not any(_DAY_FIRST.match(layout.dates or layout.times) for layout in self._layouts):
            return ()
        listed = ", ".join((*(f"max(day({one}))" for one in dated), *(f"max({one})" for one in dated)))
        found = self._connection.execute(f"SELECT {listed} FROM {self.relation}").fetchone()
        days, dates = found[: len(dated)], found[len(dated) :]
        known = [day for day in days if day is not None]
        if not known or max(known) > _MONTHS:
            return ()
        example = next(date for date in dates if date is not None)
        return (
            f"{self.source.files[0]}: nothing tells days from months in its dates; one was read as {example:%Y-%m-%d}. "
            "Write them as YYYY-MM-DD",
        )

    def _guesses(self) -> tuple[str, ...]:
        return tuple(
            f"{file}: numbers such as {one.guess} were read with a decimal comma; say decimal: or thousands: of source "
            f"{self.source.name!r} if they are not"
            for file, one in zip(self.source.files, self._layouts, strict=True)
            if one.guess
        )

    def places(self, found: Sequence[tuple[Any, ...]]) -> list[Place]:
        """The line of the file on which each row begins."""
        by_file: dict[int, list[int]] = {}
        split = [self._split(int(row)) for (row,) in found]
        for file, row in split:
            by_file.setdefault(file, []).append(row)
        lines = {
            file: lines_of(self._layouts[file], rows, plain=self._row_a_line(file)) for file, rows in by_file.items()
        }
        return [(self.source.files[file], Reference(lines[file][row], 0, unit=self.unit)) for file, row in split]

    def written(self, rows: Sequence[tuple[Any, ...]], column: str) -> list[str | None]:
        """The fields themselves, for a number that is beyond what the engine keeps."""
        split = [self._split(int(row)) for (row,) in rows]
        fields = {}
        for file in {file for file, _ in split}:
            found = fields_of(self._layouts[file], [row for of, row in split if of == file])
            at = list(self._layouts[file].types).index(column)
            fields.update({(file, row): values[at].strip() for row, values in found.items() if at < len(values)})
        return [fields.get(one) for one in split]

    def _split(self, row: int) -> tuple[int, int]:
        """The file of a row of the whole, and its number there."""
        file = next(place for place, end in enumerate(self._ends) if row < end)
        return file, row - (self._ends[file - 1] if file else 0)

    def _row_a_line(self, file: int) -> bool:
        if file not in self._plain:
            rows = self._ends[file] - (self._ends[file - 1] if file else 0)
            self._plain[file] = row_a_line(self._layouts[file], rows)
        return self._plain[file]


class SheetTable(Table):
    """Sheets of workbooks, rewritten as text and loaded; every row knows its number in its sheet."""

    format = Format.XLSX

    def _opened(self) -> Mapping[str, Column]:
        from validator.data.workbook import rewritten  # few sources are workbooks

        self._copies = [rewritten(path, self.source, self._folder, self._settings) for path in self.source.files]
        self.warnings = tuple(line for copy in self._copies for line in copy.warnings)
        self.repeated = self._copies[0].repeated
        kinds = dict(self._copies[0].types)
        for copy in self._copies[1:]:
            if list(copy.types) != list(kinds):
                raise ReadError(f"{copy.path}: its columns are not those of {self._copies[0].path}")
            kinds = {key: kind if copy.types[key] == kind else "VARCHAR" for key, kind in kinds.items()}
        self._kinds = kinds
        return {column: column_of(kind, column) for column, kind in kinds.items()}

    def load(self, columns: set[str], texts: set[str]) -> None:
        """Load all columns: a sheet is small."""
        kinds = {**self._kinds, **dict.fromkeys(texts, "VARCHAR")}
        for place, copy in enumerate(self._copies):
            begin = f"INSERT INTO {self.relation}" if place else f"CREATE OR REPLACE TEMP TABLE {self.relation} AS"
            self._connection.execute(f"{begin} SELECT *, {place} AS {name(_FILE)} FROM {copy.scan(kinds, _ROW)}")
        self.columns = {key: column_of(kind, key) for key, kind in kinds.items()}
        self.dialect = Dialect(self.columns)

    def placed(self) -> tuple[tuple[str, ...], str]:
        """The workbook and the row of the sheet."""
        return (name(_FILE), name(_ROW)), self.relation

    def places(self, found: Sequence[tuple[Any, ...]]) -> list[Place]:
        """Rows as the sheet counts them."""
        return [
            (self.source.files[file], Reference(row, 0, self._copies[file].sheet, unit=self.unit))
            for file, row in found
        ]


# Columns of a loaded sheet that are not in it; no header of a sheet holds these signs.
_ROW, _FILE = "\x1frow", "\x1ffile"
