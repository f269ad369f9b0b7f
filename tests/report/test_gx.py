"""The Data Docs site: what it says, that it loads nothing from elsewhere, and that nobody else pays for its imports."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from validator import cli, report
from validator.model.errors import UsageError
from validator.model.findings import Exhibit
from validator.model.results import Holding, Result
from validator.report._words import standing

from .addresses import outside_addresses
from .sample import build

NEEDED = pytest.mark.skipif(
    find_spec("great_expectations") is None, reason="Great Expectations is not installed: report-validator[gx]"
)
HOSTILE = "</style><script>alert(1)</script><img src=//evil.example/x onerror=alert(2)> $value {{ 7*7 }} \"'"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return build(tmp_path_factory.mktemp("sample"))


def written(result: Result, folder: Path) -> dict[str, str]:
    """The pages of the site by their paths."""
    form = report.load_folder("gx")
    form.ready(folder)
    assert form.write(result, report.Context("0"), folder) == folder / "index.html"
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.fixture(scope="module")
def site(result: Result, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    pytest.importorskip("great_expectations", reason="Great Expectations is not installed: report-validator[gx]")
    one = result.findings[0].exhibits[0]
    held = Holding("footing", "held-rule (book.yml:3)", "All of it adds up to 7.", (one,))
    return written(replace(result, holding=(held,)), tmp_path_factory.mktemp("gx") / "site")


def test_every_finding_is_there_with_its_page_print_and_what_is_expected(site: dict[str, str], result: Result) -> None:
    pages = {name: plain(page) for name, page in site.items() if name.startswith("validations/")}
    everything = " ".join(pages.values())
    for finding in result.findings:
        message = " ".join(finding.message.split()).replace("&", "&amp;").replace("<", "&lt;")
        assert message in everything
        assert finding.fingerprint in everything
        for exhibit in finding.exhibits[:3]:
            assert f"{exhibit.location.place} (" in everything
    assert "All of it adds up to 7." in everything
    assert "footing, rule held-rule (book.yml:3)" in everything
    standings = set(re.findall(r'class="badge [^>]*>\s*(\w+)', "".join(site.values())))
    assert standings == {standing(finding).value for finding in result.findings}


def test_each_document_is_a_suite_with_a_result_that_the_first_page_links_to(
    site: dict[str, str], result: Result
) -> None:
    names = {path.partition("/")[2].removesuffix(".html") for path in site if path.startswith("expectations/")}
    assert len(names) >= len(result.documents)
    links = re.findall(r'href="([^"#]+)"', site["index.html"])
    assert set(links) == set(site) - {"index.html"}
    for name, page in site.items():
        for link in re.findall(r'href="([^"#]+)"', page):
            assert os.path.normpath(Path(name).parent / link) in site, (name, link)


def test_nothing_is_loaded_from_elsewhere(site: dict[str, str]) -> None:
    for name, page in site.items():
        assert not outside_addresses(page), name
        assert "default-src 'none'" in page


def test_what_counts_as_elsewhere() -> None:
    for page in (
        '<link href="https://x.org/a.css">',
        '<img src="//x.org/a.png">',
        "<style>a { background: url('a.png') }</style>",
        "<script>fetch('http://x.org')</script>",
        '<a href="mailto:a@x.org">',
        '<div style="background: url(x)">',
    ):
        assert outside_addresses(page), page
    assert not outside_addresses('<p>see https://x.org or url(x)</p><a href="../index.html">')


@NEEDED
def test_nothing_that_a_report_says_becomes_markup(result: Result, tmp_path: Path) -> None:
    first = result.findings[0]
    exhibits = tuple(one._replace(label=HOSTILE, text=HOSTILE, figure=None) for one in first.exhibits)
    path = f"{HOSTILE}.pdf".replace("/", "-")
    moved = tuple(one._replace(location=one.location._replace(document=path)) for one in exhibits)
    bad = replace(first, message=HOSTILE, rule=HOSTILE, exhibits=moved, context=HOSTILE)
    held = Holding("footing", HOSTILE, HOSTILE, (Exhibit("total", HOSTILE, None, moved[0].location, HOSTILE),))
    hostile = replace(result, findings=(bad,), holding=(held,), warnings=(HOSTILE,), unusable=(HOSTILE,))
    pages = written(hostile, tmp_path / "site")
    for name, page in pages.items():
        assert "<script>alert" not in page, name
        assert "<img" not in page, name
        assert not outside_addresses(page), name
    assert any(
        "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "$value {{ 7*7 }}" in page for page in pages.values()
    )


@NEEDED
def test_a_site_is_replaced_and_nothing_else_is(result: Result, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    first = written(result, folder)
    again = written(replace(result, findings=()), folder)
    assert first.keys() != again.keys() or first != again
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    form = report.load_folder("gx")
    other = tmp_path / "other"
    other.mkdir()
    form.ready(other)
    (other / "letter.txt").write_text("dear")
    with pytest.raises(UsageError, match="holds other files"):
        form.ready(other)
    with pytest.raises(UsageError, match="is a file"):
        form.ready(other / "letter.txt")
    with pytest.raises(UsageError, match="no directory"):
        form.ready(tmp_path / "none" / "site")


def test_without_the_extra_an_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'report-validator\[gx\]'"):
        report.load_folder("gx").ready(tmp_path / "site")


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """A check of a table whose women do not add up."""
    table, book = tmp_path / "table.csv", tmp_path / "book.yml"
    table.write_text("Region,Men,Women\nNorth,10,12\nSouth,20,18\nWest,5,7\nTotal,35,38\n")
    book.write_text("validator: 1\ntables: {regions: {header: Region Men Women}}\nrules: [{footing: regions}]\n")
    return ["check", str(table), "--rules", str(book)]


@NEEDED
def test_the_command_writes_a_site(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*command, "--format", "gx", "--output", str(tmp_path / "site")]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("1 contradiction")
    assert said.out.endswith(f"see {tmp_path / 'site' / 'index.html'}\n")
    assert said.err == ""
    (page,) = (tmp_path / "site").glob("validations/**/*.html")
    shown = plain(page.read_text())
    assert "The 3 rows of Women add up to 37; the total row prints 38." in shown
    assert "The 3 rows of Men add up to 35, and the total row prints 35." in shown
    assert "line 5, column Women" in shown
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


def test_the_command_needs_a_folder(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*command, "--format", "gx"]) == 2
    assert (
        capsys.readouterr().err == "validator: --format gx writes a folder of pages: say which with --output FOLDER\n"
    )


def test_the_expectations_say_what_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("validator.gx", "great_expectations"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "great_expectations", None)
    with pytest.raises(ImportError, match=r"pip install 'report-validator\[gx\]'"):
        importlib.import_module("validator.gx")


def test_other_formats_import_nothing_of_it(command: list[str]) -> None:
    code = f"import sys; from validator.cli import main; main({command!r}); print('great_expectations' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert "the total row prints 38" in shown.stdout
    assert shown.stdout.splitlines()[-1] == "False"


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@NEEDED
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_browser_asks_for_nothing_and_complains_of_nothing(result: Result, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    pages = written(result, tmp_path / "site")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for name in pages:
            page.goto((tmp_path / "site" / name).as_uri())
        assert not complaints
        assert all(address.startswith("file://") for address in asked)
        assert len(asked) == len(pages)
        page.goto(next((tmp_path / "site" / name).as_uri() for name in pages if name.startswith("validations/")))
        rows = page.locator("tr:has(.fa-check-circle)")
        before = rows.count()
        page.check('input[value="failed"]')
        assert before == 0 or not rows.first.is_visible()
        browser.close()


def test_what_is_told_is_json(result: Result) -> None:
    from validator.model.settings import DEFAULT
    from validator.report._gx.told import told

    for finding in result.findings:
        one = told(finding, DEFAULT)
        assert json.loads(json.dumps(one)) == one
