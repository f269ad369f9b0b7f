"""How an expectation of ours looks in Data Docs: a base of expectations whose results hold findings.

In: a result whose ``details`` are a `Details`. Out: GX's rendered content. Nothing is judged here.
"""

from __future__ import annotations

from abc import ABC
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict

from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.render import LegacyDiagnosticRendererType, LegacyRendererType
from great_expectations.render.renderer.renderer import renderer

from validator.report._gx import blocks

if TYPE_CHECKING:
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
    from great_expectations.render.renderer_configuration import RendererConfiguration

    from validator.report._gx.told import Told


class Details(TypedDict):
    """What a result says beyond success. ``verdict`` is "holds", "violated", "undecidable" or "accepted".

    The counts are of relations; ``holding`` are some of those that hold, in words, ``holding_more`` the number of the
    rest; ``note`` is for people.
    """

    verdict: str
    holds: int
    violated: int
    undecidable: int
    findings: list[Told]
    holding: list[str]
    holding_more: int
    note: str


class ToldExpectation(BatchExpectation, ABC):  # type: ignore[misc]
    """An expectation whose result is told in findings. Subclasses say in `statement` what they expect."""

    library_metadata: ClassVar[dict[str, Any]] = {
        "maturity": "production",
        "tags": ["report-validator", "reconciliation"],
        "contributors": [],
        "requirements": ["report-validator"],
        "has_full_test_suite": True,
        "manually_reviewed_code": True,
    }
    _library_metadata = library_metadata

    @classmethod
    def statement(cls, kwargs: dict[str, Any]) -> str:
        """What is expected, in a sentence without its full stop."""
        return cls.__name__

    @classmethod
    def _prescriptive_template(cls, renderer_configuration: RendererConfiguration) -> RendererConfiguration:
        """The sentence, for renderers of single values; a dollar sign in it must not look like a parameter."""
        renderer_configuration.template_str = cls.statement(renderer_configuration.kwargs).replace("$", "$$")
        return renderer_configuration

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)  # type: ignore[untyped-decorator]
    def _prescriptive_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> list[Any]:
        config = configuration or (result.expectation_config if result is not None else None)
        return [blocks.text(cls.statement(config.kwargs if config is not None else {}), "mb-0", tag="p")]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.STATUS_ICON)  # type: ignore[untyped-decorator]
    def _diagnostic_status_icon_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> Any:
        details = details_of(result)
        if details is None:
            return super()._diagnostic_status_icon_renderer(result=result)
        return blocks.icon(details["verdict"])

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_STATEMENT)  # type: ignore[untyped-decorator]
    def _diagnostic_unexpected_statement_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> list[Any]:
        details = details_of(result)
        if details is None:
            shown: list[Any] = super()._diagnostic_unexpected_statement_renderer(result=result)
            return shown
        note = [blocks.text(details["note"], "text-muted", tag="p")] if details["note"] else []
        holding = blocks.holding(details["holding"], details["holding_more"])
        return [*note, *blocks.findings(details["findings"]), *holding]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)  # type: ignore[untyped-decorator]
    def _diagnostic_unexpected_table_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> list[Any] | None:
        """The figures stand with their findings; GX's own table of unexpected values has nothing to add."""
        return None

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)  # type: ignore[untyped-decorator]
    def _diagnostic_observed_value_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> Any:
        observed = result.result.get("observed_value") if result is not None else None
        return blocks.text(str(observed) if observed is not None else "--")


def details_of(result: ExpectationValidationResult | None) -> Details | None:
    """The details of a result; None where it has none: an exception, or a result that only says yes or no."""
    found: Details | None = result.result.get("details") if result is not None else None
    return found


def observed(details: Details) -> str:
    """What was found, in a line."""
    sides = blocks.sides(details["findings"])
    if sides:
        return sides
    said = (
        (details["holds"], "relation holds", "relations hold"),
        (details["violated"], "is violated", "are violated"),
        (details["undecidable"], "could not be decided", "could not be decided"),
    )
    parts = [f"{count:,} {one if count == 1 else many}" for count, one, many in said if count]
    return ", ".join(parts) if parts else "nothing was checked"
