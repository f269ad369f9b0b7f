"""Judged relations in, findings out: what each discrepancy says, which figure is the likely culprit, and what happened.

The suspects come from all relations of the run together (`system`, `localise`), the diagnosis from how a suspect's
print differs from what it should be (`slips`, `diagnose`). This stage must not decide a verdict or print anything.
"""

from __future__ import annotations

from validator.explain.data import data_findings
from validator.explain.findings import findings
from validator.explain.schemas import schema_findings
from validator.explain.words import in_words

__all__ = ["data_findings", "findings", "in_words", "schema_findings"]
