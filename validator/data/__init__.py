"""Data files behind a report: sources and what rules ask of them in, exact counts and figures out.

The engine is DuckDB, embedded, unless a run names another one by its URL. Nothing here is imported by a run whose rule
books name no sources. The door is `opened`.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from validator.data.compile import answers
from validator.data.faults import problems
from validator.model.errors import RuleError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.data.compile import Engine
    from validator.model.answers import Answers
    from validator.model.data import Column, DataPlan, Source
    from validator.model.errors import Problem
    from validator.model.settings import Settings


class Data:
    """Sources that are open; `opened` makes one."""

    def __init__(self, sources: Mapping[str, Source], engine: Engine, settings: Settings) -> None:
        self._sources = sources
        self._engine = engine
        self._settings = settings

    def columns(self, source: str) -> Mapping[str, Column]:
        """The columns of a source, by name, in order."""
        return self._engine.columns(source)

    def repeated(self, source: str) -> Mapping[str, str]:
        """Columns that are called otherwise in the files, each with its name there: another column has that too."""
        return self._engine.repeated(source)

    def file_of(self, source: str) -> str:
        """The first file of a source, or its table: what a finding about the whole of it names."""
        return self._engine.file_of(source)

    def problems(self, plan: DataPlan) -> tuple[Problem, ...]:
        """Everything in a plan that the sources do not bear out: columns that are not there, values that do not fit."""
        return problems(plan, self._engine)

    def answers(self, plan: DataPlan) -> Answers:
        """What the sources say to a plan. Raises `RuleError` with every problem, ``ReadError`` for a broken file."""
        found = self.problems(plan)
        if found:
            raise RuleError(found)
        return answers(plan, self._engine, self._settings)


@contextmanager
def opened(sources: Mapping[str, Source], settings: Settings, engine: str | None = None) -> Iterator[Data]:
    """Open sources, by the name that a plan calls each. Raises ``ReadError`` where one cannot be read.

    ``engine`` is the connection URL of another engine; the tables of the sources are then looked for there.
    """
    folder = Path(tempfile.mkdtemp(prefix="validator-"))
    try:
        running = _engine(sources, folder, settings, engine)
        try:
            yield Data(sources, running, settings)
        finally:
            running.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _engine(sources: Mapping[str, Source], folder: Path, settings: Settings, url: str | None) -> Engine:
    if url is not None:
        from validator.data.elsewhere import Elsewhere

        return Elsewhere(url, sources, settings)
    from validator.data.duck import Duck

    bare = next((source for source in sources.values() if not source.files), None)
    if bare is not None:
        place = f"{bare.position}: source {bare.name!r}"
        raise UsageError(f"{place} is a table of an engine elsewhere; say which with --engine, or give files")
    return Duck(sources, folder, settings)
