"""The registry finds every module of the package and refuses one that is no kind."""

from __future__ import annotations

import pkgutil
import sys
from dataclasses import replace
from types import ModuleType

import pytest

import validator.checks
from validator.checks import KindSignatureError, kind_of, kinds
from validator.model.errors import Unfit
from validator.model.rules import BoundRule, Kind, no_relations


def module(**names: object) -> ModuleType:
    made = ModuleType("validator.checks.footing")
    for name, value in names.items():
        setattr(made, name, value)
    return made


def test_every_module_is_a_kind() -> None:
    modules = {info.name.replace("_", "-") for info in pkgutil.iter_modules(validator.checks.__path__)}
    assert set(kinds()) == modules


def test_the_registry_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        kinds()["footing"] = kinds()["share"]  # type: ignore[index]


GOOD = kinds()["footing"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({}, "KIND must be a Kind, not NoneType"),
        ({"KIND": "footing"}, "KIND must be a Kind, not str"),
        ({"KIND": replace(GOOD, name="sum")}, "KIND.name must be “footing”, not “sum”"),
        ({"KIND": replace(GOOD, summary="")}, "needs a summary"),
        ({"KIND": replace(GOOD, parameters=("table",))}, "its parameters must be Parameters"),
        ({"KIND": replace(GOOD, relations=lambda: ())}, "KIND.relations must take 1 argument"),
        ({"KIND": replace(GOOD, message=lambda bound: "")}, "KIND.message must take 2 argument"),
        ({"KIND": replace(GOOD, message="said")}, "KIND.message must be a function"),
        ({"KIND": replace(GOOD, shorthand="tabel")}, "“tabel” is not among the parameters"),
        ({"KIND": replace(GOOD, forms=(("parts", "sum"),))}, "“sum” is not among the parameters"),
    ],
)
def test_a_module_that_is_no_kind_is_refused(names: dict[str, object], said: str) -> None:
    with pytest.raises(KindSignatureError, match=said.replace("(", r"\(")):
        kind_of(module(**names))


def test_loading_the_kinds_opens_no_heavy_library() -> None:
    import subprocess

    code = "import sys; from validator.checks import kinds; kinds(); print([m for m in sys.modules if m in HEAVY])"
    heavy = "('pandas', 'numpy', 'pdfplumber', 'pypdfium2', 'rich', 'yaml')"
    out = subprocess.run(
        [sys.executable, "-c", code.replace("HEAVY", heavy)], capture_output=True, text=True, check=True
    ).stdout
    assert out.strip() == "[]"


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_rule_without_figures_is_unfit_and_never_crashes(name: str) -> None:
    with pytest.raises(Unfit):
        _empty(kinds()[name])


def _empty(kind: Kind) -> None:
    """Whatever the kind makes of a rule: relations, or what it asks of data."""
    bound = BoundRule(kind.name, "empty", {})
    if kind.relations is no_relations:
        assert kind.asks is not None
        kind.asks(bound)
    else:
        kind.relations(bound)
