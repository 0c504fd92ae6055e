"""`make screenshots`: every page of the sample region at 1280 and 320 px, to be looked at one by one."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import PAGES, WIDTHS, Dashboard, serve
from tests.conftest import CHROMIUM, QUIET

_TALLEST = 6000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--home", type=Path, default=Path("var/demo"))
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    if not (arguments.home / "releases" / "published.json").exists():
        subprocess.run(
            [sys.executable, "-m", "sample_data", "--out", str(arguments.home), "--seed", "2026"], check=True
        )
        subprocess.run(["spro", "build", "--home", str(arguments.home), "--as-of", "2026-03-01"], check=False)
    with closing(serve(arguments.home)) as served, sync_playwright() as playwright:
        dashboard = next(served)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for width in WIDTHS:
            _shoot(browser, dashboard, width, arguments.out)


def _shoot(browser: Browser, dashboard: Dashboard, width: int, out: Path) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, locale="fr-FR")
    for path in PAGES:
        page.set_viewport_size({"width": width, "height": 800})
        dashboard.open(page, path)
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height + 40, _TALLEST)})
        page.wait_for_timeout(800)
        page.screenshot(path=out / f"{re.sub('[?&]', '-', path)}-{width}.png")


if __name__ == "__main__":
    main()
