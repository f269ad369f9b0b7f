"""What the expectations ask of a batch: rows of a small table, or the values that aggregates are reckoned from.

Metrics of Great Expectations, for its pandas and its SQL engine. In: the columns. Out: a data frame, missing values as
the engine gives them. A row condition is the engine's business. What the values mean is not looked at here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
from great_expectations.compatibility.sqlalchemy import sqlalchemy as sa
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import PandasExecutionEngine, SqlAlchemyExecutionEngine
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
from great_expectations.validator.metric_configuration import MetricConfiguration

from validator.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE, VALUES = "report_validator.table", "report_validator.values"
MANY = "rows of these values"  # the column that says how often a combination of values occurs
_COLUMNS = "table.columns"


class Values(NamedTuple):
    """Values of a batch; with ``counted`` each combination stands once, and `MANY` says how often it occurs."""

    frame: pd.DataFrame
    counted: bool


class _OfColumns(TableMetricProvider):  # type: ignore[misc]
    """A metric of named columns, or of all where none is named; ``most`` rows are fetched, and no more."""

    value_keys = ("columns", "most")

    @classmethod
    def _get_evaluation_dependencies(
        cls,
        metric: MetricConfiguration,
        configuration: Any = None,
        execution_engine: Any = None,
        runtime_configuration: Any = None,
    ) -> dict[str, Any]:
        found: dict[str, Any] = super()._get_evaluation_dependencies(
            metric=metric,
            configuration=configuration,
            execution_engine=execution_engine,
            runtime_configuration=runtime_configuration,
        )
        table = {key: value for key, value in metric.metric_domain_kwargs.items() if key in ("batch_id", "table")}
        found[_COLUMNS] = MetricConfiguration(_COLUMNS, table)
        return found

    # What Great Expectations calls, on each engine; it makes class methods of them. A metric says what it fetches.

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,  # noqa: N805
        execution_engine: Any,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> Any:
        frame = _frame(execution_engine, metric_domain_kwargs)
        return cls.of_frame(frame, metric_value_kwargs["columns"], metrics[_COLUMNS], metric_value_kwargs["most"])

    @metric_value(engine=SqlAlchemyExecutionEngine)  # type: ignore[untyped-decorator]
    def _sqlalchemy(
        cls,  # noqa: N805
        execution_engine: Any,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> Any:
        rows = _Rows(execution_engine, _selectable(execution_engine, metric_domain_kwargs))
        return cls.of_database(rows, metric_value_kwargs["columns"], metrics[_COLUMNS], metric_value_kwargs["most"])

    @classmethod
    def of_frame(cls, frame: pd.DataFrame, wanted: Sequence[str], columns: Sequence[str], most: int) -> Any:
        """The metric of a data frame with these columns."""
        raise NotImplementedError

    @classmethod
    def of_database(cls, rows: _Rows, wanted: Sequence[str], columns: Sequence[str], most: int) -> Any:
        """The metric of a table in a database with these columns."""
        raise NotImplementedError


class BatchTable(_OfColumns):
    """The first rows of the batch, one more than ``most``, in the order in which the engine gives them."""

    metric_name = TABLE

    @classmethod
    def of_frame(cls, frame: pd.DataFrame, wanted: Sequence[str], columns: Sequence[str], most: int) -> pd.DataFrame:
        """Of a data frame."""
        return frame[_known(wanted, columns)].head(most + 1)

    @classmethod
    def of_database(cls, rows: _Rows, wanted: Sequence[str], columns: Sequence[str], most: int) -> pd.DataFrame:
        """Of a database."""
        names = _known(wanted, columns)
        query = sa.select(*(sa.column(name) for name in names)).select_from(rows.table)
        return rows.fetched(query.limit(most + 1), names)


class BatchValues(_OfColumns):
    """The values of some columns; from a database each combination once with its number, `Values`."""

    metric_name = VALUES

    @classmethod
    def of_frame(cls, frame: pd.DataFrame, wanted: Sequence[str], columns: Sequence[str], most: int) -> Values:
        """Of a data frame."""
        return Values(frame[_known(wanted or columns[:1], columns)], counted=False)

    @classmethod
    def of_database(cls, rows: _Rows, wanted: Sequence[str], columns: Sequence[str], most: int) -> Values:
        """Of a database."""
        names = _known(wanted or columns[:1], columns)
        keys = [sa.column(name) for name in names]
        query = sa.select(*keys, sa.func.count().label(MANY)).select_from(rows.table).group_by(*keys)
        frame = rows.fetched(query.limit(most + 1), [*names, MANY])
        if len(frame) > most:
            raise UsageError(
                f"{', '.join(names)} of the batch have more than {most:,} different values together; narrow it with "
                "row_condition, or check it with validator check --engine"
            )
        return Values(frame, counted=True)


class _Rows(NamedTuple):
    """The rows of a batch in a database."""

    engine: Any
    table: Any

    def fetched(self, query: Any, columns: Sequence[str]) -> pd.DataFrame:
        """What a query gives, as the driver has it: whole numbers stay whole beside a missing one."""
        rows = [tuple(row) for row in self.engine.execute_query(query).fetchall()]
        return pd.DataFrame(rows, columns=list(columns), dtype=object)


def _known(wanted: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The columns wanted, or all. Raises ``UsageError`` for one that the batch lacks."""
    names = [str(name) for name in columns]
    lacking = next((name for name in wanted if name not in names), None)
    if lacking is not None:
        raise UsageError(f"the batch has no column {lacking!r}; it has {', '.join(map(repr, names))}")
    return list(wanted) or names


def _frame(engine: Any, domain: dict[str, Any]) -> pd.DataFrame:
    frame, _, _ = engine.get_compute_domain(domain, domain_type=MetricDomainTypes.TABLE)
    named: pd.DataFrame = frame.set_axis([str(name) for name in frame.columns], axis="columns")
    return named


def _selectable(engine: Any, domain: dict[str, Any]) -> Any:
    found, _, _ = engine.get_compute_domain(domain, domain_type=MetricDomainTypes.TABLE)
    return found.subquery() if isinstance(found, sa.Select) else found
