"""`make screenshots`: every page of the sample region on a wide screen, on a telephone and on paper, as those who may read it
see it, to be looked at one by one. With `--readme`, the three of the README, in docs/captures."""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from dashboard import navigation
from dashboard.selection import LOST
from tests.browser.conftest import PAGES, WIDTHS, WITH_THE_DOOR, Dashboard, serve
from tests.conftest import CHROMIUM, QUIET, ROOT

TALLEST_PIXELS = 6000
COLOURS = 128

AS_OTHERS_READ = (
    "donnees?lecteur=reseau:cio",
    "donnees?lecteur=reseau:cio&lire=relecture",
    "donnees?lecteur=reseau:france-travail&lire=outil",
    "donnees?lecteur=reseau:info-jeunes&lire=demandes",
    "donnees?lecteur=animateur",
    "comparer-les-pratiques?lecteur=reseau:mission-locale",
    "fiche-structure?lecteur=structure:ML-0001",
    "fiche-structure?lecteur=reseau:mission-locale",
)


@dataclass(frozen=True)
class Capture:
    """A picture of the README: the page, what it is scrolled to (its top, banner included, if nothing), how tall it is."""

    name: str
    path: str
    scrolled_to: str = ".banner"
    height: int = 900


CAPTURES = (
    Capture("synthese", "synthese"),
    Capture("un-critere", "organisation?critere=delais&territoire=info-jeunes", ".criterion-head", 1000),
    Capture("territoires", "territoires"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("screenshots"))
    parser.add_argument("--home", type=Path, default=Path("var/demo"))
    parser.add_argument("--readme", action="store_true", help="only the pictures of the README, in docs/captures")
    arguments = parser.parse_args()
    _make_sample(arguments.home)
    out = ROOT / "docs" / "captures" if arguments.readme else arguments.out
    out.mkdir(parents=True, exist_ok=True)
    # The door beside the pages: without it, nobody reads their deliveries.
    with contextmanager(serve)(arguments.home, WITH_THE_DOOR) as dashboard, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        if arguments.readme:
            _capture(browser, dashboard, out)
        else:
            _shoot(browser, dashboard, out)


def looks() -> tuple[str, ...]:
    """Every page of the menu, in its further states, then as its other readers see it."""
    told = {path.partition("?")[0] for path in PAGES}
    return (*PAGES, *(path for path in navigation.PATHS if path not in told), *AS_OTHERS_READ)


def _make_sample(home: Path) -> None:
    if (home / "releases" / "published.json").exists():
        return
    subprocess.run([sys.executable, "-m", "sample_data", "--out", str(home), "--seed", "2026"], check=True)
    subprocess.run(["spro", "build", "--home", str(home), "--as-of", "2026-03-01"], check=False)


def _shoot(browser: Browser, dashboard: Dashboard, out: Path) -> None:
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": 800}, locale="fr-FR")
        for path in looks():
            page.set_viewport_size({"width": width, "height": 800})
            dashboard.open(page, path)
            _write(_whole(page, width), out / f"{_name(path)}-{width}.png")
        page.close()
    page = browser.new_page(viewport={"width": WIDTHS[0], "height": 800}, locale="fr-FR")
    for path in looks():
        dashboard.open(page, path)
        page.wait_for_timeout(800)
        # As one prints it: a picture of the page with the styles of paper would not shrink the charts to the sheet.
        page.pdf(path=out / f"{_name(path)}-imprime.pdf", prefer_css_page_size=True)


def _whole(page: Page, width: int) -> bytes:
    """The whole page: Streamlit scrolls its main part, so that the window must be made as tall as it."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height + 40, TALLEST_PIXELS)})
    page.wait_for_timeout(800)
    return page.screenshot()


def _capture(browser: Browser, dashboard: Dashboard, out: Path) -> None:
    for each in CAPTURES:
        page = browser.new_page(viewport={"width": 1280, "height": each.height}, locale="fr-FR")
        dashboard.open(page, each.path)
        if LOST in page.url:
            raise SystemExit(f"There is no page « {each.path} ».")
        page.evaluate("(to) => document.querySelector(to).scrollIntoView()", each.scrolled_to)
        page.wait_for_timeout(800)
        _write(page.screenshot(), out / f"{each.name}.png")
        page.close()


def _write(picture: bytes, path: Path) -> None:
    """Few colours make a small file, and the pages have few."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(path, optimize=True)


def _name(path: str) -> str:
    return re.sub("[?&=:]+", "-", path)


if __name__ == "__main__":
    main()
