"""Every page in Chromium: accessible at both widths, whole at 320 px, asking nothing of the outside."""

import pytest
from playwright.sync_api import Page

from tests.accessibility import breaches
from tests.browser.conftest import PAGES, WIDTHS, Dashboard

pytestmark = pytest.mark.slow
SENTENCES = (
    "Données synthétiques",
    "Grille de travail, non adoptée",
    "Ces résultats ne servent ni à financer, ni à classer, ni à évaluer des personnes.",
    "version des données du 1er mars 2026",
)
ENGLISH = ("Running...", "Stop", "Deploy", "Rerun", "View fullscreen", "Settings", "Print", "Record a screencast")


# The narrow screen is the harder one, and these pages hold every kind of part; all the rest is for `make test-long`.
FIRST = ("synthese", "organisation", "territoires", "donnees")
LOOKS = [
    pytest.param(path, width, marks=[] if path in FIRST and width == 320 else [pytest.mark.long], id=f"{path}-{width}")
    for path in PAGES
    for width in WIDTHS
]


@pytest.mark.parametrize(("path", "width"), LOOKS)
def test_a_page_is_accessible_whole_and_french(page: Page, dashboard: Dashboard, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    dashboard.open(page, path)
    assert breaches(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    text = page.inner_text("body").replace("\u00a0", " ").replace("\u202f", " ")
    assert not [sentence for sentence in SENTENCES if sentence not in text]
    assert not [word for word in ENGLISH if word in text]
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.locator("h1").count() == 1
    assert dashboard.outside == []
