"""A connection to another engine through Ibis: a URL in, tables and small results out, every fault in one clear line.

Imported only when a run names an engine. Must not know rules.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from validator.data.files import format_of
from validator.model.data import Format
from validator.model.errors import ReadError, UsageError

if TYPE_CHECKING:
    from validator.model.data import Source

_DRIVERS = {  # what the driver of an engine raises, which Ibis passes on
    "postgres": (("psycopg", "Error"),),
    "postgresql": (("psycopg", "Error"),),
    "pyspark": (("pyspark.errors", "PySparkException"), ("py4j.protocol", "Py4JError")),
    "spark": (("pyspark.errors", "PySparkException"), ("py4j.protocol", "Py4JError")),
    "duckdb": (("duckdb", "Error"),),
    "snowflake": (("snowflake.connector.errors", "Error"),),
    "trino": (("trino.exceptions", "Error"),),
    "bigquery": (("google.api_core.exceptions", "GoogleAPIError"),),
}
_LACKING = re.compile(r"Compilation rule for '(\w+)' operation is not defined")
_OFTEN = (ImportError, AttributeError, ValueError, TypeError, OSError, RuntimeError)  # of a URL that Ibis cannot use


class Connection:
    """An open connection. Raises ``UsageError`` where there is none, ``ReadError`` where the engine refuses."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opened, self._errors = _opened(url)

    @property
    def engine(self) -> str:
        """What Ibis calls the engine."""
        return str(self._opened.name)

    def table(self, source: Source) -> Any:
        """The table of a source, or its Parquet files where the engine reads them."""
        try:
            if source.table:
                return self._opened.table(source.table)
            if any(format_of(path) is not Format.PARQUET for path in source.files):
                raise ReadError(f"source {source.name!r}: through --engine only Parquet files are read{_ADVICE}")
            return reduce(lambda one, other: one.union(other), map(self._opened.read_parquet, source.files))
        except NotImplementedError:
            raise ReadError(f"source {source.name!r}: this engine reads no files{_ADVICE}") from None
        except self._errors as error:
            raise ReadError(f"source {source.name!r}: {_line(error, self._url)}") from error

    def rows(self, table: Any) -> list[tuple[Any, ...]]:
        """The rows of a small result, as plain values."""
        try:
            columns = table.to_pyarrow().to_pydict()
        except self._errors as error:
            lacking = _LACKING.search(str(error))
            what = f"{self.engine} lacks what a rule needs, {lacking[1]}" if lacking else _line(error, self._url)
            raise ReadError(f"--engine {_hidden(self._url)}: {what}") from error
        return list(zip(*columns.values(), strict=True))

    def close(self) -> None:
        """Give it up."""
        self._opened.disconnect()


_ADVICE = "; load them into a table and name it with table:"


def _opened(url: str) -> tuple[Any, tuple[type[Exception], ...]]:
    """A connection of Ibis, and what it may raise."""
    try:
        import ibis
    except ImportError as error:
        raise UsageError("--engine needs Ibis: install report-validator[ibis]") from error
    scheme, told, rest = url.partition("://")
    if not told:
        # What was given is not repeated: it may hold a password, and nobody can tell where.
        raise UsageError("--engine: that is no connection URL; write one like postgres://user@host/base")
    errors = _errors(scheme)
    refusals: tuple[type[Exception], ...] = (*_OFTEN, *errors)
    try:
        if scheme == "pyspark":
            return ibis.pyspark.connect(), errors
        if scheme == "spark":
            return ibis.pyspark.connect(_session(url if rest else "")), errors
        return ibis.connect(url), errors
    except refusals as error:
        raise UsageError(f"--engine {_hidden(url)}: cannot be connected to: {_line(error, url)}") from error


def _session(master: str) -> Any:
    """A session on a cluster of Spark's own."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    return (builder.master(master) if master else builder).getOrCreate()


def _errors(scheme: str) -> tuple[type[Exception], ...]:
    found: list[type[Exception]] = []
    for module, name in (("ibis.common.exceptions", "IbisError"), *_DRIVERS.get(scheme, ())):
        try:
            found.append(getattr(__import__(module, fromlist=[name]), name))
        except ImportError:
            continue
    return tuple(found)


def _hidden(url: str) -> str:
    """A URL without the password that may be in it."""
    scheme, _, rest = url.partition("?")[0].partition("://")
    return f"{scheme}://…@{rest.rpartition('@')[2]}" if "@" in rest else f"{scheme}://{rest}"


def _line(error: Exception, url: str) -> str:
    """What a library says, in a line: without the password, should it repeat the URL or a part of it."""
    line = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
    line = line.replace(url, _hidden(url))
    user = url.partition("://")[2].rpartition("@")[0]
    password = user.partition(":")[2]
    secrets = {user if password else "", password, unquote(password), url.partition("?")[2]} - {""}
    for secret in sorted(secrets, key=len, reverse=True):
        line = line.replace(secret, "…")
    return line
