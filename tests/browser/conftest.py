"""A real dashboard over the built sample region, opened in a real Chromium."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as NotInTime

from pipelines.release.reading import open_release, published
from tests.accessibility import wait_until_at_rest
from tests.conftest import OPENED_TWICE

PAGES = (
    "synthese",
    "principes",
    "principes?critere=confidentialite",
    "organisation",
    "organisation?critere=disponibilite",
    "organisation?critere=delais&periode=2025-03",
    "organisation?critere=delais&territoire=29",
    "organisation?critere=delais&selon=situation",
    "effets",
    "territoires",
    "territoires?territoire=29",
    "comparer-les-pratiques",
    "comparer-les-pratiques?lecteur=reseau:mission-locale",
    "fiche-structure",
    "fiche-structure?lecteur=structure:ML-0001",
    "cahier-des-charges",
    "qualite-des-donnees",
    "grille",
    "frequentation",
    "donnees",
    "donnees?lecteur=reseau:cio",
    "methodes",
    "methodes?methode=nuage-des-structures",
    "accessibilite",
)
WIDTHS = (1280, 320)
PATIENCE_SECONDS = 60
PAGES_ALONE = (sys.executable, "-m", "dashboard")
WITH_THE_DOOR = (shutil.which("spro", path=Path(sys.executable).parent) or "spro", "serve")
"""What reads deliveries and their receipts: the pages, and the door beside them."""


@dataclass
class Dashboard:
    """A served dashboard: its address, where it writes what it says, and every address outside that a page asked for."""

    address: str
    said: Path
    outside: list[str] = field(default_factory=list)

    def open(self, page: Page, path: str) -> None:
        """Go to a page and wait until its last words are there.

        A page that never comes is opened once more, as anyone would, and the end of the run tells of it.
        """
        page.goto(f"{self.address}/{path}")
        try:
            wait_until_drawn(page)
        except NotInTime:
            shown, said = page.locator("body").inner_text(), self.said.read_text("utf-8", errors="replace")
            _opened_twice.append(f"{path}\nthe page: {shown[-600:]}\nthe server: {said[-1500:]}")
            page.reload()
            wait_until_drawn(page)


_opened_twice: list[str] = []


def wait_until_drawn(page: Page) -> None:
    """The footer of a page is written last."""
    page.get_by_test_id("stMain").locator("h1").wait_for()
    page.locator(".page-end").wait_for(state="attached")
    page.get_by_test_id("stSidebar").locator("a").last.wait_for(state="attached")
    wait_until_at_rest(page)


def words(page: Page) -> str:
    """What a page says, with single spaces."""
    return re.sub(r"\s+", " ", page.get_by_test_id("stMain").inner_text())


def go_to(page: Page, title: str) -> None:
    """Follow the link of the menu to a page, and wait until it is drawn."""
    page.get_by_test_id("stSidebar").get_by_text(title, exact=True).click()
    page.get_by_role("heading", name=title, level=1, exact=True).wait_for()
    wait_until_drawn(page)


def rows_of(region: Path, query: str, *parameters: str) -> list[tuple]:
    """What the published release answers, opened read only."""
    with open_release(published(region / "releases")) as connection:
        return connection.execute(query, parameters).fetchall()


def serve(home: Path, program: Sequence[str] = PAGES_ALONE) -> Iterator[Dashboard]:
    """Serve a data folder on a free port until the caller is done."""
    port = free_port()
    command = [*program, "--home", str(home), "--port", str(port)]
    with tempfile.NamedTemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            wait_for_port(port)
            yield Dashboard(f"http://127.0.0.1:{port}", Path(said.name))
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_port(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")


@pytest.fixture(scope="session")
def dashboard(region: Path) -> Iterator[Dashboard]:
    yield from serve(region)


@pytest.fixture
def page(browser: Browser, dashboard: Dashboard, record_property: Callable[[str, object], None]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    opened = context.new_page()
    opened.set_default_timeout(1000 * PATIENCE_SECONDS)
    opened.on("request", lambda request: dashboard.outside.append(request.url) if _is_outside(request.url) else None)
    yield opened
    context.close()
    while _opened_twice:
        record_property(OPENED_TWICE, _opened_twice.pop())


def _is_outside(address: str) -> bool:
    return not address.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))
