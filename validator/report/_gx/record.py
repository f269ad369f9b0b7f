"""The results of a run as GX's own: suites of expectations with what became of them.

In: a result. Out: `Record`s, one for each document or data source, in the order of the run. Nothing is judged here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from great_expectations.core import ExpectationSuite, ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from validator.model.errors import UsageError
from validator.model.findings import Severity
from validator.model.locations import letters
from validator.model.verdicts import Verdict
from validator.model.wording import told_apart
from validator.report import _words as words
from validator.report._gx.expectation import Details, ToldExpectation, observed
from validator.report._gx.site import META
from validator.report._gx.told import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from validator.model.findings import Finding
    from validator.model.locations import Location
    from validator.model.results import Checked, Holding, Result
    from validator.model.settings import Settings

NOT_READ = "documents that could not be read"
_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "warning", Severity.NOTE: "info"}
_UNSAFE = re.compile(r"[^\w-]+")  # in a suite's name a dot makes a folder, and GX does not escape names everywhere


class ExpectRecordedRelationToHold(ToldExpectation):
    """What a run of ``validator check`` found of one rule at one place; it is a record, and nothing checks it anew.

    ``column`` is the place, which GX makes a section of its page; ``statement_text`` says what was checked.
    """

    column: str
    statement_text: str

    domain_keys = ("batch_id", "column")
    success_keys = ("statement_text",)

    @classmethod
    def statement(cls, kwargs: dict[str, Any]) -> str:
        """As recorded."""
        return str(kwargs.get("statement_text", ""))

    def _validate(self, *_: Any, **__: Any) -> Any:
        raise UsageError("this suite records a run of validator check; run that again, to check anew")


class Record(NamedTuple):
    """A document of the run: the name of its suite, its path, and GX's suite and validation result."""

    name: str
    path: str
    suite: ExpectationSuite
    result: ExpectationSuiteValidationResult


class _Outcome(NamedTuple):
    """An expectation with what became of it."""

    column: str
    statement: str
    details: Details
    severity: str = "critical"


def records(result: Result, run: Mapping[str, str], settings: Settings) -> list[Record]:
    """A record for each document and each data source; ``run`` are GX's ``run_name`` and ``run_time``."""
    documents = {checked.extract.document.path: checked for checked in result.documents}
    outcomes: dict[str, list[_Outcome]] = {path: [] for path in documents}
    digits = {path: len(str(len(checked.extract.document.pages))) for path, checked in documents.items()}
    for finding in words.ordered(result.findings, result.documents):
        where = finding.exhibits[0].location
        outcomes.setdefault(where.document, []).append(_of_finding(finding, digits, settings))
    for path, found in _held(result.holding, digits, settings):
        outcomes.setdefault(path, []).extend(found)
    if result.unusable:
        outcomes[NOT_READ] = [_unread(line) for line in result.unusable]
    names = _names(outcomes)
    return [_record(names[path], path, found, documents.get(path), run, result) for path, found in outcomes.items()]


def _names(paths: Iterable[str]) -> dict[str, str]:
    """A name for each path that is told apart from all others and safe in links and file names."""
    listed = list(paths)
    names: dict[str, str] = {}
    for path in listed:
        ends = [
            told_apart(path, other)[0]
            for other in listed
            if other != path and PurePath(other).name == PurePath(path).name
        ]
        long = max(ends, key=len, default=PurePath(path).name)
        name = base = _UNSAFE.sub("_", long).strip("_") or "document"
        number = 1
        while name in names.values():
            number += 1
            name = f"{base}_{number}"
        names[path] = name
    return names


# --- what was found -----------------------------------------------------------------------------------------------


def _details(verdict: str, **more: Any) -> Details:
    empty = Details(
        verdict=verdict, holds=0, violated=0, undecidable=0, findings=[], holding=[], holding_more=0, note=""
    )
    return cast("Details", {**empty, **more})


def _unread(line: str) -> _Outcome:
    return _Outcome(NOT_READ, "The document can be read", _details("violated", note=line))


