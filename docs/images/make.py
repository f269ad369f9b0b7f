"""Makes report.png, the picture of the HTML report in the README, from the 2023 fixture.

    python docs/images/make.py

Needs Playwright's Python package and a Chromium, as tests/browser does.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COMMAND = ["check", "fixtures/cmm-2023/report.pdf", "--rules", "rules/cmm-2023.yml", "--output"]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FINDING = "35 pct."  # in the message of the finding that the picture shows


def main() -> None:
    """Check the fixture, open the report, select one finding, and take its picture."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        report = Path(folder) / "report.html"
        subprocess.run([sys.executable, "-m", "validator", *COMMAND, str(report)], cwd=ROOT, check=False)  # noqa: S603
        chromium = driver.chromium.launch(executable_path=browser, args=FLAGS)
        page = chromium.new_page(
            viewport={"width": 1360, "height": 800},
            device_scale_factor=1.5,
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.goto(report.as_uri())
        page.locator(".message", has_text=FINDING).first.click()
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        picture = Path(folder) / "report.png"
        page.screenshot(path=picture)
        chromium.close()
        with Image.open(picture) as shot:
            shot.convert("RGB").quantize(192, dither=Image.Dither.NONE).save(HERE / "report.png", optimize=True)


if __name__ == "__main__":
    main()
