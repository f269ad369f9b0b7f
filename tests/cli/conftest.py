"""A result to show, and a pipeline that gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from report.sample import build

from validator import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from validator.model.results import Result


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return build(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """Let the pipeline give this result, or raise this, whatever it is asked."""

    def give(outcome: object) -> None:
        def check(*_: object, **__: object) -> object:
            if isinstance(outcome, BaseException):
                raise outcome
            return outcome

        monkeypatch.setattr(pipeline, "check", check)

    return give