def _of_finding(finding: Finding, digits: Mapping[str, int], settings: Settings) -> _Outcome:
    verdict = "accepted" if finding.accepted is not None else finding.verdict.value
    note = "This is not a pass: nobody knows." if finding.verdict is Verdict.UNDECIDABLE else ""
    details = _details(verdict, findings=[told(finding, settings)], note=note, **{finding.verdict.value: 1})
    where = finding.exhibits[0].location
    label = words.clipped(finding.exhibits[0].label)
    statement = _statement(finding.check, words.origin(finding)) + (f": {label}" if label else "")
    return _Outcome(_section(where, digits), statement, details, _SEVERITIES[finding.severity])


def _held(
    holding: Sequence[Holding], digits: Mapping[str, int], settings: Settings
) -> Iterator[tuple[str, list[_Outcome]]]:
    """What holds, by document: one outcome for each rule and place, with its first relations in words."""
    together: dict[str, dict[tuple[str, str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in holding:
        where = one.exhibits[0].location
        together[where.document][_section(where, digits), one.check, one.origin].append(one.message)
    most = settings.docs_holding
    for path, rules in together.items():
        yield (
            path,
            [
                _Outcome(
                    section,
                    _statement(check, origin),
                    _details("holds", holds=len(said), holding=said[:most], holding_more=max(0, len(said) - most)),
                )
                for (section, check, origin), said in rules.items()
            ],
        )


def _statement(check: str, origin: str) -> str:
    """The kind of check, and its rule; what was discovered says its kind itself."""
    return origin if origin.endswith(f" {check}") else f"{check}, rule {origin}"


def _section(where: Location, digits: Mapping[str, int]) -> str:
    """The page, with as many digits as all pages of its document have, because GX sorts sections by letters."""
    cell = where.cell
    if cell is None:
        return f"page {where.page:0{digits.get(where.document, 1)}d}"
    if not cell.row:
        return "all rows"
    if cell.sheet:
        return f"sheet {cell.sheet}"
    return f"column {cell.name or letters(cell.column)}" if cell.column else "rows"


# --- as GX's own --------------------------------------------------------------------------------------------------


def _record(
    name: str,
    path: str,
    found: Sequence[_Outcome],
    checked: Checked | None,
    run: Mapping[str, str],
    result: Result,
) -> Record:
    configurations = [_configuration(one) for one in found]
    results = [_result(one, config) for one, config in zip(found, configurations, strict=True)]
    good = sum(bool(one.success) for one in results)
    statistics = {
        "evaluated_expectations": len(results),
        "successful_expectations": good,
        "unsuccessful_expectations": len(results) - good,
        "success_percent": 100 * good / len(results) if results else None,
    }
    meta = {"run_id": dict(run), "batch_spec": {"data_asset_name": path}, META: _counts(found, checked, result)}
    return Record(
        name,
        path,
        ExpectationSuite(name=name, expectations=configurations),
        ExpectationSuiteValidationResult(
            success=good == len(results), results=results, suite_name=name, statistics=statistics, meta=meta
        ),
    )


def _counts(found: Sequence[_Outcome], checked: Checked | None, result: Result) -> dict[str, str]:
    """What stands beside GX's statistics."""
    counts = {
        "Relations that hold": f"{sum(one.details['holds'] for one in found):,}",
        "Relations that are violated": f"{sum(one.details['violated'] for one in found):,}",
        "Relations that could not be decided": f"{sum(one.details['undecidable'] for one in found):,}",
    }
    if checked is not None:
        counts["Coverage"] = words.coverage(checked)
        own = (words.missed(checked.extract), words.pictures(checked.extract), *checked.extract.document.warnings)
        counts["Reading"] = "; ".join(filter(None, own))
    counts["Warnings of the run"] = "; ".join(result.warnings)
    return {name: said for name, said in counts.items() if said}


def _configuration(one: _Outcome) -> ExpectationConfiguration:
    return ExpectationConfiguration(
        type=ExpectRecordedRelationToHold.expectation_type,
        kwargs={"column": one.column, "statement_text": one.statement},
        severity=one.severity,
    )


def _result(one: _Outcome, configuration: ExpectationConfiguration) -> ExpectationValidationResult:
    return ExpectationValidationResult(
        success=one.details["verdict"] != "violated",
        expectation_config=configuration,
        result={"observed_value": observed(one.details), "details": one.details},
        exception_info={"raised_exception": False, "exception_message": None, "exception_traceback": None},
    )
