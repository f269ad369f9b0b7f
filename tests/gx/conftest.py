"""A report typeset with one table, the cases behind it, and a context of Great Expectations without analytics."""

from __future__ import annotations

import copy
import os
import sqlite3
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

os.environ["GX_ANALYTICS_ENABLED"] = "false"
MISSING = "Great Expectations is not installed: report-validator[gx]"

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CASES = pd.DataFrame(
    {
        "region": ["North", "North", "South", "South", "West", None],
        "amount": [1.25, 2.5, 3.0, 4.0, None, 1.0],
        "age": [20, 31, 42, 53, None, 64],
    }
)


@dataclass
class Bench:
    """Runs an expectation in a suite, a validation definition and a checkpoint on pandas, or on SQLite."""

    context: Any
    folder: Path
    runs: int = 0

    def run(self, expectation: Any, frame: pd.DataFrame, engine: str = "pandas") -> Any:
        """What the checkpoint says: the result of the one expectation."""
        import great_expectations as gx

        self.runs += 1
        name = f"run {self.runs}"
        if engine == "pandas":
            asset = self.context.data_sources.add_pandas(name).add_dataframe_asset(name)
            data = asset.add_batch_definition_whole_dataframe("all")
            parameters: dict[str, Any] | None = {"dataframe": frame}
        else:
            pytest.importorskip("sqlalchemy", reason="SQLAlchemy is not installed")
            path = self.folder / f"{self.runs}.db"
            with sqlite3.connect(path) as connection:
                frame.to_sql("cases", connection, index=False)
            source = self.context.data_sources.add_sqlite(name, connection_string=f"sqlite:///{path}")
            data = source.add_table_asset("cases", table_name="cases").add_batch_definition_whole_table("all")
            parameters = None
        suite = self.context.suites.add(gx.ExpectationSuite(name=name, expectations=[copy.copy(expectation)]))
        definition = gx.ValidationDefinition(name=name, data=data, suite=suite)
        self.context.validation_definitions.add(definition)
        checkpoint = self.context.checkpoints.add(gx.Checkpoint(name=name, validation_definitions=[definition]))
        (found,) = checkpoint.run(batch_parameters=parameters).run_results.values()
        self.whole = found
        return found.results[0]


@pytest.fixture(autouse=True)
def no_thread_stays(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Progress bars start a thread that watches them until the process ends; a process with threads is not copied."""
    tqdm = pytest.importorskip("tqdm", reason=MISSING)
    monkeypatch.setattr(tqdm.tqdm, "monitor_interval", 0)
    before = set(threading.enumerate())
    yield
    assert [thread for thread in threading.enumerate() if thread not in before] == []


@pytest.fixture
def context() -> Any:
    gx = pytest.importorskip("great_expectations", reason=MISSING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


@pytest.fixture
def bench(context: Any, tmp_path: Path) -> Bench:
    return Bench(context, tmp_path)


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Typeset a report whose one table has these rows."""

    def typeset(*rows: tuple[str, ...]) -> str:
        path = tmp_path_factory.mktemp("report") / "annual.pdf"
        style = getSampleStyleSheet()["Normal"]
        table = Table([list(row) for row in rows], hAlign="LEFT")
        caption = Paragraph("Figure 1: Persons by region", style)
        words = Paragraph("The regions of Freedonia are counted every year by the office of statistics.", style)
        SimpleDocTemplate(str(path)).build([words, Spacer(1, 60), caption, Spacer(1, 6), table])
        return str(path)

    return typeset
