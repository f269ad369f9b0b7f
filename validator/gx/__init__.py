"""Expectations for Great Expectations: footings, tie-outs and reconciliations in a team's own suites and checkpoints.

Importing this registers them, so that suites which hold them can be loaded. They judge with the same rules, intervals
and three verdicts as ``validator check``; nothing is decided here. Nothing else imports this package: Great
Expectations takes seconds to import.

    from validator.gx import ExpectTableToFoot
    suite.add_expectation(ExpectTableToFoot(label_column="region", total_row="Total"))
"""

from __future__ import annotations

try:
    import great_expectations  # noqa: F401 - said in one line where it is missing
except ImportError as error:
    raise ImportError("validator.gx needs Great Expectations: pip install 'report-validator[gx]'") from error

from validator.gx.expectations import (
    ExpectFiguresToTieOut,
    ExpectReportToReconcile,
    ExpectTableToCrossFoot,
    ExpectTableToFoot,
)
from validator.gx.site import offline_site

__all__ = [
    "ExpectFiguresToTieOut",
    "ExpectReportToReconcile",
    "ExpectTableToCrossFoot",
    "ExpectTableToFoot",
    "offline_site",
]
