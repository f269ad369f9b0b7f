"""The HTML report in a browser: from finding to figure and back, keys, filters; nothing reaches out or runs."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from report.sample import build

from validator import report
from validator.model.findings import Severity

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from validator.model.results import Result

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@dataclass
class Opened:
    """The page and everything it complained of or asked the network for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.className + ' ' + document.activeElement.textContent"))

    def selected(self) -> str:
        return str(self.page.locator(".card.selected .message").inner_text())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("html")


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    return build(folder)


def written(result: Result, folder: Path, name: str) -> str:
    def page_png(path: str, page: int, scale: float) -> bytes:
        out = io.BytesIO()
        pypdfium2.PdfDocument(folder / path)[page - 1].render(scale=scale).to_pil().save(out, "PNG")
        return out.getvalue()

    context = report.Context("0", level=Severity.NOTE, page_png=page_png)
    (folder / name).write_text(report.load("html").render(result, context), encoding="utf-8")
    return (folder / name).as_uri()


def opened(browser: Browser, address: str, **window: object) -> Opened:
    page = browser.new_page(**{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | window)
    view = Opened(page)
    page.on("console", lambda message: view.complaints.append(message.text))
    page.on("pageerror", lambda error: view.complaints.append(str(error)))
    page.on("request", lambda request: view.requests.append(request.url))
    page.goto(address)
    page.wait_for_selector(".box")
    return view


@pytest.fixture
def view(browser: Browser, result: Result, folder: Path) -> Iterator[Opened]:
    path = folder / "report.html"
    view = opened(browser, path.as_uri() if path.exists() else written(result, folder, "report.html"))
    yield view
    view.page.close()
    assert view.complaints == []
    assert [address for address in view.requests if not address.startswith(("file:", "data:"))] == []


def test_a_finding_leads_to_its_figures_and_a_figure_to_its_finding(view: Opened) -> None:
    page = view.page
    page.get_by_text("The column Total of Table 1 adds up").click()
    assert page.locator(".card.selected").count() == 1
    assert page.locator(".box.named").count() == 5
    assert page.locator(".pencil").inner_text() == "7,890"
    page.locator(".card.selected .mark.culprit").click()
    assert page.evaluate("document.activeElement.dataset.text") == "7,980"
    page.locator('.box[data-text="12 per cent"]').click()
    assert "12 per cent" in view.selected()


def test_a_figure_of_several_findings_leads_to_each_in_turn(view: Opened) -> None:
    box = view.page.locator('.box[data-text="44,850"]')
    seen = []
    for _ in range(3):
        box.click()
        seen.append(view.selected())
    assert len(set(seen)) == 2
    assert seen[0] == seen[2]


def test_boxes_lie_on_the_figures(view: Opened, result: Result) -> None:
    figure = next(f for f in result.documents[0].extract.figures if f.text == "48,210")
    sheet = view.page.locator("#d0-p1 .sheet").bounding_box()
    box = view.page.locator('#d0-p1 .box[data-text="48,210"]').bounding_box()
    assert sheet is not None
    assert box is not None
    scale = sheet["width"] / 595
    place = figure.location.box
    assert box["x"] - sheet["x"] == pytest.approx(place.x0 * scale, abs=1)
    assert box["y"] - sheet["y"] == pytest.approx(place.top * scale, abs=1)
    assert box["width"] == pytest.approx(place.width * scale, abs=1)


def test_the_keyboard_alone_is_enough(view: Opened) -> None:
    page, keys = view.page, view.page.keyboard
    keys.press("j")
    assert "The text gives" in view.selected()
    keys.press("n")
    assert "7.5 %" in view.selected()
    keys.press("k")
    keys.press("ArrowDown")
    keys.press("p")
    assert "The text gives" in view.selected()
    keys.press("Enter")
    assert page.evaluate("document.activeElement.dataset.text") == "48,210"
    keys.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.text") == "48,100"
    keys.press("Escape")
    assert "headline" in view.focused()
    keys.press("Escape")
    assert page.locator(".card.selected").count() == 0
    keys.press("?")
    assert page.locator("#help").is_visible()
    keys.press("Escape")
    assert not page.locator("#help").is_visible()


def test_a_page_far_away_is_brought_into_view(view: Opened) -> None:
    for _ in range(7):
        view.page.keyboard.press("j")
    assert "Table 3" in view.selected()
    named = view.page.locator("#d0-p2 .box.named.current")
    assert named.count() == 1
    box, pane = named.bounding_box(), view.page.locator("#pages").bounding_box()
    assert box is not None
    assert pane is not None
    assert pane["y"] < box["y"] < pane["y"] + pane["height"]


def test_search_and_filters(view: Opened) -> None:
    page = view.page
    cards = page.locator(".card:visible")
    everything = cards.count()
    page.keyboard.press("/")
    page.keyboard.type("swapped digits")
    assert cards.count() == 1
    page.keyboard.press("Escape")
    assert cards.count() == everything
    page.locator('.filters [data-standing="error"]').click()
    assert cards.count() == everything - 4
    assert page.locator('.filters [data-standing="error"]').get_attribute("aria-pressed") == "false"
    page.locator('.box[data-text="12 per cent"]').click()  # a figure leads to a finding that the filter hid
    assert "12 per cent" in view.selected()
    page.locator('.key[data-state="holds"]').click()
    assert page.locator(".box.holds:visible").count() == 0


def test_every_figure_has_a_box_with_its_verdict_and_reason(view: Opened, result: Result) -> None:
    page = view.page
    for part in page.locator(".page").all():
        part.scroll_into_view_if_needed()
        part.locator(".box").first.wait_for(state="attached")
    figures = sum(len(checked.extract.figures) for checked in result.documents)
    assert page.locator(".box:not(.unused)").count() == figures
    page.locator('.box[data-text="37"]').hover()
    assert "no other figure of the report bears on it" in page.locator("#tip").inner_text()
    assert page.locator(".box.accepted").count() == 1


def test_a_link_names_a_finding(browser: Browser, view: Opened, folder: Path) -> None:
    linked = opened(browser, f"{(folder / 'report.html').as_uri()}#9d2e4410aa37")
    assert "The column Total of Table 1" in linked.selected()
    linked.page.close()


def test_names_for_those_who_cannot_see(view: Opened) -> None:
    page = view.page
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("button", name="12 per cent; violated", exact=False).count() == 1
    assert page.get_by_role("img", name="Page 1 of harbour-2024.pdf").count() == 1
    page.keyboard.press("j")
    assert page.get_by_role("status").inner_text().startswith("Finding 1 of 7")
    assert page.locator(".headline[aria-expanded=true]").count() == 1
    unnamed = "[...document.querySelectorAll('button')].filter(b => !b.textContent.trim() && !b.ariaLabel).length"
    assert page.evaluate(unnamed) == 0


def test_a_narrow_window_shows_one_pane_at_a_time(browser: Browser, view: Opened, folder: Path) -> None:
    narrow = opened_narrow(browser, folder)
    page = narrow.page
    assert not page.locator("#pages").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.locator("#pages").is_visible()
    assert not page.locator("#findings").is_visible()
    assert page.evaluate("document.activeElement.dataset.text") == "48,210"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#now-text").click()
    assert page.locator("#findings").is_visible()
    assert narrow.complaints == []
    page.close()


def opened_narrow(browser: Browser, folder: Path) -> Opened:
    page = browser.new_page(viewport={"width": 420, "height": 800})
    view = Opened(page)
    page.on("pageerror", lambda error: view.complaints.append(str(error)))
    page.goto((folder / "report.html").as_uri())
    return view


def test_printing_shows_every_finding_in_full(view: Opened) -> None:
    view.page.emulate_media(media="print")
    assert view.page.locator(".more:visible").count() == view.page.locator(".card").count() == 7
    assert not view.page.locator(".filters").is_visible()


def test_hostile_text_is_inert(browser: Browser, result: Result, folder: Path) -> None:
    hostile = (
        "</script></style><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> '\"&"
    )
    findings = tuple(
        replace(f, message=hostile, exhibits=tuple(e._replace(label=hostile, role=hostile) for e in f.exhibits))
        for f in result.findings
    )
    checked = result.documents[0]
    reasons = dict.fromkeys(checked.reasons, hostile)
    bad = replace(result, findings=findings, documents=(replace(checked, reasons=reasons), *result.documents[1:]))
    view = opened(browser, written(bad, folder, "hostile.html"))
    view.page.keyboard.press("j")
    assert view.selected() == hostile
    view.page.locator('.box[data-text="37"]').hover()
    assert hostile in view.page.locator("#tip").inner_text()
    assert view.page.title() != "owned"
    assert view.page.locator("main script, main [onerror]").count() == 0
    assert view.complaints == []
    view.page.close()


def test_without_script_the_findings_can_be_read(browser: Browser, view: Opened, folder: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((folder / "report.html").as_uri())
    assert page.locator(".more:visible").count() == 7
    assert page.locator(".sheet img").first.is_visible()
    page.close()
