"""The expectations: what each takes, which rule of the program it means, and what it says of the outcome.

In: a batch's metrics and an expectation's own parameters. Out: what GX makes a validation result of. All verdicts are
the evaluator's (`judging`); the pages are drawn by `validator.report._gx.expectation`.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from great_expectations.compatibility import pydantic
from great_expectations.expectations.model_field_types import ConditionParser
from great_expectations.expectations.row_conditions import RowConditionType
from great_expectations.validator.metric_configuration import MetricConfiguration

from validator.gx.judging import TABLE as TABLE_NAME
from validator.gx.judging import Question, columns_asked, judged, reckons
from validator.gx.metrics import TABLE, VALUES
from validator.gx.tables import NAME, Shape, extract_of
from validator.model.errors import UsageError
from validator.model.settings import DEFAULT
from validator.model.verdicts import Verdict
from validator.report._gx.expectation import Details, ToldExpectation, observed
from validator.report._gx.told import told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from validator.model.extracts import Extract
    from validator.model.results import Result

_NOTE = "{} could not be decided: a value is missing or cannot be read. {}"
_UNDECIDABLE = {"passes": "That is no failure here, and no proof either.", "fails": "That is a failure here."}


class _Judged(ToldExpectation):
    """What the expectations have in common: parameters, metrics asked for, and the result.

    It takes:

    - ``undecidable``: whether a relation that cannot be decided "passes", with a note, or "fails".
    - ``exact``: columns whose decimals are all there is, "*" for all; those of others are taken as rounded.
    - ``row_condition``: rows of the batch that are looked at, in Great Expectations' own language.
    """

    undecidable: Literal["passes", "fails"] = "passes"
    exact: list[str] = pydantic.Field(default_factory=list)
    row_condition: RowConditionType = None
    condition_parser: ConditionParser | None = None

    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id", "row_condition", "condition_parser")

    @classmethod
    def is_abstract(cls) -> bool:
        """Whether it is only a base of expectations."""
        return cls.__name__.startswith("_")

    @abstractmethod
    def question(self) -> Question:
        """The rules that it means. Raises ``UsageError`` where its parameters contradict each other."""

    def shape(self) -> Shape | None:
        """What is what in the batch as a table; None where it is not looked at as one."""
        return None

    def operands(self) -> Sequence[str]:
        """The operands that may be reckoned from the rows of the batch."""
        return ()

    def get_validation_dependencies(self, execution_engine: Any = None, runtime_configuration: Any = None) -> Any:
        """The table, or the values that aggregates need, as metrics of the batch."""
        found = super().get_validation_dependencies(execution_engine, runtime_configuration)
        domain = self._get_domain_kwargs()
        if self.shape() is not None:
            wanted = {"columns": (), "most": DEFAULT.max_table_rows}
            found.set_metric_configuration(TABLE, MetricConfiguration(TABLE, domain, wanted))
        if any(map(reckons, self.operands())):
            wanted = {"columns": columns_asked(self.operands()), "most": DEFAULT.gx_values}
            found.set_metric_configuration(VALUES, MetricConfiguration(VALUES, domain, wanted))
        return found

    def _validate(
        self, metrics: dict[str, Any], runtime_configuration: Any = None, execution_engine: Any = None
    ) -> dict[str, Any]:
        result = judged(self.question(), self._table(metrics), metrics.get(VALUES))
        details = self._details(result)
        failing = ("violated", "undecidable") if self.undecidable == "fails" else ("violated",)
        success = details["verdict"] not in failing
        return {"success": success, "result": {"observed_value": observed(details), "details": dict(details)}}

    def _table(self, metrics: dict[str, Any]) -> Callable[[str], Extract] | None:
        shape = self.shape()
        if shape is None:
            return None
        frame = metrics[TABLE]
        lacking = next((name for name in shape.labels if name not in frame.columns), None)
        if lacking is not None:
            raise UsageError(f"the batch has no column {lacking!r}; it has {', '.join(map(repr, frame.columns))}")
        if len(frame) > DEFAULT.max_table_rows or frame.size > DEFAULT.max_table_cells:
            raise UsageError(
                f"the batch has more than {DEFAULT.max_table_rows:,} rows or {DEFAULT.max_table_cells:,} cells and is "
                "no table of a report; let ExpectFiguresToTieOut add it up (figures=[sum(batch.…), …]) or compare "
                "groups of it, or narrow it with row_condition"
            )
        return lambda path: extract_of(frame, shape, "en", path)

    def _details(self, result: Result) -> Details:
        findings = [one for one in result.findings if one.accepted is None]
        violated = any(one.verdict is Verdict.VIOLATED for one in findings)
        unsure = result.undecidable or not (result.holds or result.violated)
        verdict = "violated" if violated else "undecidable" if unsure else "accepted" if result.findings else "holds"
        relations = "1 relation" if result.undecidable == 1 else f"{result.undecidable:,} relations"
        note = _NOTE.format(relations, _UNDECIDABLE[self.undecidable]) if unsure else ""
        return Details(
            verdict=verdict,
            holds=result.holds,
            violated=result.violated,
            undecidable=result.undecidable,
            findings=[told(one, DEFAULT) for one in result.findings],
            holding=[],
            holding_more=0,
            note=" ".join((note, *result.warnings)).strip(),
        )


class ExpectTableToFoot(_Judged):
    """Expect the rows of a table to add up to its total row, column by column.

    It takes:

    - ``label_column``: the column, or columns, that name the rows.
    - ``total_row``: the label of the total row, or several where each sums the rows above it.
    - ``columns``: the columns that are added up; every column of numbers where left out.
    """

    label_column: str | list[str]
    total_row: str | list[str]
    columns: list[str] | None = None

    success_keys: ClassVar[tuple[str, ...]] = ("label_column", "total_row", "columns", "undecidable", "exact")

    @classmethod
    def statement(cls, kwargs: dict[str, Any]) -> str:
        """What is expected, in a sentence."""
        columns = kwargs.get("columns")
        among = f"columns {_quoted(columns)}" if columns else "every column of numbers"
        return f"the rows of {among} add up to the row {_quoted(kwargs.get('total_row'))}"

    def question(self) -> Question:
        """A footing of the batch."""
        footing = {"table": TABLE_NAME, "total-row": _listed(self.total_row)}
        if self.columns:
            footing["columns"] = self.columns
        return Question(({"footing": footing},), _batch_table())

    def shape(self) -> Shape:
        """With its total rows."""
        return Shape(_listed(self.label_column), total_rows=_listed(self.total_row), exact=self.exact)


class ExpectTableToCrossFoot(_Judged):
    """Expect the columns of each row to add up to the row's total column.

    It takes:

    - ``label_column``: the column, or columns, that name the rows.
    - ``total_column``: the column that states the total.
    - ``parts``: the columns that are added up; every other column of numbers where left out.
    """

    label_column: str | list[str]
    total_column: str
    parts: list[str] | None = None

    success_keys: ClassVar[tuple[str, ...]] = ("label_column", "total_column", "parts", "undecidable", "exact")

    @classmethod
    def statement(cls, kwargs: dict[str, Any]) -> str:
        """What is expected, in a sentence."""
        parts = kwargs.get("parts")
        among = f"columns {_quoted(parts)}" if parts else "the other columns"
        return f"in each row, {among} add up to column {_quoted(kwargs.get('total_column'))}"

    def question(self) -> Question:
        """A cross-footing of the batch."""
        footing: dict[str, Any] = {"table": TABLE_NAME, "total-column": self.total_column}
        if self.parts:
            footing["parts"] = self.parts
        return Question(({"cross-footing": footing},), _batch_table())

    def shape(self) -> Shape:
        """With its total column."""
        return Shape(_listed(self.label_column), total_columns=(self.total_column,), exact=self.exact)


class ExpectFiguresToTieOut(_Judged):
    """Expect figures to agree, as far as the precision in which they are written can tell. One of three is given.

    It takes:

    - ``figures``: two operands or more that come to the same: ``table[Total, 2024]``, ``sum(batch.amount)``.
    - ``columns``: two columns that agree row by row.
    - ``groups``: two operands that agree group by group, such as ``sum(batch.paid) by region``.
    - ``label_column``: the column, or columns, that name the rows; needed for ``table[…]`` and for columns.
    - ``tolerance``: for groups, how far they may be apart; what rounding leaves open if not given.
    """

    figures: list[str] | None = None
    columns: list[str] | None = None
    groups: list[str] | None = None
    label_column: str | list[str] | None = None
    tolerance: float | None = None

    success_keys: ClassVar[tuple[str, ...]] = (
        "figures",
        "columns",
        "groups",
        "label_column",
        "tolerance",
        "undecidable",
        "exact",
    )

    @pydantic.root_validator  # type: ignore[untyped-decorator]
    def _one_of_three(cls, values: dict[str, Any]) -> dict[str, Any]:  # noqa: N805 - a class method of pydantic
        given = [name for name in ("figures", "columns", "groups") if values.get(name)]
        if len(given) != 1:
            raise ValueError("give one of figures, columns and groups")
        if given[0] != "figures" and len(values[given[0]]) != 2:
            raise ValueError(f"{given[0]} are two")
        if given[0] == "columns" and not values.get("label_column"):
            raise ValueError("columns need label_column, the column that names the rows")
        if values.get("tolerance") is not None and given[0] != "groups":
            raise ValueError("tolerance is for groups; of figures and columns the written precision decides")
        return values

    @classmethod
    def statement(cls, kwargs: dict[str, Any]) -> str:
        """What is expected, in a sentence."""
        if kwargs.get("columns"):
            return f"columns {_quoted(kwargs['columns'])} agree in each row"
        return f"{' and '.join(kwargs.get('figures') or kwargs.get('groups') or ())} agree"

    def question(self) -> Question:
        """A tie-out, or a reconciliation of two sets of groups."""
        source = {"exact": self.exact} if self.exact else {}
        tables = _batch_table() if self.shape() is not None else {}
        if self.groups:
            rule: dict[str, Any] = {"reconcile": {"sides": self.groups}}
            if self.tolerance is not None:
                rule["reconcile"]["tolerance"] = self.tolerance
        elif self.columns:
            series = [f"{TABLE_NAME}[*, {_label(name)}]" for name in self.columns]
            rule = {"tie-out": {"series": series, "in-order": True}}
        else:
            rule = {"tie-out": {"figures": self.figures}}
        return Question((rule,), tables, source)

    def shape(self) -> Shape | None:
        """A table, where its rows are named."""
        return Shape(_listed(self.label_column), exact=self.exact) if self.label_column else None

    def operands(self) -> Sequence[str]:
        """Those that may be reckoned."""
        return self.figures or self.groups or ()


class ExpectReportToReconcile(_Judged):
    """Expect the figures of a table in a published report to be what the batch gives, label by label.

    Each printed row is held against the batch's group of the same label; a group that one side lacks fails by itself.

    It takes:

    - ``report``: the path of the report, a PDF (or a CSV, XLSX or Parquet file).
    - ``table``: how the table is found, as in a rule book: ``{"caption": "Figure 3"}``, or by heading, header, rows.
    - ``data``: what the batch gives: ``count(batch) by country``, ``sum(batch.amount where paid = yes) by region``.
    - ``row``: which rows of the table: all but totals, or as in an operand, ``All regions > *``, ``North > *``.
    - ``column``: the column of the table, where it has several: as ``Persons`` or ``Cars > 2024``.
    - ``tolerance``: how far both may be apart; what rounding leaves open if not given.
    - ``language``: of the report, a code such as "da"; detected if not given.
    - ``waivers``: a file with findings that the authors accept.
    """

    report: str
    table: dict[str, Any]
    data: str
    row: str = "*"
    column: str | None = None
    tolerance: float | None = None
    language: str | None = None
    waivers: str | None = None

    success_keys: ClassVar[tuple[str, ...]] = (
        "report",
        "table",
        "data",
        "row",
        "column",
        "tolerance",
        "language",
        "waivers",
        "undecidable",
        "exact",
    )

    @pydantic.validator("data")  # type: ignore[untyped-decorator]
    def _reckoned(cls, value: str) -> str:  # noqa: N805 - a class method of pydantic
        try:
            if reckons(value):
                return value
        except UsageError as error:
            raise ValueError(str(error)) from error
        raise ValueError(f"{value!r} is not reckoned from the batch; write count({NAME}) by country")

    @classmethod
    def statement(cls, kwargs: dict[str, Any]) -> str:
        """What is expected, in a sentence."""
        table = ", ".join(f"{key} “{value}”" for key, value in (kwargs.get("table") or {}).items())
        return f"the table with {table} of {kwargs.get('report')} agrees with {kwargs.get('data')}"

    def question(self) -> Question:
        """A reconciliation of the report with the batch."""
        places = [self.row, *([self.column] if self.column else [])]
        printed = f"published[{', '.join(places)}]" if places != ["*"] else "published"
        rule: dict[str, Any] = {"sides": [printed, self.data]}
        if self.tolerance is not None:
            rule["tolerance"] = self.tolerance
        return Question(
            ({"reconcile": rule},),
            {"published": self.table},
            {"exact": self.exact} if self.exact else {},
            (self.report,),
            self.language,
            self.waivers,
        )

    def operands(self) -> Sequence[str]:
        """What the batch is to give."""
        return (self.data,)


def _batch_table() -> dict[str, dict[str, str]]:
    return {TABLE_NAME: {"caption": NAME}}


def _listed(value: str | Sequence[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _label(name: str) -> str:
    """A label inside an operand, whatever signs are in it."""
    return '"' + name.replace('"', '""') + '"'


def _quoted(value: Any) -> str:
    return " and ".join(f"“{one}”" for one in _listed(value))
