"""The report as a site of Great Expectations' Data Docs, in a folder. In: a result. Out: pages that load nothing else.

Each document or data source of the run is a suite, each rule at a place an expectation with what became of it. Made
by GX's own renderers (`_gx`), which take seconds to import: nothing of them is touched before `write` is called.
Analytics are off, and no page names an address that a browser would fetch.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from validator.model.errors import UsageError

if TYPE_CHECKING:
    from validator.model.results import Result
    from validator.report._context import Context
    from validator.report._gx.record import Record

_GENERATOR = '<meta name="generator" content="report-validator">'
_RUN = "validator-check"


def ready(folder: Path) -> None:
    """Refuse what cannot work before the work is done: no GX, or a folder with something else in it."""
    from importlib.util import find_spec

    if find_spec("great_expectations") is None:
        raise UsageError("--format gx needs Great Expectations: pip install 'report-validator[gx]'")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--output {folder}: is a file; --format gx writes a folder, name another")
    if folder.is_dir() and any(folder.iterdir()) and not _ours(folder):
        raise UsageError(f"--output {folder}: holds other files; --format gx writes a whole folder, name another")
    if not folder.absolute().parent.is_dir():
        raise UsageError(f"--output {folder}: there is no directory {folder.parent}")


def _ours(folder: Path) -> bool:
    """Whether the folder holds a site that an earlier run wrote, and may be replaced."""
    index = folder / "index.html"
    return index.is_file() and _GENERATOR in index.read_text(encoding="utf-8", errors="replace")


def write(result: Result, context: Context, folder: Path) -> Path:
    """Write the site, whole or not at all, and return its first page."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when GX is imported
    from validator.report._gx.record import records

    now = datetime.now(UTC).replace(microsecond=0)
    run = {"run_name": _RUN, "run_time": now.isoformat()}
    made = records(result, run, context.settings)
    folder = folder.resolve()
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        _write_pages(beside, made, now)
        beside.chmod(0o755)  # as any folder that a program makes; a temporary one is for its owner alone
        if folder.exists():
            shutil.rmtree(folder)
        beside.replace(folder)
    except OSError as problem:
        raise UsageError(f"--output {folder}: {problem.strerror}") from problem
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder / "index.html"


def _write_pages(folder: Path, made: list[Record], now: datetime) -> None:
    from great_expectations.render.renderer import ExpectationSuitePageRenderer, SiteIndexPageRenderer

    from validator.report._gx.site import OfflineIndexView, OfflinePageView, OfflineResultsRenderer

    view, suites, results = OfflinePageView(), ExpectationSuitePageRenderer(), OfflineResultsRenderer()
    links: dict[str, Any] = {"site_name": "report-validator", "validations_links": [], "expectations_links": []}
    for one in made:
        suite = f"expectations/{one.name}.html"
        validation = f"validations/{one.name}/{_RUN}/{now:%Y%m%dT%H%M%SZ}/run.html"
        _put(folder / suite, view.render(suites.render(one.suite)))
        _put(folder / validation, view.render(results.render(one.result)))
        link = _link(one, now)
        links["expectations_links"].append({**link, "filepath": quote(suite)})
        links["validations_links"].append(
            {**link, "filepath": quote(validation), "expectation_suite_filepath": quote(suite)}
        )
    _put(folder / "index.html", OfflineIndexView().render(SiteIndexPageRenderer().render(links)))


def _link(one: Record, now: datetime) -> dict[str, Any]:
    """What GX's first page says of a suite and its result."""
    return {
        "expectation_suite_name": one.name,
        "asset_name": one.path,
        "validation_success": one.result.success,
        "run_name": _RUN,
        "run_time": now,
    }


def _put(path: Path, page: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8", errors="backslashreplace")
