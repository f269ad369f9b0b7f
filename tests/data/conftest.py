"""The engines that rules on data are tested on, each started at most once, or skipped with the reason."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from . import engines, postgres, spark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = ("plain pandas", "duckdb", "ibis on duckdb", "postgres", "spark")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed", exc_type=ImportError)
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgres.server())
        except postgres.NotHereError as reason:
            pytest.skip(str(reason))
        yield url


@pytest.fixture(scope="session")
def spark_worker() -> Iterator[Callable]:
    pytest.importorskip("ibis", reason="Ibis is not installed")
    with ExitStack() as stack:
        try:
            yield stack.enter_context(spark.worker(spark.program()))
        except spark.NotHereError as reason:
            pytest.skip(str(reason))


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest) -> tuple[str, engines.Engine]:
    """Every engine in turn, by name."""
    match request.param:
        case "plain pandas":
            return request.param, engines.plainly
        case "duckdb":
            return request.param, engines.on_files(None)
        case "ibis on duckdb":
            pytest.importorskip("ibis", reason="Ibis is not installed")
            return request.param, engines.on_files("duckdb://")
        case "postgres":
            return request.param, engines.on_postgres(request.getfixturevalue("postgres_url"))
    return request.param, engines.on_spark(request.getfixturevalue("spark_worker"))
